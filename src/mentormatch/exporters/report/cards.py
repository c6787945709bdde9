"""Groups as the report shows them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from markupsafe import Markup

from mentormatch.data.people import Person
from mentormatch.data.problem import Problem
from mentormatch.data.round import Solution, SolutionGroup
from mentormatch.exporters.group_details import NO_DETAILS, Details, GroupDetails
from mentormatch.exporters.report.drawing import mix_bar
from mentormatch.exporters.report.wording import language_name, meeting_time, mode_name
from mentormatch.text import counted


@dataclass(frozen=True)
class Member:
    """Somebody in a group; `shared` if another student there has the same department."""

    name: str
    department: str
    shared: bool = False


@dataclass(frozen=True)
class Month:
    """The meetings of a group that fall into one month."""

    name: str
    starts: tuple[datetime, ...]


@dataclass(frozen=True)
class Card:
    """One group; `anchor` is its address in the page, `details` what was filled in by hand."""

    anchor: str
    id: str
    time: str
    zone: str
    months: tuple[Month, ...]
    first: datetime | None
    language: str
    mode: str
    details: GroupDetails
    mentors: tuple[Member, ...]
    students: tuple[Member, ...]
    mix: str
    bar: Markup

    @property
    def how(self) -> tuple[str, ...]:
        """Language, mode and zone as far as they say anything."""
        return tuple(filter(None, (self.language, self.mode, self.zone)))


def cards(problem: Problem, solution: Solution, details: Details = NO_DETAILS) -> tuple[Card, ...]:
    """Return the groups by weekday and hour, with their names, places and links."""
    groups = sorted(solution.groups, key=_place)
    return tuple(
        _card(problem, group, number, details.get(group.id, GroupDetails()))
        for number, group in enumerate(groups, 1)
    )


def _place(group: SolutionGroup) -> tuple[object, ...]:
    starts = group.template.plan.starts
    when = (starts[0].isoweekday(), starts[0].time().isoformat()) if starts else (8, "")
    # g10 comes after g9.
    number = re.search(r"\d+", group.id)
    return (*when, int(number[0][:18]) if number else 0, group.id)


def _card(problem: Problem, group: SolutionGroup, number: int, details: GroupDetails) -> Card:
    template = group.template
    slot = problem.round.slot[template.plan.slot]
    starts = template.plan.starts
    month = "%b" if len({start.year for start in starts}) == 1 else "%b %Y"
    zone = slot.zone or problem.term.zone
    counts = Counter(one.department for one in group.students if one.department)
    return Card(
        anchor=f"group-{number}",
        id=group.id,
        time=meeting_time(slot, template.plan),
        zone=zone if zone != problem.term.zone else "",
        months=tuple(
            Month(name, tuple(found))
            for name, found in groupby(starts, lambda one: format(one, month))
        ),
        first=starts[0] if starts else None,
        language=language_name(template.language) if problem.round.asks_language else "",
        mode=mode_name(template.mode) if problem.round.asks_mode else "",
        details=details,
        mentors=tuple(_member(person) for person in group.mentors),
        students=tuple(
            _member(person, shared=counts[person.department or ""] > 1)
            for person in sorted(group.students, key=lambda one: (one.department or "", one.label))
        ),
        mix=_mix(counts, len(group.students)),
        bar=mix_bar(
            [count for _, count in sorted(counts.items())]
            + [1] * (len(group.students) - counts.total())
        ),
    )


def _member(person: Person, *, shared: bool = False) -> Member:
    return Member(person.label, person.department or "", shared)


def _mix(counts: Counter[str], students: int) -> str:
    """Return in words from how many departments a group's students come."""
    people = counted(students, "student")
    if not counts:
        return people
    shared = sum(count for count in counts.values() if count > 1)
    each = "nobody shares one" if not shared else f"{shared} share theirs with another"
    return f"{people} from {counted(len(counts), 'department')}, {each}"
