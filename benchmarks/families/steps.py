"""The steps of the annealing on groups, each of which can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from benchmarks.families.board import Board, Team

Undo = Callable[[], None]

OPENINGS = 60
"""Tries in a row without a new group after which the first filling ends."""


class Steps:
    """Random steps, drawn by how often they are of use."""

    def __init__(self, board: Board, rng: Random) -> None:
        self.board, self.rng = board, rng
        shape = board.stated.problem.shape
        self.low, self.high, self.mentors = (
            shape.min_students,
            shape.max_students,
            shape.mentors,
        )
        self.students = board.stated.students
        can = board.stated.can
        self.learners = [can[: self.students, t].nonzero()[0].tolist() for t in range(can.shape[1])]
        self.guides = [
            (can[self.students :, t].nonzero()[0] + self.students).tolist()
            for t in range(can.shape[1])
        ]

    def fill(self) -> None:
        """Open groups of those who are free until hardly any can be opened."""
        missed = 0
        while missed < OPENINGS:
            missed = 0 if self._open() else missed + 1

    def one(self) -> Undo | None:
        """Take a step; return what takes it back, or None if it could not be taken."""
        kind = self.rng.random()
        if not self.board.teams or kind < 0.02:
            return self._open()
        if kind < 0.45:
            return self._move()
        if kind < 0.90:
            return self._swap(mentors=kind < 0.55 and self.mentors > 0)
        if kind < 0.93:
            return self._close()
        return self._another_template()

    def _move(self) -> Undo | None:
        """Put a student into another group, or out of theirs."""
        board, person = self.board, self.rng.randrange(self.students)
        home = board.where[person][0] if board.where[person] else None
        target = self.rng.choice(board.teams) if home is None or self.rng.random() < 0.95 else None
        if home is target or (target is not None and not board.may(person, target.template, home)):
            return None
        if target is not None and self._size(target) >= self.high:
            return None
        if home is not None and self._size(home) <= self.low:
            return None
        self._shift(person, home, target)
        return lambda: self._shift(person, target, home)

    def _shift(self, person: int, home: Team | None, target: Team | None) -> None:
        if home is not None:
            self.board.change(home, out=(person,))
        if target is not None:
            self.board.change(target, in_=(person,))

    def _swap(self, *, mentors: bool) -> Undo | None:
        """Let two people of one kind change places, one of whom may be in no group."""
        board = self.board
        target = self.rng.choice(board.teams)
        inside = [p for p in target.people if (p >= self.students) == mentors]
        pool = self.guides if mentors else self.learners
        if not inside or not pool[target.template]:
            return None
        other, one = self.rng.choice(inside), self.rng.choice(pool[target.template])
        if one in target.people:
            return None
        homes = board.where[one]
        # A mentor with room for one more group may stay where they are.
        home = self.rng.choice(homes) if homes else None
        if mentors and home is not None and self.rng.random() < 0.3:
            home = None
        if not board.may(one, target.template, home):
            return None
        if home is not None and (
            other in home.people or not board.may(other, home.template, target)
        ):
            return None
        self._exchange(one, home, other, target)
        return lambda: self._exchange(other, home, one, target)

    def _exchange(self, one: int, home: Team | None, other: int, target: Team) -> None:
        if home is not None:
            self.board.change(home, out=(one,), in_=(other,))
        self.board.change(target, out=(other,), in_=(one,))

    def _open(self) -> Undo | None:
        """Open a group of people who are free, mentors first."""
        template = self.rng.randrange(self.board.templates)
        people = self._gathered(template, frozenset(), None)
        if people is None:
            return None
        team = self.board.open(template, people)
        return lambda: self.board.close(team)

    def _gathered(self, template: int, stay: frozenset[int], but: Team | None) -> set[int] | None:
        """Return those of a group who can stay, with others who are free, or None."""
        people = {person for person in stay if self.board.may(person, template, but)}
        for pool, least, most in (
            (self.guides[template], self.mentors, self.mentors),
            (self.learners[template], self.low, self.high if not stay else self.low),
        ):
            mentors = pool is self.guides[template]
            here = sum((person >= self.students) == mentors for person in people)
            tries = self.rng.sample(pool, min(len(pool), 60)) if here < most else []
            for person in tries:
                if here >= most:
                    break
                if person not in people and self.board.may(person, template, but):
                    people.add(person)
                    here += 1
            if here < least:
                return None
        return people

    def _close(self) -> Undo | None:
        """Dissolve a group."""
        team = self.rng.choice(self.board.teams)
        template, people = team.template, set(team.people)
        self.board.close(team)
        return lambda: self._again(team, template, people)

    def _again(self, team: Team, template: int, people: set[int]) -> None:
        team.people, team.costs = set(), [0] * self.board.places
        self.board.teams.append(team)
        self.board.replace(team, template, people)

    def _another_template(self) -> Undo | None:
        """Move a group to another template with those who can, filled up with the free."""
        team = self.rng.choice(self.board.teams)
        template, people = team.template, frozenset(team.people)
        other = self.rng.randrange(self.board.templates)
        found = None if other == template else self._gathered(other, people, team)
        if found is None:
            return None
        self.board.replace(team, other, found)
        return lambda: self.board.replace(team, template, set(people))

    def _size(self, team: Team) -> int:
        return sum(person < self.students for person in team.people)
