"""Where no matching keeps all the hard rules: which, about whom, and the cheapest ways out."""

from __future__ import annotations

from functools import cache

import pytest

from mentormatch.data.problem import Problem
from mentormatch.explain import (
    Infeasible,
    explain_infeasible,
)
from mentormatch.explain.deletion_filter import HardRequirement, TrialSolves, infeasible_subset
from mentormatch.rules import KeepTogether, Mix, Pin, PlaceEveryone, exactly
from mentormatch.solve.match import match
from mentormatch.whatif import (
    MaxStudents,
    RelaxRule,
    changed,
)
from tests.support.build import mentors, problem, student, students
from tests.support.exhaustive import best_of_all
from tests.support.random_problems import random_problem

BOTH = "tue-15 wed-15"
ROUNDS = 12
"""Random contradictory rounds of which every matching is tried."""


def stranded() -> Problem:
    """Return a round in which Dee alone comes on Wednesday and everybody must have a group."""
    people = [*students("ana bo cai"), student("dee", "wed-15", name="Dee Example")]
    return problem(
        people, mentors("mia noa", BOTH), BOTH, PlaceEveryone(tier="hard"), Mix(), size=(2, 4)
    )


def test_the_people_of_a_contradiction_are_named() -> None:
    """That everybody has a place is asked of all, but only Dee cannot have one."""
    found = explain_infeasible(stranded())
    assert found is not None
    assert found.minimal
    assert [(variant.rule, variant.place) for variant in found.requirements] == [
        ("group_size", None),
        ("common_slot", None),
        ("place_everyone", 0),
    ]
    assert found.people == ("dee",)


def test_the_cheapest_way_out_comes_first_and_says_what_is_broken() -> None:
    """One way per rule: Dee stays out, meets where she cannot come, or a group is too small."""
    found = explain_infeasible(stranded())
    assert found is not None
    ways = {way.changes[0].rule: way for way in found.ways_out}
    assert set(ways) == {"group_size", "common_slot", "place_everyone"}
    assert [way.amount for way in found.ways_out] == sorted(way.amount for way in found.ways_out)
    assert ways["place_everyone"].broken == ("Dee Example is left out.",)
    assert (ways["place_everyone"].placed, ways["common_slot"].placed) == (3, 4)
    assert all(way.proven for way in found.ways_out)


def test_where_one_rule_is_not_enough_others_give_way_as_well() -> None:
    """Two contradictions that share nothing need a rule of each."""
    rules = [
        Pin(person="ana", slot="tue-15"),
        Pin(person="ana", slot="wed-15"),
        KeepTogether(sets=(("bo", "cai", "dee"),)),
        Pin(person="bo"),
    ]
    variant = problem(
        students("ana bo cai dee", BOTH), mentors("mia", BOTH), BOTH, *rules, size=(1, 2)
    )
    found = explain_infeasible(variant)
    assert found is not None
    assert found.ways_out
    assert {len(way.changes) for way in found.ways_out} == {2}


@cache
def infeasible_rounds() -> tuple[Problem, ...]:
    """Return random rounds in which not everybody can have a place, as they must."""
    found: list[Problem] = []
    for seed in range(40):
        if len(found) == ROUNDS:
            break
        variant = random_problem(f"contradiction {seed}", most_students=6)
        rules = [rule for rule in variant.rules if rule.kind != "place_everyone"]
        fields = {name: getattr(variant, name) for name in Problem.model_fields}
        strict = Problem(**{**fields, "rules": (*rules, PlaceEveryone(tier="hard"))})
        if match(strict, time_limit=30).status == "INFEASIBLE":
            found.append(strict)
    return tuple(found)


def test_random_rounds_contradict_themselves_often_enough() -> None:
    """The next test would pass on nothing at all."""
    assert len(infeasible_rounds()) == ROUNDS


def asking(variant: Problem, requirements: tuple[HardRequirement, ...]) -> Problem:
    """Return a problem with nothing hard but some demands, made by hand and not by the search."""
    rules = exactly(*(requirement.rule for requirement in requirements))
    fields = {name: getattr(variant, name) for name in Problem.model_fields}
    return Problem.model_construct(**{**fields, "rules": rules})


@pytest.mark.parametrize("number", range(ROUNDS))
def test_random_contradictions_are_minimal_and_have_a_way_out(number: int) -> None:
    """All matchings are looked at: without any one demand there is one, with all there is none."""
    variant = infeasible_rounds()[number]
    found = infeasible_subset(variant, TrialSolves(60.0, 0))
    assert found is not None
    assert found.minimal
    assert best_of_all(asking(variant, found.requirements)) is None
    for dropped in range(len(found.requirements)):
        rest = found.requirements[:dropped] + found.requirements[dropped + 1 :]
        assert best_of_all(asking(variant, rest)) is not None
    explained = explain_infeasible(variant)
    assert explained is not None
    assert explained == explain_infeasible(variant)
    assert explained.ways_out
    for way in explained.ways_out:
        least = best_of_all(breaking(variant, way.changes))
        assert least is not None
        assert way.amount >= least.values[0]
        assert way.amount == least.values[0] or not way.proven


def breaking(variant: Problem, changes: tuple[RelaxRule, ...]) -> Problem:
    """Return a problem whose one soft tier counts how some rules are broken, made by hand."""
    meant = {(change.rule, change.place) for change in changes}
    places = {id(rule): place for place, rule in enumerate(variant.rules)}
    rules = []
    for rule in variant.active_rules:
        if (rule.kind, places.get(id(rule))) in meant:
            rules.append(rule.changed(tier=1, weight=1))
        elif rule.tier == "hard":
            rules.append(rule)
    fields = {name: getattr(variant, name) for name in Problem.model_fields}
    return Problem(**{**fields, "rules": exactly(*rules)})


def test_a_contradiction_comes_back_from_json_as_it_was() -> None:
    """Other tools store and show it."""
    found = explain_infeasible(stranded())
    assert found is not None
    assert Infeasible.from_json(found.to_json()) == found


def test_rules_that_can_be_kept_have_no_contradiction() -> None:
    """Nothing is found where there is nothing."""
    assert explain_infeasible(changed(stranded(), [RelaxRule(rule="place_everyone")])) is None


def test_a_rule_that_gives_way_first_is_broken_as_little_as_possible() -> None:
    """Put last, sizes would be broken for the sake of everything; put first, by one."""
    variant = problem(
        students("a b c d e"), mentors("m"), "tue-15", PlaceEveryone(tier="hard"), size=(2, 4)
    )
    best = match(changed(variant, [RelaxRule(rule="group_size", first=True)]), time_limit=30)
    assert best.tiers[0].value == 1
    assert match(changed(variant, [MaxStudents(to=5)]), time_limit=30).status == "OPTIMAL"
