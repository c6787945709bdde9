"""How dates, hours, languages and places are put in the languages of the default texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mentormatch.data.people import Mode
from mentormatch.text import EN_DASH

DEFAULT = "en"


@dataclass(frozen=True)
class Phrases:
    """The words of one language.

    Attributes
    ----------
    weekdays
        From Monday on.
    months
        From January on, as they stand in a date.
    day
        A date, with ``{weekday}``, ``{day}``, ``{month}`` and ``{year}`` left open.
    clock
        Hours and minutes of a time, as for ``strftime``.
    languages
        Names by tag.
    modes
        How a group meets.
    group
        How a group is called, with its ``{name}`` left open.
    meeting
        Which meeting it is, with ``{number}`` and ``{count}`` left open.
    mentors
        Stands before the mentors' names.
    joint
        Stands before the last of several names.
    """

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    day: str
    clock: str
    languages: Mapping[str, str]
    modes: Mapping[Mode, str]
    group: str
    meeting: str
    mentors: str
    joint: str

    def date(self, day: date) -> str:
        """Return a date with its weekday."""
        return self.day.format(
            weekday=self.weekdays[day.weekday()],
            day=day.day,
            month=self.months[day.month - 1],
            year=day.year,
        )

    def hours(self, start: datetime, end: datetime) -> str:
        """Return from when to when something lasts, by the wall clock."""
        return f"{start.strftime(self.clock)}{EN_DASH}{end.strftime(self.clock)}"

    def language(self, tag: str) -> str:
        """Return the name of a language, or its tag where the name is not known."""
        return self.languages.get(tag) or self.languages.get(tag.split("-", maxsplit=1)[0], tag)

    def names(self, names: Sequence[str]) -> str:
        """Return names with the word for *and* before the last."""
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {self.joint} {names[-1]}"


PHRASES: Mapping[str, Phrases] = {
    "en": Phrases(
        weekdays=(
            *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
            *("Saturday", "Sunday"),
        ),
        months=(
            *("January", "February", "March", "April", "May", "June", "July"),
            *("August", "September", "October", "November", "December"),
        ),
        day="{weekday} {day} {month} {year}",
        clock="%H:%M",
        languages={"en": "English", "fi": "Finnish", "sv": "Swedish"},
        modes={"campus": "On campus", "online": "Online"},
        group="Mentoring group {name}",
        meeting="Meeting {number} of {count}",
        mentors="Mentors",
        joint="and",
    ),
    "fi": Phrases(
        weekdays=(
            *("maanantai", "tiistai", "keskiviikko", "torstai", "perjantai"),
            *("lauantai", "sunnuntai"),
        ),
        months=tuple(f"{month}." for month in range(1, 13)),
        day="{weekday} {day}.{month}{year}",
        clock="%H.%M",
        languages={"en": "englanti", "fi": "suomi", "sv": "ruotsi"},
        modes={"campus": "Kampuksella", "online": "Etänä"},
        group="Mentorointiryhmä {name}",
        meeting="Tapaaminen {number}/{count}",
        mentors="Mentorit",
        joint="ja",
    ),
    "sv": Phrases(
        weekdays=(
            *("måndag", "tisdag", "onsdag", "torsdag", "fredag"),
            *("lördag", "söndag"),
        ),
        months=(
            *("januari", "februari", "mars", "april", "maj", "juni", "juli"),
            *("augusti", "september", "oktober", "november", "december"),
        ),
        day="{weekday} {day} {month} {year}",
        clock="%H.%M",
        languages={"en": "engelska", "fi": "finska", "sv": "svenska"},
        modes={"campus": "På campus", "online": "På nätet"},
        group="Mentorgrupp {name}",
        meeting="Träff {number} av {count}",
        mentors="Mentorer",
        joint="och",
    ),
}
"""Phrases by language; others are served in English."""


def language_of_texts(tag: str) -> str:
    """Return in which of the languages of :data:`PHRASES` a group of this language is written."""
    primary = tag.split("-", maxsplit=1)[0]
    return primary if primary in PHRASES else DEFAULT
