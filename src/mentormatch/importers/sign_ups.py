"""What exports say of people, before it goes into a problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from mentormatch.importers.availability.times import Reading
from mentormatch.importers.cleaning.roles import Role
from mentormatch.importers.findings import Finding
from mentormatch.importers.mapping import SurveyMapping
from mentormatch.importers.table import Grid, Table


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
    mapping: SurveyMapping
    folder: Path | None = None


@dataclass(frozen=True)
class SignUp:
    """One answer to a form.

    Attributes
    ----------
    row
        Its number in the file.
    key
        By what two answers are known to be the same person's: kind and text.
    raw_key
        The text as it stands in the file.
    key_place
        Where it stands.
    given_id, email, name
        As far as they are known.
    id
        What the problem calls the person; empty until everybody is known.
    role
        What they sign up as, where the form asked.
    completed
        When the form was sent.
    document
        The person's fields in the problem.
    said
        What they wrote into the columns of names, by what the columns hold.
    """

    row: int
    key: tuple[str, str] = field(repr=False)
    raw_key: str = field(repr=False)
    key_place: int | None = None
    given_id: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)
    name: str | None = field(default=None, repr=False)
    id: str = field(default="", repr=False)
    role: Role | None = None
    completed: datetime | None = None
    document: Mapping[str, Any] = field(default_factory=dict, repr=False)
    said: Mapping[str, str] = field(default_factory=dict, repr=False)


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

    def enter(self, person: SignUp, name: str, value: Any) -> None:
        """Set a field of somebody's document."""
        self.documents.setdefault(person.row, {})[name] = value

    def lose(self, person: SignUp, finding: Finding) -> None:
        """Leave somebody out and say so."""
        self.people.remove(person)
        self.documents.pop(person.row, None)
        self.findings.append(finding)
