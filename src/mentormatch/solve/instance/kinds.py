"""Kinds of people: those who are in the same counted sets."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mentormatch.solve.instance.compiled import Compiled


def kinds_of_people(compiled: Compiled) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Return the counts of each kind, shape (kinds, counts), and the kind of each person."""
    member = np.zeros((len(compiled.round_.people), len(compiled.counts)), dtype=np.bool_)
    for number, count in enumerate(compiled.counts):
        member[count.members, number] = True
    packed = np.packbits(member, axis=1)
    if not packed.size:
        return member[:1], np.zeros(len(member), dtype=np.int64)
    # Each row as one value: numpy finds unique values far faster than unique rows.
    rows = np.ascontiguousarray(packed).view(f"V{packed.shape[1]}").ravel()
    _, first, kind = np.unique(rows, return_index=True, return_inverse=True)
    return member[first], kind.ravel()
