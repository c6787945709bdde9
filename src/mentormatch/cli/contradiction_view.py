"""How hard rules that contradict each other, and the ways out, look on a terminal."""

from __future__ import annotations

from rich.console import Group as Stack
from rich.console import RenderableType
from rich.text import Text

from mentormatch.explain import Contradiction, Tongue, WayOut, words
from mentormatch.problem import Problem
from mentormatch.report.wording import visible

NAMED = 12
"""Most people who are named in one line; the rest are counted."""


def contradiction_view(problem: Problem, found: Contradiction, tongue: Tongue) -> RenderableType:
    """Return what to print of a contradiction."""
    around = problem.round
    parts = [Text(f"\n{words('contradiction.clash', {}, tongue)}", style="bold")]
    parts += [Text(f"  {visible(demand.sentence)}") for demand in found.demands]
    if not found.minimal:
        parts.append(Text(f"  {words('contradiction.not_minimal', {}, tongue)}", style="dim"))
    if found.people:
        names = [around.people[around.position[one]].label for one in found.people]
        more = [f"+{len(names) - NAMED}"] if len(names) > NAMED else []
        told = words("contradiction.people", {"names": ", ".join(names[:NAMED] + more)}, tongue)
        parts.append(Text(visible(told)))
    if found.ways:
        parts.append(Text(f"\n{words('contradiction.ways', {}, tongue)}", style="bold"))
    for number, way in enumerate(found.ways, 1):
        parts += _way(problem, way, number, tongue)
    return Stack(*parts)


def _way(problem: Problem, way: WayOut, number: int, tongue: Tongue) -> list[Text]:
    said = " + ".join(change.message(problem).text(tongue) for change in way.changes)
    reached = words(
        "contradiction.reached",
        {"placed": way.placed, "all": len(problem.students), "groups": way.groups},
        tongue,
    )
    lines = [Text(f"  {number}. {visible(said)}: {reached}", style="green")]
    lines += [Text(f"     {visible(sentence)}") for sentence in way.broken]
    if way.further:
        more = words("contradiction.further", {"count": way.further}, tongue)
        lines.append(Text(f"     {more}"))
    code = "contradiction.least" if way.proven else "contradiction.amount"
    lines.append(Text(f"     {words(code, {'amount': way.amount}, tongue)}", style="dim"))
    goals = "; ".join(f"{tier.name} {tier.value}" for tier in way.tiers)
    return [*lines, *([Text(f"     {visible(goals)}", style="dim")] if goals else [])]
