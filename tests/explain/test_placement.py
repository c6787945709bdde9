from __future__ import annotations

import re

import pytest

from mentormatch.data.matching import Group, Matching
from mentormatch.data.people import Student
from mentormatch.data.problem import Problem
from mentormatch.data.round import Solution
from mentormatch.errors import InputError
from mentormatch.evaluate.cost import score, structure
from mentormatch.evaluate.verify import solution_of
from mentormatch.explain import (
    Placement,
    explain_left_out,
    explain_placement,
)
from mentormatch.messages.catalogue import LOCALES
from mentormatch.rules import KeepApart, Mix
from mentormatch.solve.match import match
from mentormatch.synthetic import generate
from tests.support.build import mentor, mentors, problem, student, students
from tests.support.canaries import canaries, with_canaries
from tests.support.random_problems import random_problem
from tests.support.slow import slow_among


def two_groups() -> tuple[Problem, Matching]:
    """Return a round of two groups, and a roster made by hand."""
    people = [
        student("a", "tue-15 wed-15", department="A"),
        student("b", "tue-15", department="B"),
        student("c", "tue-15 wed-15", department="B"),
        student("d", "wed-15", department="A"),
        student("e", "tue-15 wed-15", department="C"),
        student("x", "tue-15", if_need_be="wed-15", department="A"),
        student("z", "fri-15"),
    ]
    guides = [mentor("m", "tue-15"), mentor("n", "wed-15")]
    rules = [Mix(), KeepApart(sets=(("c", "n"),))]
    variant = problem(people, guides, "tue-15 wed-15 fri-15", *rules, size=(2, 4))
    roster = Matching(
        status="FEASIBLE",
        groups=(
            Group(id="g", students=("a", "b", "c"), mentors=("m",), slot="tue-15"),
            Group(id="h", students=("d", "e", "x"), mentors=("n",), slot="wed-15"),
        ),
        left_out=("z",),
    )
    return variant, roster


def test_each_other_group_is_priced_exactly() -> None:
    """Worked out by hand: x leaves d of the same department behind and meets a."""
    variant, roster = two_groups()
    explained = explain_placement(variant, roster, "x")
    assert (explained.group, explained.slot, explained.answer) == ("h", "wed-15", "if_need_be")
    [other] = explained.others
    assert other.move is not None
    assert [(tier.tier, tier.before, tier.after) for tier in other.move] == [(1, 1, 1), (3, 2, 2)]
    assert other.exchange is not None
    # With a for x nothing changes: a is of the same department.
    assert [(tier.tier, tier.before, tier.after) for tier in other.exchange] == [
        (1, 1, 1),
        (3, 2, 2),
    ]
    assert explained.reason.code == "placement.equal_groups"


def test_a_move_that_a_rule_forbids_names_the_rule_and_nobody() -> None:
    """C is kept apart from the other group's mentor, which is nobody else's business."""
    variant, roster = two_groups()
    explained = explain_placement(variant, roster, "c")
    [other] = explained.others
    assert [rule.facts for rule in other.forbidden] == [{"rule": "keep_apart"}]
    assert other.move is None
    assert other.exchange is None
    assert explained.reason.code == "placement.only_group"


def test_a_better_group_is_admitted() -> None:
    """Honest even about a roster that somebody made by hand."""
    people = [
        *students("a b", "tue-15", department="A"),
        student("x", "tue-15 wed-15", department="A"),
        *students("c d", "wed-15", department="C"),
    ]
    guides = [mentor("m", "tue-15"), mentor("n", "wed-15")]
    variant = problem(people, guides, "tue-15 wed-15", Mix(), size=(2, 3))
    roster = Matching(
        status="FEASIBLE",
        groups=(
            Group(id="g", students=("a", "b", "x"), mentors=("m",), slot="tue-15"),
            Group(id="h", students=("c", "d"), mentors=("n",), slot="wed-15"),
        ),
    )
    assert explain_placement(variant, roster, "x").reason.code == "placement.better_group"
    best = match(variant, time_limit=30)
    explained = explain_placement(variant, best, "x")
    assert explained.reason.code == "placement.best_group"
    assert explained.reason.facts == {"others": 1}


def test_whoever_has_no_group_is_told_so() -> None:
    """The same call serves everybody."""
    variant, roster = two_groups()
    explained = explain_placement(variant, roster, "z")
    assert explained.group is None
    assert explained.reason.code == "placement.not_placed"
    assert "You do not have a group" in explained.to_participant.text("en")


def test_somebody_unknown_is_refused_with_the_nearest_name() -> None:
    """A slip of the keyboard is not an empty answer."""
    variant = generate(students=20, mentors=6)
    nothing = Matching(status="FEASIBLE", left_out=tuple(one.id for one in variant.students))
    name = variant.students[0].id
    with pytest.raises(InputError, match=f"did you mean '{name}'"):
        explain_placement(variant, nothing, name.upper())


@pytest.mark.parametrize("seed", range(12))
def test_prices_are_those_of_the_whole_round(seed: int) -> None:
    """Every price is compared with the round judged from scratch by another road."""
    variant = random_problem(seed)
    best = match(variant, time_limit=30)
    solution = solution_of(variant, best)
    for group in solution.groups:
        for person in group.students[:2]:
            explained = explain_placement(variant, best, person.id)
            for other in explained.others:
                moved = []
                for one in solution.groups:
                    people = [each for each in one.students if each.id != person.id]
                    if one.id == other.group:
                        people.append(person)
                    if people:
                        moved.append(type(one)(one.id, tuple(people), one.mentors, one.template))
                after = Solution(tuple(moved), solution.left_out)
                judged = score(variant, after)
                valid = not judged.hard and not any(structure(variant, after))
                assert (other.move is not None) == valid
                if other.move is not None:
                    assert {tier.tier: tier.after for tier in other.move} == judged.tiers
                    assert judged.values >= score(variant, solution).values


@pytest.mark.parametrize("seed", slow_among(range(12), {3}))
def test_nothing_told_to_a_participant_is_of_anybody_else(seed: int) -> None:
    """Only their own answers and public facts: group, time, and how many groups there are."""
    variant = with_canaries(random_problem(f"canaries {seed}"))
    best = match(variant, time_limit=30)
    everybody = variant.round.people
    names = {one.id for one in everybody}
    for person in variant.students:
        explained = explain_placement(variant, best, person.id)
        document = explained.to_json()
        assert not any(word in document for one in everybody for word in canaries(one))
        assert not (names - {person.id}) & set(re.findall(r"[\w-]+", document))
        for locale in LOCALES:
            text = explained.to_participant.text(locale)
            assert text.count(". ") == 1
            assert not (names - {person.id}) & set(re.findall(r"[\w-]+", text))


@pytest.mark.parametrize("seed", range(20))
def test_texts_for_participants_depend_on_no_answer_of_others(seed: int) -> None:
    """With the same groups, whatever all the others are, want and answered, it reads the same."""
    variant = random_problem(f"strangers {seed}")
    best = match(variant, time_limit=30)
    fields = {name: getattr(variant, name) for name in Problem.model_fields}
    for person in variant.students:
        others = tuple(
            one if one.id == person.id else stranger(one.id, variant) for one in variant.students
        )
        # Other rules may name attributes that nobody has then.
        rules = tuple(rule for rule in variant.rules if rule.foundation)
        other = Problem(**{**fields, "students": others, "rules": rules})
        explained = explain_placement(variant, best, person.id).to_participant
        assert explain_placement(other, best, person.id).to_participant == explained


def stranger(name: str, variant: Problem) -> Student:
    """Return a student of an id who is, wants and answers nothing that they did."""
    return Student(
        id=name,
        name="Somebody",
        languages=dict.fromkeys(variant.languages, "native"),
        availability=dict.fromkeys((slot.id for slot in variant.slots), "yes"),
    )


@pytest.mark.parametrize("seed", range(20))
def test_whoever_has_no_group_is_told_the_same_by_both_explanations(seed: int) -> None:
    """One of them once said 'you offered 0 times' where the other one said why."""
    variant = random_problem(f"twice {seed}")
    best = match(variant, time_limit=30)
    for explained in explain_left_out(variant, best, time_limit=0).people:
        alone = explain_placement(variant, best, explained.person)
        assert alone.to_participant == explained.to_participant


def test_a_text_for_a_participant_depends_on_nobody_else() -> None:
    """Whatever the others answered, the two sentences stay what they are."""
    variant, roster = two_groups()
    before = explain_placement(variant, roster, "x").to_participant
    fields = {name: getattr(variant, name) for name in Problem.model_fields}
    others = tuple(
        one if one.id == "x" else one.model_copy(update={"department": f"D{number}", "name": "N"})
        for number, one in enumerate(variant.students)
    )
    other = Problem(**{**fields, "students": others, "rules": (Mix(),)})
    assert explain_placement(other, roster, "x").to_participant == before


def test_a_placement_comes_back_from_json_as_it_was() -> None:
    """Other tools store and show it."""
    variant, roster = two_groups()
    explained = explain_placement(variant, roster, "x")
    assert Placement.from_json(explained.to_json()) == explained


def test_somebody_is_found_by_name_in_whatever_case() -> None:
    """Coordinators know names; ids come from a form."""
    people = [student("s1", name="Ada  Lovelace"), student("s2", name="Bo"), *students("c d")]
    given = problem(people, mentors("m"), "tue-15", size=(2, 4))
    found = match(given, time_limit=30)
    by_name = explain_placement(given, found, "ada lovelace")
    assert by_name == explain_placement(given, found, "s1")
    with pytest.raises(InputError, match="neither id nor name of any of the 5 people"):
        explain_placement(given, found, "Eve")


def test_a_name_that_two_people_have_is_no_answer() -> None:
    """Their ids are named, so that one can be chosen; an id goes before a name."""
    people = [student("s1", name="Bo"), student("s2", name="bo"), student("c"), student("d")]
    given = problem(people, mentors("m"), "tue-15", size=(2, 4))
    found = match(given, time_limit=30)
    with pytest.raises(InputError, match="name of 2 people, with the ids 's1', 's2'"):
        explain_placement(given, found, "BO")
    assert explain_placement(given, found, "s2").person == "s2"


def test_a_mentor_is_explained_as_a_student_is() -> None:
    """Two mentors with a group each could change places; joining the other's is forbidden."""
    given = problem(
        students("a b c d", "tue-15 wed-15"),
        mentors("m n", "tue-15 wed-15", capacity=1),
        "tue-15 wed-15",
        size=(2, 2),
    )
    found = match(given, time_limit=30)
    explained = explain_placement(given, found, "m")
    [own] = [group for group in found.groups if "m" in group.mentors]
    assert (explained.group, explained.slot, explained.answer) == (own.id, own.slot, "yes")
    [other] = explained.others
    assert other.move is None
    assert [one.facts["rule"] for one in other.forbidden] == ["mentors_per_group"]
    assert other.exchange is not None
    assert explained.reason.code == "placement.equal_groups"
    assert explained.to_participant.code == "to_placed.yes"


def test_a_mentor_of_two_groups_is_told_of_both_and_one_without_of_none() -> None:
    """The first group is explained; a mentor who can lead none has no fault of their own."""
    given = problem(
        students("a b", "tue-15") + students("c d", "wed-15"),
        [mentor("m", "tue-15 wed-15", capacity=2), mentor("n", "tue-15", capacity=0)],
        "tue-15 wed-15",
        size=(2, 2),
    )
    found = match(given, time_limit=30)
    explained = explain_placement(given, found, "m")
    assert {explained.group, *explained.also} == {group.id for group in found.groups}
    assert explained.others == ()
    idle = explain_placement(given, found, "n")
    assert idle.group is None
    assert idle.to_participant.code == "to_left_out.otherwise"
