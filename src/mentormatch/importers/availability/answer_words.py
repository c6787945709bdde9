"""Yes, if need be and no in the words of forms and polls."""

from __future__ import annotations

from collections.abc import Mapping

from mentormatch.data.people import Answer
from mentormatch.importers.table import key_of

_WORDS: Mapping[Answer, tuple[str, ...]] = {
    "yes": (
        "yes",
        "y",
        "ok",
        "x",
        "1",
        "true",
        "available",
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
