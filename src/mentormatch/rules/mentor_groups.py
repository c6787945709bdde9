"""How many groups a mentor leads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import Literal

import numpy as np
from pydantic import Field, model_validator

from mentormatch.data.people import MAX_CAPACITY, Identifier, Mentor
from mentormatch.data.round import Round, Solution
from mentormatch.errors import Fault
from mentormatch.rules.base import Rule, Violation, named
from mentormatch.rules.checks import unknown_mentor
from mentormatch.rules.forms import Form, LoadCost, indices


class MentorGroups(Rule):
    """Each mentor, or each of the named ones, leads no fewer and no more groups than stated.

    So whoever was promised a group gets one. A breach is one mentor and amounts to the groups
    missing or too many.
    """

    kind: Literal["mentor_groups"] = "mentor_groups"
    mentors: tuple[Identifier, ...] = Field(default=(), description="Whom it is about; none: all.")
    least: int = Field(
        default=0, strict=True, ge=0, le=MAX_CAPACITY, description="Fewest groups of each."
    )
    most: int | None = Field(
        default=None, strict=True, ge=0, description="Most groups of each; null: no limit."
    )

    @model_validator(mode="after")
    def _ordered(self) -> MentorGroups:
        if self.most is not None and self.most < self.least:
            raise ValueError(f"most {self.most} is below least {self.least}")
        return self

    def faults(self, round_: Round, where: str) -> Iterator[Fault]:
        for number, mentor in enumerate(self.mentors):
            yield from unknown_mentor(self.kind, mentor, round_, f"{where}.mentors[{number}]")

    def without(self, left: Collection[str]) -> Rule | None:
        mentors = tuple(name for name in self.mentors if name not in left)
        # A rule that names nobody is about every mentor.
        return self.changed(mentors=mentors) if mentors or not self.mentors else None

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        loads = Counter(mentor.id for group in solution.groups for mentor in group.mentors)
        for mentor in self._concerned(round_):
            load = loads[mentor.id]
            amount = self._amount(load)
            if amount:
                groups = f"{load} group{'' if load == 1 else 's'}"
                few = load < self.least
                limit = f"fewer than {self.least}" if few else f"more than {self.most}"
                yield Violation(amount, f"{mentor.label} leads {groups}, {limit}.", (mentor.id,))

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount ``max(least - l, 0, l - most)`` of the number l of groups of each mentor."""
        people = [round_.position[mentor.id] for mentor in self._concerned(round_)]
        row = [self._amount(load) for load in range(MAX_CAPACITY + 1)]
        yield LoadCost(indices(people), np.tile(np.array(row, dtype=np.int64), (len(people), 1)))

    def describe(self) -> str:
        return "groups of each mentor"

    def sentence(self, round_: Round) -> str:
        who = named(self.mentors, round_) if self.mentors else "all mentors"
        most = "" if self.most is None else f" and at most {self.most}"
        return f"The groups of {who} are at least {self.least}{most} each."

    def parts(self) -> tuple[Rule, ...]:
        return tuple(self.changed(mentors=(name,)) for name in self.mentors) or (self,)

    def _concerned(self, round_: Round) -> list[Mentor]:
        named_ones = set(self.mentors)
        return [one for one in round_.mentors if not named_ones or one.id in named_ones]

    def _amount(self, load: int) -> int:
        return max(self.least - load, 0, 0 if self.most is None else load - self.most)
