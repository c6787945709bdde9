"""Text from bytes in the encodings that exports come in."""

from __future__ import annotations

import codecs
import re

from mentormatch.errors import Fault, InputError
from mentormatch.importers.findings import Finding

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
"""Characters that stand in no table of text."""


def decode(data: bytes, name: str) -> tuple[str, tuple[Finding, ...]]:
    """Return the text of a file, and what had to be assumed to read it.

    UTF-8 with and without its mark, UTF-16, and, where the bytes are no UTF-8, Windows-1252,
    which is told.

    Raises
    ------
    InputError
        If the bytes are no text.
    """
    findings: tuple[Finding, ...] = ()
    try:
        text = data.decode(_encoding(data))
    except UnicodeDecodeError:
        text, findings = _western(data, name)
    if _CONTROL.search(text):
        raise _no_text(name)
    return text, findings


def _encoding(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # Without its mark, UTF-16 shows by zero bytes at every second place of Latin text.
    sample = data[:2_000]
    if len(sample) >= 4 and sample.count(0) > len(sample) // 4:
        return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    return "utf-8-sig"


def _western(data: bytes, name: str) -> tuple[str, tuple[Finding, ...]]:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise _no_text(name) from None
    message = (
        "is not UTF-8 and was read as Windows-1252 (Western European); check that letters such "
        "as \N{LATIN SMALL LETTER A WITH DIAERESIS} are right, or save it as CSV UTF-8"
    )
    return text, (Finding("read_as_cp1252", "look", message, name),)


def _no_text(name: str) -> InputError:
    message = "is not a table that can be read: neither text (CSV) nor XLSX nor Parquet"
    return InputError([Fault("not_text", name, message)])
