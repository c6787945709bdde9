"""How hard rules that contradict each other, and the ways out, look on a terminal."""

from __future__ import annotations

from rich.console import Group as Stack
from rich.console import RenderableType
from rich.text import Text

from mentormatch.data.problem import Problem
from mentormatch.explain import (
    Contradiction,
    Locale,
    WayOut,
    words,
)
from mentormatch.exporters.report.wording import visible

NAMED = 12
"""Most people who are named in one line; the rest are counted."""


def contradiction_view(problem: Problem, found: Contradiction, locale: Locale) -> RenderableType:
    """Return what to print of a contradiction."""
    round_ = problem.round
    parts = [Text(f"\n{words('contradiction.clash', {}, locale)}", style="bold")]
    parts += [Text(f"  {visible(requirement.sentence)}") for requirement in found.requirements]
    if not found.minimal:
        parts.append(Text(f"  {words('contradiction.not_minimal', {}, locale)}", style="dim"))
    if found.people:
        names = [round_.people[round_.position[one]].label for one in found.people]
        more = [f"+{len(names) - NAMED}"] if len(names) > NAMED else []
        told = words("contradiction.people", {"names": ", ".join(names[:NAMED] + more)}, locale)
        parts.append(Text(visible(told)))
    if found.strategies:
        parts.append(Text(f"\n{words('contradiction.ways', {}, locale)}", style="bold"))
    for number, strategy in enumerate(found.strategies, 1):
        parts += _way(problem, strategy, number, locale)
    return Stack(*parts)


def _way(problem: Problem, strategy: WayOut, number: int, locale: Locale) -> list[Text]:
    said = " + ".join(change.message(problem).text(locale) for change in strategy.changes)
    reached = words(
        "contradiction.reached",
        {"placed": strategy.placed, "all": len(problem.students), "groups": strategy.groups},
        locale,
    )
    lines = [Text(f"  {number}. {visible(said)}: {reached}", style="green")]
    lines += [Text(f"     {visible(sentence)}") for sentence in strategy.broken]
    if strategy.further:
        more = words("contradiction.further", {"count": strategy.further}, locale)
        lines.append(Text(f"     {more}"))
    code = "contradiction.least" if strategy.proven else "contradiction.amount"
    lines.append(Text(f"     {words(code, {'amount': strategy.amount}, locale)}", style="dim"))
    goals = "; ".join(f"{tier.name} {tier.value}" for tier in strategy.tiers)
    return [*lines, *([Text(f"     {visible(goals)}", style="dim")] if goals else [])]
