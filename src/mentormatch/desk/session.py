"""A round on the desk from its opening to its closing: states, undo and redo, and the journal."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from threading import RLock

from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.desk.actions import Action, read_action
from mentormatch.desk.journal import Journal
from mentormatch.desk.judge import Judge
from mentormatch.desk.state import State
from mentormatch.errors import InputError, MentorMatchError
from mentormatch.evaluate.carried_over import carried_over
from mentormatch.exporters.group_details import Details


class OutdatedError(MentorMatchError):
    """Something else was done to the round since; nothing was changed."""


class Session:
    """A round on the desk.

    Parameters
    ----------
    folder
        The round's folder, beside whose sign-ups the journal is kept.
    problem
        The round as its sign-ups say.
    matching
        The groups with which to begin, unless there is a journal of these groups already.
    details
        Names, places and links of groups at the beginning.

    Attributes
    ----------
    begun
        The groups at the beginning, with what the search that made them claims.
    notices
        What of an earlier journal could not be done again since the sign-ups changed.
    revision
        Number of changes so far, undoing and redoing among them; a browser says which one it
        has seen.
    """

    def __init__(
        self, folder: str | Path, problem: Problem, matching: Matching, details: Details
    ) -> None:
        self.lock = RLock()
        self.notices: list[str] = []
        self.revision = 0
        self._details = details
        self._journal = Journal(folder)
        self._signed_up = problem
        try:
            self._open(problem, matching)
        except BaseException:
            self._journal.close()
            raise
        self._judge: tuple[State, Judge] | None = None

    @property
    def state(self) -> State:
        """The round as it is."""
        return self._states[self._at]

    @property
    def start(self) -> State:
        """The round as it was at the beginning."""
        return self._states[0]

    @cached_property
    def start_values(self) -> tuple[int, ...]:
        """What each tier cost at the beginning."""
        return Judge(self.start).values

    @property
    def bounds(self) -> tuple[int, ...] | None:
        """The least that each tier can cost, as the search that made the groups proved.

        None once something has happened to the round, as that was proved of another one.
        """
        found = tuple(tier.bound for tier in self.begun.tiers)
        same = not self.state.events and len(found) == len(self._signed_up.tiers)
        return found if same else None

    @property
    def steps(self) -> tuple[int, int]:
        """How many changes can be undone, and how many redone."""
        return self._at, len(self._states) - 1 - self._at

    @property
    def judge(self) -> Judge:
        """What judges the next changes."""
        if self._judge is None or self._judge[0] is not self.state:
            self._judge = self.state, Judge(self.state)
        return self._judge[1]

    def do(self, action: Action, after: int | None = None) -> State:
        """Change the round, and write the change down.

        Parameters
        ----------
        action
            What is done.
        after
            The revision on which it was decided; None if whatever there is.

        Raises
        ------
        InputError
            If it cannot be done; nothing is changed.
        OutdatedError
            If the round has changed since that revision; nothing is changed.
        """
        with self.lock:
            self._check(after)
            state = self.state.after(action)
            self._journal.write("do", action.model_dump(mode="json"))
            self._push(state)
            return state

    def undo(self, after: int | None = None) -> State:
        """Go back by one change; at the beginning nothing happens."""
        return self._step(-1, "undo", after)

    def redo(self, after: int | None = None) -> State:
        """Do the change again that was undone last; if there is none nothing happens."""
        return self._step(1, "redo", after)

    def close(self) -> None:
        """Let another program open the desk."""
        self._journal.close()

    def _open(self, problem: Problem, matching: Matching) -> None:
        entries = list(self._journal.entries())
        if entries and entries[0].kind == "begin":
            begun = Matching.from_json(json.dumps(entries[0].data["matching"]))
            self.begun = begun
            self._states = [State(problem, carried_over(problem, begun), details=self._details)]
            self._at = 0
            for number, entry in enumerate(entries[1:], 2):
                self._again(number, entry.kind, entry.data)
            return
        self._states = [State(problem, carried_over(problem, matching), details=self._details)]
        self._at = 0
        self.begun = matching
        told = matching.model_dump(mode="json")
        self._journal.begin({"matching": told})

    def _again(self, number: int, kind: str, data: object) -> None:
        if kind in ("undo", "redo"):
            step = -1 if kind == "undo" else 1
            self._at = min(max(0, self._at + step), len(self._states) - 1)
            self.revision += 1
        else:
            try:
                self._push(self.state.after(read_action(data)))
            except InputError as error:
                said = "; ".join(fault.message for fault in error.faults)
                self.notices.append(f"Line {number} of the journal cannot be done again: {said}.")
                # A step that can be undone stands for it, so that later undoings fit.
                self._push(self.state)

    def _push(self, state: State) -> None:
        self._states = [*self._states[: self._at + 1], state]
        self._at += 1
        self.revision += 1

    def _step(self, step: int, kind: str, after: int | None) -> State:
        with self.lock:
            self._check(after)
            to = self._at + step
            if 0 <= to < len(self._states):
                self._journal.write(kind, {})
                self._at = to
                self.revision += 1
            return self.state

    def _check(self, after: int | None) -> None:
        if after is not None and after != self.revision:
            raise OutdatedError(
                "the round was changed in another window since; look at it again, and repeat"
            )
