"""The words of every message in a language, read from its data file when first asked for.

A message's code never changes its meaning; its words may.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

Locale = Literal["en", "fi", "sv"]
LOCALES: tuple[Locale, ...] = get_args(Locale)
"""Languages in which every message has words."""


@dataclass(frozen=True)
class Catalogue:
    """The words of one language.

    Attributes
    ----------
    messages
        The words of each message by its code; names in braces are facts.
    rules
        Names of rules by kind; another rule is named by its kind.
    languages
        Names of languages by tag; another language is named by its tag.
    weekdays
        Names of the days from Monday to Sunday.
    """

    messages: Mapping[str, str]
    rules: Mapping[str, str]
    languages: Mapping[str, str]
    weekdays: tuple[str, ...]


@cache
def catalogue(locale: Locale) -> Catalogue:
    """Return the words of a language."""
    text = files(__package__).joinpath(f"{locale}.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Catalogue(
        messages={
            f"{topic}.{name}": said
            for topic, codes in data["messages"].items()
            for name, said in codes.items()
        },
        rules=data["rules"],
        languages=data["languages"],
        weekdays=tuple(data["weekdays"]),
    )
