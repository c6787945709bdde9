"""How many students the relaxation is solved for, by the time that a run was given."""

from __future__ import annotations

from mentormatch.solve.lagrangian.dual import LagrangianDual

SAMPLE = 1_000
"""Students in the first sample, where not all are priced at once."""
MOST = 20_000
"""Students in any sample: beyond, the solver takes gigabytes, and prices hardly change."""
SECONDS = 6.0
"""What a tier takes about, where the people have a hundred thousand places in all."""
GROWTH = 1.35
"""The power of the number of places with which that grows."""
SHARE = 0.5
"""Share of the time that pricing all tiers may take."""


def largest_sample(dual: LagrangianDual, limit: float | None) -> int:
    """Return how many students can be priced in the time that the run was given.

    It is not decided by how long anything took, so that the same limit gives the same sample.
    """
    compiled = dual.compiled
    students = compiled.students
    if limit is None:
        return min(students, MOST)
    places = max(1, int((compiled.allowed & (dual.most > 0)).sum()))
    seconds = SHARE * limit / max(1, compiled.tiers)
    affordable = 100_000 * (seconds / SECONDS) ** (1 / GROWTH)
    return max(1, min(students, MOST, int(students * affordable / places)))
