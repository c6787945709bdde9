"""What one method came to on one round, as a line of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.outcome import machine, versions

OURS = "mentormatch"
RELAXATION = "relaxation"


@dataclass(frozen=True)
class TierFigures:
    """Of one tier: its number and name, value, bound and the seconds spent on it.

    A method that finds no groups has no values, one that proves nothing has no bounds.
    """

    tier: int
    name: str
    value: int | None = None
    bound: int | None = None
    seconds: float | None = None


@dataclass(frozen=True)
class Record:
    """One run.

    Attributes
    ----------
    family, students, seed
        Which round.
    method, limit
        By what, and the seconds it was given.
    status
        That of the matching; ``FOUND`` or ``BOUND`` for a baseline that proves or finds
        nothing; ``ERROR`` if it ended with one.
    seconds, memory
        Time of the method alone; most megabytes of its process, with making the round.
    tiers
        Figures tier by tier.
    held
        Values of the earlier tiers that bounds rest on, by number of the tier.
    trace
        What the progress told: seconds, tier, value and bound.
    note
        The error, or what else there is to say.
    """

    family: str
    students: int
    seed: int
    method: str
    limit: float
    status: str
    seconds: float
    tiers: tuple[TierFigures, ...] = ()
    held: dict[str, int] = field(default_factory=dict)
    groups: int | None = None
    memory: float | None = None
    trace: tuple[tuple[float, int, int | None, int | None], ...] = ()
    note: str = ""
    when: str = field(default_factory=lambda: f"{datetime.now(UTC):%Y-%m-%dT%H:%MZ}")
    machine: str = field(default_factory=machine)
    versions: dict[str, str] = field(default_factory=versions)

    @property
    def round_(self) -> tuple[str, int, int]:
        """What tells the round from others."""
        return self.family, self.students, self.seed

    @property
    def values(self) -> tuple[int, ...] | None:
        """The values of all tiers, or None if there is no matching."""
        values = tuple(tier.value for tier in self.tiers if tier.value is not None)
        return values if self.tiers and len(values) == len(self.tiers) else None

    def line(self) -> str:
        """Return the run as a line of JSON."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def read(cls, line: str) -> Record:
        """Return the run of a line."""
        data: dict[str, Any] = json.loads(line)
        tiers = tuple(TierFigures(**tier) for tier in data["tiers"])
        trace = tuple(tuple(event) for event in data["trace"])
        return cls(**{**data, "tiers": tiers, "trace": trace})


def append(file: Path, record: Record) -> None:
    """Add a run to a file of lines."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as stream:
        stream.write(record.line() + "\n")


def latest(file: Path) -> list[Record]:
    """Return the runs of a file; of one method on one round the last."""
    if not file.exists():
        return []
    lines = file.read_text(encoding="utf-8").splitlines()
    return list(_last(Record.read(line) for line in lines if line).values())


def _last(records: Iterable[Record]) -> dict[tuple[tuple[str, int, int], str], Record]:
    return {(record.round_, record.method): record for record in records}
