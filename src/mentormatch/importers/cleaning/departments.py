"""Spellings of one department."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mentormatch.importers.sign_ups import Section
from mentormatch.importers.table import key_of

MAX_COMPARED = 400
"""Different departments that are compared with one another."""


@dataclass(frozen=True)
class Spellings:
    """How departments are written in a file.

    Attributes
    ----------
    usual
        The commonest spelling, by its text without regard to case and spaces.
    doubts
        For a rare spelling, a commoner one that differs by a slip of the pen.
    """

    usual: Mapping[str, str]
    doubts: Mapping[str, str]


def unify_departments(sections: Sequence[Section]) -> None:
    """Give one department one spelling where only case and spaces differ; offer the rest."""
    named = [
        (section, person, str(person.document["department"]))
        for section in sections
        for person in section.people
        if "department" in person.document
    ]
    found = spellings(department for _, _, department in named)
    for section, person, written in named:
        key = key_of(written)
        heading = section.export.mapping.columns.department
        place = None if heading is None else section.table.place(heading)
        usual = found.usual[key]
        section.enter(person, "department", usual)
        if usual != written:
            section.findings.append(
                section.table.finding(
                    "spelling", "done", "was read in the commoner spelling of the same words",
                    row=person.row, place=place, value=written,
                )
            )  # fmt: skip
        if key in found.doubts:
            message = (
                "may be a slip for another department; kept as it is (accept the offer under "
                "'corrections.department' in the mapping)"
            )
            section.findings.append(
                section.table.finding(
                    "similar_department", "look", message,
                    row=person.row, place=place, value=written, near=found.doubts[key],
                )
            )  # fmt: skip


def spellings(departments: Iterable[str]) -> Spellings:
    """Return the usual spellings, and which may be slips."""
    written: dict[str, Counter[str]] = {}
    for department in departments:
        written.setdefault(key_of(department), Counter())[department] += 1
    usual = {
        key: min(counter, key=lambda text: (-counter[text], text))
        for key, counter in written.items()
    }
    count = {key: counter.total() for key, counter in written.items()}
    doubts: dict[str, str] = {}
    for key in sorted(usual, key=lambda one: (count[one], one))[:MAX_COMPARED]:
        others = [other for other in usual if (count[other], other) > (count[key], key)]
        near = [other for other in others if _slip(key, other)]
        if near:
            doubts[key] = usual[max(near, key=lambda other: (count[other], other))]
    return Spellings(usual, doubts)


def _slip(one: str, other: str) -> bool:
    """Whether two texts differ by a letter, or in long texts by two."""
    most = 2 if min(len(one), len(other)) >= 8 else 1
    if min(len(one), len(other)) < 4 or abs(len(one) - len(other)) > most:
        return False
    # Numbers tell departments apart; they are no slips.
    if [char for char in one if char.isdigit()] != [char for char in other if char.isdigit()]:
        return False
    return distance(one, other) <= most


def distance(one: str, other: str) -> int:
    """Return how many letters to insert, leave out, change or swap with their neighbour."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, theirs in enumerate(other, 1):
            best = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != theirs))
            swapped = (
                row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == theirs
            )
            now.append(min(best, before[column - 2] + 1) if swapped else best)
        before, last = last, now
    return last[-1]
