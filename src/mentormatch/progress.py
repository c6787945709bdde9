"""Progress reports of a running search."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from mentormatch.data.matching import Matching

Phase = Literal["starting", "planning", "assigning", "pricing", "improving", "improved"]
"""What a search is doing; the last one tells that it found a better matching."""

EVENT_FORMAT: Literal["mentormatch/event/1"] = "mentormatch/event/1"


@dataclass(frozen=True)
class Progress:
    """One report of a running search.

    While a search runs there is at least one a second, whatever it is doing.

    Attributes
    ----------
    phase
        ``starting``; then ``planning`` (solving the plan over whole templates), ``assigning``
        (people to groups), ``pricing`` (Lagrange multipliers of a large round) or ``improving``
        (a few groups at a time); and ``improved`` whenever a better matching is found. A phase
        that goes on is reported again and again.
    tier
        The tier that is being worked on, by its number, the first one outside of tiers; None if
        the problem has no tiers.
    value
        Cost in that tier of the best matching so far, or None before there is one.
    bound
        The least cost that any matching can have in that tier, as far as is proven.
    elapsed
        Seconds since the function was called.
    number
        From 1, without a gap, over all searches of the call.
    step
        Of a call that searches several times, which search this is, from 1.
    steps
        How many there are at most, or None where that is not known.
    best
        Makes the best matching at that moment; see `matching`.
    """

    phase: Phase
    tier: int | None
    value: int | None
    bound: int | None
    elapsed: float
    number: int = 0
    step: int = 1
    steps: int | None = 1
    best: Callable[[], Matching | None] | None = field(default=None, repr=False, compare=False)

    @property
    def gap(self) -> int | None:
        """Value less bound: 0 means proven; None before there are both."""
        return None if self.value is None or self.bound is None else self.value - self.bound

    def matching(self) -> Matching | None:
        """Return the best matching at that moment, verified; None if there is none.

        It is made when it is asked for, in the time of the search if this is called by a
        listener. Of a call that searches several times it is the matching of this search.
        """
        return None if self.best is None else self.best()

    def record(self, *, matching: bool = False) -> dict[str, Any]:
        """Return the report as data for another program.

        Parameters
        ----------
        matching
            Whether to add the best matching where a better one was found.
        """
        data: dict[str, Any] = {
            "format": EVENT_FORMAT,
            "number": self.number,
            "phase": self.phase,
            "tier": self.tier,
            "value": self.value,
            "bound": self.bound,
            "gap": self.gap,
            "elapsed": round(self.elapsed, 3),
            "step": self.step,
            "steps": self.steps,
        }
        if matching and self.phase == "improved":
            best = self.matching()
            if best is not None:
                data["matching"] = best.model_dump(mode="json")
        return data


class ProgressListener(Protocol):
    """A callable that takes progress reports, one at a time, in threads of the search."""

    def __call__(self, event: Progress, /) -> object:
        """Take one report."""
        ...
