"""Who has a group: rates by department, language and slots offered; small counts are hidden.

It judges any roster, found or made by hand, and uses no solver.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from mentormatch.data.languages import Level, reaches
from mentormatch.data.matching import Matching
from mentormatch.data.people import Student, values_of
from mentormatch.data.problem import Problem
from mentormatch.evaluate.verify import solution_of

SMALLEST_SHOWN = 5
"""Smallest count above 0 that is shown."""

NOT_STATED = "not stated"

NO_LANGUAGE = "none of the programme's languages"

OTHERS = "all others"
"""Heading of the row into which kinds with few students are merged."""


@dataclass(frozen=True)
class Share:
    """Students of one kind, and how many of them have a group.

    Attributes
    ----------
    kind
        What these students have in common; None for the row into which kinds with few students
        are merged. The merged kinds are not listed, since that could tell how many each has.
    students
        How many there are.
    placed
        How many have a group, or None where that is hidden.
    """

    kind: str | None
    students: int
    placed: int | None

    @property
    def left_out(self) -> int | None:
        """How many have no group, or None where that is hidden."""
        return None if self.placed is None else self.students - self.placed

    @property
    def rate(self) -> float | None:
        """Share of them that has a group, or None where that is hidden."""
        return None if self.placed is None else self.placed / self.students


@dataclass(frozen=True)
class Table:
    """Every student counted in exactly one row.

    No count between 0 and :data:`SMALLEST_SHOWN` is shown, and none can be computed from the
    total and the other rows. There are no rows if the students are too few, or too much alike, to
    show more than a total.

    Attributes
    ----------
    by
        What the rows tell apart, such as ``department``.
    rows
        In the order of their kinds, the row of merged kinds last.
    """

    by: str
    rows: tuple[Share, ...]


@dataclass(frozen=True)
class Fairness:
    """How many students have a group, in all and by kind.

    Attributes
    ----------
    students
        How many students there are.
    placed
        How many of them have a group.
    tables
        By department, language, slots offered, and the attributes asked for.
    """

    students: int
    placed: int
    tables: tuple[Table, ...]

    def __str__(self) -> str:
        lines = [f"{self.placed} of {self.students} students have a group"]
        for table in self.tables:
            lines.append(f"by {table.by}:")
            for row in table.rows:
                rate = "hidden" if row.rate is None else f"{row.rate:.0%}"
                lines.append(f"  {rate:>6} of {row.students:>5}  {row.kind or OTHERS}")
            if not table.rows:
                lines.append("  too few students, or all alike")
        return "\n".join(lines)


def fairness(
    problem: Problem,
    matching: Matching,
    *,
    level: Level = "B2",
    attributes: Sequence[str] = (),
) -> Fairness:
    """Count who has a group, by department, language and number of slots offered.

    Parameters
    ----------
    problem
        The round.
    matching
        Its groups, found or made by hand.
    level
        From which level on a student counts as using a language of the programme.
    attributes
        Names of further attributes to count by, such as ``stage``.

    Raises
    ------
    InputError
        If the matching names somebody or a slot that the problem does not have.
    """
    left_out = {student.id for student in solution_of(problem, matching).left_out}
    students = problem.students
    offered = slots_offered(problem)

    def table(by: str, kind: Callable[[Student], str]) -> Table:
        all_, placed = Counter[str](), Counter[str]()
        for student in students:
            all_[kind(student)] += 1
            placed[kind(student)] += student.id not in left_out
        counted = [Share(name, all_[name], placed[name]) for name in sorted(all_, key=_by_name)]
        return Table(by, _small_hidden(_rare_merged(counted)))

    def language(student: Student) -> str:
        used = [tag for tag in problem.languages if reaches(student.languages, tag, level)]
        return ", ".join(used) or NO_LANGUAGE

    def by_attribute(name: str) -> Table:
        return table(name, lambda student: _value(student, name))

    def by_slots() -> Table:
        all_, placed = Counter[int](), Counter[int]()
        for student in students:
            all_[offered[student.id]] += 1
            placed[offered[student.id]] += student.id not in left_out
        counted = [(each, Share(str(each), all_[each], placed[each])) for each in sorted(all_)]
        return Table("slots offered", _small_hidden(_neighbours_merged(counted)))

    return Fairness(
        students=len(students),
        placed=len(students) - len(left_out),
        tables=(
            table("department", lambda student: student.department or NOT_STATED),
            table("language", language),
            by_slots(),
            *map(by_attribute, attributes),
        ),
    )


def slots_offered(problem: Problem) -> Mapping[str, int]:
    """Return, by id, at how many slots each student could meet, "if need be" included."""
    round_ = problem.round
    able = np.zeros((len(round_.people), len(problem.slots)), dtype=np.bool_)
    place = {slot.id: column for column, slot in enumerate(problem.slots)}
    for column, template in enumerate(round_.templates):
        able[:, place[template.plan.slot]] |= round_.answers[:, column] > 0
    return {
        student.id: int(count)
        for student, count in zip(
            problem.students, able[: len(problem.students)].sum(axis=1), strict=True
        )
    }


def _by_name(name: str) -> tuple[bool, str, str]:
    return name == NOT_STATED, name.casefold(), name


def _value(student: Student, attribute: str) -> str:
    return ", ".join(sorted(values_of(student, attribute))) or NOT_STATED


def _merged(kind: str | None, parts: Sequence[Share]) -> Share:
    placed = sum(part.placed or 0 for part in parts)
    return Share(kind, sum(part.students for part in parts), placed)


def _rare_merged(counted: Sequence[Share]) -> list[Share]:
    """Merge kinds with few students into one row, which comes last.

    If the merged row would still have few students, or only one kind, the next smallest kind is
    merged too. Otherwise that kind's count would be the total less the other rows.
    """
    by_size = sorted(counted, key=lambda part: part.students)
    rare = [part for part in by_size if part.students < SMALLEST_SHOWN]
    if not rare:
        return list(counted)
    for part in by_size[len(rare) :]:
        if len(rare) > 1 and sum(each.students for each in rare) >= SMALLEST_SHOWN:
            break
        rare.append(part)
    return [part for part in counted if part not in rare] + [_merged(None, rare)]


def _neighbours_merged(counted: Sequence[tuple[int, Share]]) -> list[Share]:
    """Merge neighbouring numbers until each row has enough students."""
    rows: list[list[tuple[int, Share]]] = []
    open_: list[tuple[int, Share]] = []
    for part in counted:
        open_.append(part)
        if sum(share.students for _, share in open_) >= SMALLEST_SHOWN:
            rows.append(open_)
            open_ = []
    if open_ and rows:
        rows[-1] += open_
    elif open_:
        rows.append(open_)
    return [
        _merged(_span(parts[0][0], parts[-1][0]), [share for _, share in parts]) for parts in rows
    ]


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}\N{EN DASH}{last}"


def _small_hidden(counted: Sequence[Share]) -> tuple[Share, ...]:
    """Hide small counts, and with each a second count, so that subtraction does not reveal it.

    Rows are paired with their neighbours before their counts are looked at, and a pair is hidden
    as a whole. So neither the totals nor this procedure tell which row of a pair is small.
    """
    if len(counted) < 2 or sum(row.students for row in counted) < SMALLEST_SHOWN:
        return ()
    rows: list[Share] = []
    for block in _blocks(counted):
        hidden = any(_is_few(row.placed) or _is_few(row.left_out) for row in block)
        rows += [replace(row, placed=None) if hidden else row for row in block]
    return tuple(rows)


def _blocks(counted: Sequence[Share]) -> Iterator[Sequence[Share]]:
    """Yield rows two by two, the last three together where their number is odd."""
    last = len(counted) - 2 - len(counted) % 2
    for first in range(0, last, 2):
        yield counted[first : first + 2]
    yield counted[last:]


def _is_few(count: int | None) -> bool:
    return count is not None and 0 < count < SMALLEST_SHOWN
