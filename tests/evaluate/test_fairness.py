from __future__ import annotations

from collections import Counter
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentormatch.data.matching import Group, Matching
from mentormatch.data.people import Student
from mentormatch.data.problem import Problem
from mentormatch.evaluate.fairness import (
    SMALLEST_SHOWN,
    Share,
    Table,
    _neighbours_merged,
    _rare_merged,
    _small_hidden,
    fairness,
)
from tests.support.build import mentors, problem, student
from tests.support.matched import grouped, made_up_problem


def _round(*kinds: tuple[str, int, int], **fields: Any) -> tuple[Problem, Matching]:
    """Return a round with so many students, and so many left out, of each department."""
    people: list[Student] = []
    placed: list[str] = []
    for department, count, left_out in kinds:
        for number in range(count):
            name = f"{department}{number}"
            people.append(student(name, department=department, **fields))
            if number >= left_out:
                placed.append(name)
    asked = problem(people, mentors("mia"), size=(1, 500))
    group = Group(id="g1", students=tuple(placed), mentors=("mia",), slot="tue-15")
    return asked, Matching(status="FEASIBLE", groups=(group,))


def _table(found: Problem, matching: Matching, by: str) -> Table:
    return next(table for table in fairness(found, matching).tables if table.by == by)


def test_rates_of_large_kinds_are_told() -> None:
    """The tables are for seeing who was left out more often than others."""
    table = _table(*_round(("a", 20, 5), ("b", 30, 6), ("c", 10, 0), ("d", 12, 12)), "department")
    assert table.rows == (
        Share("a", 20, 15),
        Share("b", 30, 24),
        Share("c", 10, 10),
        Share("d", 12, 0),
    )
    assert [row.rate for row in table.rows] == [0.75, 0.8, 1.0, 0.0]
    assert [row.left_out for row in table.rows] == [5, 6, 0, 12]


def test_few_left_out_are_hidden_together_with_a_neighbour() -> None:
    """One hidden number would be the total less the others."""
    table = _table(*_round(("a", 20, 5), ("b", 30, 6), ("c", 10, 1), ("d", 12, 0)), "department")
    assert [row.placed for row in table.rows] == [15, 24, None, None]
    assert [row.rate for row in table.rows[2:]] == [None, None]
    assert [row.left_out for row in table.rows[2:]] == [None, None]


def test_small_departments_are_counted_together() -> None:
    """A department with one student in a table is a student in a table."""
    table = _table(*_round(("a", 20, 0), ("b", 3, 0), ("c", 1, 0), ("d", 1, 0)), "department")
    assert table.rows == (Share("a", 20, 20), Share(None, 5, 5))


def test_a_single_small_department_takes_another_with_it() -> None:
    """It would be the total less the other rows."""
    table = _table(*_round(("a", 20, 0), ("b", 3, 0), ("c", 9, 0), ("d", 8, 0)), "department")
    assert [(row.kind, row.students) for row in table.rows] == [("a", 20), ("c", 9), (None, 11)]


@pytest.mark.parametrize("kinds", [(("a", 3, 0), ("b", 1, 1)), (("a", 20, 2),)])
def test_too_few_students_or_one_kind_give_no_rows(kinds: tuple[tuple[str, int, int], ...]) -> None:
    """The table would say no more than the total, or too much."""
    assert _table(*_round(*kinds), "department").rows == ()


def test_students_are_counted_by_the_programmes_languages_that_they_use() -> None:
    """What somebody speaks besides may tell where they come from, and is not counted."""
    people = (
        *(student(f"e{n}", languages={"en": "C1", "fa": "native"}) for n in range(6)),
        *(student(f"b{n}", languages={"en": "B2", "fi": "native"}) for n in range(7)),
        *(student(f"f{n}", languages={"en": "B1", "fi": "C2"}) for n in range(5)),
        *(student(f"n{n}", languages={"en": "A1"}) for n in range(8)),
    )
    asked = problem(people, mentors("mia"), languages=("en", "fi"))
    table = _table(asked, Matching(status="FEASIBLE"), "language")
    assert Counter({row.kind: row.students for row in table.rows}) == {
        "en": 6,
        "en, fi": 7,
        "fi": 5,
        "none of the programme's languages": 8,
    }


def test_slots_offered_are_counted_as_they_can_be_used() -> None:
    """An if-need-be is an offer; a no and a slot without dates are none."""
    far = {"sessions": ["2027-10-05T18:00:00+03:00"]}
    people = (
        *(student(f"a{n}", "tue-15") for n in range(5)),
        *(student(f"b{n}", "tue-15", if_need_be="wed-15") for n in range(5)),
        *(
            student(f"c{n}", availability={"tue-15": "yes", "wed-15": "no", "far": "yes"})
            for n in range(5)
        ),
    )
    from mentormatch.data.calendar import Slot
    from tests.support.build import slot

    slots = (slot("tue-15"), slot("wed-15"), Slot(id="far", **far))
    table = _table(
        problem(people, mentors("mia"), slots), Matching(status="FEASIBLE"), "slots offered"
    )
    assert [(row.kind, row.students) for row in table.rows] == [("1", 10), ("2", 5)]


def test_neighbouring_numbers_of_slots_are_counted_together() -> None:
    """Who offers one slot only is of interest, and belongs to those with few, not with many."""
    sizes = ((1, 2), (2, 2), (3, 4), (5, 9), (8, 3))
    rows = _neighbours_merged([(n, Share(str(n), size, 0)) for n, size in sizes])
    assert [(row.kind, row.students) for row in rows] == [("1\u20133", 8), ("5\u20138", 12)]


def test_any_attribute_can_be_counted_by() -> None:
    """A programme decides what it wants to be fair about."""
    people = [
        student(f"s{n}", attributes={"stage": "start" if n < 6 else "end"}) for n in range(14)
    ]
    asked = problem(people, mentors("mia"))
    found = fairness(asked, Matching(status="FEASIBLE"), attributes=("stage",))
    assert found.tables[-1].by == "stage"
    assert {row.kind: row.students for row in found.tables[-1].rows} == {"end": 8, "start": 6}


def test_it_judges_a_roster_made_by_hand_and_prints_itself() -> None:
    """The question is asked of every roster, not only of ours."""
    asked = made_up_problem(300, 90)
    found = fairness(asked, grouped(asked))
    placed = sum(len(group.students) for group in grouped(asked).groups)
    assert (found.students, found.placed) == (300, placed)
    assert f"{placed} of 300 students" in str(found)
    assert "hidden of" in str(found)
    assert "100% of" in str(found)


counts = st.lists(
    st.tuples(st.integers(1, 12), st.integers(0, 12)).map(lambda pair: (pair[0], min(pair))),
    min_size=1,
    max_size=8,
)


@given(counts, st.booleans())
def test_every_number_stands_for_enough_students(
    found: list[tuple[int, int]], ordered: bool
) -> None:
    """Whatever the round, no row and no part of a row is a handful of people."""
    counted = [Share(f"k{place}", all_, placed) for place, (all_, placed) in enumerate(found)]
    together = _neighbours_merged(list(enumerate(counted))) if ordered else _rare_merged(counted)
    rows = _small_hidden(together)
    if rows:
        assert sum(row.students for row in rows) == sum(all_ for all_, _ in found)
    for row in rows:
        assert row.students >= SMALLEST_SHOWN
        for number in (row.placed, row.left_out):
            assert number is None or number == 0 or number >= SMALLEST_SHOWN


@pytest.mark.parametrize("sizes", [(5, 5), (5, 7), (5, 6, 5), (6, 5, 7, 5), (5, 5, 5, 5, 5)])
def test_what_is_hidden_cannot_be_worked_out(sizes: tuple[int, ...]) -> None:
    """Whoever knows the totals and this very procedure is still left with several answers."""
    seen: dict[tuple[int, tuple[int | None, ...]], list[set[int]]] = {}
    for placed in product(*(range(size + 1) for size in sizes)):
        counted = [
            Share(f"k{place}", size, here)
            for place, (size, here) in enumerate(zip(sizes, placed, strict=True))
        ]
        shown = tuple(row.placed for row in _small_hidden(counted))
        possible = seen.setdefault((sum(placed), shown), [set() for _ in sizes])
        for values, here in zip(possible, placed, strict=True):
            values.add(here)
    hidden = [
        len(values)
        for (_, shown), possible in seen.items()
        for number, values in zip(shown, possible, strict=True)
        if number is None
    ]
    assert hidden
    assert min(hidden) >= 2


def test_how_many_a_small_kind_has_cannot_be_worked_out() -> None:
    """As long as one department may be absent, it is open how those counted together divide."""
    seen: dict[tuple[tuple[str | None, int], ...], list[set[int]]] = {}
    for sizes in product(range(8), repeat=5):
        counted = [Share(f"k{place}", size, 0) for place, size in enumerate(sizes) if size]
        shown = tuple((row.kind, row.students) for row in _small_hidden(_rare_merged(counted)))
        for values, size in zip(seen.setdefault(shown, [set() for _ in sizes]), sizes, strict=True):
            values.add(size)
    checked = 0
    for shown, possible in seen.items():
        if None in dict(shown) and any(0 in values for values in possible):
            named = {kind for kind, _ in shown}
            for place, values in enumerate(possible):
                checked += 1
                assert f"k{place}" in named or len(values) >= 2
    assert checked
