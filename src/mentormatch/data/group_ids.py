"""Ids for new groups beside those that other groups have or had."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator


def fresh_ids(prefix: str, used: Collection[str]) -> Iterator[str]:
    """Yield ids that no group has: the prefix and the numbers after the highest that was used.

    A number that was used and is free again is not given anew, since people may remember it.

    Parameters
    ----------
    prefix
        What all these ids begin with.
    used
        Ids that groups have, or had.
    """
    numbered = re.compile(rf"{re.escape(prefix)}(\d+)")
    numbers = [int(found[1]) for name in used if (found := numbered.fullmatch(name))]
    number = max(numbers, default=0)
    while True:
        number += 1
        if (name := f"{prefix}{number}") not in used:
            yield name
