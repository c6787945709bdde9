"""One column for each slot, with yes, if need be or no in it: matrices and polls."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field

from mentormatch.data.people import Answer
from mentormatch.errors import Fault, InputError
from mentormatch.importers.availability.base import Heading, Options, Shape, Unit
from mentormatch.importers.availability.time_words import (
    asks_when_not,
    pairs_of_options,
    question_part,
)
from mentormatch.importers.availability.times import (
    Reading,
    ReadingContext,
    Says,
    Span,
    Times,
    span_of,
    usual_step,
)
from mentormatch.importers.findings import Finding
from mentormatch.importers.sheet import Row
from mentormatch.importers.table import Table, key_of, required_places
from mentormatch.importers.words import ANSWERS, DayLanguage, is_code, read_answer

_RANK: Mapping[Answer, int] = {"no": 0, "if_need_be": 1, "yes": 2}
_OPPOSITE: Mapping[Answer, Answer] = {"yes": "no", "if_need_be": "if_need_be", "no": "yes"}


class SlotColumns(Shape):
    """One column for each slot, with an answer in it."""

    shape: Literal["slot_columns"] = "slot_columns"
    columns: Annotated[Mapping[Heading, Heading], Field(min_length=1)] = Field(
        description="What each column is about: the id of a slot, or a time such as "
        "'tue 15:00-17:00'."
    )
    says: Says = Field(default="available", description="What a yes says.")
    unit: Unit = Field(default=60, description="Minutes of a time that names no end.")
    answers: Mapping[Heading, Answer] = Field(
        default_factory=dict, description="Answers by other words or codes."
    )

    titles: ClassVar[str] = "a column for each slot with yes, if need be or no in it"

    def headings(self) -> tuple[str, ...]:
        """Return the headings of the slots."""
        return tuple(self.columns)

    @cached_property
    def _own_words(self) -> Mapping[str, Answer]:
        return {key_of(word): answer for word, answer in self.answers.items()}

    def read(self, table: Table, context: ReadingContext) -> Reading:
        """Return each person's answers."""
        places = required_places(table, self.headings(), "availability.columns")
        options = Options(context.slots, {}, ("en",), self.unit)
        meanings: dict[int, Span | str] = {}
        options_of: dict[int, frozenset[str]] = {}
        faults = []
        for heading, text in self.columns.items():
            # A slot of the programme says best itself when it is.
            meant = options.slot(heading) or options.meaning(text)
            if meant is None:
                message = f"{text!r} is neither a slot of the programme nor a time"
                faults.append(Fault("unknown_slot", f"availability.columns.{heading}", message))
            else:
                meanings[places[heading]] = meant
                options_of[places[heading]] = _options(heading)
        if faults:
            raise InputError(faults)
        self._refuse_codes(table, tuple(meanings))
        findings = list(self._repeated(table, meanings))
        times = {
            row.number: self._times(table, row, meanings, options_of, findings)
            for row in table.rows
        }
        form_hours = tuple(span for span in meanings.values() if isinstance(span, Span))
        return Reading(times, form_hours, tuple(findings))

    @classmethod
    def suggest(cls, table: Table, languages: Sequence[DayLanguage]) -> tuple[int, Self] | None:
        """Propose it where two or more headings name a time and answers stand below."""
        named: dict[str, str] = {}
        starts: list[tuple[int, int]] = []
        about = {
            heading: (text, span)
            for place, heading in enumerate(table.headings)
            for text, span in (_time_in(table.heading_alone(place), languages),)
            if span is not None
        }
        answered = [one for one in about if _holds_answers(table, table.places[key_of(one)])]
        # Of one question, every option is read: hardly anybody may have chosen one of them.
        questions = {one.replace(about[one][0], "") for one in answered}
        for heading, (text, span) in about.items():
            if heading not in answered and heading.replace(text, "") not in questions:
                continue
            named[heading] = text
            starts.append((span.weekday, span.start))
        if len(named) < 2:
            return None
        unit = usual_step(starts)
        columns = {}
        for heading, text in named.items():
            whole = span_of(text, languages, unit)
            assert whole is not None, "read before"
            columns[heading] = str(whole)
        negative = all(map(asks_when_not, columns))
        return len(columns), cls(
            weekdays_in=tuple(languages),
            columns=columns,
            says="unavailable" if negative else "available",
            unit=unit,
        )

    def _refuse_codes(self, table: Table, places: Sequence[int]) -> None:
        """Refuse to guess what numbers other than 0 and 1 mean."""
        known = {"0", "1", *self._own_words, *ANSWERS}
        cells = {cell for place in places for cell in table.column(place)}
        if not any(is_code(cell) and key_of(cell) not in known for cell in cells):
            return
        titles = [table.headings[place] for place in places]
        codes = sorted(
            cell for cell in cells if is_code(cell) and key_of(cell) not in self._own_words
        )
        where = f"{table.name}, availability"
        raise InputError([Fault("coded_answers", where, _coded(titles, codes))])

    def _repeated(self, table: Table, meanings: Mapping[int, Span | str]) -> list[Finding]:
        seen: dict[Span | str, int] = {}
        findings = []
        for place, meant in meanings.items():
            if meant in seen:
                message = (
                    "asks about the same time of the week as another column; of the two "
                    "answers the lesser counts"
                )
                findings.append(table.finding("repeated_slot", "look", message, place=place))
            seen[meant] = place
        return findings

    def _times(
        self,
        table: Table,
        row: Row,
        meanings: Mapping[int, Span | str],
        options_of: Mapping[int, frozenset[str]],
        findings: list[Finding],
    ) -> Times:
        spans: dict[Span, Answer] = {}
        slots: dict[str, Answer] = {}
        for place, meant in meanings.items():
            cell = row.cells[place]
            said = read_answer(cell, self._own_words) if cell else "no"
            if said is None and key_of(cell) in options_of[place]:
                # A chosen option that stands in its column again.
                said = "yes"
            if said is None:
                message = (
                    "is not an answer such as yes, if need be or no; counts as no (state the word "
                    "under 'availability.answers' in the mapping)"
                )
                findings.append(
                    table.finding(
                        "wrong_answer", "lost", message, row=row.number, place=place, value=cell
                    )
                )
                said = "no"
            elif cell and self.says == "unavailable":
                said = _OPPOSITE[said]
            elif self.says == "unavailable":
                said = "yes"
            if isinstance(meant, Span):
                spans[meant] = _lesser(said, spans.get(meant))
            else:
                slots[meant] = _lesser(said, slots.get(meant))
        given = any(row.cells[place] for place in meanings)
        return Times(spans, slots, given=given)


def _coded(headings: Sequence[str], codes: Sequence[str]) -> str:
    """Return which columns hold which codes, and what to write where."""
    return (
        f"the columns {headings[0]!r} to {headings[-1]!r} ({len(headings)}) hold the codes "
        f"{', '.join(codes)}, and the file does not say what they mean; export the answers as "
        f'text, give a codebook, or write into the mapping [availability.answers] "{codes[0]}" = '
        '"yes", "if_need_be" or "no", for each code'
    )


def _options(heading: str) -> frozenset[str]:
    """Return the texts by which the option of a heading may stand in its cells."""
    parts = [*question_part(heading), *re.findall(r"\[([^\]]*)\]", heading)]
    return frozenset(map(key_of, parts))


def _lesser(one: Answer, other: Answer | None) -> Answer:
    return one if other is None or _RANK[one] <= _RANK[other] else other


def _time_in(heading: str, languages: Sequence[DayLanguage]) -> tuple[str, Span | None]:
    """Return the part of a heading that names a time, and that time."""
    for part in (heading, *question_part(heading), *pairs_of_options(heading)):
        span = span_of(part, languages, 5)
        if span is not None:
            return part, span
    return heading, None


def _holds_answers(table: Table, place: int) -> bool:
    cells = table.column(place)
    options = _options(table.headings[place])
    known = sum(
        read_answer(cell, {}) is not None
        or key_of(cell) in options
        or re.fullmatch(r"\d", cell) is not None
        for cell in cells
    )
    return not cells or 2 * known > len(cells)
