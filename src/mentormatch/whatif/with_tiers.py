"""The same rules in other tiers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mentormatch.data.problem import Problem
from mentormatch.rules.base import Rule


def with_tiers(problem: Problem, number: Mapping[int, int], more: Sequence[Rule] = ()) -> Problem:
    """Return the problem with its tiers under other numbers, and perhaps with more rules.

    Parameters
    ----------
    problem
        The problem as it is; rules that come by default move with the stated ones.
    number
        The new number of every tier in use.
    more
        Rules to state besides.
    """

    def moved(rule: Rule) -> Rule:
        return rule.changed(tier=number[rule.tier]) if isinstance(rule.tier, int) else rule

    # Those that are implied come last, so that the places of those stated stay what they are.
    rules = [moved(rule) for rule in problem.rules]
    rules += [moved(rule) for rule in problem.implied_rules]
    fields = {name: getattr(problem, name) for name in Problem.model_fields}
    return Problem(**{**fields, "rules": (*rules, *more)})
