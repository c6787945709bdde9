"""Places for students whom dealing left out: an empty seat, or one that somebody makes free."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

import numpy as np

from mentormatch.evaluate.group_sizes import GroupSizes
from mentormatch.solve.assign.groups import GroupCosts
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.instance.opening import Opening
from mentormatch.solve.params import DEFAULTS, SolveParams


def place_left_out(
    judge: GroupCosts,
    sizes: GroupSizes,
    openings: Sequence[Opening],
    clock: Clock,
    params: SolveParams = DEFAULTS,
) -> list[Opening]:
    """Return the groups with more students in them; nobody loses a place.

    A student takes a seat that is empty, at the least cost, or the seat of somebody who can move
    to an empty one (an ejection chain of length two).

    Parameters
    ----------
    judge
        Judges groups.
    sizes
        Most students of a group of each template.
    openings
        Valid groups.
    clock
        Ends the search early.
    params
        How many groups are tried for each student.
    """
    seats = _Seats(judge, sizes, openings, params.place_tries)
    compiled = judge.compiled
    placed = {person for opening in openings for person in opening.people}
    able = compiled.allowed[: compiled.students].any(axis=1)
    for student in np.flatnonzero(able).tolist():
        if not seats.any_empty:
            break
        if student not in placed and not clock.expired() and not seats.take(student):
            seats.eject(student)
    return seats.openings


class _Seats:
    """Groups, and which of them have an empty seat."""

    def __init__(
        self, judge: GroupCosts, sizes: GroupSizes, openings: Sequence[Opening], tries: int
    ) -> None:
        self.judge = judge
        self.openings = list(openings)
        self._tries = tries
        self._room = sizes.room.tolist()
        self._students = judge.compiled.students
        # Groups of each template, and which of them have an empty seat.
        self._groups: dict[int, list[int]] = {}
        self._empty: dict[int, dict[int, None]] = {}
        for number, opening in enumerate(self.openings):
            self._groups.setdefault(opening.template, []).append(number)
            self._put(number, opening)

    @property
    def any_empty(self) -> bool:
        """Whether there is an empty seat at all."""
        return any(self._empty.values())

    def take(self, student: int, but: int = -1) -> bool:
        """Let a student have the empty seat that costs least; False if none can be had."""
        best: tuple[tuple[int, ...], int, Opening] | None = None
        for number in islice(self._in(self._empty, student), self._tries):
            joined = None if number == but else self._joined(number, student, ())
            if joined is None:
                continue
            before = self.judge.costs(self.openings[number])
            after = self.judge.costs(joined)
            rise = tuple(new - old for new, old in zip(after, before, strict=True))
            if best is None or rise < best[0]:
                best = rise, number, joined
        if best is None:
            return False
        self._put(best[1], best[2])
        return True

    def eject(self, student: int) -> bool:
        """Let a student have the seat of somebody who finds an empty one elsewhere."""
        for number in islice(self._in(self._groups, student), self._tries):
            for other in self._who_could_leave(self.openings[number], student):
                joined = self._joined(number, student, (other,))
                if joined is not None and self.take(other, but=number):
                    self._put(number, joined)
                    return True
        return False

    def _in(self, groups: Mapping[int, Iterable[int]], student: int) -> Iterator[int]:
        """Yield those of some groups, by template, that meet when a student can come."""
        for template in np.flatnonzero(self.judge.compiled.allowed[student]).tolist():
            yield from list(groups.get(template, ()))

    def _who_could_leave(self, opening: Opening, student: int) -> Iterator[int]:
        """Yield the students of a group whose leaving would let another one in."""
        meets = self.judge.apart[student].intersection(opening.people)
        if len(meets) > 1:
            return
        templates = [template for template, empty in self._empty.items() if empty]
        for other in meets or opening.people:
            if other < self._students and self.judge.compiled.allowed[other, templates].any():
                yield other

    def _joined(self, number: int, student: int, leaving: Sequence[int]) -> Opening | None:
        """Return a group with a student more, and without who leaves; None if it cannot be."""
        opening = self.openings[number]
        if not self.judge.compiled.allowed[student, opening.template]:
            return None
        if self.judge.apart[student].intersection(opening.people).difference(leaving):
            return None
        people = tuple(sorted({*opening.people, student}.difference(leaving)))
        if not self.judge.fits(opening.template, people):
            return None
        return Opening(opening.template, people)

    def _put(self, number: int, opening: Opening) -> None:
        self.openings[number] = opening
        empty = self._empty.setdefault(opening.template, {})
        empty.pop(number, None)
        if sum(person < self._students for person in opening.people) < self._room[opening.template]:
            empty[number] = None
