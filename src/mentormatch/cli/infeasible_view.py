"""How hard rules that contradict each other, and the ways out, look on a terminal."""

from __future__ import annotations

from rich.console import Group as Stack
from rich.console import RenderableType
from rich.text import Text

from mentormatch.data.problem import Problem
from mentormatch.explain import (
    Infeasible,
    Locale,
    WayOut,
    words,
)
from mentormatch.text import visible
from mentormatch.whatif.wording import changes_text, person_names

NAMED = 12
"""Most people who are named in one line; the rest are counted."""


def infeasible_view(problem: Problem, found: Infeasible, locale: Locale) -> RenderableType:
    """Return what to print where no matching keeps the hard rules."""
    parts = [Text(f"\n{words('infeasible.unsat_core', {}, locale)}", style="bold")]
    parts += [Text(f"  {visible(requirement.sentence)}") for requirement in found.requirements]
    if not found.minimal:
        parts.append(Text(f"  {words('infeasible.not_minimal', {}, locale)}", style="dim"))
    if found.people:
        known = person_names(problem)
        names = [known[one] for one in found.people]
        more = [f"+{len(names) - NAMED}"] if len(names) > NAMED else []
        text = words("infeasible.people", {"names": ", ".join(names[:NAMED] + more)}, locale)
        parts.append(Text(visible(text)))
    if found.ways_out:
        parts.append(Text(f"\n{words('infeasible.ways_out', {}, locale)}", style="bold"))
    for number, way in enumerate(found.ways_out, 1):
        parts += _way(problem, way, number, locale)
    return Stack(*parts)


def _way(problem: Problem, way: WayOut, number: int, locale: Locale) -> list[Text]:
    said = changes_text(problem, way.changes, locale)
    reached = words(
        "infeasible.reached",
        {"placed": way.placed, "all": len(problem.students), "groups": way.groups},
        locale,
    )
    lines = [Text(f"  {number}. {visible(said)}: {reached}", style="green")]
    lines += [Text(f"     {visible(sentence)}") for sentence in way.broken]
    if way.further:
        more = words("infeasible.further", {"count": way.further}, locale)
        lines.append(Text(f"     {more}"))
    code = "infeasible.least" if way.proven else "infeasible.amount"
    lines.append(Text(f"     {words(code, {'amount': way.amount}, locale)}", style="dim"))
    goals = "; ".join(f"{tier.name} {tier.value}" for tier in way.tiers)
    return [*lines, *([Text(f"     {visible(goals)}", style="dim")] if goals else [])]
