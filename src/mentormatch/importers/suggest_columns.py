"""What the columns of an export probably hold, by their headings and sample cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from itertools import pairwise

from mentormatch.importers.availability import AnyShape
from mentormatch.importers.availability.time_words import question_part
from mentormatch.importers.cleaning.languages import TAG_OF, language_entries, level_said
from mentormatch.importers.cleaning.roles import Role
from mentormatch.importers.known_headings import (
    ABOUT_LANGUAGES,
    AS_MENTOR,
    KNOWN,
    texts_of,
    words_of,
)
from mentormatch.importers.mapping import Columns
from mentormatch.importers.table import Table, key_of
from mentormatch.importers.words import read_answer

_WHO = frozenset({"email", "name", "first_name", "last_name"})

MAX_STATES = 5
"""Columns on whether an answer was sent that are proposed."""


def columns_of(table: Table, shape: AnyShape | None) -> Columns:
    """Return what the columns hold that are known by their headings and cells."""
    taken = {key_of(heading) for heading in (shape.headings() if shape else ())}
    if table.turned is not None:
        taken = {key_of(heading) for heading in table.headings[1:]}
    found: dict[str, str] = {}
    states: list[str] = []
    languages = _language_columns(table, taken)
    taken |= set(map(key_of, languages.values()))
    for known in KNOWN:
        if known.holds == "languages" and languages:
            continue
        for place, heading in enumerate(table.headings):
            if not heading or key_of(heading) in taken:
                continue
            if known.holds in found and known.holds != "state":
                continue
            if not any(map(known.heading.search, texts_of(heading))):
                continue
            if known.holds == "answer_id" and not found.keys().isdisjoint({*_WHO, "id"}):
                continue
            cells = table.column(place)
            if known.holds in ("id", "answer_id") and not _tell_apart(cells):
                continue
            if known.holds == "id" and counts_rows(cells) and not found.keys().isdisjoint(_WHO):
                # The number of an answer says less of who it is than an address does.
                continue
            if 2 * sum(map(known.fits, cells)) > len(cells) > 0:
                if known.holds == "state":
                    states.append(heading)
                else:
                    found[known.holds] = heading
                taken.add(key_of(heading))
    return _as_columns(found, languages, states[:MAX_STATES])


def question_on_mentoring(
    table: Table, columns: Columns, shape: AnyShape | None
) -> tuple[str, dict[str, Role]] | None:
    """Return the question whether somebody wants to be a mentor, and what its answers mean."""
    taken = {key_of(heading) for heading in columns.headings()}
    taken |= {key_of(heading) for heading in (shape.headings() if shape else ())}
    for place, heading in enumerate(table.headings):
        if key_of(heading) in taken or not any(map(AS_MENTOR.search, texts_of(heading))):
            continue
        answers = {cell: read_answer(cell, {}) for cell in table.column(place)}
        if set(answers.values()) == {"yes", "no"}:
            roles = {
                cell: "mentor" if answer == "yes" else "student" for cell, answer in answers.items()
            }
            return heading, dict(sorted(roles.items()))  # type: ignore[arg-type]  # One of the two words.
    return None


def _tell_apart(cells: Sequence[str]) -> bool:
    """Whether hardly any cell stands twice, as an id does only of somebody who answers again."""
    return 10 * len(set(cells)) >= 9 * len(cells)


def counts_rows(cells: Sequence[str]) -> bool:
    """Whether cells are the numbers of the rows, as programs write them."""
    numbers = [int(cell) for cell in cells if re.fullmatch(r"\d{1,9}", cell)]
    return len(numbers) == len(cells) and all(
        later == earlier + 1 for earlier, later in pairwise(numbers)
    )


def _language_columns(table: Table, taken: Set[str]) -> dict[str, str]:
    """Return the headings of columns about one language each, by its tag."""
    found: dict[str, str] = {}
    for place, heading in enumerate(table.headings):
        question, option = _parted(heading)
        cells = table.column(place)
        if option is None and key_of(heading) in TAG_OF:
            # Some forms write the option alone above its column.
            question, option = "language", heading
            alone = TAG_OF[key_of(heading)]
            known = sum(level_said(cell, alone, "B2") != "unknown" for cell in cells)
            if 2 * known < len(cells):
                continue
        if option is None or key_of(heading) in taken or not ABOUT_LANGUAGES.search(question):
            continue
        tag = _one_language(option)
        if tag is not None and tag not in found and not _name_several(cells):
            found[tag] = heading
    return found


def _name_several(cells: Sequence[str]) -> bool:
    """Whether most cells name languages themselves, and several of them."""
    named = [{entry.tag for entry in language_entries(cell)} - {None} for cell in cells]
    return len(set().union(*named)) > 1 and 2 * sum(map(bool, named)) > len(cells)


def _parted(heading: str) -> tuple[str, str | None]:
    """Return the question of a heading and the option that it is about."""
    options = [part for part in question_part(heading) if part != heading]
    named = sorted((part for part in options if _one_language(part) is not None), key=len)
    for part in (*named, *options):
        return words_of(heading.replace(part, " ")), part
    return words_of(heading), None


def _one_language(text: str) -> str | None:
    tags = {entry.tag for entry in language_entries(text)}
    return tags.pop() if len(tags) == 1 else None


def _as_columns(
    found: Mapping[str, str], languages: Mapping[str, str], states: Sequence[str]
) -> Columns:
    name: list[str] = [found[part] for part in ("first_name", "last_name") if part in found]
    if len(name) < 2 and "name" in found:
        name = [found["name"]]
    identity = {"id": found["answer_id"]} if "answer_id" in found else {}
    fields = identity | {
        holds: heading
        for holds, heading in found.items()
        if "." not in holds and holds not in ("first_name", "last_name", "name", "answer_id")
    }
    ties = {
        holds.partition(".")[2]: heading
        for holds, heading in found.items()
        if holds.startswith("affiliations.")
    }
    return Columns.model_validate(
        {
            **fields,
            "name": name,
            "state": states,
            "language_columns": languages,
            "affiliations": ties,
        }
    )
