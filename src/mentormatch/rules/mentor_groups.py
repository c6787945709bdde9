"""How many groups a mentor leads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal

import numpy as np
from pydantic import Field, model_validator

from mentormatch.errors import Fault
from mentormatch.people import MAX_CAPACITY, Identifier, Mentor
from mentormatch.rounds import Round, Seating
from mentormatch.rules.base import Breach, Rule, named
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

    def faults(self, around: Round, where: str) -> Iterator[Fault]:
        for number, mentor in enumerate(self.mentors):
            yield from unknown_mentor(self.kind, mentor, around, f"{where}.mentors[{number}]")

    def breaches(self, around: Round, seating: Seating) -> Iterator[Breach]:
        loads = Counter(mentor.id for group in seating.groups for mentor in group.mentors)
        for mentor in self._concerned(around):
            load = loads[mentor.id]
            amount = self._amount(load)
            if amount:
                groups = f"{load} group{'' if load == 1 else 's'}"
                few = load < self.least
                limit = f"fewer than {self.least}" if few else f"more than {self.most}"
                yield Breach(amount, f"{mentor.label} leads {groups}, {limit}.", (mentor.id,))

    def lower(self, around: Round) -> Iterator[Form]:
        """Amount ``max(least - l, 0, l - most)`` of the number l of groups of each mentor."""
        people = [around.position[mentor.id] for mentor in self._concerned(around)]
        row = [self._amount(load) for load in range(MAX_CAPACITY + 1)]
        yield LoadCost(indices(people), np.tile(np.array(row, dtype=np.int64), (len(people), 1)))

    def describe(self) -> str:
        return "groups of each mentor"

    def sentence(self, around: Round) -> str:
        who = named(self.mentors, around) if self.mentors else "all mentors"
        most = "" if self.most is None else f" and at most {self.most}"
        return f"The groups of {who} are at least {self.least}{most} each."

    def parts(self) -> tuple[Rule, ...]:
        return tuple(self.changed(mentors=(name,)) for name in self.mentors) or (self,)

    def _concerned(self, around: Round) -> list[Mentor]:
        named_ones = set(self.mentors)
        return [one for one in around.mentors if not named_ones or one.id in named_ones]

    def _amount(self, load: int) -> int:
        return max(self.least - load, 0, 0 if self.most is None else load - self.most)
