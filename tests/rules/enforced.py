"""A rule, and a round whose best answer it changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mentormatch.data.problem import Problem
from mentormatch.data.round import Round
from mentormatch.rules import PreferYes
from mentormatch.rules.base import Rule
from tests.support.build import problem_of


@dataclass(frozen=True)
class Enforced:
    """A round in which a rule makes a difference.

    Attributes
    ----------
    rule
        The rule.
    round_
        The round.
    before
        The least by which an answer breaks the rule that is best without it.
    after
        By how much the best answer breaks it once it is asked.
    others
        Rules that are there with and without it, in tiers after it.
    """

    rule: Rule
    round_: Round
    before: int
    after: int = 0
    others: tuple[Rule, ...] = (PreferYes(tier=10),)

    def problem(self, *asked: Rule) -> Problem:
        """Return the problem of the round, with the rule or without it."""
        off = type(self.rule).foundation and not asked
        rules: Sequence[Rule] = [*asked, *self.others]
        return problem_of(self.round_, [*rules, self.rule.changed(tier="off")] if off else rules)

    def __str__(self) -> str:
        return self.rule.kind
