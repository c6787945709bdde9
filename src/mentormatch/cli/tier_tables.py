"""Tables with a column for each tier of a problem, on a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from string import ascii_lowercase

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from mentormatch.data.matching import TierResult
from mentormatch.data.problem import Problem
from mentormatch.explain import Locale, words
from mentormatch.text import visible
from mentormatch.whatif.wording import tier_labels

GAP = 2
"""Columns between two of a table."""

Goal = tuple[int, str]
"""A tier by its number and its name."""


def table_of(first: str) -> Table:
    """Return a table with a first column that can be folded."""
    table = Table(box=None, padding=(0, GAP, 0, 0), header_style="dim", pad_edge=False)
    table.add_column(first, overflow="fold")
    return table


def add_goals(
    table: Table, problem: Problem, goals: Sequence[Goal], locale: Locale
) -> RenderableType:
    """Add a column for each tier of a problem, and return what stands below the table."""
    headings = list(headings_of(goals, locale))
    add_columns(table, headings)
    names = [name for _, name in goals]
    return legend_of(zip(headings, names, strict=True), tier_labels(problem, locale))


def headings_of(goals: Sequence[Goal], locale: Locale) -> Iterator[str]:
    """Yield the heading of each tier, with a letter where one number stands for several."""
    numbers = Counter(number for number, _ in goals)
    seen: Counter[int] = Counter()
    for number, _ in goals:
        letter = ascii_lowercase[seen[number] % 26] if numbers[number] > 1 else ""
        seen[number] += 1
        yield words("view.tier", {"tier": f"{number}{letter}"}, locale)


def add_columns(table: Table, headings: Iterable[str]) -> None:
    """Add a narrow column for each tier; what it is stands below the table."""
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True, min_width=len(heading))


def legend_of(goals: Iterable[tuple[str, str]], labels: Mapping[str, str]) -> Text:
    """Return what stands behind each heading, given with the name of its tier."""
    lines = [f"{heading}: {visible(labels.get(name, name))}" for heading, name in goals]
    return Text("\n" + "\n".join(lines), style="dim")


def value_text(tier: TierResult) -> Text:
    """Return what a tier came to, and below it the least that it could where that is less."""
    if tier.proven:
        return Text(str(tier.value))
    return Text(f"{tier.value}\n>= {tier.bound}", style="yellow")
