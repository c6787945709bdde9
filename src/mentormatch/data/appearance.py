"""What text looks like to people: characters that nobody sees, and letters that look alike."""

from __future__ import annotations

import unicodedata

_IGNORABLE = (
    range(0x034F, 0x0350),  # combining grapheme joiner
    range(0x115F, 0x1161),  # Hangul fillers
    range(0x17B4, 0x17B6),  # Khmer inherent vowels
    range(0x180B, 0x1810),  # Mongolian variation selectors
    range(0x2065, 0x2066),
    range(0x2800, 0x2801),  # braille blank: not ignorable, and blank all the same
    range(0x3164, 0x3165),  # Hangul filler
    range(0xFE00, 0xFE10),  # variation selectors
    range(0xFFA0, 0xFFA1),  # halfwidth Hangul filler
    range(0xFFF0, 0xFFF9),
    range(0xE0000, 0xE1000),  # tags and more variation selectors
)
"""Code points that are not shown (Default_Ignorable_Code_Point), besides those of category Cf."""

_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Control characters, formatting such as marks that turn text around, half characters, breaks."""

_TWINS = str.maketrans(
    # Cyrillic, then Greek, after case was folded.
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u051b\u051d\u04bb\u04cf"
    "\u043a\u043c\u0442\u0432\u043d"
    "\u03b1\u03bf\u03c1\u03bd\u03c5\u03b9\u03ba\u03c7\u03c4",
    "aeopcyxijsdqwhlkmtbhaopvuikxt",
)
"""Letters of other scripts that look like Latin ones, small or as capitals."""


def is_invisible(character: str) -> bool:
    """Whether a character is not shown, or breaks the line."""
    if unicodedata.category(character) in _CATEGORIES:
        return True
    return any(ord(character) in span for span in _IGNORABLE)


def appearance(text: str) -> str:
    """Return a form that is the same for texts that people cannot tell apart.

    Case, Unicode form, width, kinds of spaces and characters that are not shown make no
    difference, nor do Cyrillic and Greek letters that look like Latin ones.
    """
    if text.isascii():
        return text.casefold()
    shown = "".join(one for one in text if not is_invisible(one))
    folded = unicodedata.normalize("NFKC", shown).casefold()
    return unicodedata.normalize("NFC", folded.translate(_TWINS))
