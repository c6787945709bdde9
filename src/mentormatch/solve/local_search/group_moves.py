"""Moves of whole groups: to another template, open, close, and close here to open there."""

from __future__ import annotations

import numpy as np

from mentormatch.solve.local_search.energy import Floats
from mentormatch.solve.local_search.move_costs import arrivals, move_costs, relocations
from mentormatch.solve.local_search.state import CLOSED, NEVER, State
from mentormatch.solve.params import DEFAULTS, SolveParams


class GroupMoves:
    """Moves of whole groups, undone if they cost too much.

    Parameters
    ----------
    state
        The groups.
    rng
        Draws what is tried.
    params
        How often which move is tried.
    """

    def __init__(
        self, state: State, rng: np.random.Generator, params: SolveParams = DEFAULTS
    ) -> None:
        self.state = state
        self.params = params
        scene = state.scene
        can = scene.allowed[: scene.students].sum(axis=0)
        self._open = np.flatnonzero(can > 0)
        self._rng = rng
        self.choice = len(self._open) > 0 and state.rooms > 0

    def step(self, worth: float) -> int:
        """Try a step, and keep it if it costs no more than `worth`; return the moves weighed."""
        state = self.state
        open_ = np.flatnonzero(state.template != CLOSED)
        kind = self._rng.random()
        rehome = self.params.local_rehome_fraction
        reopen = rehome + self.params.local_reopen_fraction
        close = reopen + self.params.local_close_fraction
        if len(open_) and kind < rehome and len(self._open) > 1:
            return self._rehome(int(self._rng.choice(open_)), worth)
        before = state.saved()
        total = state.total
        if len(open_) and kind < close:
            group = int(self._rng.choice(open_))
            weighed = self._dissolve(group)
            if kind < reopen:
                weighed += self._build(group)
            weighed += self._place()
        else:
            closed = np.flatnonzero(state.template[: state.rooms] == CLOSED)
            if not len(closed):
                return 1
            weighed = self._build(int(closed[0])) + self._place()
        if state.total - total > worth:
            state.restore(before)
        return weighed

    def _rehome(self, group: int, worth: float) -> int:
        cost = relocations(self.state, group)
        tied = np.flatnonzero(cost == cost.min())
        best = int(self._rng.choice(tied))
        if cost[best] <= worth:
            self.state.rehome(group, best, float(cost[best]))
        return len(cost)

    def _dissolve(self, group: int) -> int:
        state = self.state
        weighed = 0
        for unit in np.flatnonzero(state.where == group).tolist():
            cost = self._places(unit)
            self._shift(unit, state.rooms, float(cost[state.rooms]))
            weighed += len(cost)
        state.close(group)
        return weighed

    def _build(self, group: int) -> int:
        """Open a group in a template and let those come whom it suits best, while that pays."""
        state, scene = self.state, self.state.scene
        free = state.where == state.rooms
        can = scene.allowed[: scene.students][free[: scene.students]].sum(axis=0)
        options = np.flatnonzero((state.room[scene.slot] > 0) & (can > 0))
        if not len(options):
            options = np.flatnonzero(state.room[scene.slot] > 0)
        if not len(options):
            return 1
        # One of those that suit many of the free, or any.
        if self._rng.random() < self.params.local_popular_fraction:
            drawn = self._rng.choice(options, size=min(4, len(options)), replace=False)
            template = int(drawn[can[drawn].argmax()])
        else:
            template = int(self._rng.choice(options))
        empty = state.saved()
        total = state.total
        state.open(group, template)
        weighed, best, best_total = 0, empty, total
        for _ in range(min(scene.most, scene.units)):
            cost = arrivals(state, group)
            weighed += len(cost)
            tied = np.flatnonzero(cost == cost.min())
            unit = int(self._rng.choice(tied))
            if cost[unit] == NEVER:
                break
            if cost[unit] >= 0 and best is not empty:
                break
            self._shift(unit, group, float(cost[unit]))
            if state.total < best_total or best is empty:
                best, best_total = state.saved(), state.total
        if best is not empty or state.total != best_total:
            state.restore(best)
        return weighed

    def _place(self) -> int:
        """Let whoever is nowhere go where it costs least, if it costs less than that."""
        state, scene = self.state, self.state.scene
        weighed = 0
        free = np.flatnonzero(state.where[: scene.students] == state.rooms)
        if len(free) > 3:
            free = self._rng.permutation(free)[:12]
        for unit in free.tolist():
            cost = self._places(unit)
            weighed += len(cost)
            group = int(cost.argmin())
            if cost[group] < 0:
                self._shift(unit, group, float(cost[group]))
        return weighed

    def _places(self, unit: int) -> Floats:
        """Return what it would cost that a unit goes to each group, or nowhere."""
        students = self.state.scene.students
        # Nobody to swap with.
        place = 0 if unit < students else students
        costs: Floats = move_costs(self.state, np.array([unit]), place, place)[0]
        return costs

    def _shift(self, unit: int, group: int, change: float) -> None:
        self.state.make(np.array([unit]), np.array([group]), change)
