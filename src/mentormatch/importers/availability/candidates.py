"""Slots made of the hours that a form asked about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import Field

from mentormatch.data.calendar import WEEKDAYS
from mentormatch.data.people import Mode, Noun
from mentormatch.importers.availability.times import Span, clock, merged, overlap, within


class Candidates(Noun):
    """Which slots to make of the hours that a form asked about, where none are stated."""

    minutes: Annotated[int, Field(strict=True, ge=5, le=1440)] = Field(
        default=120, description="Length of a meeting."
    )
    every: Annotated[int, Field(strict=True, ge=5, le=1440)] = Field(
        default=60, description="Minutes from one start to the next in a stretch of hours."
    )
    modes: tuple[Mode, ...] = Field(
        default=("campus", "online"), min_length=1, description="How groups can meet."
    )


def candidate_slots(form_hours: Iterable[Iterable[Span]], wish: Candidates) -> list[dict[str, Any]]:
    """Return the slots of the wished length that fit into one of several sets of hours.

    Hours of different zones are sets of their own: their starts need not fall on the same
    minutes.
    """
    slots: dict[tuple[int, int], dict[str, Any]] = {}
    for spans in form_hours:
        slots |= _slots_in(spans, wish)
    return [slots[start] for start in sorted(slots)]


def _slots_in(
    form_hours: Iterable[Span], wish: Candidates
) -> dict[tuple[int, int], dict[str, Any]]:
    """Return the slots that fit into hours, by weekday and start.

    A stretch as long as a meeting or longer gives a slot at its start; of shorter ones as many
    as needed are joined, where each begins when the last one ends.
    """
    spans = sorted(set(form_hours))
    blocks = merged(spans)
    starts: set[tuple[int, int]] = set()
    for span in spans:
        block = next(one for one in blocks if overlap(one, span))
        lengthy = span.minutes >= wish.minutes
        if lengthy or (span.start - block.start) % wish.every == 0:
            starts.add((span.weekday, span.start))
        if lengthy:
            last = span.end - wish.minutes
            later = range(span.start + wish.every, last + 1, wish.every)
            starts.update((span.weekday, start) for start in later)
    slots = {}
    for weekday, start in sorted(starts):
        wanted = Span(weekday, start, start + wish.minutes)
        if any(within(wanted, block) for block in blocks):
            slot: dict[str, Any] = {
                "id": slot_id(weekday, start),
                "weekday": weekday,
                "start": clock(start),
                "minutes": wish.minutes,
            }
            if set(wish.modes) != {"campus", "online"}:
                slot["modes"] = list(wish.modes)
            slots[weekday, start] = slot
    return slots


def slot_id(weekday: int, start: int) -> str:
    """Return an id such as ``tue-15`` or ``tue-1530``."""
    minutes = f"{start % 60:02d}" if start % 60 else ""
    return f"{WEEKDAYS[weekday - 1][:3]}-{start // 60:02d}{minutes}"
