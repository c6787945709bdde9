"""Days, clock times, instants, weekdays and zones as an input may write them.

Numbers are refused wherever a day or a time is asked for: 15 is neither 15:00 nor the
fifteenth second after midnight, so nobody is to guess which was meant.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import lru_cache
from typing import Annotated, Any, TypeVar
from zoneinfo import available_timezones

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, WithJsonSchema

from mentormatch.data.nouns import refusal
from mentormatch.errors import nearest
from mentormatch.text import any_case

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""English names by ISO number less one; three letters are enough on input."""

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Years that days and instants lie in: no sum of a few weeks or zones leaves the calendar."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(:00)?", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*", re.ASCII | re.DOTALL)


def _beginnings() -> list[str]:
    """Return every spelling of the weekdays that is enough: three letters and more."""
    return [name[:length] for name in WEEKDAYS for length in range(3, len(name) + 1)]


def _weekday(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    word = value.strip().casefold()
    if word.isascii() and word.isdecimal():
        return int(word[:2])
    for number, name in enumerate(WEEKDAYS, 1):
        if len(word) >= 3 and name.startswith(word):
            return number
    raise refusal(
        f"{value[:40]!r} is not a weekday: 1 (Monday) to 7 (Sunday), or an English name",
        nearest(word, WEEKDAYS),
    )


_OF_THE_MACHINE = frozenset({"localtime", "posixrules", "Factory"})
"""Names in the zones' folder that mean another zone on each machine, or none."""


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    # Some systems list the names once more, under posix/ and, with leap seconds, under right/.
    return frozenset(
        name
        for name in available_timezones() - _OF_THE_MACHINE
        if not name.startswith(("posix/", "right/"))
    )


def _zone(name: str) -> str:
    if name in _zones():
        return name
    # People leave the continent out, or write a space where the name has an underscore.
    city = name.strip().replace(" ", "_").casefold()
    cities = {zone.rsplit("/", 1)[-1].casefold(): zone for zone in sorted(_zones())}
    near = cities.get(city) or nearest(name, _zones())
    raise refusal(f"{name[:60]!r} is not an IANA zone such as 'Europe/Helsinki'", near)


def read_day(value: Any) -> date:
    """Return the day that an input means."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return within_years(value)
    if not isinstance(value, str):
        raise refusal("a day is written as text such as '2026-10-05'")
    text = value.strip()
    if _DAY.fullmatch(text):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise refusal(f"{text!r} is not a day of the calendar") from None
        return within_years(day)
    raise refusal(f"{text[:40]!r} is not a day such as '2026-10-05'", _day_first(text))


Moment = TypeVar("Moment", bound=date)


def within_years(moment: Moment) -> Moment:
    """Return a day or an instant, if it is of a time in which people plan anything."""
    if FIRST_YEAR <= moment.year <= LAST_YEAR:
        return moment
    raise refusal(f"the year {moment.year} is not between {FIRST_YEAR} and {LAST_YEAR}")


def _day_first(text: str) -> str | None:
    """Return a day written as 5.10.2026 or 5/10/2026 in the form that is asked for."""
    found = _DAY_FIRST.fullmatch(text)
    if not found:
        return None
    day, month, year = map(int, found.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _clock(value: Any) -> time:
    if isinstance(value, time):
        if value.tzinfo is not None:
            raise refusal("a clock time has no zone; that goes into the field zone")
        if value.second or value.microsecond:
            raise refusal("a clock time is in whole minutes")
        return value
    if not isinstance(value, str):
        raise refusal("a clock time is written as text such as '15:00'")
    found = _CLOCK.fullmatch(value.strip())
    if found and int(found[1]) < 24 and int(found[2]) < 60:
        return time(int(found[1]), int(found[2]))
    near = "00:00" if value.strip().startswith("24:00") else None
    raise refusal(f"{value[:40]!r} is not a clock time such as '15:00'", near)


def _instant(value: Any) -> Any:
    if isinstance(value, datetime) or (isinstance(value, str) and _INSTANT.fullmatch(value)):
        return value
    raise refusal("a date with time is written as text such as '2026-10-06T15:00:00+03:00'")


Weekday = Annotated[
    int,
    BeforeValidator(_weekday),
    Field(strict=True, ge=1, le=7),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 1, "maximum": 7},
                {"type": "string", "pattern": r"^\s*0?[1-7]\s*$"},
                {"type": "string", "pattern": any_case(*_beginnings())},
            ]
        }
    ),
]
Zone = Annotated[str, Field(max_length=100), AfterValidator(_zone)]
Day = Annotated[date, BeforeValidator(read_day)]
Clock = Annotated[
    time,
    BeforeValidator(_clock),
    WithJsonSchema({"type": "string", "pattern": r"^\s*([01]?[0-9]|2[0-3]):[0-5][0-9](:00)?\s*$"}),
]
Instant = Annotated[AwareDatetime, BeforeValidator(_instant), AfterValidator(within_years)]
SignedUp = Annotated[datetime, BeforeValidator(_instant), AfterValidator(within_years)]
"""A date with time that may lack its zone."""
