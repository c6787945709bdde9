"""Values and bounds of all methods held against each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from benchmarks.families.record import Record


def faults(records: Sequence[Record]) -> list[str]:
    """Return every contradiction between the runs of the same rounds, in words.

    A bound of a tier holds for the matchings that are, in the tiers before, no worse than what
    the bound was proven with. One of them that costs less proves the bound wrong.
    """
    found = []
    for rounds in dict.fromkeys(record.round_ for record in records):
        same = [record for record in records if record.round_ == rounds]
        for prover, finder in product(same, same):
            found += list(_between(prover, finder))
    return found


def _between(prover: Record, finder: Record) -> Iterator[str]:
    values = finder.values
    if values is None:
        return
    for place, tier in enumerate(prover.tiers):
        before = prover.tiers[:place]
        alike = all(
            str(earlier.tier) in prover.held and values[at] <= prover.held[str(earlier.tier)]
            for at, earlier in enumerate(before)
        )
        if alike and tier.bound is not None and values[place] < tier.bound:
            family, students, seed = prover.round_
            yield (
                f"{family}, {students} students, seed {seed}, tier {tier.tier}: {prover.method} "
                f"proves {tier.bound}, {finder.method} reaches {values[place]}"
            )


def broken(records: Sequence[Record]) -> list[str]:
    """Return every run whose matching was not valid."""
    return [
        f"{record.family}, {record.students} students, seed {record.seed}: "
        f"{record.method} {record.note}"
        for record in records
        if record.status == "ERROR" and record.tiers
    ]
