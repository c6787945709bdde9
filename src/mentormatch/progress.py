"""Progress reports of a running match."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

Phase = Literal["starting", "planning", "assigning", "pricing", "improving", "improved"]
"""What a search is doing; the last one tells that it found a better matching."""


@dataclass(frozen=True)
class Progress:
    """One report of a running match.

    Attributes
    ----------
    phase
        ``starting``, once; then ``planning`` (solving the plan over whole templates),
        ``assigning`` (people to groups), ``pricing`` (Lagrange multipliers of a large round) or
        ``improving`` (a few groups at a time); and ``improved`` whenever a better matching is
        found.
    tier
        The tier that is being worked on, by its number, the first one outside of tiers; None if
        the problem has no tiers.
    value
        Cost in that tier of the best matching so far, or None before there is one.
    bound
        The least cost that any matching can have in that tier, as far as is proven.
    elapsed
        Seconds since `match` was called.
    """

    phase: Phase
    tier: int | None
    value: int | None
    bound: int | None
    elapsed: float


class ProgressListener(Protocol):
    """A callable that takes progress reports; it is called in the thread that searches."""

    def __call__(self, event: Progress) -> None:
        """Take one report."""
        ...
