"""Every proof of the pre-check, held against all matchings of random rounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations

import pytest

from mentormatch.data.people import Student
from mentormatch.data.problem import Problem
from mentormatch.errors import InputError
from mentormatch.explain import Notice, PrecheckReport, precheck
from mentormatch.explain.eligibility import Eligibility
from mentormatch.rules import Pin, PlaceEveryone, exactly
from mentormatch.rules.base import Rule
from tests.support.build import mentors, problem, student, students
from tests.support.exhaustive import Best, best_of_all
from tests.support.random_problems import random_problem

SEEDS = range(40)
EACH = (0, 1, 2, 3)
HEAVY = 100
"""A priority beside which the others do not count."""


@cache
def rounds(each: int) -> tuple[tuple[Problem, PrecheckReport], ...]:
    """Return random rounds with so many mentors in each group, and what is seen before matching."""
    found = []
    for seed in SEEDS:
        drawn = random_problem(f"proofs {seed}", most_students=6, most_mentors=4, most_slots=2)
        fields = {name: getattr(drawn, name) for name in Problem.model_fields}
        shape = {**drawn.shape.model_dump(), "mentors": each}
        try:
            variant = Problem(**{**fields, "shape": shape})
        except InputError:
            # With more mentors who count, the sizes contradict themselves.
            continue
        found.append((variant, precheck(variant)))
    return tuple(found)


def best(variant: Problem, concerned: frozenset[str], *more: Rule) -> Best | None:
    """Return the matching that places most of some students, under the hard rules and more."""
    hard = [one for one in variant.active_rules if one.tier == "hard"]
    stated = [one for one in hard if one.kind != "place_everyone"]
    asks = any(one.kind == "place_everyone" for one in hard)
    people = tuple(
        Student.model_validate(
            {**one.model_dump(), "priority": HEAVY if one.id in concerned else 1}
        )
        for one in variant.students
    )
    fields = {name: getattr(variant, name) for name in Problem.model_fields}
    rules = exactly(*stated, *more, PlaceEveryone(tier="hard" if asks else 1))
    return best_of_all(Problem.model_construct(**{**fields, "students": people, "rules": rules}))


def left_out(found: Best) -> set[str]:
    """Return who has no group."""
    return {one.id for one in found.solution.left_out}


def most_by_mentors(variant: Problem) -> int:
    """Return the most groups that mentors could lead, were there students everywhere."""
    allowed, round_ = Eligibility(variant).allowed, variant.round
    first, each = len(round_.students), variant.shape.mentors
    teams = [
        (template.plan.slot, team)
        for number, template in enumerate(round_.templates)
        for team in combinations(range(len(round_.mentors)), each)
        if all(allowed[first + mentor, number] for mentor in team)
    ]

    def more(start: int, led: Counter[int], busy: frozenset[tuple[int, str]]) -> int:
        most = 0
        for place in range(start, len(teams)):
            slot, team = teams[place]
            if any(led[one] == round_.mentors[one].capacity or (one, slot) in busy for one in team):
                continue
            taken = busy | {(one, slot) for one in team}
            most = max(most, 1 + more(place, led + Counter(team), taken))
        return most

    return more(0, Counter(), frozenset())


def wrong(variant: Problem, report: PrecheckReport, notice: Notice) -> Iterator[str]:
    """Yield what shows that a proof proves nothing."""
    everybody = frozenset(one.id for one in variant.students)
    people = frozenset(notice.people)
    match notice.code:
        case "precheck.capacity_short":
            if not variant.shape.mentors:
                yield "groups need no mentors"
            elif most_by_mentors(variant) > report.groups:
                yield "mentors could lead more"
        case "precheck.groups_short":
            found = best(variant, everybody)
            if found and len(found.solution.groups) > report.groups:
                yield "there are more groups"
            if found and len(everybody) - len(left_out(found)) > report.seats:
                yield "there are more places"
        case "precheck.unavoidable":
            found = best(variant, people)
            if found and len(left_out(found) & people) < int(notice.facts["count"]):
                yield "fewer of them can be left out"
        case "precheck.no_place":
            yield from (
                f"{one} can have a place"
                for one in sorted(people)
                if best(variant, everybody, Pin(person=one)) is not None
            )
        case "precheck.rule_never_holds":
            found = best(variant, everybody)
            if found and found.solution.groups:
                yield "a group keeps the rule"
        case "precheck.rule_never_holds_for" | "precheck.rule_never_holds_in_all":
            if best(variant, everybody) is not None:
                yield "a matching keeps the rule"
        case _:
            yield "no test of this proof"


@pytest.mark.parametrize("each", EACH)
def test_every_proof_holds_for_all_matchings(each: int) -> None:
    """A proof that is wrong once is none, however many mentors a group has."""
    found = rounds(each)
    assert len(found) > len(SEEDS) // 2
    proofs: Counter[str] = Counter()
    for variant, report in found:
        for notice in report.notices:
            if notice.level == "proof":
                proofs[notice.code] += 1
                assert list(wrong(variant, report, notice)) == [], (variant, notice)
    assert proofs.total() >= 10


@pytest.mark.parametrize("each", EACH)
def test_no_matching_has_more_groups_or_places_than_was_said(each: int) -> None:
    """The numbers at the head are proofs as well."""
    for variant, report in rounds(each):
        found = best(variant, frozenset())
        if found is not None:
            assert len(found.solution.groups) <= report.groups
            assert len(variant.students) - len(left_out(found)) <= report.seats
            assert len(left_out(found)) >= report.unavoidable


def test_each_kind_of_proof_was_looked_at() -> None:
    """A proof that no random round has is not held against anything."""
    seen = {
        notice.code
        for each in EACH
        for _, report in rounds(each)
        for notice in report.notices
        if notice.level == "proof"
    }
    assert seen >= {
        "precheck.capacity_short",
        "precheck.groups_short",
        "precheck.no_place",
        "precheck.rule_never_holds",
        "precheck.unavoidable",
    }


def test_without_mentors_it_is_not_mentors_who_allow_no_group() -> None:
    """A form that asked for no language once blamed mentors, of whom none were needed."""
    people = students("a b c d", languages={"fi": "C1"})
    report = precheck(problem(people, (), "tue-15", mentors_each=0, size=(2, 4)))
    codes = [notice.code for notice in report.notices]
    assert (report.groups, report.unavoidable) == (0, 4)
    assert "precheck.capacity_short" not in codes
    assert "precheck.groups_short" in codes
    few = precheck(problem(students("a b c d"), mentors("m"), "tue-15 wed-15", size=(2, 2)))
    [short] = [notice for notice in few.notices if notice.code == "precheck.capacity_short"]
    assert short.text() == "Mentors allow 1 group at most, that is 2 places for 4 students."


def test_one_slot_is_told_of_nobody_where_there_is_only_one() -> None:
    """It was told of each of 110 people of a round with one slot."""
    codes = [n.code for n in precheck(problem(students("a b"), mentors("m"), "tue-15")).notices]
    assert "precheck.one_slot" not in codes
    people = [student("a", "tue-15"), student("b", "tue-15 wed-15")]
    two = precheck(problem(people, mentors("m", "tue-15 wed-15"), "tue-15 wed-15"))
    assert [n.people for n in two.notices if n.code == "precheck.one_slot"] == [("a",)]
