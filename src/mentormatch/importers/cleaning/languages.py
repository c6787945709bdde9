"""Languages as people write them: names in several languages, tags, with levels or without."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from mentormatch.data.languages import LEVELS, RANK, Level, canonical_tag
from mentormatch.errors import nearest
from mentormatch.importers.table import key_of
from mentormatch.importers.words import ANSWERS, read_answer

NAMES: Mapping[str, tuple[str, ...]] = {
    "am": ("amharic", "amhara", "amhariska"),
    "ar": ("arabic", "arabia", "arabiska"),
    "bg": ("bulgarian", "bulgaria", "bulgariska"),
    "bn": ("bengali", "bangla", "bengaliska"),
    "bs": ("bosnian", "bosnia", "bosniska"),
    "ca": ("catalan", "katalaani", "katalanska"),
    "cs": ("czech", "tšekki", "tsekki", "tjeckiska"),
    "da": ("danish", "tanska", "danska"),
    "de": ("german", "saksa", "tyska", "deutsch"),
    "el": ("greek", "kreikka", "grekiska"),
    "en": ("english", "englanti", "engelska", "eng"),
    "es": ("spanish", "espanja", "spanska", "español", "castilian"),
    "et": ("estonian", "viro", "eesti", "estniska"),
    "eu": ("basque", "baski", "baskiska"),
    "fa": ("persian", "farsi", "persia", "persiska", "dari"),
    "fi": ("finnish", "suomi", "finska", "fin"),
    "fr": ("french", "ranska", "franska", "français"),
    "ga": ("irish", "iiri", "iriska"),
    "he": ("hebrew", "heprea", "hebreiska"),
    "hi": ("hindi",),
    "hr": ("croatian", "kroatia", "kroatiska"),
    "hu": ("hungarian", "unkari", "ungerska"),
    "hy": ("armenian", "armenia", "armeniska"),
    "id": ("indonesian", "indonesia", "indonesiska"),
    "is": ("icelandic", "islanti", "isländska"),
    "it": ("italian", "italia", "italienska"),
    "ja": ("japanese", "japani", "japanska"),
    "ka": ("georgian", "georgia", "georgiska"),
    "ko": ("korean", "korea", "koreanska"),
    "ku": ("kurdish", "kurdi", "kurdiska"),
    "lt": ("lithuanian", "liettua", "litauiska"),
    "lv": ("latvian", "latvia", "lettiska"),
    "mk": ("macedonian", "makedonia", "makedonska"),
    "ml": ("malayalam",),
    "ms": ("malay", "malaiji", "malajiska"),
    "ne": ("nepali", "nepalesiska"),
    "nl": ("dutch", "hollanti", "nederländska", "holländska"),
    "no": ("norwegian", "norja", "norska"),
    "pa": ("punjabi", "pandžabi"),
    "pl": ("polish", "puola", "polska"),
    "ps": ("pashto", "paštu"),
    "pt": ("portuguese", "portugali", "portugisiska"),
    "ro": ("romanian", "romania", "rumänska"),
    "ru": ("russian", "venäjä", "ryska"),
    "se": ("northern sami", "pohjoissaame", "nordsamiska", "saame", "sami", "samiska"),
    "sk": ("slovak", "slovakki", "slovakia", "slovakiska"),
    "sl": ("slovenian", "sloveeni", "slovenia", "slovenska"),
    "so": ("somali", "somalia", "somaliska"),
    "sq": ("albanian", "albania", "albanska"),
    "sr": ("serbian", "serbia", "serbiska"),
    "sv": ("swedish", "ruotsi", "svenska", "swe"),
    "sw": ("swahili", "suahili"),
    "ta": ("tamil", "tamili"),
    "te": ("telugu",),
    "th": ("thai", "thaimaa", "thailändska"),
    "ti": ("tigrinya", "tigrinja"),
    "tl": ("tagalog", "filipino"),
    "tr": ("turkish", "turkki", "turkiska"),
    "uk": ("ukrainian", "ukraina", "ukrainska"),
    "ur": ("urdu",),
    "vi": ("vietnamese", "vietnam", "vietnamesiska"),
    "zh": ("chinese", "kiina", "kinesiska", "mandarin", "mandariinikiina"),
}
"""Names by tag; the first is the English one."""

TAG_OF: Mapping[str, str] = {name: tag for tag, names in NAMES.items() for name in names}
"""Tags by name, in small letters."""

_ENTRY = re.compile(r"[;,/|\n&+]|\s(?:and|ja|och)\s")
_LEVEL = re.compile(r"(?<![^\s(:\-])([abc][12])(?![^\s).])", re.IGNORECASE)
_NATIVE = re.compile(
    r"\b(?:native|mother tongue|first language|äidinkieli\w*|modersmål)\b", re.IGNORECASE
)
_DECORATION = re.compile(r"[():\-\N{EN DASH}.=]|\b(?:speaker|level|taso|nivå)\b", re.IGNORECASE)
_NOT_AT_ALL = frozenset(
    {"none", "not at all", "nothing", "n/a", "a0", "ei lainkaan", "ei ollenkaan", "inte alls"}
)
_TAG = re.compile(r"[a-z]{2}([-_][a-z]{4})?([-_]([a-z]{2}|\d{3}))?")


@dataclass(frozen=True)
class LanguageEntry:
    """One language that a cell names.

    Attributes
    ----------
    text
        What stands in the cell.
    tag
        Of the language; None if nothing is known by that name.
    level
        None if none is stated.
    rest
        What stands besides name and level, such as ``fluent``.
    """

    text: str
    tag: str | None
    level: Level | None
    rest: str = ""

    @property
    def nearest(self) -> str | None:
        """A known name that may have been meant."""
        return nearest(self.text.casefold(), TAG_OF)


def language_entries(cell: str) -> list[LanguageEntry]:
    """Return the languages that a cell names."""
    return [_entry(text.strip()) for text in _ENTRY.split(cell) if text and text.strip()]


LEVEL_WORDS: Mapping[Level, tuple[str, ...]] = {
    "A2": (
        "basic", "basics", "elementary", "beginner", "a little", "some", "poor", "alkeet",
        "perusteet", "vähän", "välttävä", "heikko", "grunderna", "lite", "grundläggande",
    ),
    "B1": ("intermediate", "moderate", "fair", "keskitaso", "kohtalainen", "tyydyttävä", "medel"),
    "B2": ("good", "well", "upper intermediate", "conversational", "hyvä", "hyvin", "bra"),
    "C1": (
        "fluent", "fluently", "advanced", "proficient", "excellent", "very good", "very well",
        "sujuva", "sujuvasti", "erinomainen", "erittäin hyvä", "flytande", "mycket bra",
    ),
}  # fmt: skip
"""Levels in words that are not of the common scale, so a reading has to be looked at."""

_LEVEL_OF_WORD = {word: level for level, words in LEVEL_WORDS.items() for word in words}


def level_of_word(cell: str) -> Level | None:
    """Return the level that a word such as ``fluent`` probably means, or None."""
    return _LEVEL_OF_WORD.get(key_of(cell))


def level_said(
    cell: str, tag: str, default: Level, own: Mapping[str, Level | Literal["none"]] | None = None
) -> Level | Literal["unknown"] | None:
    """Return the level that a cell in the column of one language states.

    Parameters
    ----------
    cell
        A level, yes, no, or the name of the language as a form repeats it.
    tag
        Of the language.
    default
        Level of a yes.
    own
        The mapping's own words.

    Returns
    -------
    Level
        None for no level at all, ``unknown`` for other words.
    """
    key = key_of(cell)
    for word, stated in (own or {}).items():
        if key_of(word) == key:
            return None if stated == "none" else stated
    if key in _NOT_AT_ALL or ANSWERS.get(key) == "no":
        return None
    if ANSWERS.get(key) == "yes":
        return default
    for level in LEVELS:
        if re.search(rf"(?<!\w){level}(?!\w)", cell, re.IGNORECASE):
            return level
    if _NATIVE.search(cell):
        return "native"
    if read_answer(cell, {}) == "no":
        return None
    named = {entry.tag for entry in language_entries(cell)}
    return default if named == {tag.split("-", maxsplit=1)[0]} or named == {tag} else "unknown"


def best_levels(entries: Sequence[LanguageEntry], default: Level) -> dict[str, Level]:
    """Return the level of each language; of one named twice the higher."""
    levels: dict[str, Level] = {}
    for entry in entries:
        level = entry.level or default
        if entry.tag and (entry.tag not in levels or RANK[level] > RANK[levels[entry.tag]]):
            levels[entry.tag] = level
    return levels


def _entry(text: str) -> LanguageEntry:
    name = text
    level: Level | None = None
    found = _LEVEL.search(text)
    if found:
        level = next(one for one in LEVELS if one == found[1].upper())
        name = text[: found.start()] + text[found.end() :]
    elif _NATIVE.search(text):
        level, name = "native", _NATIVE.sub(" ", text)
    if _TAG.fullmatch(key_of(name.strip(" ():-"))) and not _is_name(name):
        tag = canonical_tag(name.strip(" ():-"))
        if tag.split("-")[0] in NAMES:
            return LanguageEntry(text, tag, level)
    plain = " ".join(_DECORATION.sub(" ", name).casefold().split())
    if plain in TAG_OF:
        return LanguageEntry(text, TAG_OF[plain], level)
    # People add how well they speak it in their own words.
    known = [word for word in (plain, *plain.split()) if word in TAG_OF]
    if len({TAG_OF[word] for word in known}) == 1:
        rest = " ".join(word for word in plain.split() if word not in known)
        return LanguageEntry(text, TAG_OF[known[0]], level, rest)
    return LanguageEntry(text, None, level)


def _is_name(name: str) -> bool:
    return key_of(name) in TAG_OF
