from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import pytest

from mentormatch.data.problem import Problem
from mentormatch.errors import InputError
from mentormatch.rules import KeepApart
from mentormatch.solve.match import match
from mentormatch.whatif import (
    AddLanguage,
    AddMentors,
    AddRoom,
    AddSlot,
    Comparison,
    DropMentors,
    DropSlot,
    MaxStudents,
    MentorsInGroup,
    MinStudents,
    OfferSlot,
    RelaxRule,
    Variant,
    changed,
    compare,
    read_variant,
)
from mentormatch.whatif.changes import Change
from mentormatch.whatif.read_variant import GRAMMAR
from tests.support.build import mentor, mentors, problem, slot, student, students


def nine() -> Problem:
    """Return a round of nine on Tuesday with two mentors, and two who come on Friday."""
    people = [*students("a b c d e f g h i", "tue-15"), *students("x y", "fri-15")]
    guides = [mentor("m", "tue-15"), mentor("n", "fri-15 tue-15"), mentor("o", "fri-15")]
    rule = KeepApart(sets=(("a", "m"),))
    return problem(people, guides, "tue-15 fri-15", rule, size=(3, 4))


def placed(variant: Problem, *changes: Change) -> int:
    """Return how many have a place in the best matching of a changed problem."""
    best = match(changed(variant, changes), time_limit=30)
    assert best.status == "OPTIMAL"
    return best.placed


EFFECTS = [
    ((), 8),
    ((MaxStudents(to=5),), 9),
    ((MinStudents(to=2),), 10),
    ((AddMentors(slot="tue-15"),), 9),
    ((DropMentors(count=3),), 0),
    ((DropSlot(slot="tue-15"),), 0),
    ((MentorsInGroup(to=2),), 4),
    ((OfferSlot(person="i", slot="fri-15"),), 11),
    ((AddSlot(slot=slot("wed-15"), like="tue-15"),), 8),
    ((AddSlot(slot=slot("wed-15"), like="tue-15"), AddMentors(slot="wed-15")), 9),
    ((MaxStudents(to=5), MinStudents(to=2)), 11),
    ((AddRoom(slot="tue-15"),), 8),
    ((AddLanguage(language="fi"),), 8),
    ((RelaxRule(rule="keep_apart"),), 8),
]


@pytest.mark.parametrize(("changes", "expected"), EFFECTS)
def test_a_change_does_what_it_says(changes: tuple[Change, ...], expected: int) -> None:
    """Worked out by hand: nine on Tuesday in groups of three or four, two on Friday."""
    assert placed(nine(), *changes) == expected


def test_a_slot_is_added_for_those_who_come_to_another_of_its_weekday() -> None:
    """Nobody was asked about it, so the assumption must be the one that is documented."""
    variant = problem(
        [student("a", "tue-15"), student("b", if_need_be="tue-15"), student("c", "wed-15")],
        mentors("m", "tue-15"),
    )
    after = changed(variant, [AddSlot(slot=slot("tue-18"))])
    given = [(one.availability or {}).get("tue-18") for one in after.students]
    assert given == ["yes", "if_need_be", None]
    assert (after.mentors[0].availability or {})["tue-18"] == "yes"


def test_a_relaxed_rule_comes_after_all_the_others() -> None:
    """It is still broken as little as possible, and never at the cost of another."""
    after = changed(nine(), [RelaxRule(rule="keep_apart")])
    [rule] = [rule for rule in after.active_rules if rule.kind == "keep_apart"]
    assert rule.tier == max(after.tiers) > 1
    implied = changed(nine(), [RelaxRule(rule="common_mode")])
    assert [rule.tier for rule in implied.active_rules if rule.kind == "common_mode"] == [2]


@pytest.mark.parametrize(
    "change",
    [
        OfferSlot(person="nobody", slot="tue-15"),
        OfferSlot(person="a", slot="tue-51"),
        AddMentors(slot="tue-51"),
        AddRoom(slot="tue-51"),
        AddSlot(slot=slot("tue-15")),
        AddSlot(slot=slot("wed-15"), like="tue-51"),
        DropSlot(slot="tue-51"),
        MaxStudents(to=2),
        MinStudents(to=5),
        RelaxRule(rule="keep_appart"),
    ],
)
def test_a_change_of_what_is_not_there_is_refused(change: Change) -> None:
    """A slip of a name must not look like a change without effect."""
    with pytest.raises(InputError):
        changed(nine(), [change])


def test_variants_stand_beside_the_problem_as_it_is() -> None:
    """The first row is what is compared with."""
    variants = [
        Variant(name="bigger", changes=(MaxStudents(to=5),)),
        Variant(name="fewer mentors", changes=(DropMentors(count=3),)),
    ]
    table = compare(nine(), variants, time_limit=30)
    assert [row.variant.name for row in table.rows] == ["as it is", "bigger", "fewer mentors"]
    assert [row.placed for row in table.rows] == [8, 9, 0]
    assert [row.groups for row in table.rows] == [2, 2, 0]
    assert all(row.status == "OPTIMAL" for row in table.rows)
    assert all(row.tiers[0].value == row.students - row.placed for row in table.rows)
    assert Comparison.from_json(table.to_json()) == table


def test_variants_run_in_other_processes_with_the_same_result() -> None:
    """Any executor will do; only the time differs."""
    variants = [read_variant(nine(), text) for text in ("max=5", "min=2", "mentors+1@tue-15")]
    alone = compare(nine(), variants, time_limit=30)
    with ProcessPoolExecutor(2) as executor:
        beside = compare(nine(), variants, time_limit=30, executor=executor)

    def timeless(table: Comparison) -> list[tuple[object, ...]]:
        return [
            (row.placed, row.groups, [(tier.value, tier.bound) for tier in row.tiers])
            for row in table.rows
        ]

    assert timeless(alone) == timeless(beside)


@pytest.mark.parametrize("ends", ["dies", "refuses"])
def test_what_an_executor_loses_or_refuses_is_solved_here(ends: str) -> None:
    """A process that is killed, for its memory perhaps, must not cost anybody the comparison."""
    variants = [Variant(name="more", changes=(AddMentors(slot="fri-15"),)), Variant(name="same")]
    dying = ProcessPoolExecutor(1, get_context("spawn"), os._exit, (1,))
    executor = dying if ends == "dies" else ThreadPoolExecutor(1)
    if ends == "refuses":
        executor.shutdown()
    with executor:
        found = compare(nine(), variants, time_limit=30, executor=executor)
    usual = compare(nine(), variants, time_limit=30)
    assert [row.variant.name for row in found.rows] == ["as it is", "more", "same"]
    for row, other in zip(found.rows, usual.rows, strict=True):
        assert row.status == "OPTIMAL"
        assert (row.placed, row.groups) == (other.placed, other.groups)
        assert [tier.value for tier in row.tiers] == [tier.value for tier in other.tiers]


def test_a_variant_that_only_adds_is_never_worse() -> None:
    """It starts from the matching of the problem as it is, even with hardly any time."""
    variants = [Variant(name="more", changes=(AddMentors(slot="tue-15", count=2),))]
    table = compare(nine(), variants, time_limit=0.3)
    assert table.rows[1].placed >= table.rows[0].placed


def test_every_fault_of_all_variants_is_told_before_anything_is_solved() -> None:
    """Nobody waits a minute to hear of a slip."""
    variants = [
        Variant(name="one", changes=(DropSlot(slot="nowhere"),)),
        Variant(name="two", changes=(MaxStudents(to=1),)),
    ]
    with pytest.raises(InputError) as caught:
        compare(nine(), variants)
    assert len(caught.value.faults) >= 2


READ: dict[str, tuple[Change, ...]] = {
    "max=9": (MaxStudents(to=9),),
    "min=4": (MinStudents(to=4),),
    "per-group=1": (MentorsInGroup(to=1),),
    "mentors-3": (DropMentors(count=3),),
    "mentors+2@tue-15": (AddMentors(slot="tue-15", count=2),),
    "room+tue-15": (AddRoom(slot="tue-15"),),
    "slot+wed-15": (AddSlot(slot=slot("wed-15")),),
    "slot+wed-15~tue-15": (AddSlot(slot=slot("wed-15"), like="tue-15"),),
    "slot-tue-15": (DropSlot(slot="tue-15"),),
    "offer=a@fri-15": (OfferSlot(person="a", slot="fri-15"),),
    "language+fi": (AddLanguage(language="fi"),),
    "relax=keep_apart": (RelaxRule(rule="keep_apart"),),
    "min=4, max=9": (MinStudents(to=4), MaxStudents(to=9)),
}


@pytest.mark.parametrize("text", READ)
def test_a_variant_is_read_from_a_few_letters(text: str) -> None:
    """It is typed in a hurry."""
    assert read_variant(nine(), text).changes == READ[text]


def test_every_documented_form_can_be_read() -> None:
    """Help that does not work is worse than none."""
    variant = problem(
        students("ada b"), mentors("m"), "tue-15 wed-15", KeepApart(sets=(("ada", "b"),))
    )
    for text, meaning in GRAMMAR:
        assert read_variant(variant, text).changes
        assert meaning


@pytest.mark.parametrize("text", ["", "max", "max=", "max=x", "slot+someday", "slot+fri-25", "m-0"])
def test_what_is_no_variant_is_refused_with_examples(text: str) -> None:
    """The next attempt should succeed."""
    with pytest.raises(InputError, match="max=9"):
        read_variant(nine(), text)
