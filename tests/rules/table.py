"""The table by hand that every rule has: finished groups, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field

from mentormatch.rounds import Round, Seating
from mentormatch.rules.base import Rule
from tests.support.build import Sketch, seating
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
    around: Round
    groups: tuple[Sketch, ...]
    expected: list[Expected] = field(default_factory=list)

    @property
    def seating(self) -> Seating:
        """The groups with their people in full."""
        return seating(self.around, *self.groups)

    @property
    def amount(self) -> int:
        """Sum of the expected amounts."""
        return sum(breach.amount for breach in self.expected)

    def __str__(self) -> str:
        return self.name.replace(" ", "-")

    def check(self) -> None:
        """Hold the rule's meaning, and then its encoding, against what the table says."""
        found = list(self.rule.breaches(self.around, self.seating))
        assert sorted(
            (breach.group or "", sorted(breach.people), breach.amount) for breach in found
        ) == sorted(
            (breach.group or "", sorted(breach.people.split()), breach.amount)
            for breach in self.expected
        )
        for breach in self.expected:
            assert any(
                (one.group, sorted(one.people)) == (breach.group, sorted(breach.people.split()))
                and all(word in one.message for word in breach.words)
                for one in found
            ), f"no message says {breach.words}: {[one.message for one in found]}"
        assert all(one.message.endswith(".") and one.amount >= 1 for one in found)
        lowered = forms_value(self.rule.lower(self.around), self.around, self.seating)
        assert lowered == self.amount
