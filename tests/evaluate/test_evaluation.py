"""What finished groups cost, with their breaches kept and without."""

from __future__ import annotations

from random import Random

from mentormatch.evaluate.cost import costs, score
from tests.support.random_problems import random_problem
from tests.support.random_rounds import random_seating


def test_costs_are_those_of_the_score_whatever_the_groups() -> None:
    """The engine looks at costs alone, while people are told each breach."""
    broken = kept = 0
    for seed in range(60):
        asked = random_problem(f"costs {seed}")
        solution = random_seating(Random(seed), asked.round)
        judged = score(asked, solution)
        assert costs(asked, solution) == (judged.hard_amount, judged.values)
        broken += judged.hard_amount > 0
        kept += sum(judged.values) > 0
    assert min(broken, kept) > 10
