"""How many students the relaxation is solved for, by the time that a run was given."""

from __future__ import annotations

from mentormatch.solve.lagrangian.dual import LagrangianDual
from mentormatch.solve.params import SolveParams

SECONDS = 6.0
"""What a tier takes about, where the people have a hundred thousand places in all."""
GROWTH = 1.35
"""The power of the number of places with which that grows."""


def first_sample(students: int, largest: int, params: SolveParams) -> int:
    """Return how many students are in the first sample, of which `largest` can be priced."""
    if students <= min(largest, params.sample_all_students):
        return students
    return min(params.sample_students, largest)


def largest_sample(dual: LagrangianDual, limit: float | None, params: SolveParams) -> int:
    """Return how many students can be priced in the time that the run was given.

    It is not decided by how long anything took, so that the same limit gives the same sample.
    """
    compiled = dual.compiled
    students = compiled.students
    if limit is None:
        affordable = students
    else:
        places = max(1, int((compiled.allowed & (dual.most > 0)).sum()))
        seconds = params.sample_share * limit / max(1, compiled.tiers)
        affordable = int(students * 100_000 / places * (seconds / SECONDS) ** (1 / GROWTH))
    if students <= min(affordable, params.sample_max_students):
        return students
    return max(1, min(students, affordable, params.sample_later_students))
