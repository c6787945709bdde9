"""A certificate's program as an integer program in MPS, so that any solver can be set on it.

IBM (1979). Mathematical Programming System Extended/370, program reference; the free form, in
which fields are parted by spaces.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mentormatch.certificates.relaxation import Relaxation, Terms

WHOLE = "kxyw"
"""Kinds of columns that take whole numbers only; the others follow them."""


def as_mps(relaxation: Relaxation, values: Sequence[int]) -> str:
    """Return the program of a tier as text: minimise it with the earlier tiers held.

    The constant of the objective is stated as its right-hand side, with its sign turned, as usual.

    Parameters
    ----------
    relaxation
        The program.
    values
        The most that each earlier tier may cost; the tier after these is minimised.
    """
    return "\n".join([*_lines(relaxation, values), ""])


def _lines(relaxation: Relaxation, values: Sequence[int]) -> Iterator[str]:
    tier = len(values)
    rows: list[tuple[Terms, int | None, int | None]] = [
        (terms, lower, upper) for _, terms, lower, upper in relaxation.rows
    ]
    for number, value in enumerate(values):
        rows.append((relaxation.costs[number], None, value - relaxation.constants[number]))
    yield "NAME mentormatch"
    yield "ROWS"
    yield " N cost"
    for number, (_, lower, upper) in enumerate(rows):
        yield f" {_kind(lower, upper)} r{number}"
    yield "COLUMNS"
    yield from _columns(relaxation, tier, rows)
    yield "RHS"
    if relaxation.constants[tier]:
        yield f" rhs cost {-relaxation.constants[tier]}"
    for number, (_, lower, upper) in enumerate(rows):
        side = upper if lower is None else lower
        if side:
            yield f" rhs r{number} {side}"
    yield "BOUNDS"
    for place, (lb, ub) in enumerate(zip(relaxation.lb, relaxation.ub, strict=True)):
        if lb:
            yield f" LO bound c{place} {lb}"
        yield f" UP bound c{place} {ub}"
    yield "ENDATA"


def _kind(lower: int | None, upper: int | None) -> str:
    """Return the type of a row; no row here has two sides that differ."""
    if lower is None:
        return "L"
    return "G" if upper is None else "E"


def _columns(
    relaxation: Relaxation, tier: int, rows: Sequence[tuple[Terms, int | None, int | None]]
) -> Iterator[str]:
    entries: list[dict[str, int]] = [{} for _ in relaxation.columns]
    named = [("cost", relaxation.costs[tier]), *((f"r{n}", row[0]) for n, row in enumerate(rows))]
    for row, terms in named:
        for place, value in terms:
            entries[place][row] = entries[place].get(row, 0) + value
    for whole in (True, False):
        places = [
            p for p, name in enumerate(relaxation.columns) if (str(name[0]) in WHOLE) == whole
        ]
        if whole and places:
            yield " m1 'MARKER' 'INTORG'"
        for place in places:
            for row, value in entries[place].items() or [("cost", 0)]:
                yield f" c{place} {row} {value}"
        if whole and places:
            yield " m2 'MARKER' 'INTEND'"
