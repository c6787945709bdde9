"""How text is put wherever people read it: on terminals, in pages and in files."""

from __future__ import annotations

import unicodedata

EN_DASH = "\N{EN DASH}"


def any_case(*words: str) -> str:
    """Return a pattern for JSON schemas: one of the words, in any case, with spaces around."""
    spelt = ("".join(f"[{sign.upper()}{sign.lower()}]" for sign in word) for word in words)
    return rf"^\s*({'|'.join(spelt)})\s*$"


_OBEYED = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Categories of characters that terminals and pages obey instead of showing."""


def visible(text: str) -> str:
    """Return text with control and invisible characters replaced, except line ends.

    Names come from forms that anybody can fill in; terminals and pages obey such characters.
    """
    return "".join(
        "\N{REPLACEMENT CHARACTER}"
        if unicodedata.category(sign) in _OBEYED and sign != "\n"
        else sign
        for sign in text
    )


def one_line(text: str) -> str:
    """Return text on one line, with nothing in it that a program might obey."""
    return visible(" ".join(text.split())).strip()


def counted(count: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: ``1 group``, ``2 groups``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
