"""Neighbourhoods solved anew beside groups that stay, where mentors lead several groups."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from mentormatch import SolveParams
from mentormatch.data.problem import Problem
from mentormatch.rules import MentorLoad, Mix, NobodyAlone
from mentormatch.solve.assign.form_costs import FormCosts
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.instance.beside import beside
from mentormatch.solve.instance.compiled import Compiled, compile_problem
from mentormatch.solve.instance.opening import Opening
from mentormatch.solve.lns import LargeNeighbourhoodSearch
from tests.support.build import mentor, mentors, problem, slot, student, term

TIMES = "mon-10 tue-10 wed-10 thu-10"


def improved(
    compiled: Compiled, openings: Sequence[Opening], params: SolveParams, patience: int = 30
) -> list[tuple[int, ...]]:
    """Return what the groups cost, and every better cost that the search comes to."""
    judge = FormCosts(compiled)
    first = judge.values(openings)
    assert first is not None
    found = [first]

    def offer(better: Sequence[Opening]) -> bool:
        values = judge.values(better)
        assert values is not None, "groups that are not valid were offered"
        if values >= found[-1]:
            return False
        found.append(values)
        return True

    search = LargeNeighbourhoodSearch(compiled, openings, 0, params)
    search.run(Clock(None), offer, lambda: found[-1], patience)
    return found


def seats(compiled: Compiled, groups: dict[str, str]) -> list[Opening]:
    """Return groups written as their times and the ids of their people."""
    place = compiled.round_.position
    template = {one.plan.slot: number for number, one in enumerate(compiled.templates)}
    return [
        Opening(template[time], tuple(sorted(place[name] for name in names.split())))
        for time, names in groups.items()
    ]


def shared_mentor() -> tuple[Compiled, list[Opening]]:
    """Return a round in which one mentor leads all three groups, two of them badly mixed."""
    asked = problem(
        [student(f"a{n}", TIMES, department="law") for n in range(3)]
        + [student(f"b{n}", TIMES, department="art") for n in range(3)]
        + [student(f"c{n}", "wed-10", department="film") for n in range(2)],
        [mentor("mia", TIMES, capacity=3)],
        TIMES,
        Mix(attribute="department", tier=2),
        size=(2, 3),
        term=term(meetings=4),
    )
    compiled = compile_problem(asked, 0)
    groups = {"mon-10": "a0 a1 a2 mia", "tue-10": "b0 b1 b2 mia", "wed-10": "c0 c1 mia"}
    return compiled, seats(compiled, groups)


@pytest.mark.parametrize("shared", [0, 1, 4])
def test_groups_of_a_mentor_who_leads_others_too_are_improved(shared: int) -> None:
    """Bug: nothing was tried where a mentor led a group outside of the neighbourhood."""
    compiled, openings = shared_mentor()
    params = SolveParams(lns_groups=2, lns_widen_after=10**6, lns_shared_groups=shared)
    found = improved(compiled, openings, params)
    # The pair of film cannot be parted, and one more student fits in with them; of the other five
    # three are of one department, in two groups.
    assert found[0][1] == 3 + 3 + 1
    assert found[-1] == (0, 1 + 1)


def test_shared_mentors_bring_their_groups_up_to_the_limit() -> None:
    """The groups of a chain of mentors come in one after the other."""
    compiled, openings = shared_mentor()
    for shared, expected in ((0, 1), (1, 2), (2, 3), (9, 3)):
        params = SolveParams(lns_shared_groups=shared)
        search = LargeNeighbourhoodSearch(compiled, openings, 0, params)
        assert len(search._with_shared([0])) == expected


def test_what_a_staying_group_takes_up() -> None:
    """By hand: of three groups one is left, not on Wednesday, and loads and rooms go on."""
    asked = problem(
        [student(f"a{n}", TIMES) for n in range(4)],
        [mentor("mia", TIMES, capacity=3), mentor("noa", TIMES)],
        [*(slot(name) for name in TIMES.split()[:3]), slot("thu-10", max_groups=3)],
        MentorLoad(tier=2),
        size=(1, 4),
        term=term(meetings=4),
    )
    compiled = compile_problem(asked, 0)
    staying = seats(compiled, {"wed-10": "a0 mia", "thu-10": "a1 mia"})
    left = beside(compiled, staying)
    place = compiled.round_.position
    times = [one.plan.slot for one in compiled.templates]
    assert left.capacity[[place[one] for one in ("a0", "a1", "a2", "mia", "noa")]].tolist() == [
        *(0, 0, 1, 1, 1)
    ]
    here = {times[one] for one in np.flatnonzero(left.allowed[place["mia"]]).tolist()}
    assert here == {"mon-10", "tue-10"}
    assert not left.allowed[place["a0"]].any()
    assert left.allowed[place["noa"]].all()
    assert left.rooms == {"thu-10": 2}
    load = next(one for one in left.loads if place["mia"] in one.people and one.tier >= 0)
    whole = next(one for one in compiled.loads if place["mia"] in one.people and one.tier >= 0)
    row = load.people.tolist().index(place["mia"])
    assert load.table[row][:2].tolist() == whole.table[row][2:4].tolist()


def lonely(count: int) -> Problem:
    """Return a round of two departments in which everybody is to have one of their own."""
    return problem(
        [student(f"s{n}", TIMES, department="law" if n % 2 else "art") for n in range(count)],
        mentors("mia noa oli", TIMES),
        TIMES,
        NobodyAlone(attribute="department", tier=2),
        size=(3, 4),
    )


def test_prices_that_are_not_convex_count_in_the_groups_as_they_are() -> None:
    """Bug: groups at hand were taken to cost nothing there, so that none was ever better."""
    compiled = compile_problem(lonely(8), 0)
    groups = {"mon-10": "s0 s2 s4 s1 mia", "tue-10": "s3 s5 s7 s6 noa"}
    found = improved(compiled, seats(compiled, groups), SolveParams(lns_groups=2))
    assert found[0][1] == 1 + 1
    assert found[-1] == (0, 0)
