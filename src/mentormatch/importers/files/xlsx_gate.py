"""What a workbook is allowed to unpack to, checked before anything unpacks it."""

from __future__ import annotations

import io
import zipfile
import zlib

from mentormatch.errors import Fault, InputError

MAX_MEMBERS = 200
MAX_UNPACKED = 128 * 2**20
"""Bytes that all parts of a workbook may declare together."""
MAX_RATIO = 200
"""How much larger than packed a workbook may declare to be."""

WORKBOOK = "xl/workbook.xml"


def check_workbook(data: bytes, name: str) -> None:
    """Refuse an archive that is no workbook, is damaged, or unpacks to too much.

    Nothing is unpacked but the start of each part. What an archive declares binds it: the
    reader stops at the declared size.

    Raises
    ------
    InputError
        With the limit that is passed.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_sizes(members, len(data), name)
            if WORKBOOK not in {member.filename for member in members}:
                message = "is an archive, but not an Excel workbook (.xlsx)"
                raise InputError([Fault("not_a_table", name, message)])
            for member in members:
                _check_start(archive, member, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
        message = "is damaged or cut short: it cannot be unpacked; export or copy it anew"
        raise InputError([Fault("damaged", name, message)]) from None
    except RuntimeError:
        # The zip reader asks for a password so.
        message = "is protected by a password; save it without one"
        raise InputError([Fault("protected", name, message)]) from None


def _check_sizes(members: list[zipfile.ZipInfo], size: int, name: str) -> None:
    unpacked = sum(member.file_size for member in members)
    message = None
    if len(members) > MAX_MEMBERS:
        message = f"holds {len(members):,} parts, more than {MAX_MEMBERS}"
    elif unpacked > MAX_UNPACKED:
        message = f"would unpack to {unpacked:,} bytes, more than {MAX_UNPACKED:,}"
    elif unpacked > MAX_RATIO * max(size, 10_000):
        message = f"would unpack to {unpacked // size:,} times its size, more than {MAX_RATIO}"
    if message is not None:
        raise InputError([Fault("too_large", name, f"{message}; it is not opened")])


def _check_start(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> None:
    """Refuse XML that declares entities; no spreadsheet program writes them."""
    if not member.filename.endswith((".xml", ".rels")):
        return
    with archive.open(member) as stream:
        start = stream.read(4_096).replace(b"\0", b"")
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        message = "declares entities, which no spreadsheet program does; it is not opened"
        raise InputError([Fault("not_a_table", name, message)])
