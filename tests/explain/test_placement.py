from __future__ import annotations

import re

import pytest

from mentormatch.errors import InputError
from mentormatch.evaluation import score, structure
from mentormatch.explain import Placement, explain_left_out, explain_placement
from mentormatch.explain.messages import TONGUES
from mentormatch.matcher import match
from mentormatch.matching import Group, Matching
from mentormatch.people import Student
from mentormatch.problem import Problem
from mentormatch.rounds import Seating
from mentormatch.rules import KeepApart, Mix
from mentormatch.synthetic import generate
from mentormatch.verification import seat
from tests.support.build import mentor, problem, student, students
from tests.support.canaries import canaries, with_canaries
from tests.support.random_problems import random_problem


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
    asked = problem(people, guides, "tue-15 wed-15 fri-15", *rules, size=(2, 4))
    roster = Matching(
        status="FEASIBLE",
        groups=(
            Group(id="g", students=("a", "b", "c"), mentors=("m",), slot="tue-15"),
            Group(id="h", students=("d", "e", "x"), mentors=("n",), slot="wed-15"),
        ),
        left_out=("z",),
    )
    return asked, roster


def test_each_other_group_is_priced_exactly() -> None:
    """Worked out by hand: x leaves d of the same department behind and meets a."""
    asked, roster = two_groups()
    told = explain_placement(asked, roster, "x")
    assert (told.group, told.slot, told.answer) == ("h", "wed-15", "if_need_be")
    [other] = told.others
    assert other.move is not None
    assert [(tier.tier, tier.before, tier.after) for tier in other.move] == [(1, 1, 1), (3, 2, 2)]
    assert other.exchange is not None
    # With a for x nothing changes: a is of the same department.
    assert [(tier.tier, tier.before, tier.after) for tier in other.exchange] == [
        (1, 1, 1),
        (3, 2, 2),
    ]
    assert told.reason.code == "placement.equal_groups"


def test_a_move_that_a_rule_forbids_names_the_rule_and_nobody() -> None:
    """C is kept apart from the other group's mentor, which is nobody else's business."""
    asked, roster = two_groups()
    told = explain_placement(asked, roster, "c")
    [other] = told.others
    assert [rule.facts for rule in other.forbidden] == [{"rule": "keep_apart"}]
    assert other.move is None
    assert other.exchange is None
    assert told.reason.code == "placement.only_group"


def test_a_better_group_is_admitted() -> None:
    """Honest even about a roster that somebody made by hand."""
    people = [
        *students("a b", "tue-15", department="A"),
        student("x", "tue-15 wed-15", department="A"),
        *students("c d", "wed-15", department="C"),
    ]
    guides = [mentor("m", "tue-15"), mentor("n", "wed-15")]
    asked = problem(people, guides, "tue-15 wed-15", Mix(), size=(2, 3))
    roster = Matching(
        status="FEASIBLE",
        groups=(
            Group(id="g", students=("a", "b", "x"), mentors=("m",), slot="tue-15"),
            Group(id="h", students=("c", "d"), mentors=("n",), slot="wed-15"),
        ),
    )
    assert explain_placement(asked, roster, "x").reason.code == "placement.better_group"
    best = match(asked, time_limit=30)
    told = explain_placement(asked, best, "x")
    assert told.reason.code == "placement.best_group"
    assert told.reason.facts == {"others": 1}


def test_whoever_has_no_group_is_told_so() -> None:
    """The same call serves everybody."""
    asked, roster = two_groups()
    told = explain_placement(asked, roster, "z")
    assert told.group is None
    assert told.reason.code == "placement.not_placed"
    assert "You do not have a group" in told.to_participant.text("en")


def test_somebody_unknown_is_refused_with_the_nearest_name() -> None:
    """A slip of the keyboard is not an empty answer."""
    asked = generate(students=20, mentors=6)
    nothing = Matching(status="FEASIBLE", left_out=tuple(one.id for one in asked.students))
    name = asked.students[0].id
    with pytest.raises(InputError, match=f"did you mean '{name}'"):
        explain_placement(asked, nothing, name.upper())


@pytest.mark.parametrize("seed", range(12))
def test_prices_are_those_of_the_whole_round(seed: int) -> None:
    """Every price is compared with the round judged from scratch by another road."""
    asked = random_problem(seed)
    best = match(asked, time_limit=30)
    seating = seat(asked, best)
    for group in seating.groups:
        for person in group.students[:2]:
            told = explain_placement(asked, best, person.id)
            for other in told.others:
                moved = []
                for one in seating.groups:
                    people = [each for each in one.students if each.id != person.id]
                    if one.id == other.group:
                        people.append(person)
                    if people:
                        moved.append(type(one)(one.id, tuple(people), one.mentors, one.template))
                after = Seating(tuple(moved), seating.left_out)
                judged = score(asked, after)
                valid = not judged.hard and not any(structure(asked, after))
                assert (other.move is not None) == valid
                if other.move is not None:
                    assert {tier.tier: tier.after for tier in other.move} == judged.tiers
                    assert judged.values >= score(asked, seating).values


@pytest.mark.parametrize("seed", range(12))
def test_nothing_told_to_a_participant_is_of_anybody_else(seed: int) -> None:
    """Only their own answers and public facts: group, time, and how many groups there are."""
    asked = with_canaries(random_problem(f"canaries {seed}"))
    best = match(asked, time_limit=30)
    everybody = asked.round.people
    names = {one.id for one in everybody}
    for person in asked.students:
        told = explain_placement(asked, best, person.id)
        document = told.to_json()
        assert not any(word in document for one in everybody for word in canaries(one))
        assert not (names - {person.id}) & set(re.findall(r"[\w-]+", document))
        for tongue in TONGUES:
            text = told.to_participant.text(tongue)
            assert text.count(". ") == 1
            assert not (names - {person.id}) & set(re.findall(r"[\w-]+", text))


@pytest.mark.parametrize("seed", range(20))
def test_texts_for_participants_depend_on_no_answer_of_others(seed: int) -> None:
    """With the same groups, whatever all the others are, want and answered, it reads the same."""
    asked = random_problem(f"strangers {seed}")
    best = match(asked, time_limit=30)
    fields = {name: getattr(asked, name) for name in Problem.model_fields}
    for person in asked.students:
        others = tuple(
            one if one.id == person.id else stranger(one.id, asked) for one in asked.students
        )
        # Other rules may name attributes that nobody has then.
        rules = tuple(rule for rule in asked.rules if rule.foundation)
        other = Problem(**{**fields, "students": others, "rules": rules})
        told = explain_placement(asked, best, person.id).to_participant
        assert explain_placement(other, best, person.id).to_participant == told


def stranger(name: str, asked: Problem) -> Student:
    """Return a student of an id who is, wants and answers nothing that they did."""
    return Student(
        id=name,
        name="Somebody",
        languages=dict.fromkeys(asked.languages, "native"),
        availability=dict.fromkeys((slot.id for slot in asked.slots), "yes"),
    )


@pytest.mark.parametrize("seed", range(20))
def test_whoever_has_no_group_is_told_the_same_by_both_explanations(seed: int) -> None:
    """One of them once said 'you offered 0 times' where the other one said why."""
    asked = random_problem(f"twice {seed}")
    best = match(asked, time_limit=30)
    for told in explain_left_out(asked, best, time_limit=0).people:
        alone = explain_placement(asked, best, told.person)
        assert alone.to_participant == told.to_participant


def test_a_text_for_a_participant_depends_on_nobody_else() -> None:
    """Whatever the others answered, the two sentences stay what they are."""
    asked, roster = two_groups()
    before = explain_placement(asked, roster, "x").to_participant
    fields = {name: getattr(asked, name) for name in Problem.model_fields}
    others = tuple(
        one if one.id == "x" else one.model_copy(update={"department": f"D{number}", "name": "N"})
        for number, one in enumerate(asked.students)
    )
    other = Problem(**{**fields, "students": others, "rules": (Mix(),)})
    assert explain_placement(other, roster, "x").to_participant == before


def test_a_placement_comes_back_from_json_as_it_was() -> None:
    """Other tools store and show it."""
    asked, roster = two_groups()
    told = explain_placement(asked, roster, "x")
    assert Placement.from_json(told.to_json()) == told
