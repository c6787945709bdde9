"""Rules that come by themselves: which do, what stating one changes, and that it is said."""

from __future__ import annotations

from typing import Any

import pytest

from mentormatch import InputError, Matching, Problem, match, verify
from mentormatch.data.round import GroupShape
from mentormatch.rules import (
    KeepApartAffiliation,
    Mix,
    PreferYes,
    Rule,
    TargetSize,
    default_rules,
    exactly,
    foundations,
    standard_rules,
)
from tests.support.build import mentors, slot, student, term


def stating(*rules: Rule | dict[str, Any], **fields: Any) -> Problem:
    """Return a round in which a mentor supervises the student whom they could guide."""
    ties = {"supervisor": ("mia",)}
    return Problem(
        **{
            "students": (
                student("ana", department="Physics", affiliations=ties),
                student("bo", department="Design"),
            ),
            "mentors": mentors("mia noa"),
            "slots": (slot("tue-15"),),
            "term": term(),
            "shape": GroupShape(min_students=1, max_students=2, mentors=1),
            "rules": rules,
            **fields,
        }
    )


def kinds(problem: Problem) -> dict[str, int | str]:
    """Return the tier of every rule in force that is no foundation."""
    return {rule.kind: rule.tier for rule in problem.active_rules if not rule.foundation}


STANDARD: dict[str, int | str] = {"keep_apart_affiliation": "hard", "mix": 3, "prefer_yes": 4}


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ((), STANDARD),
        ((TargetSize(target=2),), {**STANDARD, "target_size": 5}),
        ((TargetSize(target=2, tier=3),), {**STANDARD, "target_size": 3}),
        ((Mix(tier="off"),), {"keep_apart_affiliation": "hard", "prefer_yes": 4}),
        ((Mix(tier=2),), {**STANDARD, "mix": 2}),
        ((PreferYes(who="students", tier=6),), {**STANDARD, "prefer_yes": 6}),
        ((KeepApartAffiliation(tier="off"),), {"mix": 3, "prefer_yes": 4}),
        (standard_rules(), STANDARD),
        (exactly(), {}),
        (exactly(Mix(), foundations=True), {"mix": 3}),
    ],
)
def test_stating_a_rule_changes_no_other(
    rules: tuple[Rule, ...], expected: dict[str, int | str]
) -> None:
    """A round with one more wish seated supervisors with their students, proven optimal."""
    assert kinds(stating(*rules)) == expected


def test_a_rule_about_something_else_stands_beside_the_default() -> None:
    """Mixing by stage says nothing of departments, nor a research group of supervisors."""
    people = [
        {**person.model_dump(), "attributes": {"stage": stage}, "affiliations": ties}
        for person, stage, ties in zip(
            stating().students,
            ("early", "late"),
            ({"supervisor": ["mia"]}, {"research_group": ["Optics"]}),
            strict=True,
        )
    ]
    problem = stating(
        Mix(attribute="stage"),
        KeepApartAffiliation(affiliation="research_group"),
        students=people,
    )
    assert [rule.describe() for rule in problem.active_rules if not rule.foundation] == [
        "keep apart by supervisor",
        "pairs of one department",
        'times used "if need be"',
        "pairs of one stage",
        "keep apart by research_group",
    ]


def test_a_supervisor_does_not_meet_their_student_whatever_else_is_stated() -> None:
    """One supervises one of the two students: they have the other mentor, or no place."""
    problem = stating(TargetSize(target=2))
    matching = match(problem, time_limit=None)
    assert matching.status == "OPTIMAL"
    assert verify(problem, matching).ok
    for group in matching.groups:
        assert not {"ana", "mia"} <= {*group.students, *group.mentors}


def test_a_default_that_has_nobody_to_be_about_is_not_in_force_and_says_why() -> None:
    """A goal that nothing can change would only fill the table of goals."""
    bare = [{"id": "ana", "availability": {"tue-15": "yes"}}]
    problem = stating(students=bare)
    assert kinds(problem) == {"prefer_yes": 4}
    idle = {use.kind: use.idle for use in problem.rule_uses if use.idle}
    assert idle == {
        "keep_apart_affiliation": "nobody has a supervisor",
        "mix": "none of the students has a department",
    }
    of_one = [{**one, "department": "Physics"} for one in bare]
    uses = stating(students=of_one).rule_uses
    assert [use.idle for use in uses if use.kind == "mix"] == [
        "all students who have a department have the same"
    ]


def test_a_stated_rule_is_in_force_whoever_it_is_about() -> None:
    """What somebody writes down is not taken away because it happens to ask nothing."""
    problem = stating(Mix(), students=[{"id": "ana", "availability": {"tue-15": "yes"}}])
    assert kinds(problem)["mix"] == 3


def test_a_default_that_is_dropped_need_not_be_about_anybody() -> None:
    """Where people have other ties than a supervisor, the rule on these can be dropped."""
    tied = [{"id": "ana", "availability": {"tue-15": "yes"}, "affiliations": {"manager": ["kim"]}}]
    assert "keep_apart_affiliation" not in kinds(
        stating(KeepApartAffiliation(tier="off"), students=tied)
    )
    with pytest.raises(InputError, match="nobody has an affiliation 'supervisor'"):
        stating(KeepApartAffiliation(), students=tied)
    with pytest.raises(InputError, match="nobody has an affiliation 'managr'"):
        stating(KeepApartAffiliation(affiliation="managr", tier="off"), students=tied)


def test_a_matching_says_which_rules_came_by_themselves() -> None:
    """Whoever reads a result sees what was asked without anybody having asked it."""
    matching = match(stating(TargetSize(target=2)), time_limit=None)
    assert matching.provenance is not None
    told = {use.kind: (use.tier, use.origin) for use in matching.provenance.rules}
    assert told == {
        **{rule.kind: (rule.tier, "foundation") for rule in foundations()},
        "keep_apart_affiliation": ("hard", "default"),
        "mix": (3, "default"),
        "prefer_yes": (4, "default"),
        "target_size": (5, "stated"),
    }
    assert Matching.from_json(matching.to_json()) == matching


def test_a_matching_that_lists_other_rules_is_found_out() -> None:
    """A list without the supervisors' rule would say that nobody asked for it."""
    problem = stating()
    matching = match(problem, time_limit=None)
    assert matching.provenance is not None
    fewer = matching.provenance.model_copy(update={"rules": matching.provenance.rules[:-1]})
    report = verify(problem, matching.model_copy(update={"provenance": fewer}))
    assert [finding.rule for finding in report.findings] == ["claim"]


def test_whatever_is_stated_a_kind_and_subject_comes_once() -> None:
    """A default beside the same rule with other numbers would ask twice."""
    stated = (Mix(who="mentors"), Mix(values=("Physics",)), PreferYes(who="mentors"))
    assert [rule.kind for rule in default_rules(stated) if rule.standard] == [
        "keep_apart_affiliation"
    ]
