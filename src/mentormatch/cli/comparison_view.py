"""Variants, alternatives and orders of tiers side by side, on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Group as Stack
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from mentormatch.cli.tier_tables import (
    GAP,
    Goal,
    add_columns,
    add_goals,
    headings_of,
    legend_of,
    table_of,
    value_text,
)
from mentormatch.data.problem import Problem
from mentormatch.explain import Locale, words
from mentormatch.text import visible
from mentormatch.whatif import Alternatives, Comparison, Priorities, Row
from mentormatch.whatif.compare import row_name
from mentormatch.whatif.wording import tier_labels

ROOM = 62
"""Columns of a terminal of eighty that are left beside the name of a variant."""


def comparison_view(
    problem: Problem, comparison: Comparison, locale: Locale = "en"
) -> RenderableType:
    """Return variants side by side."""
    # A tier means something else in a variant whose rules do.
    goals = list(
        dict.fromkeys((one.tier, one.name) for row in comparison.rows for one in row.tiers)
    )
    headings = dict(zip(goals, headings_of(goals, locale), strict=True))
    counts = [
        words(heading, {}, locale)
        for heading in ("view.placed", "view.groups", "table.mentors", "table.pairs")
    ]
    tables: list[Table] = []
    for columns in _parts(comparison, headings, sum(len(count) + GAP for count in counts)):
        table = table_of(words("table.variant", {}, locale))
        if not tables:
            for count in counts:
                table.add_column(count, justify="right", no_wrap=True)
        add_columns(table, [headings[goal] for goal in columns])
        for row in comparison.rows:
            table.add_row(*_row(row, columns, locale, whole=not tables))
        tables.append(table)
    labels = tier_labels(problem, locale, [row.variant.changes for row in comparison.rows])
    legend = legend_of([(headings[goal], goal[1]) for goal in goals], labels)
    return Stack(*_spaced(tables), legend, Text(words("table.pairs_note", {}, locale), style="dim"))


def alternatives_view(
    problem: Problem, found: Alternatives, locale: Locale = "en"
) -> RenderableType:
    """Return how alternatives differ from the first matching."""
    if not found.alternatives:
        return Text(words("table.no_alternative", {}, locale))
    table = table_of(words("table.alternative", {}, locale))
    table.add_column(words("table.pairs_kept", {}, locale), justify="right")
    goals = [(tier.tier, tier.name) for tier in found.alternatives[0].matching.tiers]
    legend = add_goals(table, problem, goals, locale)
    for number, each in enumerate(found.alternatives, 1):
        table.add_row(
            str(number),
            f"{each.kept}/{each.pairs}",
            *(value_text(tier) for tier in each.matching.tiers),
        )
    return Stack(table, legend)


def priorities_view(problem: Problem, found: Priorities, locale: Locale = "en") -> RenderableType:
    """Return every tier's value as it is, and with each tier put last."""
    table = table_of(words("table.order", {}, locale))
    goals = [(tier.tier, tier.name) for tier in found.now]
    legend = add_goals(table, problem, goals, locale)
    stated = words("table.as_stated", {}, locale)
    table.add_row(stated, *(str(tier.value) for tier in found.now))
    for price in found.prices:
        values = [str(tier.value) for tier in price.tiers]
        if not values:
            values = [words(f"table.{price.status.lower()}", {}, locale)]
        table.add_row(words("table.last", {"tier": price.tier}, locale), *values)
    return Stack(table, legend)


def _row(
    row: Row, goals: Sequence[Goal], locale: Locale, *, whole: bool
) -> Iterator[RenderableType]:
    """Yield a variant's cells: its counts where the row is whole, and its value in some tiers."""
    yield Text(visible(row_name(row, locale)))
    if not row.tiers and row.status not in ("OPTIMAL", "FEASIBLE"):
        yield Text(words(f"table.{row.status.lower()}", {}, locale), style="red")
        return
    if whole:
        yield f"{row.placed}/{row.students}"
        yield from (str(row.groups), str(row.mentors), str(row.same_department))
    tiers = {(tier.tier, tier.name): tier for tier in row.tiers}
    yield from (value_text(tiers[goal]) if goal in tiers else Text("") for goal in goals)


def _parts(
    comparison: Comparison, headings: Mapping[Goal, str], used: int
) -> Sequence[Sequence[Goal]]:
    """Return the tiers table by table, as many in each as stand beside the variants' names."""
    parts: list[list[Goal]] = [[]]
    for goal, heading in headings.items():
        cells = [
            value_text(tier).plain
            for row in comparison.rows
            for tier in row.tiers
            if (tier.tier, tier.name) == goal
        ]
        lines = [line for cell in (heading, *cells) for line in cell.splitlines()]
        width = max(len(line) for line in lines) + GAP
        if used + width > ROOM:
            parts.append([])
            used = 0
        parts[-1].append(goal)
        used += width
    return parts


def _spaced(tables: Sequence[Table]) -> Iterator[RenderableType]:
    for number, table in enumerate(tables):
        yield from ("", table) if number else (table,)
