"""Decisions read from bytes, so that a fuzzer that changes bytes changes decisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


class Chances:
    """Takes decisions from bytes, from the front; when they are used up, always the first."""

    def __init__(self, data: bytes) -> None:
        self._rest = memoryview(data)

    def bytes(self, most: int) -> bytes:
        """Return the next bytes, fewer if there are no more."""
        taken, self._rest = bytes(self._rest[:most]), self._rest[most:]
        return taken

    def below(self, limit: int) -> int:
        """Return a whole number from 0 up to, but not including, the limit."""
        return int.from_bytes(self.bytes(1 if limit <= 256 else 3), "big") % limit

    def one_of(self, things: Sequence[Thing]) -> Thing:
        """Return one of several things."""
        return things[self.below(len(things))]

    def text(self) -> str:
        """Return a short text of any characters, halves of them as well."""
        return self.bytes(self.below(24)).decode("utf-8", "surrogateescape")
