"""Time kept back for the steps of a large round that cannot be interrupted."""

from __future__ import annotations

from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.params import DEFAULTS

FLOW = 1.0
"""Assigning everybody by flows; like those below, in units of `TimeBudget.unit`."""
DEALING = 0.3
"""Dealing people into groups."""
JUDGING = 0.9
"""Dealing people into groups, and judging these by the rules' own meaning."""
ANSWER = 0.85
"""Stating and verifying the answer."""
BARE = 0.6
"""The same where there are hardly any groups."""
VERIFYING = 1.5
"""Stating and verifying the answer; in times of one judging of its groups."""


class TimeBudget:
    """Shares out the time of a large round.

    The time of each step is estimated as a fixed multiple of `unit`, at first the time that
    reading the problem into arrays took: that goes through the same people under the same rules on
    the same busy machine. The multiples were measured on rounds of 20,000 and 100,000 students
    under the standard rules. What flows, dealing and judging then take is measured; the answer
    neither flows nor deals, so its time is told by reading and by judging alone.

    Parameters
    ----------
    whole
        The clock of the run, when the problem has been read.
    fewest
        Groups that are made even if the time is over.
    """

    def __init__(self, whole: Clock, fewest: int = DEFAULTS.greedy_groups) -> None:
        self.unit = max(whole.elapsed, 1e-6)
        self.answer = ANSWER * self.unit
        self._whole, self._fewest = whole, fewest

    def learn(self, seconds: float) -> None:
        """Take in how long flows and dealing took; their estimates only grow by it."""
        self.unit = max(self.unit, seconds / (FLOW + DEALING))

    def judged(self, seconds: float) -> None:
        """Take in how long groups were judged; the time for the answer only grows by it."""
        self.answer = max(self.answer, VERIFYING * seconds)

    def search(self) -> Clock:
        """Return a clock that leaves time for the answer."""
        return self._whole.before(self.answer)

    def prices(self) -> Clock:
        """Return a clock that leaves time for flow, groups and the answer."""
        return self._whole.before((FLOW + JUDGING) * self.unit + self.answer)

    def groups(self, most: int) -> int:
        """Return how many of the most groups there is time to judge and to verify."""
        left = self._whole.remaining
        if left is None:
            return most
        spare = (left - BARE * self.unit) / ((JUDGING + ANSWER - BARE) * self.unit)
        return max(self._fewest, int(most * min(1.0, spare)))
