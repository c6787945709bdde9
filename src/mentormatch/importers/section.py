"""The people of one export, from its cells to one answer each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mentormatch.importers import mapping as mappings
from mentormatch.importers.availability.times import Reading
from mentormatch.importers.cleaning.departments import spellings
from mentormatch.importers.cleaning.duplicates import last_answers
from mentormatch.importers.findings import Finding
from mentormatch.importers.row_reading import RowReader
from mentormatch.importers.sign_up import SignUp
from mentormatch.importers.table import Grid, Table, key_of, table_of


@dataclass(frozen=True)
class Export:
    """One export with what says how to read it.

    Attributes
    ----------
    grid
        Its cells.
    mapping
        Which column is what.
    folder
        Where files lie that people name, such as calendars.
    """

    grid: Grid
    mapping: mappings.Mapping
    folder: Path | None = None


@dataclass
class Section:
    """The people of one export, while they are being read."""

    name: str
    export: Export
    table: Table
    rows: int
    people: list[SignUp]
    findings: list[Finding]
    reading: Reading | None = None
    documents: dict[int, dict[str, Any]] = field(default_factory=dict)

    def lose(self, person: SignUp, finding: Finding) -> None:
        """Leave somebody out and tell it."""
        self.people.remove(person)
        self.documents.pop(person.row, None)
        self.findings.append(finding)


def section_of(name: str, export: Export) -> Section:
    """Read who answered: each person once, cleaned, with what is told of the rows."""
    layout = export.mapping.file
    table = table_of(export.grid, layout.heading_rows, layout.ignored_rows)
    shape = export.mapping.availability
    people = table if shape is None else shape.people(table)
    reader = RowReader(people, export.mapping)
    found = [one for one in map(reader.read, people.rows) if one is not None]
    kept, told = last_answers(people, found)
    findings = [*export.grid.findings, *reader.findings, *told]
    return Section(name, export, people, len(people.rows), kept, findings)


def one_person_once(sections: Sequence[Section]) -> None:
    """Leave out students who are mentors as well: one person has one part in a round."""
    if len(sections) < 2:
        return
    students, mentors = sections
    guides = {person.key: person for person in mentors.people}
    for person in [one for one in students.people if one.key in guides]:
        message = (
            f"is among the mentors as well ({mentors.table.name} row "
            f"{guides[person.key].row}); not used as a student"
        )
        finding = students.table.finding(
            "student_and_mentor", "lost", message,
            row=person.row, place=person.key_place, value=person.raw_key,
        )  # fmt: skip
        students.lose(person, finding)


def unify_departments(sections: Sequence[Section]) -> None:
    """Give one department one spelling where only case and spaces differ; offer the rest."""
    named = [
        (section, person, str(person.document["department"]))
        for section in sections
        for person in section.people
        if "department" in person.document
    ]
    found = spellings(department for _, _, department in named)
    for section, person, written in named:
        key = key_of(written)
        heading = section.export.mapping.columns.department
        place = None if heading is None else section.table.place(heading)
        usual = found.usual[key]
        section.documents.setdefault(person.row, {})["department"] = usual
        if usual != written:
            section.findings.append(
                section.table.finding(
                    "spelling", "done", "was read in the commoner spelling of the same words",
                    row=person.row, place=place, value=written,
                )
            )  # fmt: skip
        if key in found.doubts:
            message = (
                "may be a slip for another department; kept as it is (accept the offer under "
                "'corrections.department' in the mapping)"
            )
            section.findings.append(
                section.table.finding(
                    "similar_department", "look", message,
                    row=person.row, place=place, value=written, near=found.doubts[key],
                )
            )  # fmt: skip


def columns_not_read(section: Section) -> tuple[str, ...]:
    """Return the headings of the columns that nobody asked for."""
    mapping = section.export.mapping
    layout = mapping.file
    table = table_of(section.export.grid, layout.heading_rows, layout.ignored_rows)
    shape = mapping.availability
    if shape is not None and section.table.turned is not None:
        return ()
    used = {key_of(heading) for heading in mapping.columns.headings()}
    used |= {key_of(heading) for heading in (shape.headings() if shape else ())}
    return tuple(heading for heading in table.headings if heading and key_of(heading) not in used)
