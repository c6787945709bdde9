"""What all nouns have in common: one family of errors, and copies that remember nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import mentormatch
from mentormatch import InputError, Matching, MentorMatchError, Problem, match, verify
from mentormatch.rules import KeepApart, Mix, Pin
from mentormatch.whatif import AddMentors, Comparison
from tests.support.build import mentors, problem, students


@pytest.mark.parametrize(
    ("make", "where", "words"),
    [
        (lambda: mentormatch.Student(id=""), "id", "id of the student: an id is not empty"),
        (lambda: mentormatch.Student.model_validate({}), "id", "id of the student is missing"),
        (lambda: Mix.model_validate({"tier": "hrd"}), "tier", "tier of the mix is 'hrd'"),
        (lambda: Pin.model_validate({"persn": "a"}), "persn", "the pin has no field 'persn'"),
        (lambda: AddMentors(slot="a", count=0), "count", "count of the add_mentors is 0"),
        (lambda: mentormatch.Slot(id="a"), "slot", "either weekday and start"),
        (lambda: Matching.model_validate({"status": "GOOD"}), "status", "status of the matching"),
        (lambda: Comparison.from_json("{}"), "rows", "rows of the comparison is missing"),
        (lambda: Problem.model_validate({"students": 7}), "students", "must be a list of objects"),
    ],
)
def test_whatever_is_built_alone_raises_this_librarys_own_error(
    make: Callable[[], Any], where: str, words: str
) -> None:
    """Bug: pydantic's error came out, of another family and with the data in it."""
    with pytest.raises(MentorMatchError) as caught:
        make()
    assert isinstance(caught.value, InputError)
    assert where in {fault.where for fault in caught.value.faults}
    assert words in str(caught.value)


def test_every_fault_of_a_noun_is_told_at_once() -> None:
    """As of a whole problem."""
    with pytest.raises(InputError) as caught:
        mentormatch.Student.model_validate({"id": " ", "departmnt": "x", "priority": 0})
    assert {fault.where for fault in caught.value.faults} == {"id", "departmnt", "priority"}


@pytest.mark.parametrize("kind", ["problem", "matching"])
def test_a_format_of_a_newer_version_is_called_so(kind: str) -> None:
    """Whoever reads it knows that it is not the document that is wrong."""
    model = Problem if kind == "problem" else Matching
    with pytest.raises(InputError, match="a newer version of mentormatch made it"):
        model.from_json(f'{{"format": "mentormatch/{kind}/2"}}')
    with pytest.raises(InputError) as caught:
        model.from_json(f'{{"format": "mentormatch/{kind}/0"}}')
    assert "newer" not in str(caught.value)


def test_a_copy_keeps_nothing_that_was_derived_from_the_original() -> None:
    """Bug: the copy had the old rules' costs, and a broken hard rule was called valid."""
    asked = problem(students("ana bo"), mentors("mia"), "tue-15")
    matching = match(asked, time_limit=None)
    assert asked.active_rules
    assert asked.fingerprint
    apart = KeepApart(sets=(("ana", "bo"),))
    copy = asked.model_copy(update={"rules": (*asked.rules, apart)})
    assert apart in copy.active_rules
    assert copy.fingerprint != asked.fingerprint
    assert "keep_apart" in {finding.rule for finding in verify(copy, matching).findings}
    other = match(copy, time_limit=None)
    assert verify(copy, other).ok
    assert other.left_out


def test_a_problem_evolves_into_another_that_is_checked() -> None:
    """Nobody has to spell out all its fields to change one."""
    asked = problem(students("ana bo"), mentors("mia"), "tue-15")
    changed = asked.evolve(students=asked.students[:1])
    assert [one.id for one in changed.students] == ["ana"]
    assert changed.mentors == asked.mentors
    assert asked.with_rules(Mix(tier=2)).rules == (Mix(tier=2),)
    with pytest.raises(InputError, match="nobody has an attribute 'yaer'"):
        asked.with_rules(Mix(attribute="yaer"))


def test_people_and_groups_are_found_by_id() -> None:
    """Whoever has an id in hand wants the person, and their group."""
    asked = problem(students("ana bo"), mentors("mia"), "tue-15")
    matching = match(asked, time_limit=None)
    assert asked.person("ana") is asked.students[0]
    assert asked.person("mia") is asked.mentors[0]
    with pytest.raises(InputError) as caught:
        asked.person("bop")
    assert caught.value.faults[0].nearest == "bo"
    assert matching.group_of("bo") is matching.group_of("mia") is matching.groups[0]
    assert matching.group_of("kim") is None


def test_what_is_printed_of_nouns_is_short_and_says_nothing_personal() -> None:
    """A debugger or a log shows them."""
    asked = problem(
        students("ana bo", department="Physics", name="Ana A."), mentors("mia"), "tue-15"
    )
    matching = match(asked, time_limit=None)
    assert repr(asked) == "Problem(2 students, 1 mentors, 1 slots, 6 rules in force)"
    assert repr(asked.students[0]) == str(asked.students[0]) == "Student('ana')"
    assert repr(matching) == "Matching(OPTIMAL, 1 groups, 2 placed)"
    assert repr(matching.groups[0]) == "Group('g1', 2 students, slot='tue-15')"
