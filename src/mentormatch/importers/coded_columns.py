"""Columns that hold codes of which the file does not say what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mentormatch.importers.availability import AnyShape
from mentormatch.importers.mapping import Columns
from mentormatch.importers.table import Table, key_of
from mentormatch.importers.words import ANSWERS, is_code

MAX_CODES = 12
"""A column with more different cells holds numbers, not codes."""

MAX_LISTED = 60
"""Most options of a question whose chosen ones stand in one cell."""

_PART = re.compile(r"(.+?)(?:___\w+|\[[^\]]*\]|[_.]\d+)")
_OPEN = frozenset({"department", "affiliations.supervisor", "affiliations.research_group"})
"""What a column may hold that takes any text, so that codes pass for it."""


@dataclass(frozen=True)
class CodedColumns:
    """Columns of one question that hold codes.

    Attributes
    ----------
    headings
        One, or those of the parts of a question.
    codes
        What stands in them.
    holds
        What the column was taken for; None if it is not read.
    in_lists
        Whether one cell holds several codes.
    """

    headings: tuple[str, ...]
    codes: tuple[str, ...]
    holds: str | None
    in_lists: bool = False

    def text(self) -> str:
        """Say which columns hold which codes, and what to write into the mapping."""
        first, last = self.headings[0], self.headings[-1]
        codes = f"hold{'s' if first == last else ''} only the codes {', '.join(self.codes)}"
        ways = "Export the answers as text, or give --codebook FILE, or write into the mapping,"
        if self.in_lists:
            return (
                f"The column '{first}' holds only lists of the codes {', '.join(self.codes)}, and "
                f"the file does not say what they mean. {ways} if it is about times:\n"
                f'  [availability] shape = "multi_select", column = "{first}", separator = ","\n'
                f'  [availability.options] "{self.codes[0]}" = "mon 13:00-15:00", for each code'
            )
        if first == last:
            what = (self.holds or "department").rpartition(".")[2]
            return (
                f"The column '{first}' {codes}, and the file does not say what they mean. {ways} "
                f"if it is the {what}:\n"
                f'  [columns] {what} = "{first}"\n'
                f'  [corrections.{what}] "{self.codes[0]}" = "its name", for each code'
            )
        answers = ""
        if not self.are_ticks:
            code = self.codes[0]
            answers = (
                f'\n  [availability.answers] "{code}" = "yes", "if_need_be" or "no", for each code'
            )
        unknown = "each is about" if self.are_ticks else "they mean"
        return (
            f"The columns '{first}' to '{last}' ({len(self.headings)}) {codes}, and the file does "
            f"not say what {unknown}. {ways} if they are about times:\n"
            f'  [availability] shape = "slot_columns"\n'
            f'  [availability.columns] "{first}" = "mon 13:00-15:00", for each column{answers}\n'
            f"or if they are about languages:\n"
            f'  [columns.language_columns] en = "{first}", for each column'
        )

    @property
    def are_ticks(self) -> bool:
        """Whether the codes are answers by themselves, such as 0 and 1."""
        return set(map(key_of, self.codes)) <= set(ANSWERS)


def coded_columns(
    table: Table, columns: Columns, shape: AnyShape | None
) -> tuple[CodedColumns, ...]:
    """Return the columns of codes whose meaning would be guessed or lost."""
    held = {key_of(heading): name for heading, name in columns.headings().items()}
    times = {key_of(heading) for heading in (shape.headings() if shape else ())}
    alone: list[CodedColumns] = []
    lists: list[CodedColumns] = []
    groups: dict[str, list[tuple[str, set[str]]]] = {}
    for place, heading in enumerate(table.headings):
        key = key_of(heading)
        what = held.get(key)
        if not heading or (what is not None and what not in _OPEN):
            continue
        cells = table.column(place)
        if what is None and key not in times and (listed := _listed(cells)):
            lists.append(CodedColumns((heading,), _in_order(listed), None, in_lists=True))
            continue
        codes = set(cells)
        if not codes or len(codes) > MAX_CODES or not all(map(_may_be_code, codes)):
            continue
        part = _PART.fullmatch(heading.split(" | ")[0])
        if key in times:
            # Numbers other than 0 and 1 say nothing of what was answered.
            if not codes <= set(map(str.upper, ANSWERS)):
                groups.setdefault("", []).append((heading, codes))
        elif part is not None and what is None:
            groups.setdefault(part[1], []).append((heading, codes))
        elif len(codes) > 1 and len(codes) < len(table.column(place)):
            alone.append(CodedColumns((heading,), _in_order(codes), what))
    found = [
        CodedColumns(
            tuple(heading for heading, _ in parts),
            _in_order({code for _, codes in parts for code in codes}),
            None,
        )
        for parts in groups.values()
        if len(parts) > 1
    ]
    found += lists
    return (*found, *_worth_telling(alone, coded=bool(found)))


def _worth_telling(alone: list[CodedColumns], *, coded: bool) -> Iterator[CodedColumns]:
    """Yield the columns that stand alone and hold codes: plain numbers only beside other codes."""
    for one in alone:
        letters = any(char.isalpha() for code in one.codes for char in code)
        if one.holds is not None or letters or coded:
            yield one


def _listed(cells: Sequence[str]) -> set[str]:
    """Return the codes of a column whose cells are lists of codes such as ``1,4,7``."""
    entries = [[entry.strip() for entry in re.split("[,;]", cell)] for cell in cells]
    codes = {entry for listed in entries for entry in listed if entry}
    several = sum(len(listed) > 1 for listed in entries)
    fits = 0 < len(codes) <= MAX_LISTED and all(map(is_code, codes))
    return codes if fits and several > 1 and 5 * several > len(cells) else set()


def _may_be_code(cell: str) -> bool:
    return is_code(cell) or cell in ("Y", "N")


def _in_order(codes: set[str]) -> tuple[str, ...]:
    return tuple(sorted(codes, key=lambda code: (len(code), code)))
