"""A comparison of variants as a page: a table, and a plot of the students placed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mentormatch.data.problem import Problem
from mentormatch.explain import (
    Locale,
    words,
)
from mentormatch.exporters.report.rendering import rendered
from mentormatch.whatif import (
    Comparison,
    Row,
)
from mentormatch.whatif.compare import row_name
from mentormatch.whatif.wording import tier_labels

if TYPE_CHECKING:
    from markupsafe import Markup

BAR_WIDTH = 240
BAR_HEIGHT = 12
GAUGE_WIDTH = 80
GAUGE_HEIGHT = 8

WORDS = (
    *("title", "lead", "students_placed", "caption", "variant", "placed", "groups", "mentors"),
    *("pairs", "goals", "goals_lead", "goals_caption", "note"),
)
"""Codes of what the page says whatever is compared."""


@dataclass(frozen=True)
class Cell:
    """What one tier came to in one variant."""

    value: str
    bound: str
    bar: Markup | str = ""


@dataclass(frozen=True)
class Line:
    """One variant."""

    name: str
    nothing: str
    placed: str
    groups: Cell
    mentors: int
    same_department: Cell
    bar: Markup
    tiers: tuple[Cell, ...]


@dataclass(frozen=True)
class Page:
    """What the page shows."""

    locale: Locale
    say: Mapping[str, str]
    goals: tuple[str, ...]
    lines: tuple[Line, ...]


def render_comparison(
    comparison: Comparison, problem: Problem | None = None, locale: Locale = "en"
) -> str:
    """Return a comparison as one HTML page that needs nothing else; it names nobody.

    Parameters
    ----------
    comparison
        What is shown.
    problem
        The problem as it is; without it the names of goals stay English.
    locale
        The language of the words.

    Raises
    ------
    MissingExtraError
        If the packages of the extra ``cli`` are not installed.
    """
    return rendered("comparison.html.jinja", lambda: _page(comparison, problem, locale))


def _page(comparison: Comparison, problem: Problem | None, locale: Locale) -> Page:
    goals = tuple(dict.fromkeys(tier.name for row in comparison.rows for tier in row.tiers))
    most = {
        goal: max(tier.value for row in comparison.rows for tier in row.tiers if tier.name == goal)
        for goal in goals
    }
    shapes = (
        max(row.groups for row in comparison.rows),
        max(row.same_department for row in comparison.rows),
    )
    lines = tuple(_line(row, most, shapes, locale) for row in comparison.rows)
    labels: Mapping[str, str] = {}
    if problem is not None:
        labels = tier_labels(problem, locale, [row.variant.changes for row in comparison.rows])
    say = {code: words(f"compare.{code}", {}, locale) for code in WORDS}
    return Page(locale, say, tuple(labels.get(goal, goal) for goal in goals), lines)


def _line(row: Row, most: Mapping[str, int], shapes: tuple[int, int], locale: Locale) -> Line:
    tiers = {tier.name: tier for tier in row.tiers}
    cells = [
        Cell(
            f"{tiers[goal].value:,}",
            ""
            if tiers[goal].proven
            else words("compare.at_least", {"bound": f"{tiers[goal].bound:,}"}, locale),
            gauge(tiers[goal].value, greatest, tiers[goal].bound),
        )
        if goal in tiers
        else Cell("", "")
        for goal, greatest in most.items()
    ]
    most_groups, most_pairs = shapes
    nothing = row.status in ("INFEASIBLE", "UNKNOWN")
    share = {"placed": f"{row.placed:,}", "all": f"{row.students:,}"}
    return Line(
        name=row_name(row, locale),
        nothing=words(f"compare.{row.status.lower()}", {}, locale) if nothing else "",
        placed=words("compare.of", share, locale),
        groups=Cell(f"{row.groups:,}", "", gauge(row.groups, most_groups)),
        mentors=row.mentors,
        same_department=Cell(
            f"{row.same_department:,}", "", gauge(row.same_department, most_pairs)
        ),
        bar=bar(row.placed, row.students),
        tiers=tuple(cells),
    )


def bar(placed: int, students: int) -> Markup:
    """Return a bar as long as the students are many, filled as far as they have a place."""
    from markupsafe import Markup

    filled = round(BAR_WIDTH * placed / max(students, 1))
    return Markup(
        '<svg class="mix-bar" viewBox="0 0 {0} {1}" width="{0}" height="{1}" aria-hidden="true" '
        'focusable="false"><rect class="shared" x="0" y="0" width="{0}" height="{1}" rx="4"/>'
        '<rect class="alone" x="0" y="0" width="{2}" height="{1}" rx="4"/></svg>'
    ).format(BAR_WIDTH, BAR_HEIGHT, filled)


def gauge(value: int, most: int, bound: int | None = None) -> Markup:
    """Return a bar as long as a value is large beside the largest, dark up to its bound."""
    from markupsafe import Markup

    long = round(GAUGE_WIDTH * value / max(most, 1))
    sure = long if bound is None else round(GAUGE_WIDTH * min(bound, value) / max(most, 1))
    return Markup(
        '<svg class="mix-bar" viewBox="0 0 {0} {1}" width="{0}" height="{1}" aria-hidden="true" '
        'focusable="false"><rect class="shared" x="0" y="0" width="{2}" height="{1}" rx="2"/>'
        '<rect class="alone" x="0" y="0" width="{3}" height="{1}" rx="2"/></svg>'
    ).format(GAUGE_WIDTH, GAUGE_HEIGHT, long, sure)
