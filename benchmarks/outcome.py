"""What a benchmark found: tables, where and when they were made, as text and as JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

Cell = str | int | float | None


@dataclass(frozen=True)
class Table:
    """Rows of text under headings.

    Attributes
    ----------
    name
        By which a page asks for it.
    title
        A line above it.
    columns
        The headings.
    rows
        As many texts each as there are headings.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def text(self) -> str:
        """Return the table with its columns aligned, the first to the left."""
        lines = [self.columns, *self.rows]
        wide = [max(len(line[place]) for line in lines) for place in range(len(self.columns))]
        aligned = [
            "  ".join(
                [line[0].ljust(wide[0])]
                + [cell.rjust(width) for cell, width in zip(line[1:], wide[1:], strict=True)]
            ).rstrip()
            for line in lines
        ]
        return "\n".join([self.title, *aligned])

    def markdown(self) -> str:
        """Return the table as Markdown, without its title."""
        rule = ["---", *["--:"] * (len(self.columns) - 1)]
        return "\n".join(f"| {' | '.join(line)} |" for line in (self.columns, rule, *self.rows))


def table(name: str, title: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Table:
    """Return a table of values; None is written as a dash."""
    return Table(
        name, title, tuple(columns), tuple(tuple(_cell(cell) for cell in row) for row in rows)
    )


def _cell(value: Cell) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.0f}" if value >= 100 else f"{value:.2f}"
    return f"{value:,}" if isinstance(value, int) else value


def machine() -> str:
    """Return how many processors of what kind this process may use."""
    available = getattr(os, "sched_getaffinity", None)
    cores = len(available(0)) if available else os.cpu_count() or 1
    kind = platform.processor() or platform.machine()
    listing = Path("/proc/cpuinfo")
    if listing.exists():
        for line in listing.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                kind = " ".join(line.partition(":")[2].split())
                break
    return f"{cores} core{'' if cores == 1 else 's'} ({kind}), {platform.system()}"


def versions() -> dict[str, str]:
    """Return the versions that a figure depends on."""
    packages = {name: version(name) for name in ("mentormatch", "ortools", "numpy")}
    return {**packages, "Python": platform.python_version()}


@dataclass(frozen=True)
class Outcome:
    """All that one run of a benchmark found.

    Attributes
    ----------
    benchmark
        Name of the module under ``benchmarks``.
    command
        What was run.
    tables
        What is shown.
    runs
        What was measured, run by run.
    date, machine, versions
        When, where and with what.
    """

    benchmark: str
    command: str
    tables: tuple[Table, ...]
    runs: tuple[Any, ...] = ()
    date: str = field(default_factory=lambda: f"{datetime.now(UTC):%Y-%m-%d}")
    machine: str = field(default_factory=machine)
    versions: dict[str, str] = field(default_factory=versions)

    def text(self) -> str:
        """Return everything for a terminal."""
        used = ", ".join(f"{name} {number}" for name, number in self.versions.items())
        head = f"{self.command}\n{self.date}; {self.machine}; {used}"
        return "\n\n".join([head, *(each.text() for each in self.tables)])

    def tell(self, file: Path | None) -> None:
        """Print everything, and write it to a file if there is one."""
        print(self.text())
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, file: Path) -> Outcome:
        """Return what :meth:`tell` wrote to a file."""
        data = json.loads(file.read_text(encoding="utf-8"))
        tables = [
            Table(
                each["name"],
                each["title"],
                tuple(each["columns"]),
                tuple(tuple(row) for row in each["rows"]),
            )
            for each in data["tables"]
        ]
        return cls(**{**data, "tables": tuple(tables), "runs": tuple(data["runs"])})


def median(values: Sequence[float]) -> float:
    """Return the middle one of the values; of an even number the lower middle one.

    It is one of the values, so that whole numbers stay whole.
    """
    return statistics.median_low(values)


def percent(part: float, whole: float) -> str:
    """Return a share for a table: ``0 %``, ``0.013 %``, ``2.4 %``."""
    if part == 0:
        return "0 %"
    if not whole:
        return "-"
    share = 100 * part / whole
    return f"{share:.0f} %" if share >= 10 else f"{share:.2g} %"


def asking(description: str | None, *, seeds: int, sizes: Sequence[int]) -> argparse.ArgumentParser:
    """Return a command line with the options that the benchmarks share."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=list(sizes), metavar="N")
    parser.add_argument("--seeds", type=int, default=seeds, help="rounds of each size")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    return parser
