"""A rule says what it asks in a sentence, and comes apart into rules that ask the same."""

from __future__ import annotations

from random import Random

import pytest

from mentormatch.data.round import Round, Solution
from mentormatch.rules import RULES, KeepApart, KeepTogether, Pin, WishTogether
from mentormatch.rules.base import Rule
from tests.rules.test_conformance import kind_of
from tests.support.build import mentors, round_, student, students
from tests.support.random_rounds import random_round, random_seating
from tests.support.random_rules import MAKERS

ROUND = round_([student("ana", name="Ana Example"), *students("bo cai")], mentors("mia"))


def broken(rule: Rule, round_: Round, solution: Solution) -> bool:
    """Return whether finished groups break a rule at all."""
    return any(True for _ in rule.violations(round_, solution))


@pytest.mark.parametrize("rule", RULES, ids=kind_of)
def test_the_parts_of_a_rule_are_kept_exactly_when_it_is(rule: type[Rule]) -> None:
    """A contradiction among parts would otherwise be none of the rules."""
    kind = kind_of(rule)
    for seed in range(60):
        rng = Random(f"parts {kind} {seed}")
        round_ = random_round(rng)
        made = MAKERS[kind](rng, round_).changed(tier="hard")
        parts = made.parts()
        assert all(one.tier == "hard" and one.kind == kind for one in parts)
        for _ in range(3):
            solution = random_seating(rng, round_)
            assert any(broken(one, round_, solution) for one in parts) == broken(
                made, round_, solution
            ), f"seed {seed}"


@pytest.mark.parametrize("rule", RULES, ids=kind_of)
def test_a_rule_says_what_it_asks_in_a_sentence(rule: type[Rule]) -> None:
    """Coordinators read it where rules contradict each other."""
    for seed in range(20):
        rng = Random(f"sentence {seed}")
        round_ = random_round(rng)
        made = MAKERS[kind_of(rule)](rng, round_)
        for one in (made, *made.parts()):
            words = one.sentence(round_)
            assert words.endswith(".")
            assert words[0].isupper() or words.split()[0].rstrip(",") in round_.position
            assert "None" not in words


@pytest.mark.parametrize(
    ("rule", "sentences"),
    [
        (
            KeepApart(sets=(("ana", "bo"), ("bo", "cai", "mia"))),
            [
                "No two of Ana Example and bo share a group.",
                "No two of bo, cai and mia share a group.",
            ],
        ),
        (
            KeepTogether(sets=(("ana", "bo"),), affiliation="supervisor"),
            [
                "Ana Example and bo are in one group or in none.",
                "People who share a supervisor are in one group or in none.",
            ],
        ),
        (
            WishTogether(wishes=(("ana", "bo"), ("bo", "ana"))),
            ["Ana Example is with bo.", "bo is with Ana Example."],
        ),
        (
            Pin(person="ana", slot="tue-15", language="en", with_people=("mia", "bo")),
            [
                "Ana Example is in a group with the slot tue-15.",
                "Ana Example is in a group with the language en.",
                "Ana Example is in a group with bo.",
                "Ana Example is in a group with mia.",
            ],
        ),
        (Pin(person="ana"), ["Ana Example is in a group."]),
    ],
)
def test_each_element_of_a_list_is_a_part(rule: Rule, sentences: list[str]) -> None:
    """Of a hundred pairs only the one that contradicts something is of interest."""
    assert [part.sentence(ROUND) for part in rule.parts()] == sentences
