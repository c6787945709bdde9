"""Rosters read back, as they were written or as somebody changed them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from mentormatch.data.calendar import all_starts, within_years
from mentormatch.data.languages import canonical_tag
from mentormatch.data.matching import Group, Matching
from mentormatch.data.people import MODES, Student
from mentormatch.data.problem import Problem
from mentormatch.errors import Fault, InputError, nearest
from mentormatch.evaluate.unknown_names import gone, without_gone
from mentormatch.exporters.group_details import NO_DETAILS, Details
from mentormatch.exporters.roster import COLUMNS, LEFT_OUT, SHARED, lines
from mentormatch.exporters.roster_edits import Statement, settle
from mentormatch.exporters.spelling import Names, unguarded
from mentormatch.exporters.workbook import TO_MERGE
from mentormatch.importers.sheet import Row, clean
from mentormatch.text import one_line

if TYPE_CHECKING:
    from mentormatch.importers.table import Grid


def read_roster(
    path: str | Path,
    problem: Problem,
    *,
    raw: bool = False,
    came_from: Matching | None = None,
    details: Details = NO_DETAILS,
) -> Matching:
    """Read the groups from a roster in CSV or XLSX, exported or made by hand.

    A row is a person in a group: ``group``, ``id`` (or ``name``, where only one person has it)
    and ``slot`` are needed. Of ``dates``, ``language``, ``mode`` and ``topic``, what is not
    told is left open. Dates are parted by semicolons; one without an hour is at the slot's
    hour. Rows without a group are people without one, whatever their role says. The status is
    ``FEASIBLE`` whatever the groups are: use :func:`mentormatch.verify` to check.

    To move somebody, change ``group`` in their row: slot, dates, language, mode and topic
    follow the group's name, and what the row says of them is that of the group before. A cell
    that was changed and does not count, in any sheet, is a fault.

    Parameters
    ----------
    path
        The file; of a workbook the sheet for mail merge, or else the first.
    problem
        The problem whose people and slots it names.
    raw
        Whether a CSV was written raw: its apostrophes then belong to the cells.
    came_from
        The matching of which the roster was written, if it is known. It tells what was changed
        where the roster alone leaves that open.
    details
        Names, places and links of groups with which it was written.

    Raises
    ------
    InputError
        With every fault, by row.
    MissingExtraError
        If it is a workbook and the package of the extra ``xlsx`` is not installed.
    """
    grid = _grid(Path(path))
    reading = _Reading(problem, grid, came_from, raw=raw or grid.sheet is not None)
    matching = reading.matching()
    if reading.faults or matching is None:
        raise InputError(reading.faults)
    if grid.sheet == TO_MERGE:
        from mentormatch.exporters.workbook_check import changed_cells

        if unread := list(changed_cells(Path(path), grid, problem, matching, came_from, details)):
            raise InputError(unread)
    return matching


def _grid(path: Path) -> Grid:
    from mentormatch.importers.files.opening import read_grid

    try:
        return read_grid(path, sheet=TO_MERGE)
    except InputError as error:
        if [fault.code for fault in error.faults] != ["no_sheet"]:
            raise
    return read_grid(path)


@dataclass
class _Draft:
    """A group as far as it was read."""

    id: str
    rows: list[Statement] = field(default_factory=list)
    students: list[str] = field(default_factory=list)
    mentors: list[str] = field(default_factory=list)


class _Reading:
    def __init__(
        self, problem: Problem, grid: Grid, came_from: Matching | None, *, raw: bool
    ) -> None:
        self.faults: list[Fault] = []
        self._problem = problem
        self._grid = grid
        self._raw = raw
        people = problem.round.people
        self._person = {person.id: person for person in people}
        self._ids = Names({person.id: person.id for person in people}, raw=raw)
        labels: dict[str, str | None] = {}
        for person in people:
            if person.name:
                labels[person.name] = None if person.name in labels else person.id
        self._labels = Names({name: id_ for name, id_ in labels.items() if id_}, raw=raw)
        self._slots = Names({slot.id: slot.id for slot in problem.slots}, raw=raw)
        self._topics = Names({topic: topic for topic in problem.topics}, raw=raw)
        self._gone = gone(problem, came_from) if came_from is not None else frozenset()
        self._before = _as_written(problem, came_from)

    def matching(self) -> Matching | None:
        """Return the groups of all rows; what is wrong stands in the faults."""
        columns = self._columns()
        if columns is None:
            return None
        drafts: dict[str, _Draft] = {}
        left_out: list[str] = []
        for row in self._grid.rows[1:]:
            cells = {
                name: row.cells[place] if place < len(row.cells) else ""
                for name, place in columns.items()
            }
            if any(cells.values()):
                self._enter(row, cells, drafts, left_out)
        settled = settle(
            {draft.id: draft.rows for draft in drafts.values()}, self._before, self._grid.name
        )
        self.faults += settled.faults
        groups = [
            group
            for draft in drafts.values()
            if (group := self._group(draft, settled.said[draft.id]))
        ]
        placed = {student for group in groups for student in group.students}
        others = [student.id for student in self._problem.students if student.id not in placed]
        return Matching(
            status="FEASIBLE",
            groups=tuple(groups),
            left_out=tuple(
                dict.fromkeys((*(one for one in left_out if one not in placed), *others))
            ),
        )

    def _columns(self) -> dict[str, int] | None:
        headings = [clean(cell).casefold() for cell in self._grid.rows[0].cells]
        known = (*COLUMNS, "email")
        columns = {name: headings.index(name) for name in known if name in headings}
        for name in ("group", "slot"):
            if name not in columns:
                message = f"has no column {name!r}"
                near = nearest(name, [heading for heading in headings if heading])
                self.faults.append(Fault("no_column", self._grid.name, message, near))
        if "id" not in columns and "name" not in columns:
            message = "has no column 'id' or 'name'"
            self.faults.append(Fault("no_column", self._grid.name, message))
        return None if self.faults else columns

    def _enter(
        self,
        row: Row,
        cells: Mapping[str, str],
        drafts: dict[str, _Draft],
        left_out: list[str],
    ) -> None:
        person = self._who(row, cells)
        if person is None:
            return
        name = cells["group"] if self._raw else unguarded(cells["group"])
        is_student = isinstance(self._person[person], Student)
        role = clean(cells.get("role", "")).casefold()
        if role not in ("", LEFT_OUT, "student" if is_student else "mentor"):
            kind = "a student" if is_student else "a mentor"
            self._fault(row, "role", "wrong_role", f"{role!r} is said of {person!r}, who is {kind}")
        if not name:
            if is_student:
                left_out.append(person)
            return
        draft = drafts.setdefault(name, _Draft(name))
        (draft.students if is_student else draft.mentors).append(person)
        said = {column: clean(cells[column]) for column in SHARED if cells.get(column)}
        draft.rows.append(Statement(row.number, person, said, mentor=not is_student))

    def _who(self, row: Row, cells: Mapping[str, str]) -> str | None:
        for column, names in (("id", self._ids), ("name", self._labels)):
            said = cells.get(column, "")
            if not said:
                continue
            found = names.find(said)
            if found is None:
                if clean(said) in self._gone:
                    message = (
                        f"{said[:60]!r} was in the matching and is no longer among the people; if "
                        "they left, take this row out of the roster"
                    )
                    self._fault(row, column, "person_left", message)
                    return None
                message = f"{said[:60]!r} is nobody's, or more than one person's, {column}"
                self._fault(row, column, "unknown_person", message, names.near(said))
            elif column == "id" and not self._named(found, cells.get("name", "")):
                message = f"is not the name of {found!r}; names come from the sign-ups"
                self._fault(row, "name", "changed_cell", message)
            if found and not self._reached(found, cells.get("email", "")):
                message = f"is not the address of {found!r}; addresses come from the sign-ups"
                self._fault(row, "email", "changed_cell", message)
            return found
        self._fault(row, "id", "no_id", "says nobody's id or name")
        return None

    def _named(self, person: str, said: str) -> bool:
        """Whether a row's name is the person's, or there is none."""
        name = self._person[person].name
        return (
            not said
            or not name
            or self._labels.find(said) == person
            or (one_line(clean(name)) in {one_line(clean(said)), one_line(clean(unguarded(said)))})
        )

    def _reached(self, person: str, said: str) -> bool:
        """Whether a row's address is the person's, or there is none."""
        address = self._person[person].email
        return not said or not address or clean(said).casefold() == address.casefold()

    def _group(self, draft: _Draft, said: Mapping[str, tuple[str, int]]) -> Group | None:
        slot_id = self._known(said, "slot", self._slots)
        if slot_id is None:
            if "slot" not in said:
                message = f"the group {draft.id!r} has no slot"
                self.faults.append(Fault("no_slot", self._grid.name, message))
            return None
        slot = self._problem.round.slot[slot_id]
        fields: dict[str, Any] = {
            "id": draft.id,
            "students": draft.students,
            "mentors": draft.mentors,
            "slot": slot_id,
            "minutes": slot.minutes,
            "zone": slot.zone or self._problem.term.zone,
            "topic": self._known(said, "topic", self._topics),
        }
        if "language" in said:
            try:
                fields["language"] = canonical_tag(said["language"][0])
            except ValueError as error:
                self._said(said, "language", "wrong_cell", str(error))
        if "mode" in said:
            mode = said["mode"][0].casefold()
            if mode in MODES:
                fields["mode"] = mode
            else:
                message = f"{mode[:40]!r} is not a mode: {' or '.join(MODES)}"
                self._said(said, "mode", "wrong_cell", message, nearest(mode, MODES))
        fields["meetings"] = tuple(self._meetings(said, slot_id))
        starts = set(all_starts(slot, self._problem.term))
        if fields["meetings"] and starts.isdisjoint(fields["meetings"]):
            message = f"are none of slot {slot_id!r}; empty them, and they follow from the slot"
            self._said(said, "dates", "wrong_dates", message)
        try:
            return Group(**fields)
        except InputError:
            message = f"{draft.id[:60]!r} cannot be the id of a group"
            self.faults.append(Fault("wrong_cell", self._grid.name, message))
            return None

    def _meetings(self, said: Mapping[str, tuple[str, int]], slot_id: str) -> Iterator[datetime]:
        slot = self._problem.round.slot[slot_id]
        zone = ZoneInfo(slot.zone or self._problem.term.zone)
        starts = {start.date(): start for start in all_starts(slot, self._problem.term)}
        for part in said.get("dates", ("", 0))[0].split(";"):
            text = part.strip()
            if not text:
                continue
            try:
                day = within_years(date.fromisoformat(text))
            except ValueError:
                try:
                    start = within_years(datetime.fromisoformat(text))
                except ValueError:
                    message = f"{text[:40]!r} is not a date such as '2026-10-06 15:00+03:00'"
                    self._said(said, "dates", "wrong_cell", message)
                    continue
                # UTC in between, because arithmetic within one zone does not see clock changes.
                aware = start if start.tzinfo else start.replace(tzinfo=zone)
                yield aware.astimezone(UTC).astimezone(zone)
                continue
            if day in starts:
                yield starts[day]
            else:
                message = f"slot {slot_id!r} has no meeting on {day} in the term"
                self._said(said, "dates", "wrong_cell", message)

    def _known(self, said: Mapping[str, tuple[str, int]], column: str, names: Names) -> str | None:
        if column not in said:
            return None
        text = said[column][0]
        found = names.find(text)
        if found is None:
            message = f"there is no {column} {text[:60]!r} in the problem"
            self._said(said, column, f"unknown_{column}", message, names.near(text))
        return found

    def _said(
        self,
        said: Mapping[str, tuple[str, int]],
        column: str,
        code: str,
        message: str,
        near: str | None = None,
    ) -> None:
        where = f"{self._grid.name} row {said[column][1]}, column {column}"
        self.faults.append(Fault(code, where, message, near))

    def _fault(
        self, row: Row, column: str, code: str, message: str, near: str | None = None
    ) -> None:
        where = f"{self._grid.name} row {row.number}, column {column}"
        self.faults.append(Fault(code, where, message, near))


def _as_written(
    problem: Problem, came_from: Matching | None
) -> Mapping[str, tuple[tuple[str, Mapping[str, str]], ...]]:
    """Return for each person the groups of a matching, each with its name and shared cells.

    Nothing if the matching names a slot that the problem no longer has; whoever has left is left
    out.
    """
    found: dict[str, tuple[tuple[str, Mapping[str, str]], ...]] = {}
    if came_from is None:
        return found
    try:
        written = list(lines(problem, without_gone(problem, came_from)))
    except InputError:
        return found
    for line in written:
        if line.group is not None:
            cells = dict(zip(COLUMNS, line.cells, strict=True))
            shared = {column: clean(cells[column]) for column in SHARED if cells[column]}
            found[line.id] = (*found.get(line.id, ()), (line.group.id, shared))
    return found
