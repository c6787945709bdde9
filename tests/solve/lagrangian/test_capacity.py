"""Mentors with several groups in large rounds: as many as they can lead, at different times."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from mentormatch import SolveParams, match, verify
from mentormatch.data.problem import Problem
from mentormatch.rules import standard_rules
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.instance.compiled import compile_problem
from mentormatch.solve.instance.hard_counts import group_sizes
from mentormatch.solve.lagrangian.dual import LagrangianDual, Multipliers
from mentormatch.solve.lagrangian.flows import assign_mentors
from mentormatch.solve.lagrangian.sampled_relaxation import SampledRelaxation
from tests.support.build import mentor, mentors, problem, slot, student, students, term

WEEK = ("mon-10", "mon-14", "tue-10", "tue-14", "wed-10", "wed-14", "thu-10", "thu-14")
SURNAMES = ("law", "art", "physics", "chemistry", "design", "film", "finance")


def made(count: int, guides: int, capacities: tuple[int, ...], **fields: Any) -> Problem:
    """Return a round in which everybody offers three times, mentors with these capacities."""
    chosen = list(combinations(range(len(WEEK)), 3))
    offers = [" ".join(WEEK[place] for place in three) for three in chosen]
    return problem(
        [
            student(f"s{n}", offers[n * 17 % len(offers)], department=SURNAMES[n % 7])
            for n in range(count)
        ],
        [
            mentor(f"m{n}", offers[n * 5 % len(offers)], capacity=capacities[n % len(capacities)])
            for n in range(guides)
        ],
        " ".join(WEEK),
        *standard_rules(),
        size=(5, 8),
        **fields,
    )


@cache
def dual_of(count: int, guides: int, capacities: tuple[int, ...]) -> LagrangianDual:
    """Return the rows of such a round."""
    return LagrangianDual(compile_problem(made(count, guides, capacities), 0))


def test_mentors_of_capacity_two_place_a_thousand_and_one() -> None:
    """Bug: each mentor led one group, and a third of the students was left out."""
    asked = made(1_001, 64, (2,))
    matching = match(asked, time_limit=None)
    assert verify(asked, matching).ok
    assert matching.tiers[0].value == 0
    assert matching.status == "OPTIMAL"


def test_scarce_mentors_of_whom_some_lead_two_lead_all_that_they_can() -> None:
    """Sixty mentors for eighty groups: as many are left out as there are no seats for."""
    asked = made(450, 60, (1, 2, 1), mentors_each=2)
    matching = match(asked, time_limit=None)
    assert verify(asked, matching).ok
    assert len(matching.groups) == 40
    assert matching.tiers[0].value == matching.tiers[0].bound == 450 - 40 * 8


def test_nobody_leads_two_groups_at_overlapping_times() -> None:
    """Times that overlap in a chain, so that the first and the third go together."""
    chain = [slot(f"mon-{hour}", minutes=90) for hour in (10, 11, 12)]
    names = " ".join(one.id for one in chain)
    asked = problem(
        students(" ".join(f"s{n}" for n in range(12)), names),
        [mentor(f"m{n}", names, capacity=3) for n in range(4)],
        chain,
        size=(1, 8),
        # Three of four weeks: no two groups can be one after the other.
        term=term(meetings=3),
    )
    dual = LagrangianDual(compile_problem(asked, 0))
    templates = [template.plan.slot for template in dual.compiled.templates]
    wanted = np.full(len(templates), 4, dtype=np.int64)
    leads, staffed = assign_mentors(dual, wanted, group_sizes(dual.compiled))
    assert len(leads.mentors) == int(staffed.sum())
    for one in range(4):
        mine = {templates[place] for place in leads.templates[leads.mentors == one].tolist()}
        assert len(mine) == int((leads.mentors == one).sum())
        assert "mon-11" not in mine or len(mine) == 1
    # Two at the ends of the chain, or one in the middle.
    assert 4 <= len(leads.mentors) <= 8


@pytest.mark.parametrize("capacities", [(1,), (2,), (1, 2, 3)])
def test_the_relaxation_lets_nobody_lead_two_groups_at_one_time(
    capacities: tuple[int, ...],
) -> None:
    """It has a row for it, and the bound chooses one template of a slot: both say the same."""
    dual = dual_of(120, 20, capacities)
    solved = SampledRelaxation(dual, 120).solve(0, [], Clock(None), vertex=False)
    assert solved is not None
    proven = dual.bound(0, solved.prices, ())
    assert proven == pytest.approx(solved.value, abs=1)
    assert proven >= solved.value - 1e-3


def test_half_a_groups_mentors_run_no_group_in_the_bound() -> None:
    """Five mentors make two pairs; the sixteen seats of these are all that there are."""
    names, times = " ".join(f"s{n}" for n in range(24)), "tue-15 wed-15"
    guides = mentors("mia noa ola pia rio", times)
    asked = problem(students(names, times), guides, times, size=(5, 8), mentors_each=2)
    dual = LagrangianDual(compile_problem(asked, 0))
    solved = SampledRelaxation(dual, 24).solve(0, [], Clock(None), vertex=False)
    assert solved is not None
    assert dual.bound(0, solved.prices, ()) == 24 - 16
    without = Multipliers(np.ones(len(dual.lines)), np.zeros(0))
    assert dual.bound(0, without, ()) < 24 - 16


def test_a_size_that_counts_mentors_leaves_the_rest_to_students() -> None:
    """Bug: flows filled groups with more students than there was room for, who were left out."""
    asked = made(40, 8, (1,), mentors_each=2, count_mentors=True)
    sizes = group_sizes(compile_problem(asked, 0))
    assert set(sizes.mentors.tolist()) == {2}
    assert set(sizes.least.tolist()) == {3}
    assert set(sizes.room.tolist()) == {6}


def test_a_sample_of_mentors_who_lead_nothing_stands_for_the_others() -> None:
    """Bug: they came to nothing in all, their weights were divided by that, and it failed."""
    asked = problem(
        students("ana bo cai dee"),
        mentors("mia noa", capacity=0),
        "tue-15",
        size=(1, 4),
        mentors_each=0,
    )
    params = SolveParams(
        large_round_students=0, large_plan_students=0, sample_all_students=0, sample_students=2
    )
    matching = match(asked, time_limit=None, params=params)
    assert matching.status == "OPTIMAL"
    assert matching.left_out == ()
