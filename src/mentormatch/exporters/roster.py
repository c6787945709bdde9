"""The roster as a long table: a row for each person in each group."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from mentormatch.data.matching import Group, Matching
from mentormatch.data.problem import Problem
from mentormatch.exporters.facts import GroupFacts, complete_groups, facts_of
from mentormatch.exporters.group_details import NO_DETAILS, Details
from mentormatch.exporters.phrases import PHRASES
from mentormatch.exporters.spelling import guarded
from mentormatch.text import one_line

COLUMNS = ("group", "role", "id", "name", "slot", "dates", "language", "mode", "topic")
"""What a roster says, in this order; enough to read the matching back."""

SHARED = ("slot", "dates", "language", "mode", "topic")
"""What everybody in a group has in common, and a roster says in each row."""

SEPARATOR = "; "
"""Between the dates of one cell."""

STUDENT, MENTOR, LEFT_OUT = "student", "mentor", "left out"


@dataclass(frozen=True)
class Line:
    """One person in one group, or left out.

    Attributes
    ----------
    group
        The group, or None for somebody left out.
    facts
        What may be told of the group.
    role
        Student, mentor or left out.
    id
        Id of the person.
    name
        Their name, or empty.
    email
        Their address, or empty.
    """

    group: Group | None
    facts: GroupFacts | None
    role: str
    id: str
    name: str
    email: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """A cell for each of :data:`COLUMNS`."""
        if self.group is None:
            return ("", self.role, self.id, self.name, "", "", "", "", "")
        group = self.group
        return (
            group.id,
            self.role,
            self.id,
            self.name,
            group.slot,
            SEPARATOR.join(written(start, group.zone or "UTC") for start in group.meetings),
            group.language or "",
            group.mode or "",
            group.topic or "",
        )


def lines(problem: Problem, matching: Matching, details: Details = NO_DETAILS) -> Iterator[Line]:
    """Yield the groups' mentors and students, then those left out.

    Raises
    ------
    InputError
        If the matching names somebody or a slot that the problem does not have.
    """
    round_ = problem.round
    names = {person.id: one_line(person.name or "") for person in round_.people}
    emails = {person.id: person.email or "" for person in round_.people}
    placed: set[str] = set()
    for group in complete_groups(problem, matching):
        facts = facts_of(problem, group, details)
        for role, members in ((MENTOR, group.mentors), (STUDENT, group.students)):
            for person in members:
                placed.add(person)
                yield Line(group, facts, role, person, names[person], emails[person])
    # Who was left out and has left since is in the round no more.
    stated = [one for one in matching.left_out if one not in placed and one in names]
    others = [student.id for student in problem.students if student.id not in placed]
    for person in dict.fromkeys((*stated, *others)):
        yield Line(None, None, LEFT_OUT, person, names[person], emails[person])


def roster_csv(problem: Problem, matching: Matching, *, raw: bool = False) -> str:
    """Return the roster as CSV text, parted by commas.

    It is for coordinators: it names everybody and those left out, and holds nobody's answers.

    Parameters
    ----------
    problem
        The problem that was matched.
    matching
        Its matching, found or made by hand.
    raw
        Whether cells stand as they are. By default one that a spreadsheet program would
        compute, such as ``=1+1``, has an apostrophe before it.

    Raises
    ------
    InputError
        If the matching names somebody or a slot that the problem does not have.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for line in lines(problem, matching):
        writer.writerow(line.cells if raw else [guarded(cell) for cell in line.cells])
    return stream.getvalue()


def written(start: datetime, zone: str) -> str:
    """Return a date with its hour and offset, by the wall clock of a zone."""
    local = start.astimezone(UTC).astimezone(ZoneInfo(zone))
    whole = not (local.second or local.microsecond)
    return local.isoformat(" ", "minutes" if whole else "auto")


def when(facts: GroupFacts) -> str:
    """Return in English when a group meets: the slot's own name, or weekday and hours."""
    if facts.label:
        return facts.label
    words = PHRASES["en"]
    return _once(
        f"{words.weekdays[meeting.start.weekday()]} {words.hours(meeting.start, meeting.end)}"
        for meeting in facts.meetings
    )


def _once(texts: Sequence[str] | Iterator[str]) -> str:
    return ", ".join(dict.fromkeys(texts))
