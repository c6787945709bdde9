"""Weekdays and clock times as people write them in English, Finnish and Swedish.

Weekdays are read only in the languages that a mapping names: Finnish ``to`` is Thursday,
English ``to`` is not, and Swedish ``on`` is Wednesday.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from mentormatch.importers.words import (
    CLOCK_WORDS,
    DAYS,
    MONTH,
    MONTH_NUMBER,
    DayLanguage,
)

_CLOCK = r"(\d{1,2})(?:[:.]?(\d\d))?\s*(a\.?m\.?|p\.?m\.?)?"
_TIME = re.compile(rf"{_CLOCK}(?:\s*-\s*{_CLOCK})?")
_FILLER = re.compile(
    r"\b(?:klo|kl|at|from|o'clock|clock|hours|hrs|h|and|ja|och|between)\b\.?|[,;|()\[\]/&.]"
)
_PART_OF_DAY = re.compile(
    r"\b(?:early |late )?(?:(morning|forenoon|aamu\w*|förmiddag\w*|fm)|"
    r"(afternoon|evening|iltapäiv\w*|ilta\w*|eftermiddag\w*|kväll\w*))s?\b:?"
)
_ISO_DAY = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_DOTTED_DAY = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})?(?!\d)")
_SLASHED_DAY = re.compile(r"\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b")
_NAMED_DAY = re.compile(
    rf"\b(?P<before>\d{{1,2}})\.?\s+(?P<month>{MONTH})(?:ta)?\b\.?(?:\s+(?P<year>\d{{4}})\b)?"
    rf"|\b(?P<named>{MONTH})(?:ta)?\b\.?(?:\s+(?P<after>\d{{1,2}})\b(?!\s*[-:.]))?"
    r"(?:,?\s+(?P<at>\d{4})\b)?"
)


_NEGATIVE = re.compile(
    r"unavailable|\bbusy\b|can\s?not|can't|"
    r"\b(?:can|could|are|do|does)\s+(?:you|they)\s+not\b|"
    r"\bnot\b.{0,20}\b(?:available|able|possible|suit|work|come|attend|meet)|"
    r"\be[int] (?:pääse|sovi|käy)|varattu|estynyt|"
    r"\binte\b|upptag|förhindra"
)


MAX_LENGTH = 200
"""Longest text that can name a time, in characters."""


@dataclass(frozen=True)
class When:
    """What a text says of a weekday and a time of day.

    Attributes
    ----------
    weekday
        1 is Monday; None if no day is named.
    start, end
        Minutes from midnight; None where the text does not say.
    """

    weekday: int | None = None
    start: int | None = None
    end: int | None = None


def read_when(text: str, languages: Sequence[DayLanguage]) -> When | None:
    """Return the weekday and time that a text names, or None if it says anything else.

    A headline in several parts (``October 2026 | Tue 6 | 15:00-17:00``) names the time in its
    last part.
    """
    # The same few texts stand in thousands of cells; long ones are no times.
    return _read(text, tuple(languages)) if len(text) <= MAX_LENGTH else None


@lru_cache(maxsize=20_000)
def _read(text: str, languages: tuple[DayLanguage, ...]) -> When | None:
    parts = [part for part in text.split(" | ") if part.strip()]
    if len(parts) > 1:
        return _of_parts(parts, languages)
    rest = _plain(text)
    rest, dated = _without_dates(rest)
    rest, named = _without_weekdays(rest, languages)
    if len(named) > 1:
        return None
    weekday = next(iter(named), None)
    if dated is not None:
        if weekday not in (None, dated):
            return None
        weekday = dated
    rest = _without_part_of_day(rest)
    rest = _FILLER.sub(lambda found: "." if found[0] == "." else " ", rest)
    rest = re.sub(r"(?<!\d)\.|\.(?!\d)", " ", rest).strip(" -:")
    if not rest:
        return When(weekday) if weekday is not None else None
    span = _span(rest)
    return None if span is None else When(weekday, *span)


def weekday_named(text: str, languages: Sequence[DayLanguage]) -> int | None:
    """Return the one weekday that a question names by its full name, or alone."""
    for part in (*re.findall(r"\[([^\]]*)\]", text)[-1:], *text.split(":"), text):
        alone = read_when(part, languages)
        if alone is not None and alone.weekday is not None and alone.start is None:
            return alone.weekday
    full = {
        number
        for language in languages
        for number, names in enumerate(DAYS[language], 1)
        if re.search(rf"\b{names[0]}\w{{0,5}}\b", _plain(text))
    }
    return next(iter(full)) if len(full) == 1 else None


def asks_when_not(text: str) -> bool:
    """Whether a question asks for the times at which people can not come."""
    return _NEGATIVE.search(_plain(text)) is not None


def question_part(heading: str) -> tuple[str, ...]:
    """Return the parts of a question's heading that may name an option, the likeliest first.

    Google Forms writes ``Question [Option]``, REDCap ``Question (choice=Option)``, Webropol
    ``Question: option`` or ``Question? Option``, and two rows of headings are joined by a bar.
    """
    if any(map(_is_month, heading.split(" | ")[:-1])):
        # A day without its month is not what the column is about.
        return (heading,)
    found = re.findall(r"\[([^\]]*)\]", heading)[-1:]
    found += re.findall(r"\(choice=(.*)\)$", heading)
    for mark in (" | ", ": ", " - ", "? "):
        if mark in heading:
            found.append(heading.rsplit(mark, 1)[1])
    return tuple(dict.fromkeys([*found, heading]))


def pairs_of_options(heading: str) -> Iterator[str]:
    """Yield the two options of a heading together: matrices of days and hours name both."""
    for parts in (re.findall(r"\[([^\]]*)\]", heading), heading.split(" - "), heading.split(": ")):
        if len(parts) > 1:
            yield " ".join(parts[-2:])


def _of_parts(parts: Sequence[str], languages: Sequence[DayLanguage]) -> When | None:
    time = read_when(parts[-1], languages)
    if time is None or time.start is None:
        return None
    if time.weekday is not None and time.end is None and any(map(_is_month, parts[:-1])):
        # Below a month, the number beside a weekday is a day of it.
        return None
    days = {time.weekday} - {None}
    for part in parts[:-1]:
        days |= _without_weekdays(_plain(part), languages)[1]
        dated = _without_dates(_plain(part))[1]
        days |= {dated} - {None}
    if len(days) != 1:
        return None
    return When(next(iter(days)), time.start, time.end)


def _is_month(text: str) -> bool:
    return re.fullmatch(rf"(?:{MONTH})\w{{0,3}}\.?(?:\s+\d{{4}})?", _plain(text)) is not None


def _plain(text: str) -> str:
    """Return a text in small letters with one kind of dash and times in figures."""
    plain = " ".join(text.casefold().replace("\xa0", " ").split())
    plain = re.sub(
        r"[\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}\N{HYPHEN}\N{NON-BREAKING HYPHEN}]", "-", plain
    )
    for word, clock in CLOCK_WORDS.items():
        plain = re.sub(rf"\b{word}\b", clock, plain)
    plain = re.sub(r"\b([ap])\.m\.?", r"\1m", plain)
    # In French, hours and minutes are parted by an h: 13h, 13h30.
    plain = re.sub(r"\b(\d{1,2})\s?h\s?(\d\d)?\b", _with_colon, plain)
    between = r"(?<=[\dm.])\s*\b(?:to|till|til|until|tot)\b\s*(?=\d)"
    return re.sub(between, "-", plain)


def _with_colon(found: re.Match[str]) -> str:
    return f"{found[1]}:{found[2] or '00'}"


def _without_dates(text: str) -> tuple[str, int | None]:
    """Take the dates out of a text; return the weekday of one that states its year."""
    weekdays: list[int] = []

    def taken(year: str | None, month: str | int, day: str | None, whole: str) -> str:
        if not (1 <= int(month) <= 12 and 1 <= int(day or 1) <= 31):
            return whole
        if year and day:
            with suppress(ValueError):
                weekdays.append(date(int(year), int(month), int(day)).isoweekday())
        return " "

    text = _ISO_DAY.sub(lambda at: taken(at[1], at[2], at[3], at[0]), text)
    text = _DOTTED_DAY.sub(lambda at: taken(at[3], at[2], at[1], at[0]), text)
    text = _NAMED_DAY.sub(
        lambda at: taken(
            at["year"] or at["at"],
            MONTH_NUMBER[at["month"] or at["named"]],
            at["before"] or at["after"],
            at[0],
        ),
        text,
    )
    return _SLASHED_DAY.sub(" ", text), weekdays[0] if weekdays else None


def _without_weekdays(text: str, languages: Iterable[DayLanguage]) -> tuple[str, set[int]]:
    found: set[int] = set()
    for language in languages:
        for number, names in enumerate(DAYS[language], 1):
            short = "|".join(sorted(names[1:], key=len, reverse=True))
            pattern = rf"\b(?:{names[0]}\w{{0,5}}|(?:{short})\b\.?)"
            text, count = re.subn(pattern, " ", text)
            if count:
                found.add(number)
    return text, found


def _without_part_of_day(text: str) -> str:
    """Take words such as afternoon away beside hours, and let them say which half is meant."""
    found = _PART_OF_DAY.search(text)
    if found is None:
        return text
    rest = " ".join(_PART_OF_DAY.sub(" ", text).split())
    hours = [int(hour) for hour in re.findall(r"(?<![\d:.])\d{1,2}(?!\d)", rest)]
    halved = re.search(r"\d\s*[ap]m", rest) is not None
    if found[2] is None or halved or not hours or max(hours) > 12:
        return rest
    return f"{rest.rstrip(' )]')} pm"


def _span(text: str) -> tuple[int, int | None] | None:
    """Return start and end of ``15``, ``3 pm``, ``15.00-17`` or ``1-3 pm``."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    if found[4] is None:
        start = _minutes(found[1], found[2], found[3])
        return None if start is None else (start, None)
    end = _minutes(found[4], found[5], found[6])
    start = _minutes(found[1], found[2], found[3] or found[6])
    if start is not None and end is not None and found[6] and not found[3] and start >= end:
        # In 11-1 pm only the end is in the afternoon.
        start = _minutes(found[1], found[2], "am")
    if start is None or end is None:
        return None
    if end == 0:
        end = 24 * 60
    return (start, end) if start < end else None


def _minutes(hour: str, minute: str | None, half: str | None) -> int | None:
    hours, minutes = int(hour), int(minute or 0)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half.startswith("p") else 0)
    if minutes > 59 or hours > 24 or (hours == 24 and minutes):
        return None
    return 60 * hours + minutes
