"""Variants side by side, on a terminal of eighty columns."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from rich.console import Console

from mentormatch.cli.comparison_view import comparison_view
from mentormatch.data.matching import TierResult
from mentormatch.data.problem import Problem
from mentormatch.messages.catalogue import LOCALES, Locale
from mentormatch.rules import KeepApart, Mix, PlaceEveryone
from mentormatch.solve.match import match
from mentormatch.whatif import Comparison, RelaxRule, Row, Variant, compare
from tests.support.build import mentors, problem, students

HEADINGS: dict[Locale, str] = {"en": "tier", "fi": "taso", "sv": "nivå"}


def shown(given: Problem, comparison: Comparison, locale: Locale) -> list[str]:
    """Return the lines of a comparison on a terminal of eighty columns."""
    console = Console(width=80, no_color=True, file=StringIO())
    console.print(comparison_view(given, comparison, locale))
    assert isinstance(console.file, StringIO)
    return console.file.getvalue().splitlines()


def headings(lines: list[str], locale: Locale) -> list[str]:
    """Return the headings of tiers above the tables, not those of the legend."""
    pattern = rf"{HEADINGS[locale]} \d+[a-z]?\b(?!:)"
    return [found for line in lines for found in re.findall(pattern, line)]


def rows(tiers: int) -> Comparison:
    """Return a comparison of two variants with long names and values in so many tiers."""
    results = tuple(
        TierResult(tier=number, name=f"goal {number}", value=12_345, bound=12_300)
        for number in range(1, tiers + 1)
    )
    return Comparison(
        rows=tuple(
            Row(
                variant=Variant(name=name),
                status="FEASIBLE",
                students=1_200,
                placed=1_150,
                groups=160,
                mentors=320,
                same_department=412,
                tiers=results,
            )
            for name in ("as it is", "mentors+2@tue-13,slot+fri-15~tue-15,max=9")
        )
    )


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("tiers", [1, 3, 4, 8])
def test_every_tier_has_a_heading_of_its_own(tiers: int, locale: Locale) -> None:
    """Headings that were cut to fit once left two columns of one name."""
    given = problem(students("a b"), mentors("m"), "tue-15")
    lines = shown(given, rows(tiers), locale)
    wanted = [f"{HEADINGS[locale]} {number}" for number in range(1, tiers + 1)]
    assert headings(lines, locale) == wanted
    assert "…" not in "".join(lines)
    assert all(len(line) <= 80 for line in lines)
    assert "".join(lines).count("12345") == 2 * tiers


def test_a_tier_that_means_something_else_in_a_variant_has_another_heading() -> None:
    """Relaxed, the rule has a tier of its own: with the number of one that there is already."""
    apart = KeepApart(sets=(("a", "b"),))
    given = problem(students("a b c d"), mentors("m"), "tue-15", apart, size=(2, 4))
    variants = [
        Variant(name="relaxed", changes=(RelaxRule(rule="keep_apart"),)),
        Variant(name="first", changes=(RelaxRule(rule="keep_apart", first=True),)),
    ]
    table = compare(given, variants, time_limit=10)
    lines = shown(given, table, "en")
    names = list(dict.fromkeys((one.tier, one.name) for row in table.rows for one in row.tiers))
    found = headings(lines, "en")
    assert len(found) == len(set(found)) == len(names)
    assert {"tier 1a", "tier 1b"} <= set(found)
    legend = [line for line in lines if line.startswith("tier ")]
    assert len(legend) == len(names)
    assert all(line.rstrip().endswith(name) for line, (_, name) in zip(legend, names, strict=True))


def test_two_tiers_of_one_name_are_two_columns() -> None:
    """They were one column with the value of the latter."""
    rules = (Mix(tier=2), Mix(tier=3, weight=2))
    given = problem(students("a b c", department="X"), mentors("m"), "tue-15", *rules, size=(2, 4))
    lines = shown(given, compare(given, [], time_limit=10), "en")
    assert headings(lines, "en") == ["tier 1", "tier 2", "tier 3"]


def test_priorities_added_up_are_not_called_students() -> None:
    """The tier of 41 students left out once read "students left out 4195"."""
    people = [*students("a b"), *students("x", priority=7)]
    given = problem(people, (), "tue-15", PlaceEveryone(), mentors_each=1)
    [tier] = [one for one in match(given, time_limit=10).tiers if one.tier == 1]
    assert (tier.value, tier.name) == (9, "priorities of students left out, added up")
    equal = problem(students("a b"), (), "tue-15", PlaceEveryone(), mentors_each=1)
    assert match(equal, time_limit=10).tiers[0].name == "students left out"
