"""Exports of forms as a problem, with everything told that happened on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mentormatch.data.calendar import Slot
from mentormatch.data.problem import Problem
from mentormatch.errors import Fault, InputError
from mentormatch.importers.findings import ImportReport, in_order
from mentormatch.importers.section import (
    Export,
    Section,
    columns_not_read,
    one_person_once,
    section_of,
    unify_departments,
)
from mentormatch.importers.sign_up import SignUp
from mentormatch.importers.time_answers import (
    NOT_OF_A_PROBLEM,
    enter_times,
    read_times,
    slots_and_term,
    slots_asked_about,
)
from mentormatch.importers.wish_rules import rules_with_wishes

MAX_TRIES = 6
"""Often enough for faults of rows that show only after others are out of the way."""

_PERSON = re.compile(r"(students|mentors)\[(\d+)\]")


@dataclass(frozen=True)
class Imported:
    """What came of an import.

    Attributes
    ----------
    problem
        Made of all usable rows; None if no student is usable.
    report
        Everything that was put right, left out or is doubtful.
    """

    problem: Problem | None
    report: ImportReport


def import_round(
    programme: Mapping[str, Any], students: Export, mentors: Export | None = None
) -> Imported:
    """Make a problem of exports and a programme.

    Rows that cannot be used are left out and told; nothing is guessed without being told.

    Parameters
    ----------
    programme
        Every field of a problem besides the people. Without ``slots``, the hours that the
        forms asked about become slots as ``candidates`` says.
    students, mentors
        The exports.

    Raises
    ------
    InputError
        If programme or mappings are at fault.
    """
    sections = [section_of("students", students)]
    if mentors is not None:
        sections.append(section_of("mentors", mentors))
    one_person_once(sections)
    unify_departments(sections)
    slots, term = slots_and_term(programme)
    for section in sections:
        section.reading = read_times(section, slots, term)
        section.findings += section.reading.findings
    data = {key: value for key, value in programme.items() if key not in NOT_OF_A_PROBLEM}
    if not slots:
        data["slots"] = slots_asked_about(programme, sections)
        slots = [Slot.model_validate(one) for one in data["slots"]]
    zone = None if term is None else term.zone
    policy = programme.get("missing_availability", "error")
    for section in sections:
        enter_times(section, slots, zone, policy)
    problem = _build(data, sections)
    findings = [finding for section in sections for finding in section.findings]
    report = ImportReport(
        in_order(findings),
        {section.table.name: columns_not_read(section) for section in sections},
        {section.table.name: (section.rows, len(section.people)) for section in sections},
    )
    return Imported(problem, report)


def _build(data: Mapping[str, Any], sections: Sequence[Section]) -> Problem | None:
    """Return the problem of all rows that it takes; rows with faults are left out and told."""
    told = False
    for _ in range(MAX_TRIES):
        if not sections[0].people:
            return None
        rules, findings = rules_with_wishes(data, sections)
        people = {
            section.name: [section.documents[person.row] for person in section.people]
            for section in sections
        }
        try:
            problem = Problem.model_validate({**data, "rules": rules, "mentors": [], **people})
        except InputError as error:
            wrong = list(_rows_at_fault(error, sections))
            if not wrong:
                raise InputError(
                    Fault(fault.code, f"programme {fault.where}", fault.message, fault.nearest)
                    for fault in error.faults
                ) from None
            for section, person, fault in wrong:
                if person not in section.people:
                    continue
                message = f"cannot be used ({fault.code}); the row is not used"
                section.lose(
                    person,
                    section.table.finding(
                        fault.code, "lost", message,
                        row=person.row, value=fault.message, near=fault.nearest,
                    ),
                )  # fmt: skip
            continue
        if not told:
            sections[0].findings += findings
        return problem
    return None


def _rows_at_fault(
    error: InputError, sections: Sequence[Section]
) -> Iterator[tuple[Section, SignUp, Fault]]:
    by_name = {section.name: section for section in sections}
    now = {section.name: list(section.people) for section in sections}
    for fault in error.faults:
        found = _PERSON.match(fault.where)
        if found and found[1] in by_name:
            yield by_name[found[1]], now[found[1]][int(found[2])], fault
