"""Scores of pairs, by hand."""

import pytest

from mentormatch.rules import Affinity
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentors, round_, student, students

ROUND = round_(
    [*students("ana bo cai"), student("dee", name="Dee Example")],
    mentors("mia noa", capacity=2),
    mentors_each=2,
)
LARGE = Affinity(scores=(("ana", "bo", 3), ("cai", "ana", 2), ("bo", "cai", -4)))
SMALL = LARGE.model_copy(update={"aim": "small"})
MENTOR = Affinity(scores=(("mia", "ana", 5), ("mia", "bo", 1), ("noa", "bo", 7)))

CASES = [
    Case(
        "who is not there is missed, and who is there is borne",
        LARGE,
        ROUND,
        (Sketch("bo cai"), Sketch("ana", at="wed-15")),
        [Expected(4, "g1", "bo cai", ("g1",)), Expected(5, "g2", "ana bo cai", ("2 people",))],
    ),
    Case(
        "all that is wished for, and no more",
        LARGE,
        ROUND,
        (Sketch("ana bo"), Sketch("cai", at="wed-15")),
        [Expected(2, "g1", "ana cai", ("ana", "cai"))],
    ),
    Case(
        "who has no group is without everybody",
        LARGE,
        ROUND,
        (Sketch("bo"),),
        [Expected(5, None, "ana bo cai", ("no group",))],
    ),
    Case(
        "small is the other way round",
        SMALL,
        ROUND,
        (Sketch("ana bo"), Sketch("cai", at="wed-15")),
        [Expected(3, "g1", "ana bo"), Expected(4, "g1", "bo cai")],
    ),
    Case(
        "small, who is alone bothers nobody but those with scores below zero",
        SMALL,
        ROUND,
        (Sketch("ana"), Sketch("bo", at="wed-15"), Sketch("cai")),
        [Expected(4, "g2", "bo cai")],
    ),
    Case(
        "a pair counts with its student",
        MENTOR,
        ROUND,
        (Sketch("ana", "mia"), Sketch("bo", "mia", at="wed-15")),
        [Expected(7, "g2", "bo noa")],
    ),
    Case(
        "a pair of mentors counts in each group of the first",
        Affinity(scores=(("mia", "noa", 2),)),
        ROUND,
        (Sketch("ana", "mia"), Sketch("bo", "mia noa", at="wed-15")),
        [Expected(2, "g1", "mia noa")],
    ),
    Case(
        "scores of one pair add up",
        Affinity(
            scores=(("ana", "bo", 3), ("bo", "ana", -3), ("ana", "dee", 1), ("dee", "ana", 1))
        ),
        ROUND,
        (Sketch("ana bo"), Sketch("dee", at="wed-15")),
        [Expected(2, "g1", "ana dee", ("Dee Example",))],
    ),
    Case(
        "nobody has a score with themselves",
        Affinity(scores=(("ana", "ana", 9),)),
        ROUND,
        (Sketch("bo"),),
    ),
    Case("without scores nothing is missed", Affinity(scores=()), ROUND, (Sketch("ana bo"),)),
    Case("an empty group misses nobody", MENTOR, ROUND, (Sketch("ana bo", "mia noa"), Sketch(""))),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_affinity_finds_what_the_table_says(case: Case) -> None:
    """The scores are a coordinator's whole idea of who suits whom."""
    case.check()


def test_the_cost_is_a_constant_less_the_scores_whatever_the_sizes() -> None:
    """So to cost the least is to score the most, however many pairs the groups make."""
    shapes = [(Sketch("ana bo cai"),), (Sketch("ana"), Sketch("bo cai", at="wed-15")), ()]
    together = [3 + 2 - 4, -4, 0]
    for groups, scored in zip(shapes, together, strict=True):
        solution = Case("", LARGE, ROUND, groups).solution
        cost = sum(one.amount for one in LARGE.violations(ROUND, solution))
        assert cost == (3 + 2) - scored
