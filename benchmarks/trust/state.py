"""How far a run has come, kept in a file from which it goes on."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from mentormatch.files import write_atomically

HERE = Path(__file__).parent


@dataclass
class State:
    """What was counted of the seeds of a kind before the next one.

    Seeds are counted in their order, so that a run which was killed goes on without counting
    any of them twice.

    Attributes
    ----------
    kind
        Kind of rounds.
    next
        The first seed that is not counted.
    counts
        How often each thing that is counted was seen.
    faults
        What the roads disagreed on.
    commits
        How many rounds were compared on which commit of the code.
    began, ended
        When the first and the last were counted.
    """

    kind: str
    next: int
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    commits: Counter[str] = field(default_factory=Counter)
    began: str = ""
    ended: str = ""

    @classmethod
    def read(cls, path: Path | None, kind: str, first: int) -> State:
        """Return the state in a file, or a new one that begins at a seed."""
        if path is None or not path.exists():
            return cls(kind, first)
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["kind"] != kind:
            raise SystemExit(f"{path} is of {data['kind']} rounds, not of {kind} ones")
        counters = {name: Counter(data[name]) for name in ("counts", "commits")}
        return cls(**{**data, **counters})

    def write(self, path: Path) -> None:
        """Write the state to a file."""
        write_atomically(path, json.dumps(vars(self), indent=2), overwrite=True)

    def add(self, commit: str, counts: Counter[str], faults: list[str]) -> None:
        """Count the next seed."""
        self.counts += counts
        self.faults += [f"{self.kind} {self.next}: {fault}" for fault in faults]
        self.commits[commit] += 1
        self.next += 1
        self.ended = datetime.now(UTC).isoformat(timespec="seconds")
        self.began = self.began or self.ended

    def __str__(self) -> str:
        rounds = sum(self.commits.values())
        lines = [
            f"{rounds} {self.kind} rounds up to seed {self.next}, {len(self.faults)} faults",
            *(f"  {number:>7}  {name}" for name, number in sorted(self.counts.items())),
            *(f"  {number:>7}  on {commit}" for commit, number in self.commits.items()),
        ]
        return "\n".join(lines)


def commit_here() -> str:
    """Return the commit of this code, or `unknown` where there is none to be asked for."""
    try:
        found = subprocess.run(
            ["git", "describe", "--always", "--dirty", "--exclude=*"],
            cwd=HERE,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return found.stdout.strip()
