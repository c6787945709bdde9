"""The week: who could come when, and when groups meet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time

import numpy as np
from markupsafe import Markup

from mentormatch.data.calendar import WEEKDAYS, Slot
from mentormatch.data.problem import Problem
from mentormatch.data.round import Solution
from mentormatch.exporters.report.drawing import MOST_DOTS, dots
from mentormatch.exporters.report.wording import clock
from mentormatch.text import counted

LEVELS = 5
"""Shades of the heat map above none."""

WORKING_DAYS = 5


@dataclass(frozen=True)
class Cell:
    """What people said of one slot, and what meets in it."""

    title: str
    students: int
    students_if_need_be: int
    mentors: int
    mentors_if_need_be: int
    groups: int
    level: int
    usable: bool
    dots: Markup
    more: bool

    @property
    def words(self) -> str:
        """What the cell shows, for those who hear the page."""
        if not self.usable:
            return "The term does not hold enough meetings at this time."
        met = f"; {counted(self.groups, 'group meets', 'groups meet')} here" if self.groups else ""
        return (
            f"students: {self.students} yes, {self.students_if_need_be} if need be; "
            f"mentors: {self.mentors} yes, {self.mentors_if_need_be} if need be{met}"
        )


@dataclass(frozen=True)
class Line:
    """One time of day, with the slots of each weekday at that time."""

    time: str
    days: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Week:
    """The weekly slots as a grid, and the others as a list."""

    days: tuple[str, ...]
    lines: tuple[Line, ...]
    others: tuple[Cell, ...]


def week(problem: Problem, solution: Solution) -> Week:
    """Return how many people can come to each slot, and how many groups meet in it."""
    cells = _cells(problem, solution)
    weekly: dict[tuple[time, int], dict[int, list[Cell]]] = {}
    others = []
    for slot, cell in zip(problem.slots, cells, strict=True):
        if slot.weekday is None or slot.start is None:
            others.append(cell)
        else:
            days = weekly.setdefault((slot.start, slot.minutes), {})
            days.setdefault(slot.weekday, []).append(cell)
    last = max((day for days in weekly.values() for day in days), default=0)
    shown = range(1, max(last, WORKING_DAYS) + 1) if weekly else range(0)
    return Week(
        days=tuple(WEEKDAYS[day - 1].title() for day in shown),
        lines=tuple(
            Line(
                clock(datetime.combine(problem.term.first_day, start), minutes),
                tuple(tuple(weekly[start, minutes].get(day, ())) for day in shown),
            )
            for start, minutes in sorted(weekly)
        ),
        others=tuple(others),
    )


def _cells(problem: Problem, solution: Solution) -> list[Cell]:
    round_ = problem.round
    groups = Counter(group.template.plan.slot for group in solution.groups)
    students = len(problem.students)
    # The best of a person's answers to the slot's plans: absences tell plans apart.
    best = {slot.id: np.zeros(len(round_.people), dtype=np.uint8) for slot in problem.slots}
    for column, template in enumerate(round_.templates):
        slot_id = template.plan.slot
        np.maximum(best[slot_id], round_.answers[:, column], out=best[slot_id])
    most = max((int((codes[:students] > 0).sum()) for codes in best.values()), default=0)
    return [_cell(problem, slot, best[slot.id], groups[slot.id], most) for slot in problem.slots]


def _cell(problem: Problem, slot: Slot, codes: np.ndarray, groups: int, most: int) -> Cell:
    split = len(problem.students)
    able = int((codes[:split] > 0).sum())
    return Cell(
        title=str(slot),
        students=int((codes[:split] == 2).sum()),
        students_if_need_be=int((codes[:split] == 1).sum()),
        mentors=int((codes[split:] == 2).sum()),
        mentors_if_need_be=int((codes[split:] == 1).sum()),
        groups=groups,
        level=-(-able * LEVELS // most) if most else 0,
        usable=bool(problem.round.all_plans[slot.id]),
        dots=dots(groups) if groups else Markup(),
        more=groups > MOST_DOTS,
    )
