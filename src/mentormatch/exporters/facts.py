"""What participants may be told of their group, and nothing else.

Texts and calendars are made from these facts alone, so that what somebody answered, needs or
asked for cannot get into them, whatever a template says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from mentormatch.data.matching import Group, Matching
from mentormatch.data.people import Mode
from mentormatch.data.problem import Problem
from mentormatch.evaluate.verify import solution_of
from mentormatch.exporters.group_details import NO_DETAILS, Details, GroupDetails
from mentormatch.exporters.phrases import Phrases
from mentormatch.text import one_line


@dataclass(frozen=True)
class Meeting:
    """One meeting, by the wall clock of the group's zone; the first has the number 1."""

    number: int
    start: datetime
    end: datetime


@dataclass(frozen=True)
class GroupFacts:
    """A group as its members know it.

    Attributes
    ----------
    id
        Id of the group.
    label
        How the slot is called, if the programme gave it a name.
    meetings
        In order.
    zone
        IANA zone of the meetings' wall clock.
    language
        BCP 47 tag.
    asks_language
        Whether people were asked about languages; else it is not told.
    mode
        Campus or online, or None if nobody was asked.
    topic
        Topic of the group, where groups have one.
    mentors
        Names, or ids of those without a name.
    students
        The same of the students.
    name
        The group's own name, or its id.
    place
        Room or other place, or empty.
    link
        Where an online meeting is entered, or empty.
    """

    id: str
    label: str | None
    meetings: tuple[Meeting, ...]
    zone: str
    language: str
    asks_language: bool
    mode: Mode | None
    topic: str | None
    mentors: tuple[str, ...]
    students: tuple[str, ...]
    name: str
    place: str = ""
    link: str = ""

    def where(self, phrases: Phrases) -> str:
        """Return the place or else the mode in somebody's language; empty if nothing is said."""
        return self.place or (phrases.modes[self.mode] if self.mode else "")

    def spoken(self, phrases: Phrases) -> str:
        """Return the name of the language; empty if nobody was asked about it."""
        return phrases.language(self.language) if self.asks_language else ""


def complete_groups(problem: Problem, matching: Matching) -> tuple[Group, ...]:
    """Return the groups of a matching with what they leave open chosen.

    Raises
    ------
    InputError
        If the matching names somebody or a slot that the problem does not have.
    """
    solution = solution_of(problem, matching)
    return tuple(
        Group(
            id=group.id,
            students=tuple(student.id for student in group.students),
            mentors=tuple(mentor.id for mentor in group.mentors),
            slot=group.template.plan.slot,
            meetings=group.template.plan.starts,
            minutes=group.template.plan.minutes,
            zone=_zone(problem, group.template.plan.slot),
            language=group.template.language,
            mode=group.template.mode,
            topic=group.template.topic,
        )
        for group in solution.groups
    )


def group_facts(
    problem: Problem, matching: Matching, details: Details = NO_DETAILS
) -> Iterator[GroupFacts]:
    """Yield what may be told of each group.

    Raises
    ------
    InputError
        If the matching names somebody or a slot that the problem does not have.
    """
    for group in complete_groups(problem, matching):
        yield facts_of(problem, group, details)


def facts_of(problem: Problem, group: Group, details: Details = NO_DETAILS) -> GroupFacts:
    """Return what may be told of a group, perhaps of an earlier round's people and slots."""
    round_ = problem.round
    slot = round_.slot.get(group.slot)
    zone = group.zone or _zone(problem, group.slot)
    minutes = group.minutes or (slot.minutes if slot else 0)

    def label(person: str) -> str:
        place = round_.position.get(person)
        return one_line(person if place is None else round_.people[place].label)

    # Where no dates are stated, the slot's first plan is meant.
    plans = round_.all_plans.get(group.slot, ())
    stated = group.meetings or (plans[0].starts if plans else ())
    starts = sorted(start.astimezone(UTC) for start in stated)
    known = details.get(group.id, GroupDetails())
    return GroupFacts(
        id=one_line(group.id),
        label=one_line(slot.label) if slot and slot.label else None,
        meetings=tuple(
            Meeting(
                number,
                start.astimezone(ZoneInfo(zone)),
                (start + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone)),
            )
            for number, start in enumerate(starts, 1)
        ),
        zone=zone,
        language=group.language or problem.languages[0],
        asks_language=round_.asks_language,
        mode=(group.mode or "campus") if round_.asks_mode else None,
        topic=one_line(group.topic) if group.topic else None,
        mentors=tuple(map(label, group.mentors)),
        students=tuple(map(label, group.students)),
        name=called(group.id, details),
        place=one_line(known.place),
        link=one_line(known.link),
    )


def called(group: str, details: Details = NO_DETAILS) -> str:
    """Return a group's own name, or its id."""
    known = details.get(group)
    return one_line(known.name) if known and known.name else one_line(group)


def _zone(problem: Problem, slot_id: str) -> str:
    slot = problem.round.slot.get(slot_id)
    return (slot.zone if slot else None) or problem.term.zone
