"""How many students the relaxation is solved for, by the time that a run was given."""

from __future__ import annotations

from mentormatch.solve.lagrangian.dual import LagrangianDual

SAMPLE = 1_000
"""Students in the first sample, where not all are priced at once."""
AT_ONCE = 2_000
"""Students up to whom everybody is priced at once, if there is time for it at all."""
LARGE_SAMPLE = 5_000
"""Students in the second one, which is as good as everybody for numbers of groups."""
WHOLE = 20_000
"""Students up to whom everybody is priced if there is time: beyond, it takes gigabytes."""
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
        affordable = students
    else:
        places = max(1, int((compiled.allowed & (dual.most > 0)).sum()))
        seconds = SHARE * limit / max(1, compiled.tiers)
        affordable = int(students * 100_000 / places * (seconds / SECONDS) ** (1 / GROWTH))
    if students <= min(affordable, WHOLE):
        return students
    return max(1, min(students, affordable, LARGE_SAMPLE))
