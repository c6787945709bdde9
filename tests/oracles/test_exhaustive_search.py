"""The exhaustive search that judges the solver, judged itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import count, islice
from random import Random

import pytest

from mentormatch import match, verify
from mentormatch.data.problem import Problem
from mentormatch.data.round import Solution
from mentormatch.evaluate.cost import score, structure
from mentormatch.rules import Mix, PlaceEveryone
from tests.support.build import FIRST_DAY, mentors, problem, slot, student, students, term
from tests.support.exhaustive import best_of_all
from tests.support.naive import least_of_all, seatings
from tests.support.random_problems import random_problem
from tests.support.random_rounds import random_seating

MICRO = 80
MOST_SEATINGS = 3_000


def micro_problems() -> list[Problem]:
    """Return the first problems of which every matching can be written out."""
    drawn = (
        random_problem(f"micro {seed}", most_students=4, most_mentors=2, most_slots=2)
        for seed in count()
    )
    return list(islice((one for one in drawn if 10 < seatings(one) <= MOST_SEATINGS), MICRO))


@pytest.mark.slow
def test_it_finds_what_writing_out_every_matching_finds() -> None:
    """A judge that skips matchings would call a poor answer the best."""
    found = []
    for drawn in micro_problems():
        best = best_of_all(drawn)
        found.append(None if best is None else best.values)
        assert found[-1] == least_of_all(drawn)
    assert None in found
    assert len(set(found)) > 10


def wrong(
    problem: Problem, solution: Solution, *, in_groups: bool
) -> Counter[tuple[str, str, int]]:
    """Return kind and amount of the breaches that name a group, or of those that do not."""
    judged = score(problem, solution)
    return Counter(
        (repr(one.rule), one.violation.group or "", one.violation.amount)
        for one in (*judged.hard, *judged.soft)
        if (one.violation.group is not None) == in_groups
    )


@pytest.mark.parametrize("seed", range(150))
def test_what_is_wrong_in_a_group_is_wrong_whatever_the_others_are(seed: int) -> None:
    """The exhaustive search takes this for granted; a rule that breaks it has to say so here."""
    drawn = random_problem(f"sum {seed}")
    rng = Random(seed)
    for sound in (False, True):
        solution = random_seating(rng, drawn.round, sound=sound)
        apart: Counter[tuple[str, str, int]] = Counter()
        for group in solution.groups:
            apart += wrong(drawn, Solution((group,), ()), in_groups=True)
        assert wrong(drawn, solution, in_groups=True) == apart


@pytest.mark.parametrize("seed", range(150))
def test_what_is_wrong_in_no_group_depends_on_who_has_one_and_on_loads(seed: int) -> None:
    """So it does when the students of all groups change places and the groups their times."""
    drawn = random_problem(f"loads {seed}")
    rng = Random(seed)
    for sound in (False, True):
        solution = random_seating(rng, drawn.round, sound=sound)
        students = [group.students for group in solution.groups]
        times = [group.template for group in solution.groups]
        rng.shuffle(students)
        rng.shuffle(times)
        moved = tuple(
            replace(group, students=students[place], template=times[place])
            for place, group in enumerate(solution.groups)
        )
        assert wrong(drawn, replace(solution, groups=moved), in_groups=False) == wrong(
            drawn, solution, in_groups=False
        )


@pytest.mark.parametrize("seed", range(60))
def test_sound_random_groups_are_never_better(seed: int) -> None:
    """A random matching that beats the best of all would show a matching that was missed."""
    drawn = random_problem(f"beaten {seed}", most_students=6, most_mentors=3, most_slots=3)
    best = best_of_all(drawn)
    rng = Random(seed)
    for _ in range(40):
        solution = random_seating(rng, drawn.round, sound=True)
        judged = score(drawn, solution)
        if not judged.hard and not list(structure(drawn, solution)):
            assert best is not None
            assert best.values <= judged.values


def test_it_uses_two_groups_where_two_are_better() -> None:
    """By hand: two departments of two, in groups of two, mix without any pair."""
    people = [
        *students("ana bo", department="Physics"),
        *students("cai dee", department="Design"),
    ]
    asked = problem(people, mentors("mia noa"), "tue-15 wed-15", Mix(), size=(2, 2))
    best = best_of_all(asked)
    assert best is not None
    assert best.values == (0, 0)
    assert len(best.solution.groups) == 2


def test_a_mentor_does_not_lead_two_groups_at_overlapping_times() -> None:
    """By hand: one mentor, two slots an hour apart, meetings of two hours.

    With three meetings in four weeks any two groups overlap, and two students are left out. With
    two meetings one group can begin when the other has ended.
    """
    people = [*students("ana bo", yes="tue-15"), *students("cai dee", yes="tue-16")]
    guide = mentors("mia", yes="tue-15 tue-16", capacity=2)
    for meetings, left_out in ((3, 2), (2, 0)):
        asked = problem(people, guide, "tue-15 tue-16", size=(1, 4), term=term(meetings=meetings))
        best = best_of_all(asked)
        assert best is not None
        assert best.values == (left_out,)


def test_one_mentor_leads_groups_one_after_the_other_in_one_term() -> None:
    """Bug: a student was left out, proven, though the plans chosen overlap on no date."""
    people = [*students("ana bo", yes="tue-15"), *students("cai dee", yes="tue-16")]
    asked = problem(people, mentors("mia", yes="tue-15 tue-16", capacity=2), "tue-15 tue-16")
    matching = match(asked, time_limit=None)
    assert matching.status == "OPTIMAL"
    assert matching.left_out == ()
    assert verify(asked, matching).ok
    first, second = sorted(group.meetings for group in matching.groups)
    assert first[-1] < second[0]
    # Nothing begins later than it needs to.
    assert first[0].date() == FIRST_DAY + timedelta(days=1)


def test_a_slot_holds_no_more_groups_than_it_can() -> None:
    """By hand: one room, groups of two at most, three students: one is left out."""
    asked = problem(
        students("ana bo cai"),
        mentors("mia noa"),
        [slot("tue-15", max_groups=1)],
        size=(1, 2),
    )
    best = best_of_all(asked)
    assert best is not None
    assert best.values == (1,)


def test_it_finds_none_where_the_hard_rules_contradict_each_other() -> None:
    """By hand: nobody may be left out, and somebody can never come."""
    asked = problem(
        [*students("ana bo"), student("cai", "")],
        mentors("mia"),
        "tue-15",
        PlaceEveryone(tier="hard"),
        missing_availability="leave_out",
    )
    assert best_of_all(asked) is None
