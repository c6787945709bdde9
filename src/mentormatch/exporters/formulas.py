"""Cells that a spreadsheet program would compute instead of show."""

from __future__ import annotations

import re

GUARD = "'"
"""Put before such a cell, it lets every spreadsheet program show the cell as text."""

# Spaces do not keep every program from computing, and some take the wide signs for plain ones.
_COMPUTED = re.compile(
    r"[\s']*[=+\-@\t\r\n\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}"
    r"\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}]"
)


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet program computes; :func:`unguarded` undoes it."""
    return GUARD + cell if _COMPUTED.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return what a guarded cell was before."""
    inner = cell.removeprefix(GUARD)
    return inner if inner != cell and _COMPUTED.match(inner) else cell
