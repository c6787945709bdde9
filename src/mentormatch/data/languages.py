"""Languages as BCP 47 tags, and how well somebody uses one (CEFR)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from mentormatch.data.nouns import refusal
from mentormatch.text import any_case


def _level(value: Any) -> Any:
    if isinstance(value, str):
        word = value.strip()
        return "native" if word.casefold() == "native" else word.upper()
    return value


Level = Annotated[
    Literal["A1", "A2", "B1", "B2", "C1", "C2", "native"],
    BeforeValidator(_level),
    WithJsonSchema(
        {"type": "string", "pattern": any_case("a1", "a2", "b1", "b2", "c1", "c2", "native")}
    ),
]
"""CEFR level, or native; read without regard to case."""
LEVELS: tuple[Level, ...] = ("A1", "A2", "B1", "B2", "C1", "C2", "native")
"""From least to most; ``native`` stands above C2."""

RANK: Mapping[str, int] = {level: rank for rank, level in enumerate(LEVELS)}

TAGS: Mapping[str, str] = {
    "arabic": "ar",
    "chinese": "zh",
    "danish": "da",
    "deutsch": "de",
    "englanti": "en",
    "english": "en",
    "estonian": "et",
    "farsi": "fa",
    "finnish": "fi",
    "finska": "fi",
    "french": "fr",
    "german": "de",
    "hindi": "hi",
    "italian": "it",
    "norwegian": "no",
    "persian": "fa",
    "portuguese": "pt",
    "ruotsi": "sv",
    "russian": "ru",
    "spanish": "es",
    "suomi": "fi",
    "svenska": "sv",
    "swedish": "sv",
    "ukrainian": "uk",
}
"""Tags of languages by names that people write, to be offered where no tag is found."""

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?")


def canonical_tag(tag: str) -> str:
    """Return a BCP 47 tag in its usual spelling (``EN_gb`` becomes ``en-GB``).

    Raises
    ------
    ValueError
        If the text is not a language tag of the form language[-Script][-REGION].
    """
    text = tag.strip().replace("_", "-")
    if not _TAG.fullmatch(text):
        raise refusal(
            f"{tag[:40]!r} is not a language tag such as 'en' or 'sv-FI'",
            TAGS.get(text.casefold()),
        )
    first, *rest = text.split("-")
    parts = [first.lower()]
    parts += [part.title() if len(part) == 4 else part.upper() for part in rest]
    return "-".join(parts)


Language = Annotated[str, Field(max_length=40), AfterValidator(canonical_tag)]


def twin_tags(tags: Iterable[Any]) -> tuple[str, str] | None:
    """Return two spellings of one tag, or None if every tag stands once."""
    seen: dict[str, str] = {}
    for tag in tags:
        try:
            usual = canonical_tag(tag)
        except (AttributeError, ValueError):
            continue
        if usual in seen:
            return seen[usual], tag
        seen[usual] = tag
    return None


def same_language(one: str, other: str) -> bool:
    """Whether two canonical tags name one language.

    Regions and scripts count only where both tags state them: ``sv`` serves for
    ``sv-FI``, but ``pt-BR`` does not serve for ``pt-PT``.
    """
    ours, theirs = one.split("-"), other.split("-")
    if ours[0] != theirs[0]:
        return False
    for size in ({4}, {2, 3}):
        mine = [part for part in ours[1:] if len(part) in size]
        yours = [part for part in theirs[1:] if len(part) in size]
        if mine and yours and mine != yours:
            return False
    return True


def reaches(skills: Mapping[str, Level], language: str, level: Level) -> bool:
    """Whether somebody with these skills uses the language at the level or above."""
    return any(
        same_language(tag, language) and RANK[skill] >= RANK[level] for tag, skill in skills.items()
    )
