"""Words for days, months and times in English, Finnish and Swedish."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

DayLanguage = Literal["en", "fi", "sv"]

DAYS: Mapping[DayLanguage, tuple[tuple[str, ...], ...]] = {
    "en": (
        ("monday", "mon"),
        ("tuesday", "tue", "tues"),
        ("wednesday", "wed", "weds"),
        ("thursday", "thu", "thur", "thurs"),
        ("friday", "fri"),
        ("saturday", "sat"),
        ("sunday", "sun"),
    ),
    "fi": (
        ("maanantai", "ma"),
        ("tiistai", "ti"),
        ("keskiviikko", "ke"),
        ("torstai", "to"),
        ("perjantai", "pe"),
        ("lauantai", "la"),
        ("sunnuntai", "su"),
    ),
    "sv": (
        ("måndag", "mån", "må"),
        ("tisdag", "tis", "ti"),
        ("onsdag", "ons", "on"),
        ("torsdag", "tors", "tor", "to"),
        ("fredag", "fre", "fr"),
        ("lördag", "lör", "lö"),
        ("söndag", "sön", "sö"),
    ),
}
"""Full name, then short ones, Monday first; full names may have an ending."""

MONTHS: tuple[str, ...] = (
    "january|jan|tammikuu|januari",
    "february|feb|helmikuu|februari",
    "march|mar|maaliskuu|mars",
    "april|apr|huhtikuu",
    "may|toukokuu|maj",
    "june|jun|kesäkuu|juni",
    "july|jul|heinäkuu|juli",
    "august|aug|elokuu|augusti",
    "september|sept|sep|syyskuu",
    "october|oct|lokakuu|oktober|okt",
    "november|nov|marraskuu",
    "december|dec|joulukuu",
)
MONTH_NUMBER: Mapping[str, int] = {
    word: number for number, words in enumerate(MONTHS, 1) for word in words.split("|")
}
MONTH = "|".join(sorted(MONTH_NUMBER, key=len, reverse=True))

CLOCK_WORDS: Mapping[str, str] = {
    "noon": "12:00",
    "midday": "12:00",
    "midnight": "24:00",
    "keskipäivä": "12:00",
    "keskiyö": "24:00",
}

WHOLE_DAY = frozenset(
    {
        "all day",
        "any",
        "any time",
        "anytime",
        "always",
        "whole day",
        "koko päivä",
        "milloin vain",
        "aina",
        "hela dagen",
        "när som helst",
        "alltid",
    }
)
"""What stands for every hour of the day."""

NOTHING = frozenset(
    {
        "-",
        "--",
        "none",
        "no",
        "never",
        "not available",
        "n/a",
        "ei",
        "ei mikään",
        "ei mitään",
        "ei koskaan",
        "nej",
        "ingen",
        "inget",
        "aldrig",
        "none of these",
        "none of the above",
        "ei mikään näistä",
        "ingen av dessa",
    }
)
"""What stands for no hour at all."""
