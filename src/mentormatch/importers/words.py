"""Words for days, months, times and answers in English, Finnish and Swedish."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from mentormatch.data.people import Answer
from mentormatch.importers.table import key_of

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

_WORDS: Mapping[Answer, tuple[str, ...]] = {
    "yes": (
        "yes",
        "y",
        "ok",
        "x",
        "1",
        "true",
        "available",
        "checked",
        "selected",
        "valittu",
        "works",
        "suits",
        "kyllä",
        "joo",
        "sopii",
        "sopii hyvin",
        "käy",
        "ja",
        "passar",
        "passar bra",
        "\N{CHECK MARK}",
        "\N{HEAVY CHECK MARK}",
    ),
    "if_need_be": (
        "if need be",
        "if_need_be",
        "if-need-be",
        "if needed",
        "if necessary",
        "maybe",
        "under reserve",
        "uncertain",
        "epävarma",
        "osäker",
        "(yes)",
        "(ok)",
        "?",
        "tarvittaessa",
        "sopii tarvittaessa",
        "jos tarve vaatii",
        "jos on pakko",
        "ehkä",
        "(kyllä)",
        "vid behov",
        "om det behövs",
        "om nödvändigt",
        "kanske",
        "(ja)",
    ),
    "no": (
        "no",
        "n",
        "0",
        "false",
        "unavailable",
        "not available",
        "unchecked",
        "not selected",
        "ei valittu",
        "n/a",
        "-",
        "ei",
        "ei sovi",
        "ei käy",
        "en pääse",
        "nej",
        "passar inte",
        "kan inte",
        "\N{BALLOT X}",
        "\N{HEAVY BALLOT X}",
        "\N{MULTIPLICATION X}",
    ),
}

ANSWERS: Mapping[str, Answer] = {word: answer for answer, words in _WORDS.items() for word in words}
"""Answers by what stands in a cell, in small letters; English, Finnish, Swedish, Doodle."""


def read_answer(cell: str, own: Mapping[str, Answer]) -> Answer | None:
    """Return the answer that a cell gives, or None if it gives none that is known.

    Parameters
    ----------
    cell
        What stands there.
    own
        The mapping's own words, which go before the usual ones.
    """
    key = key_of(cell)
    return own.get(key, ANSWERS.get(key))
