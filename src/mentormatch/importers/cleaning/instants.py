"""When a form was sent, as the usual forms write it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone

from mentormatch.importers.words import MONTH, MONTH_NUMBER

_TIME = (
    r"(?:[ T]+(?:klo\s*)?(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d))?"
    r"(?:[.,]\d+)?\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>Z|[+-]\d\d:?\d\d)?"
    r"(?:\s*[A-Z]{2,5}(?:[+-]\d+)?)?)?"
)
_YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}})[-/](?P<month>\d\d?)[-/](?P<day>\d\d?){_TIME}", re.IGNORECASE
)
_DOTTED = re.compile(rf"(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>\d{{4}}){_TIME}", re.IGNORECASE)
_SLASHED = re.compile(
    rf"(?P<a>\d\d?)/(?P<b>\d\d?)/(?P<year>\d{{2}}(?:\d\d)?),?{_TIME}", re.IGNORECASE
)


_MONTH_NAMED = re.compile(
    rf"(?:(?P<named>{MONTH})\.?\s+(?P<day>\d\d?)|(?P<before>\d\d?)\.?\s+(?P<after>{MONTH})\.?),?"
    rf"\s+(?P<year>\d{{4}}),?{_TIME}",
    re.IGNORECASE,
)


_WEEKDAY = re.compile(r"^[^\W\d_]+,?\s+(?=\d|[^\W\d_]+\.?\s+\d)")
"""Some forms write the weekday before the date; it says nothing more."""


def read_instant(text: str, day_first: bool | None) -> datetime | None:
    """Return the date with time that a text means, or None if it is none or could be two.

    Parameters
    ----------
    text
        What stands in the cell.
    day_first
        How 10/5/2026 is meant; None if nobody said.
    """
    text = _without_weekday(text)
    found = _YEAR_FIRST.fullmatch(text) or _DOTTED.fullmatch(text)
    if found:
        return _built(found, int(found["month"]), int(found["day"]))
    found = _MONTH_NAMED.fullmatch(text)
    if found:
        month = MONTH_NUMBER[(found["named"] or found["after"]).casefold()]
        return _built(found, month, int(found["day"] or found["before"]))
    found = _SLASHED.fullmatch(text)
    if not found:
        return None
    one, other = int(found["a"]), int(found["b"])
    first = day_first
    if first is None and (one > 12) != (other > 12):
        first = one > 12
    if first is None and one != other:
        return None
    return _built(found, other if first else one, one if first else other)


def is_instant(text: str) -> bool:
    """Whether a text is a date with time in one of the forms that are read."""
    text = _without_weekday(text)
    return any(form.fullmatch(text) for form in (_YEAR_FIRST, _DOTTED, _SLASHED, _MONTH_NAMED))


def day_comes_first(texts: Iterable[str]) -> bool | None:
    """Return how dates with slashes are meant, if any of them tells."""
    first = set()
    for text in texts:
        found = _SLASHED.fullmatch(text)
        if found and (int(found["a"]) > 12) != (int(found["b"]) > 12):
            first.add(int(found["a"]) > 12)
    return first.pop() if len(first) == 1 else None


def order(instant: datetime) -> datetime:
    """Return an instant that can be compared with others of the file."""
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _without_weekday(text: str) -> str:
    return text if _MONTH_NAMED.fullmatch(text) else _WEEKDAY.sub("", text, count=1)


def _built(found: re.Match[str], month: int, day: int) -> datetime | None:
    year = int(found["year"])
    hour, half = int(found["hour"] or 0), (found["half"] or "").casefold()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    try:
        return datetime(
            year + 2000 if year < 100 else year,
            month,
            day,
            hour,
            int(found["minute"] or 0),
            int(found["second"] or 0),
            tzinfo=_zone(found["zone"]),
        )
    except ValueError:
        return None


def _zone(text: str | None) -> timezone | None:
    """Return the zone of an offset such as ``+03:00``; ValueError if it is a day or more."""
    if not text:
        return None
    sign = -1 if text.startswith("-") else 1
    digits = text.strip("+-Zz").replace(":", "") or "0000"
    return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))
