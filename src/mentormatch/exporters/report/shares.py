"""Who found a place, as the report shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.evaluate.fairness import OTHERS, Share, Table, fairness
from mentormatch.exporters.report.drawing import share_bar
from mentormatch.exporters.report.wording import language_name


@dataclass(frozen=True)
class ShareRow:
    """Students of one kind; `placed` and `rate` are None where they are hidden."""

    name: str
    students: int
    placed: int | None
    rate: str | None
    bar: Markup


@dataclass(frozen=True)
class ShareTable:
    """All students by what they have in common; without rows where that would tell too much."""

    title: str
    heading: str
    rows: tuple[ShareRow, ...]


def shares(problem: Problem, matching: Matching) -> tuple[ShareTable, ...]:
    """Return who has a group by department, slots offered and language."""
    tables = {table.by: table for table in fairness(problem, matching).tables}
    return tuple(
        _table(title, heading, tables[by], name) for by, (title, heading, name) in SHOWN.items()
    )


def _table(title: str, heading: str, table: Table, name: Callable[[str], str]) -> ShareTable:
    most = max((row.students for row in table.rows), default=0)
    return ShareTable(title, heading, tuple(_row(row, name, most) for row in table.rows))


def _row(row: Share, name: Callable[[str], str], most: int) -> ShareRow:
    return ShareRow(
        name=name(row.kind) if row.kind is not None else OTHERS.capitalize(),
        students=row.students,
        placed=row.placed,
        rate=None if row.rate is None else _percent(row.rate),
        bar=share_bar(row.students, row.placed, most),
    )


def _percent(rate: float) -> str:
    """Return a rate in whole percents, of which 0 and 100 mean nobody and everybody."""
    if 0 < rate < 1:
        return f"{min(max(round(rate * 100), 1), 99)} %"
    return f"{rate * 100:.0f} %"


def _same(kind: str) -> str:
    return kind[:1].upper() + kind[1:]


def _languages(kind: str) -> str:
    names = [language_name(tag) for tag in kind.split(", ")]
    return _same(" and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names))


SHOWN: Mapping[str, tuple[str, str, Callable[[str], str]]] = {
    "department": ("By department", "Department", _same),
    "slots offered": ("By how many times they offered", "Times", _same),
    "language": ("By language", "Languages they can meet in", _languages),
}
"""Title, heading and naming of each table, in this order."""
