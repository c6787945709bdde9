"""Words for days, months, times and answers in English, Finnish and Swedish."""

from __future__ import annotations

import re
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
        "(x)",
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
    answer = own.get(key, ANSWERS.get(key))
    return _with_words(key) if answer is None else answer


def is_code(cell: str) -> bool:
    """Whether a cell may be a code that stands for an answer: 2 or A2."""
    return re.fullmatch(r"-?[A-Za-z]{0,3}\d{1,3}", cell) is not None


_DASHES = "\N{EN DASH}\N{EM DASH}-"
_FIRST_AND_REST = re.compile(rf"([^\W\d_]+)\s*(?:[,;:.!{_DASHES}]\s|\()\s*(.+?)\)?")
_QUALIFIED = re.compile(r"\b(but|if|only|mutta|jos|vain|men|om|bara)\b")
_NEGATED = re.compile(r"\b(not|ei|en|inte)\b")


def _with_words(key: str) -> Answer | None:
    """Return the answer of ``yes, suits me well``: its first word, where the rest takes no part."""
    found = _FIRST_AND_REST.fullmatch(key)
    answer = ANSWERS.get(found[1]) if found is not None else None
    if found is None or answer is None:
        return None
    rest = ANSWERS.get(found[2])
    if rest is not None and {answer, rest} == {"yes", "if_need_be"}:
        return "if_need_be"
    turned = answer != "no" and _NEGATED.search(found[2]) is not None
    plain = rest in (None, answer) and not turned and _QUALIFIED.search(found[2]) is None
    return answer if plain or (answer == rest) else None
