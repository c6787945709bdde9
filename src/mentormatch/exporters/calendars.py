"""Calendar files: one for each group, with its dated meetings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mentormatch.data.matching import Group, Matching
from mentormatch.data.people import is_email
from mentormatch.data.problem import Problem
from mentormatch.errors import Fault, InputError, MissingExtraError
from mentormatch.exporters.calendar_entries import DOMAIN, GROUP, NUMBER, TERM, Entry
from mentormatch.exporters.facts import GroupFacts, Meeting, complete_groups, facts_of
from mentormatch.exporters.group_details import NO_DETAILS, Details
from mentormatch.exporters.phrases import PHRASES, Phrases, language_of_texts
from mentormatch.exporters.spelling import file_names
from mentormatch.exporters.zones import described

if TYPE_CHECKING:
    from icalendar import Calendar, Event

PRODUCT = "-//mentormatch//mentoring groups//EN"
FIRST_STAMP = datetime(2000, 1, 1, tzinfo=UTC)
"""Stamp of first versions; later ones are a second later each, so that no clock is needed."""


def calendars(
    problem: Problem,
    matching: Matching,
    *,
    previous: Mapping[str, bytes] | Matching | None = None,
    details: Details = NO_DETAILS,
    organizer: str | None = None,
) -> dict[str, bytes]:
    """Return a calendar file for each group, by file name.

    A calendar that imports a later file updates the meetings it has: each keeps its identifier
    and gets a higher version number if anything about it changed. A meeting that no longer
    takes place is cancelled, and so are all meetings of a group that is gone; its file then
    says ``METHOD:CANCEL``. A group goes on if it keeps its id. Files tell a group's time, place,
    link, language and mentors, and nothing of its students, unless people are invited.

    Parameters
    ----------
    problem
        The problem that was matched.
    matching
        Its matching, found or made by hand.
    previous
        The files of the export before this one, by name, or the matching that it was made
        from, if that was the first export. An export of a term that does not overlap this one
        is another round's and changes nothing. Meetings that were past when the matching was
        planned are as they are there.
    details
        Names, places and links of groups, by id.
    organizer
        Address from which people are invited. Each meeting then names those of the group who
        gave an address as attendees, so that everybody in the group sees these addresses.

    Raises
    ------
    InputError
        If a previous file is no calendar of this library, the organizer no address, or the
        matching names somebody or a slot that the problem does not have.
    MissingExtraError
        If the package of the extra ``ics`` is not installed.
    """
    _require_icalendar()
    if organizer is not None and not is_email(organizer):
        message = "is not an e-mail address such as 'name@example.org'"
        raise InputError([Fault("wrong_value", "organizer", message)])
    earlier = {(entry.group, entry.number): entry for entry in _earlier(problem, previous, details)}
    current = {
        (entry.group, entry.number): entry
        for group in complete_groups(problem, matching)
        for entry in _invited(problem, group, organizer, details)
    }
    # A meeting that was held stays in calendars as it was, whatever has become of its group.
    past = {place for place, entry in earlier.items() if _is_past(entry, matching)}
    entries = [
        earlier[place] if place in past else _next_version(entry, earlier.get(place))
        for place, entry in current.items()
    ]
    kept = {(entry.group, entry.number) for entry in entries}
    entries += [
        entry if place in past else _cancelled(entry)
        for place, entry in earlier.items()
        if place not in kept
    ]
    by_group: dict[str, list[Entry]] = {}
    for entry in entries:
        by_group.setdefault(entry.group, []).append(entry)
    names = calendar_names(by_group)
    return {names[group]: _file(problem, found) for group, found in by_group.items()}


def calendar_names(groups: Iterable[str]) -> dict[str, str]:
    """Return the name of each group's file, by the group's id."""
    return {group: f"{name}.ics" for group, name in file_names(groups).items()}


def _require_icalendar() -> None:
    try:
        import icalendar  # noqa: F401
    except ImportError:
        message = 'Calendars need a package: pip install "mentormatch[ics]"'
        raise MissingExtraError(message) from None


def _earlier(
    problem: Problem, previous: Mapping[str, bytes] | Matching | None, details: Details
) -> Iterator[Entry]:
    if isinstance(previous, Matching):
        for group in previous.groups:
            yield from _entries(problem, facts_of(problem, group, details))
    elif previous is not None:
        from mentormatch.exporters.calendar_reading import read_entries

        for name, data in sorted(previous.items()):
            yield from read_entries(name, data, problem.term)


def _invited(
    problem: Problem, group: Group, organizer: str | None, details: Details
) -> Iterator[Entry]:
    entries = _entries(problem, facts_of(problem, group, details))
    if organizer is None:
        yield from entries
        return
    round_ = problem.round
    people = [round_.people[round_.position[one]] for one in (*group.mentors, *group.students)]
    addresses = tuple(sorted({person.email for person in people if person.email}))
    for entry in entries:
        yield replace(entry, organizer=organizer, attendees=addresses)


def _entries(problem: Problem, facts: GroupFacts) -> Iterator[Entry]:
    words = PHRASES[language_of_texts(facts.language)]
    for meeting in facts.meetings:
        yield Entry(
            group=facts.id,
            number=meeting.number,
            uid=_uid(problem.term.first_day, facts.id, meeting.number),
            start=meeting.start,
            end=meeting.end,
            summary=words.group.format(name=facts.name),
            description=_description(words, facts, meeting),
            location=facts.where(words),
            link=facts.link,
        )


def _description(words: Phrases, facts: GroupFacts, meeting: Meeting) -> str:
    lines = [words.meeting.format(number=meeting.number, count=len(facts.meetings))]
    if facts.topic:
        lines.append(facts.topic)
    if facts.mentors:
        lines.append(f"{words.mentors}: {words.names(facts.mentors)}")
    if facts.link:
        lines.append(facts.link)
    return "\n".join(lines)


def _uid(first_day: date, group: str, number: int) -> str:
    key = f"{first_day}\n{group}\n{number}"
    return hashlib.sha256(key.encode()).hexdigest()[:32] + DOMAIN


def _next_version(entry: Entry, earlier: Entry | None) -> Entry:
    if earlier is None:
        return entry
    same = replace(entry, uid=earlier.uid, sequence=earlier.sequence)
    return same if _shown(same) == _shown(earlier) else replace(same, sequence=same.sequence + 1)


def _is_past(entry: Entry, matching: Matching) -> bool:
    return matching.now is not None and entry.start.astimezone(UTC) < matching.now.astimezone(UTC)


def _shown(entry: Entry) -> tuple[object, ...]:
    # As instants: wall clock times of two zones may be equal and differ, or differ and be equal.
    at = (entry.start.astimezone(UTC), entry.end.astimezone(UTC))
    words = (entry.summary, entry.description, entry.location, entry.link)
    return (*at, *words, entry.organizer, entry.attendees, entry.cancelled)


def _cancelled(entry: Entry) -> Entry:
    if entry.cancelled:
        return entry
    return replace(entry, cancelled=True, sequence=entry.sequence + 1)


def _file(problem: Problem, entries: list[Entry]) -> bytes:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    gone = all(entry.cancelled for entry in entries)
    # Only a request may name attendees (RFC 5546).
    invites = any(entry.organizer for entry in entries)
    calendar.add("method", "CANCEL" if gone else "REQUEST" if invites else "PUBLISH")
    calendar.add(TERM, f"{problem.term.first_day}/{problem.term.last_day}")
    for zone in sorted({str(entry.start.tzinfo) for entry in entries} - {"UTC"}):
        _add_zone(calendar, zone, entries)
    for entry in sorted(entries, key=lambda each: each.number):
        calendar.add_component(_event(entry))
    data: bytes = calendar.to_ical()
    return data


def _add_zone(calendar: Calendar, zone: str, entries: list[Entry]) -> None:
    """Say how the zone's clocks go in the years around the meetings."""
    first = min(entry.start for entry in entries).year - 1
    last = max(entry.end for entry in entries).year + 1
    calendar.add_component(described(zone, first, last))


def _event(entry: Entry) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", FIRST_STAMP + timedelta(seconds=entry.sequence))
    event.add("dtstart", _unambiguous(entry.start))
    event.add("dtend", _unambiguous(entry.end))
    event.add("sequence", entry.sequence)
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    event.add("location", entry.location)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if entry.link:
        event.add("url", entry.link)
    if entry.organizer:
        event.add("organizer", f"mailto:{entry.organizer}")
        for address in entry.attendees:
            answer = {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
            event.add("attendee", f"mailto:{address}", parameters=answer)
    event.add(GROUP, entry.group)
    event.add(NUMBER, str(entry.number))
    return event


def _unambiguous(at: datetime) -> datetime:
    """Return UTC for the second pass of an hour that a clock change repeats.

    A wall clock time in a calendar file means the first.
    """
    second = at.fold and at.utcoffset() != at.replace(fold=0).utcoffset()
    return at.astimezone(UTC) if second else at.replace(fold=0, tzinfo=ZoneInfo(str(at.tzinfo)))
