"""What is wrong with an input, said all at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

SHOWN_FAULTS = 50
"""Faults printed in full by an error's text; the rest are counted."""

MOST_COMPARED = 2_000
"""Names among which the nearest is sought; comparing takes a while for each."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an input.

    Attributes
    ----------
    code
        Stable word for other tools, such as ``unknown_person``.
    where
        Path to the value, such as ``students[3].availability.tue-15``.
    message
        A sentence with who, what, the limit and what was found.
    nearest
        The nearest right name, where one is close.
    """

    code: str
    where: str
    message: str
    nearest: str | None = None

    def __str__(self) -> str:
        hint = f" (did you mean {self.nearest!r}?)" if self.nearest else ""
        return f"{self.where}: {self.message}{hint}"


class MentorMatchError(Exception):
    """Base of the errors that this library raises on purpose."""


class InputError(MentorMatchError):
    """An input that cannot be used, with every fault found in one pass.

    It does not derive from ``ValueError``: pydantic would fold it into its own
    error, which repeats people's data.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        # An exception is pickled by its arguments, on its way out of another process.
        super().__init__(self.faults)

    def __str__(self) -> str:
        count = len(self.faults)
        lines = [f"{count} fault{'s' if count != 1 else ''} in the input:"]
        lines += [f"  {fault}" for fault in self.faults[:SHOWN_FAULTS]]
        if count > SHOWN_FAULTS:
            lines.append(f"  ... and {count - SHOWN_FAULTS} more")
        return "\n".join(lines)


class InternalError(MentorMatchError):
    """The library contradicted itself; no matching is returned."""


class MissingExtraError(MentorMatchError):
    """A part of the library whose packages are not installed was used."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known name most like ``word``, or None if none is close.

    Among very many names only one that differs in nothing but its case is found.
    """
    choices = {name.casefold(): name for name in known}
    if len(choices) > MOST_COMPARED:
        return choices.get(word.casefold())
    found = get_close_matches(word.casefold(), choices, n=1, cutoff=0.6)
    return choices[found[0]] if found else None
