"""People with a tie, such as one supervisor, do not meet in one group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Literal

from pydantic import Field

from mentormatch.errors import Fault
from mentormatch.people import Person, Text
from mentormatch.rounds import Round, Seating
from mentormatch.rules.base import Breach, Rule
from mentormatch.rules.checks import unknown_affiliation
from mentormatch.rules.forms import Form, PairCost, indices


class KeepApartAffiliation(Rule):
    """No two people with a shared affiliation are in one group, students and mentors alike.

    With the affiliation `supervisor`, neither two people of one supervisor nor a person and
    their own supervisor meet: whoever is named as an affiliation by id counts as part of it.
    A breach is one pair in one group.
    """

    kind: Literal["keep_apart_affiliation"] = "keep_apart_affiliation"
    affiliation: Text = Field(default="supervisor", description="Kind of affiliation.")
    between: Literal["everybody", "students", "students_and_mentors"] = Field(
        default="everybody",
        description="Which pairs: any, two students only, or a student with a mentor only.",
    )

    def faults(self, around: Round, where: str) -> Iterator[Fault]:
        yield from unknown_affiliation(self.affiliation, around, where)

    def breaches(self, around: Round, seating: Seating) -> Iterator[Breach]:
        students = {student.id for student in around.students}
        for group in seating.groups:
            for one, other in combinations(group.members, 2):
                if self._ties(one).isdisjoint(self._ties(other)):
                    continue
                if self._concerns(one.id in students, other.id in students):
                    yield Breach(
                        1,
                        f"{self._tie(one, other)} but both are in group {group.id}.",
                        (one.id, other.id),
                        group.id,
                    )

    def lower(self, around: Round) -> Iterator[Form]:
        """Amount 1 for each pair with a common tie in one group."""
        first_mentor = len(around.students)
        pairs = {
            pair
            for places in self._by_tie(around.people).values()
            for pair in combinations(places, 2)
            if self._concerns(pair[0] < first_mentor, pair[1] < first_mentor)
        }
        if pairs:
            rows = indices(sorted(pairs))
            yield PairCost(rows, indices([1] * len(rows)))

    def describe(self) -> str:
        return f"keep apart by {self.affiliation}"

    def sentence(self, around: Round) -> str:
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

    def _by_tie(self, people: Sequence[Person]) -> Mapping[str, list[int]]:
        groups: dict[str, list[int]] = defaultdict(list)
        for place, person in enumerate(people):
            for tie in sorted(self._ties(person)):
                groups[tie].append(place)
        return groups
