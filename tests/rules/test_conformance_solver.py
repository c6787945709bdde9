"""The solver's model of a rule amounts to what the rule means, on groups that are fixed in it."""

from __future__ import annotations

from random import Random

import pytest

from mentormatch.data.problem import Problem
from mentormatch.data.round import Round, Solution
from mentormatch.rules import RULES, exactly
from mentormatch.rules.base import Rule
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.backend.cpsat import Solved, solve
from mentormatch.solve.instance.compiled import Compiled, compile_problem
from mentormatch.solve.plan.blocks import GroupBlock
from mentormatch.solve.plan.build_plan import plan_model
from tests.rules.test_conformance import kind_of
from tests.support.build import problem_of
from tests.support.random_rounds import random_round, random_seating
from tests.support.random_rules import MAKERS

ROUNDS = 60
"""Rounds for each rule; without `--slow` a third of them, if these are not all alike."""


def alone(round_: Round, rule: Rule) -> Problem:
    """Return the round with this rule and no other, not even the foundations."""
    return problem_of(round_, exactly(rule))


def with_groups_fixed(compiled: Compiled, solution: Solution) -> Solved:
    """Solve the solver's own model in which these are the groups and there are no others."""
    place = {template: number for number, template in enumerate(compiled.templates)}
    groups = sorted(solution.groups, key=lambda group: place[group.template])
    model = plan_model(compiled, [GroupBlock(place[group.template], 1) for group in groups])
    for number, group in enumerate(groups):
        here = {compiled.round_.position[person.id] for person in group.members}
        model.model.add(model.groups[number] == 1)
        for person, seat in model.seats[number].items():
            model.model.add(seat == (person in here))
        if not here <= model.seats[number].keys():
            model.model.add_bool_or([])
    if model.objectives:
        model.model.minimize(model.objectives[0].expression)
    return solve(model.model, model.variables, Clock(None), seed=0)


@pytest.mark.parametrize("rule", RULES, ids=kind_of)
def test_fixed_groups_cost_what_their_breaches_amount_to(rule: type[Rule], thorough: bool) -> None:
    """A price that the model gets wrong makes the solver prove the wrong matching best."""
    kind = kind_of(rule)
    priced = free = 0
    for seed in range(ROUNDS):
        if not thorough and seed >= ROUNDS // 3 and min(priced, free) > 5:
            break
        rng = Random(f"fixed {kind} {seed}")
        round_ = random_round(rng)
        made = rule(**{**MAKERS[kind](rng, round_).model_dump(), "tier": 1})
        compiled = compile_problem(alone(round_, made), seed)
        for _ in range(2):
            solution = random_seating(rng, round_, sound=True, templates=compiled.templates)
            amount = sum(violation.amount for violation in made.violations(round_, solution))
            solved = with_groups_fixed(compiled, solution)
            assert solved.outcome == "OPTIMAL", f"seed {seed}"
            assert solved.bound == made.weight * amount, f"seed {seed}"
            priced += amount > 0
            free += amount == 0
    assert min(priced, free) > 5, "the groups were all alike for this rule"


@pytest.mark.parametrize("rule", RULES, ids=kind_of)
def test_fixed_groups_are_forbidden_exactly_when_they_breach_a_hard_rule(
    rule: type[Rule], thorough: bool
) -> None:
    """Too strict loses matchings, too lax finds some that are none."""
    kind = kind_of(rule)
    kept = broken = 0
    for seed in range(ROUNDS):
        if not thorough and seed >= ROUNDS // 3 and min(broken, kept) > 5:
            break
        rng = Random(f"hard {kind} {seed}")
        round_ = random_round(rng)
        made = rule(**{**MAKERS[kind](rng, round_).model_dump(), "tier": "hard"})
        compiled = compile_problem(alone(round_, made), seed)
        for _ in range(3):
            solution = random_seating(rng, round_, sound=True, templates=compiled.templates)
            breached = any(True for _ in made.violations(round_, solution))
            solved = with_groups_fixed(compiled, solution)
            assert solved.outcome == ("INFEASIBLE" if breached else "OPTIMAL"), f"seed {seed}"
            broken += breached
            kept += not breached
    assert min(broken, kept) > 5, "the groups were all alike for this rule"
