"""The table by hand that every rule has: finished groups, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field

from mentormatch.data.round import Round, Solution
from mentormatch.rules.base import Rule
from tests.support.build import Sketch, solution
from tests.support.forms_value import forms_value


@dataclass(frozen=True)
class Expected:
    """One breach written by hand; each of the words has to stand in its message."""

    amount: int
    group: str | None = None
    people: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """A rule, a round, groups in it, and the breaches that people would find there."""

    name: str
    rule: Rule
    round_: Round
    groups: tuple[Sketch, ...]
    expected: list[Expected] = field(default_factory=list)

    @property
    def solution(self) -> Solution:
        """The groups with their people in full."""
        return solution(self.round_, *self.groups)

    @property
    def amount(self) -> int:
        """Sum of the expected amounts."""
        return sum(violation.amount for violation in self.expected)

    def __str__(self) -> str:
        return self.name.replace(" ", "-")

    def check(self) -> None:
        """Hold the rule's meaning, and then its encoding, against what the table says."""
        found = list(self.rule.violations(self.round_, self.solution))
        assert sorted(
            (violation.group or "", sorted(violation.people), violation.amount)
            for violation in found
        ) == sorted(
            (violation.group or "", sorted(violation.people.split()), violation.amount)
            for violation in self.expected
        )
        for violation in self.expected:
            assert any(
                (one.group, sorted(one.people))
                == (violation.group, sorted(violation.people.split()))
                and all(word in one.message for word in violation.words)
                for one in found
            ), f"no message says {violation.words}: {[one.message for one in found]}"
        assert all(one.message.endswith(".") and one.amount >= 1 for one in found)
        lowered = forms_value(self.rule.lower(self.round_), self.round_, self.solution)
        assert lowered == self.amount
