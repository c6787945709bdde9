"""One question with many options: the chosen ones stand in one cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import ClassVar, Literal, Self

from pydantic import Field

from mentormatch.data.people import Answer
from mentormatch.errors import nearest
from mentormatch.importers.availability.base import Heading, Options, Shape, Unit
from mentormatch.importers.availability.time_words import asks_when_not, read_when
from mentormatch.importers.availability.times import (
    Reading,
    ReadingContext,
    Says,
    Span,
    Times,
    overlap,
    span_of,
    span_of_slot,
    usual_step,
)
from mentormatch.importers.cleaning.instants import is_instant
from mentormatch.importers.findings import Finding
from mentormatch.importers.sheet import Row
from mentormatch.importers.table import Table, key_of, required_places
from mentormatch.importers.words import NOTHING, DayLanguage, read_answer


class MultiSelect(Shape):
    """One column with the chosen options."""

    shape: Literal["multi_select"] = "multi_select"
    column: Heading = Field(description="Heading of the question.")
    says: Says = Field(default="available", description="What a chosen option says.")
    answers: Mapping[Heading, Answer] = Field(
        default_factory=dict,
        description="Answers by other words, where a cell holds options with answers such as "
        "'Mon 13-15: Yes'.",
    )
    separator: Literal[";", ",", "|"] = Field(default=";", description="What parts the options.")
    unit: Unit = Field(default=60, description="Minutes of a time that names no end.")
    options: Mapping[Heading, Heading] = Field(
        default_factory=dict,
        description="What options mean that do not say it themselves or hold a comma: the id of "
        "a slot, or a time such as 'tue 15:00-17:00'.",
    )

    titles: ClassVar[str] = "one column with the chosen options in it"

    @cached_property
    def _own_words(self) -> Mapping[str, Answer]:
        return {key_of(word): answer for word, answer in self.answers.items()}

    def headings(self) -> tuple[str, ...]:
        """Return the heading of the question."""
        return (self.column,)

    def read(self, table: Table, context: ReadingContext) -> Reading:
        """Return the options that each person chose."""
        place = required_places(table, [self.column], "availability.column")[self.column]
        options = Options(context.slots, self.options, self.weekdays_in, self.unit)
        chosen: dict[int, dict[Span | str, Answer]] = {}
        form_options: set[Span | str] = set()
        findings: list[Finding] = []
        for row in table.rows:
            chosen[row.number] = {}
            for entry in self._entries(row.cells[place], options):
                meant, answer = _meaning(entry, options, self._own_words)
                if meant is not None and answer == "no" and self.says == "unavailable":
                    form_options.add(meant)
                elif meant is not None:
                    chosen[row.number].setdefault(meant, answer)
                elif key_of(entry) not in NOTHING:
                    findings.append(self._unreadable(table, row, place, entry, options))
        form_hours = self._form_hours(chosen, options, context) | form_options
        wrong = {finding.row for finding in findings}
        times = {
            row.number: self._times(chosen[row.number], form_hours, row, place, row.number in wrong)
            for row in table.rows
        }
        spans = tuple(sorted(one for one in form_hours if isinstance(one, Span)))
        return Reading(times, spans, tuple(findings))

    @classmethod
    def suggest(cls, table: Table, languages: Sequence[DayLanguage]) -> tuple[int, Self] | None:
        """Propose it where most entries of a column are times of the week."""
        best: tuple[int, Self] | None = None
        for place, heading in enumerate(table.headings):
            # When somebody sent the form is a time as well, but not one of meeting.
            cells = [cell for cell in table.column(place) if not is_instant(cell)]
            separator = _separator(cells)
            entries = [entry for cell in cells for entry in _split(cell, separator, languages)]
            spans = [span_of(_option_of(entry), languages, 5) for entry in entries]
            found = [span for span in spans if span is not None]
            if not found or 2 * len(found) <= len(entries):
                continue
            unit = usual_step((span.weekday, span.start) for span in found)
            whole = {
                _option_of(entry): str(span_of(_option_of(entry), languages, unit))
                for entry, span in zip(entries, spans, strict=True)
                if span is not None and separator in entry
            }
            shape = cls(
                weekdays_in=tuple(languages),
                column=heading,
                says="unavailable" if asks_when_not(heading) else "available",
                separator=separator,
                unit=unit,
                options=dict(sorted(whole.items())),
            )
            if best is None or len(found) > best[0]:
                best = (len(found), shape)
        return best

    def _entries(self, cell: str, options: Options) -> list[str]:
        """Return the options in a cell; those known by their text may hold the separator."""
        rest = " ".join(cell.replace("\n", self.separator).split())
        entries = []
        while rest:
            rest = rest.lstrip(f"{self.separator} ")
            folded = rest.casefold()
            known = next(
                (name for name in options.names if _stands_first(folded, name, self.separator)),
                None,
            )
            size = len(known) if known is not None else rest.find(self.separator)
            entry = rest if size < 0 else rest[:size]
            if entry.strip():
                entries.append(entry.strip())
            rest = "" if size < 0 else rest[len(entry) :]
        return entries

    def _form_hours(
        self, chosen: Mapping[int, Iterable[Span | str]], options: Options, context: ReadingContext
    ) -> set[Span | str]:
        form_hours = {meant for row in chosen.values() for meant in row}
        form_hours |= {
            meant for name in self.options if (meant := options.meaning(name)) is not None
        }
        for slot in context.slots:
            span = span_of_slot(slot)
            form_hours.add(slot.id if span is None else span)
        return form_hours

    def _times(
        self,
        chosen: Mapping[Span | str, Answer],
        form_hours: set[Span | str],
        row: Row,
        place: int,
        wrong: bool,
    ) -> Times:
        given = bool(row.cells[place])
        free: dict[Span | str, Answer] = dict(chosen)
        if self.says == "unavailable":
            # What could not be read may be any time, so nothing is sure to be free.
            busy = [one for one in chosen if isinstance(one, Span)]
            free = (
                {}
                if wrong or not given
                else {
                    one: "yes"
                    for one in form_hours
                    if one not in chosen
                    and not (isinstance(one, Span) and any(overlap(one, other) for other in busy))
                }
            )
        spans = {one: said for one, said in free.items() if isinstance(one, Span)}
        slots = {one: said for one, said in free.items() if isinstance(one, str)}
        return Times(spans, slots, given=given)

    def _unreadable(
        self, table: Table, row: Row, place: int, entry: str, options: Options
    ) -> Finding:
        message = "is neither a time of the week nor a known option; "
        message += (
            "it does not count as available"
            if self.says == "available"
            else "so none of this person's times are sure, and none is used"
        )
        near = nearest(entry, options.names)
        return table.finding(
            "unknown_option", "lost", message, row=row.number, place=place, value=entry, near=near
        )


def _separator(cells: Sequence[str]) -> Literal[";", ",", "|"]:
    if any(";" in cell for cell in cells):
        return ";"
    return "|" if any(" | " in cell for cell in cells) else ","


def _option_of(entry: str) -> str:
    """Return the option of an entry, without the answer behind it or a question mark."""
    option, colon, said = entry.rpartition(":")
    if colon and read_answer(said, {}) is not None and not said.strip().isdigit():
        return option.strip()
    return entry.removesuffix("?")


def _meaning(
    entry: str, options: Options, own: Mapping[str, Answer]
) -> tuple[Span | str | None, Answer]:
    """Return what an entry stands for, with the answer behind its colon.

    A chosen option alone is a yes; one that ends in a question mark is if need be.
    """
    meant = options.meaning(entry)
    option, colon, said = entry.rpartition(":")
    if meant is None and colon and (answer := read_answer(said, own)) is not None:
        return options.meaning(option.strip()), answer
    if meant is None and entry.endswith("?"):
        return options.meaning(entry[:-1].strip()), "if_need_be"
    return meant, "yes"


def _stands_first(text: str, name: str, separator: str) -> bool:
    """Whether a text begins with an option and goes on with a separator or ends."""
    return text.startswith(name) and text[len(name) :].lstrip()[:1] in ("", separator)


def _split(cell: str, separator: str, languages: Sequence[DayLanguage]) -> list[str]:
    """Part a cell, and join neighbours of which one names the day and the next the time."""
    parts = [part.strip() for part in cell.replace("\n", separator).split(separator)]
    parts = [part for part in parts if part]
    joined: list[str] = []
    taken = False
    for part, following in pairwise([*parts, ""]):
        if taken:
            taken = False
            continue
        day, time = read_when(part, languages), read_when(following, languages)
        alone = day is not None and day.weekday is not None and day.start is None
        if alone and time is not None and time.start is not None and time.weekday is None:
            joined.append(f"{part}{separator} {following}")
            taken = True
        else:
            joined.append(part)
    return joined
