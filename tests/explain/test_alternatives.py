from __future__ import annotations

from itertools import combinations

import pytest

from mentormatch.errors import InputError
from mentormatch.explain import Alternatives, alternatives
from mentormatch.matcher import match
from mentormatch.matching import Group, Matching
from mentormatch.rules import KeepApart, Mix
from mentormatch.rules.base import MAX_TIER
from mentormatch.verification import verify
from tests.support.build import mentors, problem, student, students
from tests.support.random_problems import random_problem


def pairs(matching: Matching) -> set[tuple[str, str]]:
    """Return who shares a group with whom, counted here by itself."""
    return {
        pair
        for group in matching.groups
        for pair in combinations(sorted((*group.students, *group.mentors)), 2)
    }


def test_four_in_pairs_can_sit_in_three_ways() -> None:
    """After the two other ways there is no further one, and that is noticed."""
    asked = problem(students("a b c d"), (), size=(2, 2), mentors_each=0)
    first = match(asked, time_limit=30)
    found = alternatives(asked, first, count=3, time_limit=60)
    assert [each.kept for each in found.alternatives] == [0, 0]
    ways = [pairs(first), *(pairs(each.matching) for each in found.alternatives)]
    assert len({frozenset(way) for way in ways}) == 3
    assert all(each.pairs == 2 for each in found.alternatives)


@pytest.mark.parametrize("seed", range(25))
def test_an_alternative_is_valid_as_good_and_different(seed: int) -> None:
    """A coordinator may choose any of them without losing what was proven."""
    asked = random_problem(f"alternatives {seed}")
    first = match(asked, time_limit=30)
    if first.status == "INFEASIBLE":
        return
    assert first.status == "OPTIMAL"
    found = alternatives(asked, first, count=2, time_limit=30)
    for each in found.alternatives:
        report = verify(asked, each.matching)
        assert report.ok, str(report)
        assert [tier.value for tier in each.matching.tiers] == [t.value for t in first.tiers]
        assert pairs(each.matching) != pairs(first)
        assert each.kept == len(pairs(each.matching) & pairs(first))
        assert each.kept_of_all >= each.fewest


def test_later_tiers_give_way_if_that_is_asked() -> None:
    """Departments could not be mixed better, but whoever allows it gets more difference."""
    people = [
        *(student(f"a{n}", department="A") for n in range(2)),
        *(student(f"b{n}", department="B") for n in range(2)),
    ]
    asked = problem(people, mentors("m n"), "tue-15", Mix(), size=(2, 2))
    roster = Matching(
        status="FEASIBLE",
        groups=(
            Group(id="g", students=("a0", "b0"), mentors=("m",), slot="tue-15"),
            Group(id="h", students=("a1", "b1"), mentors=("n",), slot="tue-15"),
        ),
    )
    strict = alternatives(asked, roster, count=1, time_limit=30)
    assert strict.held == (1, 3)
    [only] = strict.alternatives
    assert [tier.value for tier in only.matching.tiers] == [0, 0]
    loose = alternatives(asked, roster, count=1, held=1, time_limit=30)
    assert loose.held == (1,)
    assert loose.alternatives[0].kept <= only.kept
    assert verify(asked, loose.alternatives[0].matching).ok


def test_an_invalid_matching_has_no_alternatives() -> None:
    """There is nothing to be as good as."""
    rule = KeepApart(sets=(("a", "b"),))
    asked = problem(students("a b"), mentors("m"), "tue-15", rule, size=(2, 2))
    broken = Matching(
        status="FEASIBLE",
        groups=(Group(id="g", students=("a", "b"), mentors=("m",), slot="tue-15"),),
    )
    with pytest.raises(InputError, match="breaks hard rules"):
        alternatives(asked, broken)


def test_a_problem_that_uses_every_tier_has_none_left_for_difference() -> None:
    """Told as a fault of the input rather than by a wrong answer."""
    rules = [Mix(tier=tier, attribute="mode") for tier in range(2, MAX_TIER + 1)]
    asked = problem(students("a b"), mentors("m"), "tue-15", *rules, size=(2, 2))
    with pytest.raises(InputError, match="in use"):
        alternatives(asked, match(asked, time_limit=30))


def test_alternatives_come_back_from_json_as_they_were() -> None:
    """Other tools store and show them."""
    asked = problem(students("a b c d"), (), size=(2, 2), mentors_each=0)
    found = alternatives(asked, match(asked, time_limit=30), count=1, time_limit=30)
    assert Alternatives.from_json(found.to_json()) == found
