from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations
from random import Random

import pytest

from mentormatch.data.matching import Group, Matching
from mentormatch.data.people import Student
from mentormatch.data.problem import Problem
from mentormatch.data.round import Solution, SolutionGroup
from mentormatch.errors import InputError
from mentormatch.evaluate.cost import score, structure
from mentormatch.evaluate.verify import verify
from mentormatch.rules import KeepApart, Mix, PreferYes
from mentormatch.rules.base import MAX_TIER
from mentormatch.solve.match import match
from mentormatch.whatif import (
    Alternatives,
    alternatives,
)
from tests.support.build import mentors, problem, student, students
from tests.support.random_problems import random_problem
from tests.support.slow import slow_among


def pairs(matching: Matching) -> set[tuple[str, str]]:
    """Return who shares a group with whom, counted here by itself."""
    return {
        pair
        for group in matching.groups
        for pair in combinations(sorted((*group.students, *group.mentors)), 2)
    }


def test_four_in_pairs_can_sit_in_three_ways() -> None:
    """After the two other ways there is no further one, and that is noticed."""
    variant = problem(students("a b c d"), (), size=(2, 2), mentors_each=0)
    first = match(variant, time_limit=30)
    found = alternatives(variant, first, count=3, time_limit=60)
    assert [each.kept for each in found.alternatives] == [0, 0]
    strategies = [pairs(first), *(pairs(each.matching) for each in found.alternatives)]
    assert len({frozenset(strategy) for strategy in strategies}) == 3
    assert all(each.pairs == 2 for each in found.alternatives)


def pairs_of(solution: Solution) -> set[tuple[str, str]]:
    """Return the same of a seating without mentors."""
    return {
        pair
        for group in solution.groups
        for pair in combinations(sorted(one.id for one in group.students), 2)
    }


@pytest.mark.parametrize("seed", slow_among(range(25), {1, 13}))
def test_an_alternative_is_valid_as_good_and_different(seed: int) -> None:
    """A coordinator may choose any of them without losing what was proven."""
    variant = random_problem(f"alternatives {seed}")
    first = match(variant, time_limit=30)
    if first.status == "INFEASIBLE":
        return
    assert first.status == "OPTIMAL"
    found = alternatives(variant, first, count=2, time_limit=30)
    for each in found.alternatives:
        report = verify(variant, each.matching)
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
    variant = problem(people, mentors("m n"), "tue-15", Mix(), size=(2, 2))
    roster = Matching(
        status="FEASIBLE",
        groups=(
            Group(id="g", students=("a0", "b0"), mentors=("m",), slot="tue-15"),
            Group(id="h", students=("a1", "b1"), mentors=("n",), slot="tue-15"),
        ),
    )
    strict = alternatives(variant, roster, count=1, time_limit=30)
    assert strict.held == (1, 3)
    [only] = strict.alternatives
    assert [tier.value for tier in only.matching.tiers] == [0, 0]
    loose = alternatives(variant, roster, count=1, held=1, time_limit=30)
    assert loose.held == (1,)
    assert loose.alternatives[0].kept <= only.kept
    assert verify(variant, loose.alternatives[0].matching).ok


def every_matching(variant: Problem) -> Iterator[Solution]:
    """Yield every valid matching of a few students without mentors, found by trying them all."""

    def strategies(
        rest: tuple[Student, ...], groups: tuple[SolutionGroup, ...]
    ) -> Iterator[Solution]:
        if not rest:
            placed = {one.id for group in groups for one in group.students}
            left_out = tuple(one for one in variant.students if one.id not in placed)
            yield Solution(groups, left_out)
            return
        first, *others = rest
        yield from strategies(tuple(others), groups)
        for more in range(len(others) + 1):
            for company in combinations(others, more):
                left = tuple(one for one in others if one not in company)
                for template in variant.round.templates:
                    group = SolutionGroup(f"g{len(groups)}", (first, *company), (), template)
                    yield from strategies(left, (*groups, group))

    for solution in strategies(variant.students, ()):
        if not any(structure(variant, solution)) and not score(variant, solution).hard:
            yield solution


def five(seed: int) -> Problem:
    """Return five students of two departments, most of whom can come to a second best time."""
    draw = Random(seed)
    people = []
    for name in "abcde":
        best, other = draw.sample(("tue-15", "wed-15"), 2)
        second = other if draw.random() < 0.9 else ""
        department = draw.choice("AB")
        people.append(student(name, best, if_need_be=second, department=department))
    rules = (Mix(tier=2), PreferYes(tier=3))
    return problem(people, (), "tue-15 wed-15", *rules, size=(2, 3), mentors_each=0)


@cache
def all_of(seed: int) -> tuple[Matching, list[tuple[set[tuple[str, str]], tuple[int, ...]]]]:
    """Return the best matching of five, and the pairs and costs of every one, worked out once."""
    variant = five(seed)
    strategies = [
        (pairs_of(strategy), score(variant, strategy).values)
        for strategy in every_matching(variant)
    ]
    return match(variant, time_limit=30), strategies


@pytest.mark.parametrize("give", [0, 1, 2])
@pytest.mark.parametrize("held", [None, 1, 2])
def test_no_matching_within_what_tiers_may_give_differs_more(held: int | None, give: int) -> None:
    """Held against all the matchings that there are."""
    for seed in (0, 1, 4):
        variant = five(seed)
        first, strategies = all_of(seed)
        values = [tier.value for tier in first.tiers]
        kept = held or 0
        allowed = [
            strategy
            for strategy, costs in strategies
            if list(costs[:kept]) == values[:kept]
            and all(cost <= most + give for cost, most in zip(costs, values, strict=True))
        ]
        least = min(len(strategy & pairs(first)) for strategy in allowed)
        found = alternatives(variant, first, count=1, held=held, give=give, time_limit=30)
        assert found.give == give
        assert found.held == variant.tiers[:kept]
        if not found.alternatives:
            assert least == len(pairs(first))
            continue
        [only] = found.alternatives
        assert (only.kept, only.fewest) == (least, least)
        assert verify(variant, only.matching).ok
        assert pairs(only.matching) in allowed


def test_without_a_cap_a_tier_gives_way_by_more() -> None:
    """Else the cap would be one that is never felt."""
    found = []
    for give in (None, 1):
        variant = five(1)
        first = match(variant, time_limit=30)
        [only] = alternatives(
            variant, first, count=1, held=1, give=give, time_limit=30
        ).alternatives
        more = [
            now.value - then.value
            for now, then in zip(only.matching.tiers, first.tiers, strict=True)
        ]
        found.append((max(more), only.kept))
    (freely, few), (capped, many) = found
    assert freely > 1 >= capped
    assert few < many


def test_proofs_among_the_nearly_equal_are_not_passed_on() -> None:
    """A bound that holds below a cap is none for matchings that cost more elsewhere."""
    variant = five(1)
    first = match(variant, time_limit=30)
    [only] = alternatives(variant, first, count=1, held=1, give=1, time_limit=30).alternatives
    assert only.matching.tiers[0].bound == first.tiers[0].bound
    assert [tier.bound for tier in only.matching.tiers[1:]] == [0, 0]


def test_nothing_gives_way_by_less_than_nothing() -> None:
    """Told as a fault of the input."""
    variant = problem(students("a b c d"), (), size=(2, 2), mentors_each=0)
    with pytest.raises(InputError, match="give way by -1"):
        alternatives(variant, match(variant, time_limit=30), give=-1)


def test_an_invalid_matching_has_no_alternatives() -> None:
    """There is nothing to be as good as."""
    rule = KeepApart(sets=(("a", "b"),))
    variant = problem(students("a b"), mentors("m"), "tue-15", rule, size=(2, 2))
    broken = Matching(
        status="FEASIBLE",
        groups=(Group(id="g", students=("a", "b"), mentors=("m",), slot="tue-15"),),
    )
    with pytest.raises(InputError, match="breaks hard rules"):
        alternatives(variant, broken)


def test_a_problem_that_uses_every_tier_has_none_left_for_difference() -> None:
    """Told as a fault of the input rather than by a wrong answer."""
    rules = [Mix(tier=tier, attribute="mode") for tier in range(2, MAX_TIER + 1)]
    variant = problem(students("a b"), mentors("m"), "tue-15", *rules, size=(2, 2))
    with pytest.raises(InputError, match="in use"):
        alternatives(variant, match(variant, time_limit=30))


def test_alternatives_come_back_from_json_as_they_were() -> None:
    """Other tools store and show them."""
    variant = problem(students("a b c d"), (), size=(2, 2), mentors_each=0)
    found = alternatives(variant, match(variant, time_limit=30), count=1, time_limit=30)
    assert Alternatives.from_json(found.to_json()) == found
