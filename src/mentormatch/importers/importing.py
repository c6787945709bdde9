"""Exports of forms as a problem, with a report of everything that happened on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mentormatch.data.calendar import Slot
from mentormatch.data.problem import Problem
from mentormatch.errors import Fault, InputError
from mentormatch.importers.assumed_language import assume_only_language
from mentormatch.importers.cleaning.departments import unify_departments
from mentormatch.importers.cleaning.identity import (
    find_namesakes,
    give_ids,
    last_answers,
    one_person_once,
)
from mentormatch.importers.findings import Finding, ImportReport, in_order
from mentormatch.importers.kept_out import people_kept_out
from mentormatch.importers.leavers import name_in_rule
from mentormatch.importers.row_reading import RowReader
from mentormatch.importers.sign_ups import Export, Section, SignUp
from mentormatch.importers.table import key_of, table_of
from mentormatch.importers.time_answers import (
    NOT_OF_A_PROBLEM,
    enter_times,
    read_times,
    slots_and_term,
    slots_of_form_hours,
)
from mentormatch.importers.wish_rules import rules_with_wishes

MAX_TRIES = 6
"""Often enough for faults of rows that show only after others are out of the way."""

_PERSON = re.compile(r"(students|mentors)\[(\d+)\]")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


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
    programme: Mapping[str, Any],
    students: Export,
    mentors: Export | None = None,
    *,
    private: bool = False,
) -> Imported:
    """Make a problem of exports and a programme.

    Rows that cannot be used are left out and reported; nothing is guessed silently.

    Parameters
    ----------
    programme
        Every field of a problem besides the people. Without ``slots``, the hours that the
        forms asked about become slots as ``candidates`` says.
    students, mentors
        The exports.
    private
        Whether errors name rows instead of people.

    Raises
    ------
    InputError
        If programme or mappings are at fault.
    """
    sections = [_read("students", students)]
    if mentors is not None:
        _refuse_roles((students, mentors))
        sections.append(_read("mentors", mentors))
    for section in sections:
        if not section.rows:
            message = "has headings, but nobody below them"
            section.findings.append(section.table.finding("no_people", "stop", message))
    one_person_once(sections)
    find_namesakes(sections)
    give_ids(sections)
    unify_departments(sections)
    slots, term = slots_and_term(programme)
    assume_only_language(programme, sections)
    for section in sections:
        section.reading = read_times(section, slots, term)
        section.findings += section.reading.findings
    data = {key: value for key, value in programme.items() if key not in NOT_OF_A_PROBLEM}
    if not slots:
        data["slots"] = slots_of_form_hours(programme, sections, term)
        slots = [Slot.model_validate(one) for one in data["slots"]]
    if students.mapping.columns.role is not None:
        sections = _by_role(sections[0])
    policy = programme.get("missing_availability", "error")
    for section in sections:
        enter_times(section, slots, term.zone, policy)
    problem = _build(data, sections, private=private)
    findings = [finding for section in sections for finding in section.findings]
    if problem is not None:
        findings += people_kept_out(problem, sections)
    not_read = {section.table.name: _columns_not_read(section) for section in sections}
    report = ImportReport(
        in_order(findings),
        {name: tuple(unread.values()) for name, unread in not_read.items()},
        _used_rows(sections),
        {name: tuple(unread) for name, unread in not_read.items()},
    )
    return Imported(problem, report)


def _read(name: str, export: Export) -> Section:
    """Read who answered: each person once, cleaned, with what is found in the rows."""
    layout = export.mapping.file
    table = table_of(export.grid, layout.heading_rows, layout.ignored_rows)
    shape = export.mapping.availability
    people = table if shape is None else shape.people(table)
    reader = RowReader(people, export.mapping)
    found = [one for one in map(reader.read, people.rows) if one is not None]
    kept, repeated = last_answers(people, found)
    findings = [*export.grid.findings, *reader.findings, *repeated]
    return Section(name, export, people, len(people.rows), kept, findings)


def _refuse_roles(exports: Sequence[Export]) -> None:
    """Refuse to take mentors from a column of roles and from a file of their own."""
    message = (
        "one export holds students and mentors by its column of roles, so there is no second one; "
        "leave the role out of the mapping, or the export of the mentors"
    )
    if any(export.mapping.columns.role is not None for export in exports):
        raise InputError([Fault("two_sources", "columns.role", message)])


_ROLES = (("students", "student", "capacity"), ("mentors", "mentor", "priority"))
"""Section and role, and the field that only the other role has."""


def _by_role(everybody: Section) -> list[Section]:
    """Return the students and the mentors of one export; its findings stay with the students."""
    sections = []
    for name, role, foreign in (
        ("students", "student", "capacity"),
        ("mentors", "mentor", "priority"),
    ):
        people = [one for one in everybody.people if one.role == role]
        documents = {one.row: everybody.documents[one.row] for one in people}
        for one in people:
            # The form asked everybody, but only the others' answer means anything.
            own = {key: value for key, value in one.document.items() if key != foreign}
            documents[one.row] = {**own, **documents[one.row]}
        first = role == "student"
        sections.append(
            Section(
                name,
                everybody.export,
                everybody.table,
                everybody.rows if first else 0,
                [replace(one, document={}) for one in people],
                everybody.findings if first else [],
                everybody.reading,
                documents,
            )
        )
    return sections


def _used_rows(sections: Sequence[Section]) -> dict[str, tuple[int, int]]:
    """Return how many rows each file has with somebody in them, and how many are used."""
    counts: dict[str, tuple[int, int]] = {}
    for section in sections:
        rows, used = counts.get(section.table.name, (0, 0))
        counts[section.table.name] = (rows + section.rows, used + len(section.people))
    return counts


def _columns_not_read(section: Section) -> dict[int, str]:
    """Return the columns that the mapping does not name: their headings by place."""
    mapping = section.export.mapping
    layout = mapping.file
    table = table_of(section.export.grid, layout.heading_rows, layout.ignored_rows)
    shape = mapping.availability
    if shape is not None and section.table.turned is not None:
        return {}
    used = {key_of(heading) for heading in mapping.columns.headings()}
    used |= {key_of(heading) for heading in (shape.headings() if shape else ())}
    return {
        place: heading
        for place, heading in enumerate(table.headings)
        if heading and key_of(heading) not in used
    }


def _build(
    data: Mapping[str, Any], sections: Sequence[Section], *, private: bool
) -> Problem | None:
    """Return the problem of all rows that it takes; rows with faults are left out and reported."""
    left = list(data.get("left", ()))
    for _ in range(MAX_TRIES):
        if not sections[0].people:
            return None
        rules, findings = rules_with_wishes(data, sections)
        people = {
            section.name: [section.documents[person.row] for person in section.people]
            for section in sections
        }
        try:
            whole = {**data, "rules": rules, "mentors": [], **people}
            problem = Problem.model_validate({**whole, "left": left} if left else whole)
        except InputError as error:
            wrong = list(_rows_at_fault(error, sections))
            leavers = [] if wrong else _leavers(error, sections)
            if leavers:
                left += [name for name, _ in leavers]
                sections[0].findings += [finding for _, finding in leavers]
                continue
            if not wrong:
                raise _of_programme(error, sections, private=private) from None
            for section, person, fault in wrong:
                if person in section.people:
                    section.lose(person, _refused(section, person, fault))
            continue
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


def _leavers(error: InputError, sections: Sequence[Section]) -> list[tuple[str, Finding]]:
    """Return whom rules name and nobody is, where no more is wrong: they are taken as having left.

    Somebody withdrew, or their row cannot be used: that is no reason to refuse the round.
    """
    found: list[tuple[str, Finding]] = []
    for fault in error.faults:
        name = name_in_rule(fault)
        if name is None:
            return []
        message = (
            f"programme {fault.where} names somebody who is not among the people; taken as having "
            "left, so the rule asks nothing of them (mend the name, or list it under 'left')"
        )
        table = sections[0].table
        found.append((name, table.finding("left", "look", message, value=name, near=fault.nearest)))
    return found


def _refused(section: Section, person: SignUp, fault: Fault) -> Finding:
    message = f"cannot be used ({fault.code}); the row is not used"
    return section.table.finding(
        fault.code, "lost", message, row=person.row, value=fault.message, near=fault.nearest
    )


def _of_programme(error: InputError, sections: Sequence[Section], *, private: bool) -> InputError:
    """Return the faults of a programme with the rows of the people whom they name."""
    places = {
        repr(person.id): f"{section.table.name} row {person.row}"
        for section in sections
        for person in section.people
    }

    def placed(quoted: re.Match[str]) -> str:
        place = places.get(quoted[0])
        if place is None:
            return quoted[0]
        return place if private else f"{quoted[0]} ({place})"

    # What hides the cause comes after it: without a column's numbers nobody has the attribute.
    causes = [
        Fault(one.code, one.place(private=private), one.message)
        for section in sections
        for one in section.findings
        if one.code == "wrong_column"
    ]
    faults = [
        Fault(
            fault.code,
            f"programme {fault.where}",
            _QUOTED.sub(placed, fault.message),
            None if private else fault.nearest,
        )
        for fault in error.faults
    ]
    return InputError([*causes, *faults])
