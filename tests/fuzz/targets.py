"""What is fuzzed: for each reader, sound bytes to start from and what must hold of any bytes.

A target returns, or raises the errors that its reader promises. Anything else is a fault: of
the bytes that a fuzzer finds so, one becomes a test of its own.
"""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from mentormatch import match, verify
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import InputError
from mentormatch.exporters import read_roster
from mentormatch.importers import Export, import_round, read_grid, read_round, suggest_mapping
from mentormatch.importers.availability.busy_times import CalendarError, busy_times
from mentormatch.importers.availability.time_words import (
    asks_when_not,
    question_part,
    read_when,
    weekday_named,
)
from tests.fuzz import documents
from tests.fuzz.chances import Chances
from tests.fuzz.spoiling import spoilt

PART = b"\n%%%%\n"
"""Parts the files of one input."""

UNTIMED: dict[str, object] = {
    "term": {"first_day": "2026-10-05", "last_day": "2026-11-01", "meetings": 2},
    "shape": {"min_students": 1, "mentors": 0},
}
"""A programme that takes the slots from the forms."""


@dataclass(frozen=True)
class Target:
    """One reader.

    Attributes
    ----------
    attempt
        Takes bytes; raises only if a promise is broken.
    seeds
        Bytes to start from.
    """

    attempt: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]


def problem_json(data: bytes) -> None:
    """Hold that any bytes are a problem, which can be written and read back, or one error."""
    with suppress(InputError):
        _sound(Problem.from_json(data))


def problem_spoilt(data: bytes) -> None:
    """Hold that a problem with a few fields changed is a problem or one error."""
    document = spoilt(documents.PROBLEM, Chances(data))
    with suppress(InputError):
        _sound(Problem.from_json(json.dumps(document)))
    with suppress(InputError):
        Problem.model_validate(document)


def problem_matched(data: bytes) -> None:
    """Hold that what is accepted can be matched, and what comes out passes verification."""
    document = spoilt(documents.PROBLEM, Chances(data))
    try:
        problem = Problem.from_json(json.dumps(document))
    except InputError:
        return
    matching = match(problem, time_limit=0, workers=1)
    if matching.status in ("OPTIMAL", "FEASIBLE"):
        assert verify(problem, Matching.from_json(matching.to_json())).ok


def _sound(problem: Problem) -> None:
    again = Problem.from_json(problem.to_json())
    assert again == problem
    assert again.fingerprint == problem.fingerprint
    str(verify(problem, Matching(status="FEASIBLE")))


def matching_json(data: bytes) -> None:
    """Hold that any bytes are a matching, which can be verified, or one error."""
    with suppress(InputError):
        _judged(Matching.from_json(data))


def matching_spoilt(data: bytes) -> None:
    """Hold that a matching with a few fields changed is judged or is one error."""
    document = spoilt(documents.MATCHING, Chances(data))
    with suppress(InputError):
        _judged(Matching.from_json(json.dumps(document)))


def _judged(matching: Matching) -> None:
    assert Matching.from_json(matching.to_json()) == matching
    str(verify(_problem(), matching))
    str(matching)


@cache
def _problem() -> Problem:
    return documents.problem()


def table(data: bytes) -> None:
    """Hold that any file is a sign-up of which a report is made, or one error."""
    _imported("export.csv", data)


def workbook(data: bytes) -> None:
    """Hold that any parts in the archive of a workbook are a table or one error."""
    names = list(documents.workbook())
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, part in zip(names, data.split(PART), strict=False):
            archive.writestr(name, part)
    _imported("export.xlsx", stream.getvalue())


def archive(data: bytes) -> None:
    """Hold that any bytes that begin like a workbook are a table or one error."""
    _imported("export.xlsx", b"PK\x03\x04" + data)


def _imported(name: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder, suppress(InputError):
        path = Path(folder, name)
        path.write_bytes(data)
        grid = read_grid(path)
        imported = import_round(UNTIMED, Export(grid, suggest_mapping(grid).mapping))
        str(imported.report)


def roster(data: bytes) -> None:
    """Hold that any roster is groups, which can be verified, or one error."""
    with tempfile.TemporaryDirectory() as folder, suppress(InputError):
        path = Path(folder, "roster.csv")
        path.write_bytes(data)
        _judged(read_roster(path, _problem()))


def round_folder(data: bytes) -> None:
    """Hold that any three files are a problem or one error."""
    parts = data.split(PART)
    with tempfile.TemporaryDirectory() as folder, suppress(InputError):
        for name, part in zip(
            ("programme.toml", "students.csv", "mentors.csv"), parts, strict=False
        ):
            Path(folder, name).write_bytes(part)
        _sound(read_round(folder))


def calendar(data: bytes) -> None:
    """Hold that any calendar is busy times, each of some length, or one error."""
    first, last = date(2026, 10, 5), date(2026, 12, 18)
    with suppress(CalendarError):
        for busy in busy_times(data, first, last, "Europe/Helsinki"):
            assert busy.start < busy.end


def time_words(data: bytes) -> None:
    """Hold that any text is a time of a day or is none; the end is after the start."""
    text = data.decode("utf-8", "replace")
    for part in question_part(text):
        for languages in (("en",), ("fi", "sv"), ("en", "fi", "sv")):
            when = read_when(part, languages)
            day = weekday_named(part, languages)
            assert day is None or 1 <= day <= 7
            if when is None:
                continue
            assert when.weekday is None or 1 <= when.weekday <= 7
            assert when.start is None or 0 <= when.start <= 24 * 60
            assert when.end is None or (when.start is not None and when.start < when.end <= 24 * 60)
    asks_when_not(text)


TARGETS: dict[str, Target] = {
    "problem_json": Target(problem_json, lambda: [json.dumps(documents.PROBLEM).encode()]),
    "problem_spoilt": Target(problem_spoilt, lambda: [bytes(range(200))]),
    "problem_matched": Target(problem_matched, lambda: [bytes(range(200))]),
    "matching_json": Target(matching_json, lambda: [json.dumps(documents.MATCHING).encode()]),
    "matching_spoilt": Target(matching_spoilt, lambda: [bytes(range(200))]),
    "table": Target(table, lambda: documents.CSV),
    "workbook": Target(workbook, lambda: [PART.join(documents.workbook().values())]),
    "archive": Target(archive, lambda: [b""]),
    "roster": Target(roster, lambda: [documents.ROSTER]),
    "round_folder": Target(round_folder, lambda: [PART.join(documents.FOLDER)]),
    "calendar": Target(calendar, lambda: [documents.CALENDAR]),
    "time_words": Target(time_words, lambda: [text.encode() for text in documents.TIMES]),
}
