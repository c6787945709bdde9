"""What all rules have in common."""

from __future__ import annotations

import pytest

from mentormatch.data.round import Solution
from mentormatch.rules.base import Rule, Who, counted, named, ordered, rank_in, rank_words
from tests.support.build import round_, student, students

ROUND = round_([student("ana", name="Ana Example"), *students("bo cai")])


def test_a_rule_that_does_not_say_what_it_means_cannot_be_used() -> None:
    """A rule without breaches would be kept by whatever comes out."""
    rule = Rule(kind="tea_for_two")
    for meaning in (lambda: rule.violations(ROUND, Solution((), ())), lambda: rule.lower(ROUND)):
        with pytest.raises(NotImplementedError):
            meaning()


def test_a_rule_is_told_by_its_kind_where_it_has_no_words() -> None:
    """Every rule can name a tier."""
    rule = Rule(kind="tea_for_two")
    assert rule.describe() == "tea for two"
    assert rule.sentence(ROUND) == "Tea for two."
    assert rule.parts() == (rule,)


@pytest.mark.parametrize(
    ("number", "who", "expected"),
    [
        (0, "students", "0 students"),
        (1, "students", "1 student"),
        (2, "students", "2 students"),
        (1, "mentors", "1 mentor"),
        (2, "mentors", "2 mentors"),
        (1, "everybody", "1 person"),
        (2, "everybody", "2 people"),
    ],
)
def test_people_are_counted_in_words(number: int, who: Who, expected: str) -> None:
    """One of a thing is one thing."""
    assert counted(number, who) == expected


@pytest.mark.parametrize(
    ("found", "rank", "words"),
    [
        ("a", 0, "number 1 of their 3 wishes"),
        ("c", 2, "number 3 of their 3 wishes"),
        ("d", 3, "which is not among their 3 wishes"),
        (None, 3, "which is not among their 3 wishes"),
    ],
)
def test_a_wish_is_told_by_its_place_on_the_list(found: str | None, rank: int, words: str) -> None:
    """What is not on the list comes after all that is."""
    assert rank_in(list("abc"), found) == rank
    assert rank_words(list("abc"), found) == words


def test_one_wish_is_one_wish() -> None:
    """And two are two."""
    assert rank_words(["a"], "b") == "which is not among their 1 wish"
    assert rank_words(["a", "b"], "c") == "which is not among their 2 wishes"


def test_a_pair_is_told_in_one_order() -> None:
    """A form has no pair twice."""
    assert ordered(2, 5) == ordered(5, 2) == (2, 5)


def test_people_are_named_as_they_are_known() -> None:
    """Somebody who left is told by what is known of them."""
    assert named(["ana"], ROUND) == "Ana Example"
    assert named(["ana", "bo"], ROUND) == "Ana Example and bo"
    assert named(["ana", "gone", "cai"], ROUND) == "Ana Example, gone and cai"
