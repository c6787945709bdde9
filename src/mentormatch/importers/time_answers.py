"""What people said of times as answers to the slots of a round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from mentormatch.data.calendar import Slot, Term
from mentormatch.data.problem import Problem
from mentormatch.errors import Fault, InputError
from mentormatch.importers.availability.candidates import Candidates, candidate_slots
from mentormatch.importers.availability.times import (
    Reading,
    ReadingContext,
    Span,
    Times,
    answers_to,
    in_zone,
    weekly_hours,
)
from mentormatch.importers.sign_ups import Section, SignUp
from mentormatch.importers.table import Table
from mentormatch.validation import read_in_passes

NOT_OF_A_PROBLEM = ("candidates", "sheets", "students", "mentors")
"""What a programme may hold that is not a field of a problem, or comes from the exports."""


_ANY_SLOTS = {"slots": [{"id": "any", "weekday": 1, "start": "09:00"}]}
"""Stands for those that a programme leaves to be made, so that they are no fault of it."""


def slots_and_term(programme: Mapping[str, Any]) -> tuple[list[Slot], Term]:
    """Return slots and term of a programme.

    Raises
    ------
    InputError
        With every fault of the programme, if slots or term have one.
    """
    try:
        term = Term.model_validate(programme.get("term"))
        slots = [Slot.model_validate(one) for one in programme.get("slots", [])]
    except (InputError, TypeError):
        data = {key: value for key, value in programme.items() if key not in NOT_OF_A_PROBLEM}
        # Raises with every fault of the programme.
        Problem.model_validate({**_ANY_SLOTS, **data, "students": [], "mentors": []})
        raise
    return slots, term


def read_times(section: Section, slots: Sequence[Slot], term: Term) -> Reading:
    """Return what an export says of times."""
    shape = section.export.mapping.availability
    if shape is None:
        return Reading({person.row: Times(given=False) for person in section.people}, ())
    kept = {person.row for person in section.people}
    table = Table(
        section.table.name,
        section.table.headings,
        tuple(row for row in section.table.rows if row.number in kept),
        section.table.untidy,
        section.table.turned,
    )
    context = ReadingContext(
        slots=tuple(slots),
        term=term,
        folder=section.export.folder,
        file_names={
            person.row: tuple(f"{name}.ics" for name in (person.id, person.email) if name)
            for person in section.people
        },
        zones={
            person.row: str(person.document["zone"])
            for person in section.people
            if "zone" in person.document
        },
    )
    return shape.read(table, context)


def slots_of_form_hours(
    programme: Mapping[str, Any], sections: Sequence[Section], term: Term
) -> list[dict[str, Any]]:
    """Return slots made of the hours that the forms asked about, in the term's zone.

    Hours that people in other zones offer count as asked about, on the term's clocks.

    Raises
    ------
    InputError
        If no slot fits into them.
    """
    reading = read_in_passes(programme.get("candidates", {}), Candidates)
    if reading.faults or reading.usable is None:
        raise InputError(
            Fault(fault.code, f"programme candidates.{fault.where}", fault.message, fault.nearest)
            for fault in reading.faults
        )
    slots = candidate_slots(_hours_by_zone(sections, term).values(), reading.usable)
    if not slots:
        message = (
            f"the programme states no slots, and the hours that the forms asked about leave room "
            f"for none of {reading.usable.minutes} minutes"
        )
        raise InputError([Fault("no_slots", "programme slots", message)])
    return slots


def _hours_by_zone(sections: Sequence[Section], term: Term) -> dict[str, set[Span]]:
    """Return the hours asked about and those offered elsewhere, on the term's clocks, by zone."""
    hours: dict[str, set[Span]] = {}
    for section in sections:
        if section.reading is None:
            continue
        usual = usual_zone(section, term.zone)
        moved = in_zone(section.reading.form_hours, usual, term.zone, term)
        hours.setdefault(usual, set()).update(moved)
        offered: dict[str, set[Span]] = {}
        for person in section.people:
            zone = _sound_zone(person)
            if zone is not None and zone != usual:
                times = section.reading.times[person.row]
                offered.setdefault(zone, set()).update(
                    span for span, answer in times.spans.items() if answer != "no"
                )
        for zone, spans in offered.items():
            hours.setdefault(zone, set()).update(in_zone(spans, zone, term.zone, term))
    return hours


def usual_zone(section: Section, zone: str) -> str:
    """Return the zone of those who state none: that of the form, else the term's."""
    shape = section.export.mapping.availability
    return zone if shape is None or shape.zone is None else shape.zone


def _sound_zone(person: SignUp) -> str | None:
    """Return somebody's zone if there is one of that name; what is none is refused later."""
    zone = person.document.get("zone")
    try:
        return None if zone is None else ZoneInfo(str(zone)).key
    except (ValueError, OSError, LookupError):
        return None


def enter_times(section: Section, slots: Sequence[Slot], zone: str, policy: str) -> None:
    """Put everybody's answers into their document; leave out who gave none, if that is asked."""
    assert section.reading is not None
    usual = usual_zone(section, zone)
    for person in list(section.people):
        times = section.reading.times[person.row]
        document = {**person.document, **section.documents.get(person.row, {})}
        own = str(document.get("zone", usual))
        section.documents[person.row] = document
        if not times.given:
            _report_empty(section, person, policy)
            continue
        elsewhere = times.spans and any((slot.zone or zone) != own for slot in slots)
        if elsewhere:
            document["hours"] = weekly_hours(times)
            document["zone"] = own
            document["availability"] = dict(times.slots) or None
            if not document["hours"] and not times.slots:
                document["availability"] = dict.fromkeys((slot.id for slot in slots), "no")
        else:
            document["availability"] = answers_to(times, slots)


def _report_empty(section: Section, person: SignUp, policy: str) -> None:
    message = "says no times at all; "
    if policy == "error":
        message += (
            "the row is not used (ask them, or state 'missing_availability' in the programme)"
        )
        finding = section.table.finding("no_availability", "lost", message, row=person.row)
        section.lose(person, finding)
        return
    message += (
        "left without a group, as the programme says"
        if policy == "leave_out"
        else "taken as free in every slot, as the programme says"
    )
    section.findings.append(
        section.table.finding("no_availability", "look", message, row=person.row)
    )
