"""What parts cost and prove adds up to what the whole round costs and what is proven of it."""

from __future__ import annotations

from functools import cache
from itertools import product
from random import Random

import pytest

from mentormatch import match, verify
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import InputError
from mentormatch.evaluate.cost import score, structure
from mentormatch.solve.assign.form_costs import FormCosts
from mentormatch.solve.assign.groups import as_solution
from mentormatch.solve.instance.compiled import Compiled, compile_problem
from mentormatch.solve.instance.components import components_of
from mentormatch.solve.instance.opening import Opening
from tests.support.build import problem_of
from tests.support.exhaustive import Best, best_of_all
from tests.support.merged import merged
from tests.support.random_problems import random_problem
from tests.support.slow import slow_among

NAMES = "abc"


@cache
def drawn(seed: int, parts: int = 2) -> Problem | None:
    """Return random rounds as one; None if their rules cannot be those of one round."""
    rounds = [
        random_problem(
            f"{name} {seed}",
            students=4 if parts == 2 else 3,
            most_mentors=4 - parts,
            most_slots=4 - parts,
        )
        for name in NAMES[:parts]
    ]
    try:
        return merged(*rounds)
    except InputError:
        return None


def in_parts(seeds: range, parts: int) -> list[int]:
    """Return the seeds of rounds that fall into so many parts."""
    found = []
    for seed in seeds:
        one = drawn(seed, parts)
        apart = components_of(compile_problem(one, seed)) if one is not None else None
        if apart is not None and len(apart[0]) == parts:
            found.append(seed)
    return found


@cache
def best(seed: int, parts: int = 2) -> Best | None:
    """Return the best of all matchings of a round, worked out once."""
    one = drawn(seed, parts)
    assert one is not None
    return best_of_all(one)


TWO, THREE = in_parts(range(34), 2), in_parts(range(29), 3)


def test_many_of_the_random_rounds_fall_into_parts() -> None:
    """Or the tests on them would say little."""
    assert len(TWO) >= 10
    assert len(THREE) >= 4


@pytest.mark.parametrize("seed", TWO)
def test_the_answer_is_the_best_of_all_matchings_of_the_whole(seed: int) -> None:
    """No part knows of the others, and yet nobody finds better by trying everything."""
    asked, known = drawn(seed), best(seed)
    assert asked is not None
    judged(asked, match(asked, time_limit=None, seed=seed), known)


@pytest.mark.parametrize("seed", slow_among(THREE, {19}))
def test_so_it_is_of_three_parts(seed: int) -> None:
    """With two, a sum over the others is a sum over one."""
    asked, known = drawn(seed, 3), best(seed, 3)
    assert asked is not None
    judged(asked, match(asked, time_limit=None, seed=seed), known)


def judged(asked: Problem, matching: Matching, known: Best | None) -> None:
    """Fail unless a matching is the best, and proven so."""
    if known is None:
        assert matching.status == "INFEASIBLE"
        return
    assert matching.status == "OPTIMAL"
    assert tuple(tier.value for tier in matching.tiers) == known.values
    assert tuple(tier.bound for tier in matching.tiers) == known.values
    assert verify(asked, matching).ok


def some_groups(compiled: Compiled, draw: Random) -> list[Opening]:
    """Return groups of people drawn by lot, mostly where they can be; often not valid."""
    openings = []
    for _ in range(draw.randint(0, 3)):
        template = draw.randrange(len(compiled.templates))
        people = [
            person
            for person in range(len(compiled.allowed))
            if draw.random() < (0.6 if compiled.allowed[person, template] else 0.02)
        ]
        openings.append(Opening(template, tuple(people)))
    return openings


def by_the_rules(compiled: Compiled, openings: list[Opening]) -> tuple[int, ...] | None:
    """Return what groups cost by the rules' own meaning; None if they are not valid."""
    solution = as_solution(compiled, openings)
    found = score(compiled.problem, solution)
    return None if found.hard or any(structure(compiled.problem, solution)) else found.values


def test_forms_judge_groups_as_the_rules_do() -> None:
    """A part is judged by forms alone, because rules make sense of the whole round only."""
    valid = {True: 0, False: 0}
    for seed, soft in product(range(60), (True, False)):
        draw = Random(seed)
        asked = random_problem(seed)
        compiled = compile_problem(softened(asked) if soft else asked, seed)
        if not compiled.templates:
            continue
        costs = FormCosts(compiled)
        for _ in range(8):
            openings = some_groups(compiled, draw)
            values = by_the_rules(compiled, openings)
            assert costs.values(openings) == values
            valid[soft] += bool(openings) and values is not None
    assert valid[True] > 80
    assert valid[False] > 4


def softened(asked: Problem) -> Problem:
    """Return a round that forbids nothing, so that nearly any groups have a price."""
    rules = [rule.changed(tier=1) if rule.tier == "hard" else rule for rule in asked.active_rules]
    return problem_of(asked.round, rules)


def test_what_parts_cost_adds_up_to_what_the_whole_costs() -> None:
    """Of any groups, not only of good ones, and in no part less than nothing."""
    valid = 0
    for seed in TWO:
        asked = drawn(seed)
        assert asked is not None
        compiled = compile_problem(asked, seed)
        found = components_of(compiled)
        assert found is not None
        parts, idle = found
        nowhere = FormCosts(idle.compiled).values(())
        draw = Random(seed)
        for _ in range(60):
            inside = [some_groups(part.compiled, draw) for part in parts]
            costs = [
                nowhere,
                *(
                    FormCosts(part.compiled).values(openings)
                    for part, openings in zip(parts, inside, strict=True)
                ),
            ]
            whole = [
                opening
                for part, openings in zip(parts, inside, strict=True)
                for opening in part.outward(openings)
            ]
            assert [part.inward(whole) for part in parts] == inside
            values = by_the_rules(compiled, whole)
            known = [cost for cost in costs if cost is not None]
            if len(known) < len(costs):
                assert values is None
                continue
            assert values == tuple(map(sum, zip(*known, strict=True)))
            assert all(cost >= 0 for values in known for cost in values)
            valid += bool(whole)
    assert valid > 10


@pytest.mark.parametrize("seconds", [0, 0.01, 0.05, 0.2])
def test_whenever_time_is_over_the_bounds_of_the_whole_are_true(seconds: float) -> None:
    """Some parts are proven then, and others are not."""
    for seed in TWO[:12]:
        asked, known = drawn(seed), best(seed)
        assert asked is not None
        early = match(asked, time_limit=seconds, seed=seed)
        if known is None:
            assert early.status in ("UNKNOWN", "INFEASIBLE")
            continue
        if early.status == "UNKNOWN":
            continue
        assert verify(asked, early).ok
        for tier, least in zip(early.tiers, known.values, strict=True):
            assert tier.bound <= least <= tier.value
            if least < tier.value:
                break
