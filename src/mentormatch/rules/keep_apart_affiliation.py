"""People with a tie, such as one supervisor, do not meet in one group."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from mentormatch.data.people import Person, Text
from mentormatch.data.round import Round, Solution
from mentormatch.errors import Fault
from mentormatch.rules.base import Rule, Violation
from mentormatch.rules.checks import unknown_affiliation
from mentormatch.rules.forms import Form, Ints, PairCost, indices


class KeepApartAffiliation(Rule):
    """No two people with a shared affiliation are in one group, students and mentors alike.

    With the affiliation `supervisor`, neither two people of one supervisor nor a person and
    their own supervisor meet: whoever is named as an affiliation by id counts as part of it.
    A breach is one pair in one group.
    """

    standard: ClassVar[bool] = True
    subject: ClassVar[str | None] = "affiliation"
    kind: Literal["keep_apart_affiliation"] = "keep_apart_affiliation"
    affiliation: Text = Field(default="supervisor", description="Kind of affiliation.")
    between: Literal["everybody", "students", "students_and_mentors"] = Field(
        default="everybody",
        description="Which pairs: any, two students only, or a student with a mentor only.",
    )

    def faults(self, round_: Round, where: str) -> Iterator[Fault]:
        yield from unknown_affiliation(self.affiliation, round_, where)

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        students = {student.id for student in round_.students}
        for group in solution.groups:
            ties = [self._ties(person) for person in group.members]
            if len(set().union(*ties)) == sum(map(len, ties)):
                # Nobody here has a tie with anybody, as in nearly all groups.
                continue
            for (one, his), (other, theirs) in combinations(
                zip(group.members, ties, strict=True), 2
            ):
                if his.isdisjoint(theirs):
                    continue
                if self._concerns(one.id in students, other.id in students):
                    yield Violation(
                        1,
                        f"{self._tie(one, other)} but both are in group {group.id}.",
                        (one.id, other.id),
                        group.id,
                    )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount 1 for each pair with a common tie in one group."""
        first_mentor = len(round_.students)
        one, other = self._tied(round_)
        # As one number each, which is far quicker to sort than pairs.
        numbers = np.unique(one * len(round_.people) + other)
        pairs = np.stack(np.divmod(numbers, len(round_.people)), axis=1)
        roles = (False, True)
        concerned = np.array([[self._concerns(a, b) for b in roles] for a in roles])
        student = (pairs < first_mentor).astype(np.int64)
        rows = pairs[concerned[student[:, 0], student[:, 1]]]
        if len(rows):
            yield PairCost(rows, indices([1] * len(rows)))

    def idle(self, round_: Round) -> str | None:
        if any(person.affiliations.get(self.affiliation) for person in round_.people):
            return None
        return f"nobody has a {self.affiliation}"

    def describe(self) -> str:
        return f"keep apart by {self.affiliation}"

    def sentence(self, round_: Round) -> str:
        whom = {
            "everybody": "No two people",
            "students": "No two students",
            "students_and_mentors": "No student and mentor",
        }
        return f"{whom[self.between]} with one {self.affiliation} share a group."

    def _tie(self, one: Person, other: Person) -> str:
        for person, of in ((one, other), (other, one)):
            if person.id in of.affiliations.get(self.affiliation, ()):
                return f"{person.label} is {self.affiliation} of {of.label},"
        return f"{one.label} and {other.label} share a {self.affiliation},"

    def _ties(self, person: Person) -> set[str]:
        # One's own id counts, so that a supervisor who takes part meets nobody of theirs.
        return {person.id, *person.affiliations.get(self.affiliation, ())}

    def _concerns(self, student: bool, other_student: bool) -> bool:
        if self.between == "students":
            return student and other_student
        if self.between == "students_and_mentors":
            return student != other_student
        return True

    def _tied(self, round_: Round) -> tuple[Ints, Ints]:
        """Return the places of any two who share a tie, the smaller first; pairs can repeat."""
        numbers: dict[str, int] = {}
        ties: list[int] = []
        places: list[int] = []
        for place, person in enumerate(round_.people):
            for tie in person.affiliations.get(self.affiliation, ()):
                ties.append(numbers.setdefault(tie, len(numbers)))
                places.append(place)
        for tie, number in numbers.items():
            if tie in round_.position:
                ties.append(number)
                places.append(round_.position[tie])
        # Once each, however often somebody names a tie; in order of ties, then of places.
        rows = np.unique(indices(ties) * len(round_.people) + indices(places))
        tie_of, place_of = np.divmod(rows, len(round_.people))
        _, first, sizes = np.unique(tie_of, return_index=True, return_counts=True)
        before = np.arange(len(rows)) - np.repeat(first, sizes)
        other = np.repeat(np.arange(len(rows)), before)
        start = np.repeat(np.cumsum(before) - before, before)
        one = np.arange(len(other)) - start + np.repeat(np.repeat(first, sizes), before)
        return place_of[one], place_of[other]
