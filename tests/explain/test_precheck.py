from __future__ import annotations

import subprocess
import sys
from math import inf

import pytest

from mentormatch.data.people import Student
from mentormatch.data.problem import Problem
from mentormatch.explain import (
    PrecheckReport,
    precheck,
)
from mentormatch.messages.catalogue import LOCALES
from mentormatch.rules import AtLeast, KeepApart, PlaceEveryone, exactly
from mentormatch.rules.base import Rule
from mentormatch.synthetic import generate
from tests.support.build import mentor, mentors, problem, slot, student, students
from tests.support.exhaustive import best_of_all
from tests.support.random_problems import random_problem


def fewest_left_out(variant: Problem) -> float:
    """Return how many students every valid matching leaves out at least, by trying all."""
    rules: list[Rule] = [
        rule.model_validate({**rule.model_dump(), "tier": "off"}) if rule.tier != "hard" else rule
        for rule in variant.rules
        if rule.kind != "place_everyone" and (rule.tier == "hard" or type(rule).foundation)
    ]
    hard = any(rule.kind == "place_everyone" and rule.tier == "hard" for rule in variant.rules)
    fields = {name: getattr(variant, name) for name in Problem.model_fields}
    equal = Problem(
        **{
            **fields,
            "rules": exactly(*rules, PlaceEveryone(tier="hard" if hard else 1), foundations=True),
            "students": tuple(
                Student.model_validate({**one.model_dump(), "priority": 1})
                for one in variant.students
            ),
        }
    )
    best = best_of_all(equal)
    return inf if best is None else len(best.solution.left_out)


@pytest.mark.parametrize("seed", range(60))
def test_unavoidable_left_outs_never_exceed_the_optimum(seed: int) -> None:
    """A proof that is wrong once is none: the least over all matchings is the judge."""
    variant = random_problem(f"precheck {seed}", most_students=7, most_mentors=3, most_slots=3)
    assert precheck(variant).unavoidable <= fewest_left_out(variant)


def test_unavoidable_left_outs_are_mostly_all_of_them() -> None:
    """A bound of nothing would never be wrong either; this one is to be worth reading."""
    exact = lacking = 0
    for seed in range(60):
        variant = random_problem(f"precheck {seed}", most_students=7, most_mentors=3, most_slots=3)
        least = fewest_left_out(variant)
        if least not in (0, inf):
            lacking += 1
            exact += precheck(variant).unavoidable == least
    assert lacking >= 20
    assert exact >= 0.7 * lacking


def test_a_witness_can_be_checked_by_hand() -> None:
    """Nine students who can come on Friday alone, and one mentor there for a group of six."""
    variant = problem(
        [*students("a b c d e f", "tue-15"), *(student(f"x{n}", "fri-15") for n in range(9))],
        [*mentors("m n", "tue-15"), mentor("o", "fri-15")],
        "tue-15 fri-15",
        size=(2, 6),
    )
    report = precheck(variant)
    [witness] = report.witnesses
    assert witness.slots == ("fri-15",)
    assert set(witness.students) == {f"x{n}" for n in range(9)}
    assert (witness.groups, witness.seats, witness.count) == (1, 6, 3)
    assert report.unavoidable == 3


def test_mentors_in_pairs_count_whole_groups() -> None:
    """Three mentors lead one group of two each, not one and a half."""
    people = students(" ".join(f"s{number}" for number in range(12)))
    report = precheck(problem(people, mentors("m n o"), size=(2, 8), mentors_each=2))
    assert (report.groups, report.seats, report.unavoidable) == (1, 8, 4)
    assert [notice.code for notice in report.notices][:1] == ["precheck.capacity_short"]


def test_people_with_no_slot_or_one_are_named() -> None:
    """These are the ones to write to before matching."""
    people = [student("none", ""), student("one", "wed-15"), *students("a b c", "tue-15 wed-15")]
    variant = problem(
        people, mentors("m", "tue-15 wed-15"), size=(1, 5), missing_availability="leave_out"
    )
    found = {(notice.code, notice.people) for notice in precheck(variant).notices}
    assert ("precheck.no_slot", ("none",)) in found
    assert ("precheck.one_slot", ("one",)) in found
    assert len([code for code, _ in found if code == "precheck.one_slot"]) == 1


def test_slots_in_which_no_group_can_meet_are_named() -> None:
    """A slot that nobody can serve only costs participants a click."""
    variant = problem(
        students("a b c", "tue-15 wed-15"),
        [*mentors("m n", "tue-15"), *mentors("o p", "fri-15")],
        "tue-15 wed-15 fri-15",
        size=(2, 5),
        mentors_each=2,
    )
    found = {(notice.code, notice.facts.get("slot")) for notice in precheck(variant).notices}
    assert ("precheck.slot_without_mentors", "wed-15") in found
    assert ("precheck.slot_without_students", "fri-15") in found
    assert not any(where == "tue-15" for code, where in found if "slot_without" in code)


def test_people_whom_their_languages_keep_out_are_not_said_to_be_busy() -> None:
    """They can come: 'students who can come: 0' sent coordinators to ask for other times."""
    people = tuple(student(name, "tue-15", languages={}) for name in ("ada", "bo", "cy", "di"))
    asked = problem(people, mentors("mia noa", "tue-15"), "tue-15", size=(2, 4))
    [told] = [
        notice.text("en")
        for notice in precheck(asked).notices
        if notice.code == "precheck.slot_without_students"
    ]
    assert "students who can be in one: 0, needed: 2" in told
    assert "come" not in told


def test_rules_that_can_never_hold_are_named() -> None:
    """A coordinator sees the slip before a search that cannot succeed."""
    people = [
        student("a", department="A"),
        *students("b c", department="B"),
        student("x", "wed-15"),
    ]
    variant = problem(
        people,
        mentors("m"),
        "tue-15 wed-15",
        AtLeast(attribute="department", values=("A",), least=3),
        PlaceEveryone(tier="hard"),
        size=(2, 4),
    )
    found = {
        (notice.code, notice.facts["rule"], notice.people)
        for notice in precheck(variant).notices
        if "never" in notice.code
    }
    assert ("precheck.rule_never_holds", "at_least", ()) in found
    assert ("precheck.rule_never_holds_for", "place_everyone", ("x",)) in found


def test_values_that_look_misspelt_are_named_with_the_nearest() -> None:
    """Two spellings of a department would count as two; numbers and short names may differ."""
    people = [
        *students("a b c d", department="Computer Science"),
        student("e", department="Computer Sceince"),
        student("f", department="computer science"),
        student("g", department="Laboratory 1"),
        *students("h i j", department="Laboratory 2"),
    ]
    report = precheck(problem(people, mentors("m"), size=(2, 9)))
    found = {
        (notice.facts["value"], notice.facts["nearest"])
        for notice in report.notices
        if notice.code == "precheck.misspelt"
    }
    assert found == {
        ("Computer Sceince", "Computer Science"),
        ("computer science", "Computer Science"),
    }


def test_a_sound_round_has_no_proof_against_it() -> None:
    """Warnings that are always there are read by nobody."""
    variant = problem(
        students("a b c d", "tue-15 wed-15"), mentors("m", "tue-15 wed-15"), size=(2, 4)
    )
    report = precheck(variant)
    assert report.unavoidable == 0
    assert not report.notices
    assert not report.witnesses


def test_rooms_limit_the_groups() -> None:
    """Mentors alone do not make a group."""
    variant = problem(
        students("a b c d e f"), mentors("m n o"), [slot("tue-15", max_groups=1)], size=(2, 3)
    )
    report = precheck(variant)
    assert (report.groups, report.unavoidable) == (1, 3)


def test_every_notice_has_words_in_every_language_and_comes_back_from_json() -> None:
    """Tools show them in the programme's language, and store them."""
    variant = generate(students=40, mentors=8, seed=3)
    report = precheck(variant)
    assert len({notice.code for notice in report.notices}) >= 4
    for notice in report.notices:
        assert len({notice.text(locale) for locale in LOCALES}) == len(LOCALES)
    assert PrecheckReport.from_json(report.to_json()) == report


def test_conflicts_are_not_told_by_the_pre_check() -> None:
    """Who asked not to meet whom is nobody's business."""
    people = [*students("a b", "tue-15 wed-15"), student("quiet-one", "tue-15 wed-15")]
    guides = mentors("m", "tue-15 wed-15")
    rule = KeepApart(sets=(("a", "quiet-one"),))
    report = precheck(problem(people, guides, "tue-15 wed-15", rule, size=(1, 1)))
    assert report.unavoidable == 2
    assert not any("quiet-one" in notice.text() for notice in report.notices)
    assert not any("apart" in notice.text() for notice in report.notices)


def test_no_solver_is_loaded() -> None:
    """It runs where a sign-up form is served, within moments."""
    code = (
        "import sys; from mentormatch.explain import precheck;"
        "from mentormatch.synthetic import generate; precheck(generate(20, 6));"
        "assert not any(name.split('.')[0] == 'ortools' for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=600)


def test_whoever_no_group_can_have_is_named_with_the_rule() -> None:
    """It was once told as '1 of these 1 students can come only to 0 slots', and of nobody."""
    people = [*students("a b c d"), student("x", languages={"fi": "native"})]
    report = precheck(problem(people, mentors("m"), size=(2, 5)))
    found = {notice.code: notice for notice in report.notices}
    assert found["precheck.no_place"].people == ("x",)
    assert found["precheck.no_template"].facts == {"person": "x", "rule": "common_language"}
    assert "precheck.unavoidable" not in found
