"""Mentors guide people of other places than their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from pydantic import Field

from mentormatch.data.people import Mentor, Student, Text, values_of
from mentormatch.data.round import Round, Solution
from mentormatch.errors import Fault
from mentormatch.rules.base import Rule, Violation
from mentormatch.rules.checks import unknown_attribute
from mentormatch.rules.forms import Form, PairCost, SumCost, indices


class MentorsFromElsewhere(Rule):
    """No mentor guides students with whom they share a value, such as their own department.

    It can allow a number of such students in each group of a mentor. A breach is one mentor
    in one group and amounts to the students beyond that number.
    """

    kind: Literal["mentors_from_elsewhere"] = "mentors_from_elsewhere"
    attribute: Text = Field(default="department", description="Field or attribute to compare.")
    most: int = Field(
        default=0, strict=True, ge=0, description="Students of one's own allowed in a group."
    )

    def faults(self, round_: Round, where: str) -> Iterator[Fault]:
        yield from unknown_attribute(self.attribute, round_, where)

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        for group in solution.groups:
            for mentor in group.mentors:
                near = [student.id for student in group.students if self._near(mentor, student)]
                if len(near) > self.most:
                    students = f"{len(near)} student{'s' if len(near) > 1 else ''}"
                    limit = f", more than {self.most}" if self.most else ""
                    yield Violation(
                        len(near) - self.most,
                        f"{mentor.label} guides {students} of their own {self.attribute} in "
                        f"group {group.id}{limit}.",
                        (mentor.id, *near),
                        group.id,
                    )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount ``max(n - most, 0)`` of the number n of students near to a mentor.

        Without any allowed it is 1 a pair. Else it is ``max(C m + n - (C + most), 0)``, where m
        is 1 with the mentor in the group and C the number of students near to them at all.
        """
        near = {
            round_.position[mentor.id]: [
                place
                for place, student in enumerate(round_.students)
                if self._near(mentor, student)
            ]
            for mentor in round_.mentors
        }
        if not self.most:
            pairs = [(student, mentor) for mentor, there in near.items() for student in there]
            if pairs:
                yield PairCost(indices(sorted(pairs)), indices([1] * len(pairs)))
            return
        for mentor, students in near.items():
            if len(students) > self.most:
                weights = np.zeros(len(round_.people), dtype=np.int64)
                weights[students] = 1
                weights[mentor] = len(students)
                yield SumCost(weights, ((0, 0), (1, -(len(students) + self.most))))

    def describe(self) -> str:
        return f"mentors from another {self.attribute}"

    def sentence(self, round_: Round) -> str:
        return (
            f"Of a mentor's own {self.attribute} a group has no more than {self.most} of the "
            "students."
        )

    def _near(self, mentor: Mentor, student: Student) -> bool:
        shared = set(values_of(mentor, self.attribute))
        return not shared.isdisjoint(values_of(student, self.attribute))
