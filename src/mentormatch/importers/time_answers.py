"""What people said of times as answers to the slots of a round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from mentormatch.data.calendar import Slot, Term
from mentormatch.data.problem import Problem
from mentormatch.errors import Fault, InputError
from mentormatch.importers.availability.candidates import Candidates, candidate_slots
from mentormatch.importers.availability.times import (
    Around,
    Reading,
    Span,
    Times,
    answers_to,
    weekly_hours,
)
from mentormatch.importers.section import Section
from mentormatch.importers.sign_up import SignUp
from mentormatch.importers.table import Table
from mentormatch.validation import read_in_passes

NOT_OF_A_PROBLEM = ("candidates", "sheets", "students", "mentors")
"""What a programme may hold that is not a field of a problem, or comes from the exports."""


def slots_and_term(programme: Mapping[str, Any]) -> tuple[list[Slot], Term | None]:
    """Return slots and term of a programme, as far as they are sound.

    What is not is told when the problem is built.
    """
    try:
        term = Term.model_validate(programme.get("term"))
        slots = [Slot.model_validate(one) for one in programme.get("slots", [])]
    except (ValidationError, TypeError):
        data = {key: value for key, value in programme.items() if key not in NOT_OF_A_PROBLEM}
        # Raises with every fault of the programme.
        Problem.model_validate({"slots": [], **data, "students": [], "mentors": []})
        raise
    return slots, term


def read_times(section: Section, slots: Sequence[Slot], term: Term | None) -> Reading:
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
    round_ = Around(
        slots=tuple(slots),
        term=term,
        folder=section.export.folder,
        ids={person.row: person.id for person in section.people},
        zones={
            person.row: str(person.document["zone"])
            for person in section.people
            if "zone" in person.document
        },
    )
    return shape.read(table, round_)


def slots_asked_about(
    programme: Mapping[str, Any], sections: Sequence[Section]
) -> list[dict[str, Any]]:
    """Return slots made of the hours that the forms asked about.

    Raises
    ------
    InputError
        If no slot fits into them.
    """
    reading = read_in_passes(programme.get("candidates", {}), Candidates.model_validate, Candidates)
    if reading.faults or reading.usable is None:
        raise InputError(
            Fault(fault.code, f"programme candidates.{fault.where}", fault.message, fault.nearest)
            for fault in reading.faults
        )
    asked: list[Span] = []
    for section in sections:
        if section.reading is not None:
            asked += section.reading.asked
    slots = candidate_slots(asked, reading.usable)
    if not slots:
        message = (
            f"the programme states no slots, and the hours that the forms asked about leave room "
            f"for none of {reading.usable.minutes} minutes"
        )
        raise InputError([Fault("no_slots", "programme slots", message)])
    return slots


def enter_times(section: Section, slots: Sequence[Slot], zone: str | None, policy: str) -> None:
    """Put everybody's answers into their document; leave out who gave none, if that is asked."""
    assert section.reading is not None
    shape = section.export.mapping.availability
    usual = zone if shape is None or shape.zone is None else shape.zone
    for person in list(section.people):
        times = section.reading.times[person.row]
        document = {**person.document, **section.documents.get(person.row, {})}
        own = str(document.get("zone", usual or ""))
        section.documents[person.row] = document
        if not times.given:
            _tell_empty(section, person, policy)
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
        said = document["availability"] or {}
        if not document.get("hours") and all(answer == "no" for answer in said.values()):
            message = "can come in none of the slots; no group can take them"
            section.findings.append(
                section.table.finding("no_slot_possible", "look", message, row=person.row)
            )


def _tell_empty(section: Section, person: SignUp, policy: str) -> None:
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
