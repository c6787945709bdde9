"""Where somebody can go is what the verifier says of the whole round afterwards."""

from __future__ import annotations

import random

import pytest

from mentormatch import match, synthetic, verify
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.desk import Judge, State
from mentormatch.desk.actions import Seat, Swap
from mentormatch.evaluate.carried_over import carried_over
from mentormatch.evaluate.cost import score, structure
from mentormatch.evaluate.verify import solution_of


def _judged(problem: Problem, matching: Matching) -> tuple[dict[str, int], tuple[int, ...]]:
    """Return the hard amounts by kind and the costs by tier of a whole round, judged directly."""
    solution = solution_of(problem, matching)
    judged = score(problem, solution)
    hard = {"structure": sum(one.amount for one in structure(problem, solution))}
    for each in judged.hard:
        hard[each.rule.kind] = hard.get(each.rule.kind, 0) + each.violation.amount
    return hard, judged.values


def _agrees(state: State, judge: Judge, person: str, leaving: str | None) -> int:
    hard, values = _judged(state.problem, state.matching)
    seen = 0
    for place in judge.places(person, leaving):
        after = state.after(Seat(person=person, to=place.group, leaving=leaving))
        broken, costs = _judged(state.problem, after.matching)
        more = tuple(sorted(k for k, amount in broken.items() if amount > hard.get(k, 0)))
        assert place.broken == more
        assert place.change == tuple(a - b for a, b in zip(costs, values, strict=True))
        first = next((change for change in place.change if change), 0)
        assert place.verdict == ("no" if more else "costs" if first > 0 else "fits")
        if not _is_broken(hard):
            # The shade of the card is the verdict of the verifier.
            assert (place.verdict == "no") == (not verify(state.problem, after.matching).ok)
        seen += 1
    return seen


def _is_broken(hard: dict[str, int]) -> bool:
    """Whether the round breaks a hard rule already."""
    return any(hard.values())


ROUNDS = {"plain": (24, 10, 1), "crowded": (30, 6, 1), "two groups a mentor": (28, 8, 2)}
"""Students, mentors, and how many groups each mentor can lead."""


def _walk(name: str, seed: int, states: int) -> int:
    """Judge random states of a round, reached by random moves; many of them break rules."""
    students, mentors, capacity = ROUNDS[name]
    problem = synthetic.generate(students=students, mentors=mentors, seed=seed)
    if capacity > 1:
        problem = problem.evolve(
            mentors=[one.model_copy(update={"capacity": capacity}) for one in problem.mentors]
        )
    state = State(problem, carried_over(problem, match(problem, time_limit=20)))
    draw = random.Random(f"{name} {seed}")
    people = [one.id for one in problem.round.people]
    guides = {one.id for one in problem.mentors}
    seen = 0
    for _ in range(states):
        judge = Judge(state)
        person = draw.choice(people)
        led = state.groups_of(person)
        leaving = draw.choice(led).id if person in guides and led else None
        seen += _agrees(state, judge, person, leaving)
        places = judge.places(person, leaving)
        if places:
            state = state.after(Seat(person=person, to=draw.choice(places).group, leaving=leaving))
    return seen


@pytest.mark.parametrize("name", ROUNDS)
def test_every_shade_is_what_the_verifier_says_of_the_whole(name: str) -> None:
    """What a card shows is what comes out if somebody is put there."""
    assert _walk(name, seed=len(name), states=12) > 20


@pytest.mark.slow
@pytest.mark.parametrize("name", ROUNDS)
def test_five_hundred_states_are_judged_as_the_verifier_does(name: str) -> None:
    """The same over many rounds."""
    assert sum(_walk(name, seed=seed, states=21) for seed in range(8)) > 300


def test_an_exchange_costs_what_the_whole_round_costs_afterwards() -> None:
    """An exchange that is offered breaks nothing and costs just that."""
    problem = synthetic.generate(students=30, mentors=10, seed=4)
    state = State(problem, carried_over(problem, match(problem, time_limit=20)))
    judge = Judge(state)
    hard, values = _judged(problem, state.matching)
    offered = 0
    for one in problem.students[:12]:
        for exchange in judge.exchanges(one.id):
            after = state.after(Swap(person=one.id, other=exchange.other))
            broken, costs = _judged(problem, after.matching)
            assert broken == hard
            assert exchange.change == tuple(a - b for a, b in zip(costs, values, strict=True))
            offered += 1
    assert offered
