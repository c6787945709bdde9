"""Which variable of a linear program to branch on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mentormatch.solve.backend.sparse_matrix import Floats

INTEGRALITY = 1e-6
"""How far from an integer a value of the LP counts as integral."""


def most_fractional(values: Floats, places: NDArray[np.int64]) -> int | None:
    """Return the place of the value farthest from an integer; None if all are integral."""
    parts = np.abs(values[places] - np.rint(values[places]))
    if not len(parts) or parts.max() <= INTEGRALITY:
        return None
    return int(places[int(np.argmax(parts))])
