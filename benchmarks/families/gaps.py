"""How far values are from bounds, and the tables that say so, largest gaps first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.families.record import OURS, RELAXATION, Record, TierFigures
from benchmarks.outcome import Cell, Table, percent, table

SMALLEST = 0.01
"""Share of the students below which a value does not shrink what a gap is compared with."""

MOST_ROWS = 50
"""Rows of the longer tables."""


def share(record: Record, tier: TierFigures) -> float:
    """Return the gap of a tier as a share of its value, or of a hundredth of the students.

    Without the second a gap of 1 at a value of 1 would be the largest there can be.
    """
    if tier.value is None or tier.bound is None:
        return 1.0
    return (tier.value - tier.bound) / max(tier.value, SMALLEST * record.students, 1)


def worst(record: Record) -> float:
    """Return the largest gap of a run, all tiers considered; 1 if it has no matching."""
    if record.values is None:
        return 0.0 if record.status == "INFEASIBLE" else 1.0
    return max(share(record, tier) for tier in record.tiers)


def order(record: Record) -> tuple[float, ...]:
    """Return by what runs are sorted: the largest gap first, then tier by tier."""
    return -worst(record), *(-share(record, tier) for tier in record.tiers)


def tables(records: Sequence[Record]) -> tuple[Table, ...]:
    """Return the families, worst first, and then every tier that is not proven."""
    ours = [record for record in records if record.method == OURS]
    return _by_family(ours, records), _by_tier(ours, records), _by_method(records)


def better_elsewhere(mine: Record, records: Iterable[Record]) -> Record | None:
    """Return the best run of another method on the same round, if it is better in strict order."""
    found = [
        record
        for record in records
        if record.round_ == mine.round_
        and record.status != "ERROR"
        and record.values is not None
        and (mine.values is None or record.values < mine.values)
    ]
    return min(found, key=lambda record: record.values or (), default=None)


def _by_family(ours: Sequence[Record], records: Sequence[Record]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    names = dict.fromkeys(record.family for record in ours)
    parts = [[record for record in ours if record.family == name] for name in names]
    for part in sorted(parts, key=lambda part: min(map(order, part))):
        hardest = min(part, key=order)
        proven = sum(record.status in ("OPTIMAL", "INFEASIBLE") for record in part)
        beaten = sum(better_elsewhere(record, records) is not None for record in part)
        rows.append(
            (
                part[0].family,
                " ".join(f"{size:,}" for size in sorted({r.students for r in part})),
                f"{proven} of {len(part)}",
                f"{beaten} of {len(part)}",
                percent(worst(hardest), 1),
                f"{hardest.students:,}",
                _open(hardest),
                max(record.seconds / record.limit for record in part),
            )
        )
    head = ("family", "students", "proven", "beaten", "largest gap", "students")
    return table(
        "families",
        "Families, largest gaps first",
        (*head, "its open tiers: value (bound)", "time of limit"),
        rows,
    )


def _open(record: Record) -> str:
    """Return which tiers of a run are open, each with value and bound."""
    if record.values is None:
        return record.note or record.status
    return "; ".join(
        f"{tier.tier}: {tier.value:,} ({tier.bound:,})"
        for tier in record.tiers
        if tier.value is not None and tier.bound is not None and tier.value > tier.bound
    )


def _by_tier(ours: Iterable[Record], records: Sequence[Record]) -> Table:
    """Return one line for each tier that is not proven."""
    below = {record.round_: record for record in records if record.method == RELAXATION}
    rows: list[tuple[Cell, ...]] = []
    for record in sorted(ours, key=lambda record: (order(record), record.round_)):
        rows += [
            (
                record.family,
                f"{record.students:,}",
                str(record.seed),
                f"{tier.tier} ({_short(tier.name)})",
                tier.value,
                tier.bound,
                _below(below.get(record.round_), record, place),
                percent(share(record, tier), 1),
                tier.seconds,
                f"{record.seconds:.0f} of {record.limit:g}",
            )
            for place, tier in enumerate(record.tiers)
            if share(record, tier) > 0
        ]
    head = ("family", "students", "seed", "tier", "value", "bound", "relaxation", "gap")
    return table(
        "families_open",
        "Tiers that are not proven, largest gaps first",
        (*head, "seconds", "run"),
        _first(rows, len(head) + 2),
    )


def _first(rows: Sequence[tuple[Cell, ...]], columns: int) -> list[tuple[Cell, ...]]:
    """Return the first rows, and how many more there are."""
    if not rows:
        return [("none", *(None,) * (columns - 1))]
    more = len(rows) - MOST_ROWS
    rest = [(f"and {more} more", *(None,) * (columns - 1))] if more > 0 else []
    return [*rows[:MOST_ROWS], *rest]


def _below(relaxation: Record | None, record: Record, place: int) -> int | None:
    """Return what the relaxation says of a tier, if the run is as good as it was held to."""
    if relaxation is None:
        return None
    held = all(
        tier.value is not None and tier.value <= relaxation.held[str(tier.tier)]
        for tier in record.tiers[:place]
    )
    return relaxation.tiers[place].bound if held else None


def _short(name: str) -> str:
    first, _, rest = name.partition("; ")
    return f"{first} ..." if rest else first


def _by_method(records: Sequence[Record]) -> Table:
    """Return the values of every method on the rounds that more than one has matched."""
    rows: list[tuple[Cell, ...]] = []
    rounds = dict.fromkeys(record.round_ for record in records)
    for round_ in rounds:
        part = [record for record in records if record.round_ == round_ and record.values]
        mine = next((record for record in part if record.method == OURS), None)
        for other in part:
            if mine is None or other is mine or mine.values is None or other.values is None:
                continue
            better = other.method if other.values < mine.values else OURS
            better = "same" if other.values == mine.values else better
            rows.append(
                (
                    round_[0],
                    f"{round_[1]:,}",
                    str(round_[2]),
                    " ".join(map(str, mine.values)),
                    other.method,
                    " ".join(map(str, other.values)),
                    better,
                )
            )
    # Where somebody else is better comes first.
    rows.sort(key=lambda row: row[-1] in (OURS, "same"))
    head = ("family", "students", "seed", OURS, "by", "values", "better")
    return table(
        "families_methods",
        "Values tier by tier by other means in the same time",
        head,
        _first(rows, len(head)),
    )
