"""Options of a form: which slot or which stretch of the week each stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mentormatch.data.calendar import Slot
from mentormatch.importers.availability.day_words import DayLanguage
from mentormatch.importers.availability.times import Span, span_of
from mentormatch.importers.table import key_of


class Options:
    """Looks options up.

    Parameters
    ----------
    slots
        Those that the programme states.
    stated
        What the mapping says that options mean: the id of a slot, or a time.
    languages
        Those whose weekdays are read.
    unit
        Minutes of a time that names no end.
    """

    def __init__(
        self,
        slots: Sequence[Slot],
        stated: Mapping[str, str],
        languages: Sequence[DayLanguage],
        unit: int,
    ) -> None:
        self._stated = {key_of(option): meaning for option, meaning in stated.items()}
        self._slots = {key_of(slot.id): slot.id for slot in slots}
        self._slots |= {key_of(slot.label): slot.id for slot in slots if slot.label}
        self._languages = languages
        self._unit = unit

    @property
    def names(self) -> tuple[str, ...]:
        """Every option known by its text, longest first."""
        return tuple(sorted({*self._stated, *self._slots}, key=lambda name: (-len(name), name)))

    def slot(self, text: str) -> str | None:
        """Return the id of the slot whose id or label a text is, or None."""
        return self._slots.get(key_of(text))

    def meaning(self, text: str) -> Span | str | None:
        """Return the stretch or the id of the slot that a text stands for, or None."""
        key = key_of(text)
        if key in self._stated:
            meant = self._stated[key]
            return self._slots.get(key_of(meant)) or span_of(meant, ("en",), self._unit)
        if key in self._slots:
            return self._slots[key]
        return span_of(text, self._languages, self._unit)
