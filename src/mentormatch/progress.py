"""What `match` tells of its progress, and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Progress:
    """One step forward of a running match.

    Attributes
    ----------
    phase
        What is being done, in a word or two for people, such as ``planning``.
    tier
        The tier that is being worked on, or None outside of tiers.
    value
        Cost in that tier of the best matching so far, or None before there is one.
    bound
        The least cost that any matching can have in that tier, as far as is proven.
    elapsed
        Seconds since `match` was called.
    """

    phase: str
    tier: int | None
    value: int | None
    bound: int | None
    elapsed: float


class ProgressListener(Protocol):
    """Whoever wants to hear of progress. Calls can come from another thread."""

    def __call__(self, event: Progress) -> None:
        """Hear of one step forward."""
        ...
