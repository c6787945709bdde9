"""What rules say of a breach reads well with one of a thing and with several."""

from __future__ import annotations

import re
from random import Random

import pytest

from mentormatch.rules import RULES
from mentormatch.rules.base import Rule
from tests.rules.test_conformance import kind_of, table_of
from tests.support.random_rounds import random_round, random_seating
from tests.support.random_rules import MAKERS

_COUNTED = re.compile(
    r"\b(\d+) (?:native )?(student|group|mentor|pair|person|people|speaker|wish)(s|es)?\b"
)


def number_agrees(message: str) -> bool:
    """Whether every thing that is counted stands in the number that it is counted in."""
    return all(
        (noun == "people" or bool(ending)) == (count != "1")
        for count, noun, ending in _COUNTED.findall(message)
    )


@pytest.mark.parametrize(
    ("message", "right"),
    [
        ("Group g1 has 1 student.", True),
        ("Group g1 has 0 students.", True),
        ("Group g1 has 1 students.", False),
        ("Group g1 has 2 person.", False),
        ("Group g1 has 1 people.", False),
        ("None of their 1 wishes.", False),
        ("None of their 12 wishes.", True),
    ],
)
def test_a_wrong_number_is_noticed(message: str, right: bool) -> None:
    """Else the test below would pass whatever is said."""
    assert number_agrees(message) == right


@pytest.mark.parametrize("rule", RULES, ids=kind_of)
def test_numbers_agree_with_what_is_counted(rule: type[Rule]) -> None:
    """A coordinator shows such sentences to people."""
    kind = kind_of(rule)
    for case in table_of(kind):
        for violation in case.rule.violations(case.round_, case.solution):
            assert number_agrees(violation.message), violation.message
    for seed in range(60):
        rng = Random(f"wording {kind} {seed}")
        round_ = random_round(rng)
        made = MAKERS[kind](rng, round_)
        for violation in made.violations(round_, random_seating(rng, round_)):
            assert number_agrees(violation.message), violation.message


@pytest.mark.parametrize("rule", RULES, ids=kind_of)
def test_a_rule_says_in_a_few_words_what_it_counts(rule: type[Rule]) -> None:
    """It is the name of a tier, in a line with numbers."""
    for seed in range(20):
        rng = Random(f"words {seed}")
        words = MAKERS[kind_of(rule)](rng, random_round(rng)).describe()
        assert 0 < len(words) < 100
        assert "None" not in words
        assert not words.endswith(".")
