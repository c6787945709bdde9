"""A finished group by numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Opening:
    """One group: its template and its people, students and mentors, in order."""

    template: int
    people: tuple[int, ...]
