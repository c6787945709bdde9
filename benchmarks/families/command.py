"""Rounds of many makes: value, bound, gap and seconds by tier, largest gaps first.

    python -m benchmarks.families
    python -m benchmarks.families --families twelve peers --sizes 120 300 --seeds 2 --limit 60
    python -m benchmarks.families --families all --sizes 40 --baselines --install
    python -m benchmarks.families --families diverse --sizes 120 240 --limit 600
    python -m benchmarks.families --report

Each run has a process of its own and adds a line to ``--log``. Tables and plot are of the last
run of each method on each round in that file; begin another one when a family or, for mixtures,
the catalogue of rules has changed. With ``--baselines`` other means are tried on the
same rounds in the same time, and every value and bound is held against theirs: a bound above
somebody's value, or a value below somebody's bound, ends the command with an error.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as Late
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

from benchmarks.families import below, brackets, gaps, others, ours, plot
from benchmarks.families.catalogue import ALONE, BY_NAME, FAMILIES, SIZES, Family
from benchmarks.families.diverse import DIVERSE, DIVERSE_SIZES
from benchmarks.families.record import OURS, RELAXATION, Record, append, latest
from benchmarks.outcome import Outcome, asking

LOG = Path("build/benchmarks/families.jsonl")
PLOT = Path("docs/images/families.svg")
PATIENCE = 4.0
"""A run is stopped after so many times its limit, and a minute."""


def chosen(names: Sequence[str]) -> list[Family]:
    """Return families by name; ``all`` and ``alone`` stand for several.

    Raises
    ------
    SystemExit
        If there is none of a name.
    """
    groups = {"main": FAMILIES, "alone": ALONE, "all": (*FAMILIES, *ALONE)}
    found: dict[str, Family] = {}
    for name in names:
        if name == "diverse" or name in DIVERSE:
            continue
        if name not in groups and name not in BY_NAME:
            raise SystemExit(
                f"there is no family {name}; there are {', '.join([*BY_NAME, *DIVERSE])}"
            )
        found |= {family.name: family for family in groups.get(name) or (BY_NAME[name],)}
    return list(found.values())


def run_once(
    method: str, family: str, students: int, seed: int, limit: float, held: Mapping[str, int]
) -> Record | None:
    """Make a round and run one method on it; None if that does not know what is asked."""
    if method == others.MAXIMA:
        return others.grouped(family, DIVERSE[family](students, seed), seed, limit)
    problem = BY_NAME[family].make(students, seed)
    if method == OURS:
        return ours.run(family, problem, seed, limit)
    if method == RELAXATION:
        return others.bounded(family, problem, seed, limit, held)
    return others.FINDERS[method](family, problem, seed, limit)


def watched(
    method: str,
    family: str,
    students: int,
    seed: int,
    limit: float,
    held: Mapping[str, int] | None = None,
) -> Record | None:
    """Run one method in a process of its own; what goes wrong there is a record too."""
    began = perf_counter()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        job = pool.submit(run_once, method, family, students, seed, limit, held or {})
        try:
            return job.result(timeout=PATIENCE * limit + 60)
        except Late:
            note = "stopped: it had not ended"
            for process in list(pool._processes.values()):  # noqa: SLF001  # No other way before 3.14.
                process.kill()
        except Exception as error:  # noqa: BLE001  # A run that fails is a figure of its own.
            note = f"{type(error).__name__}: {error}"[:200]
    seconds = round(perf_counter() - began, 2)
    return Record(family, students, seed, method, limit, "ERROR", seconds, note=note)


def methods_on(
    family: str, students: int, seed: int, limit: float, *, baselines: bool
) -> Iterator[Record]:
    """Run ours on a round, and then the others if they are asked for."""
    mine = watched(OURS, family, students, seed, limit)
    assert mine is not None
    yield mine
    if not baselines:
        return
    for method in others.FINDERS:
        record = watched(method, family, students, seed, limit)
        if record is not None:
            yield record
    if mine.values is not None and below.ready():
        bound = watched(RELAXATION, family, students, seed, limit, mine.held)
        assert bound is not None
        yield bound


def grouped_by_scores(
    names: Sequence[str], sizes: Sequence[int], seeds: Sequence[int], limit: float
) -> Iterator[Record]:
    """Run the published heuristic on the instances of scores that are asked for."""
    for name in DIVERSE:
        if name in names or "diverse" in names:
            for students in DIVERSE_SIZES:
                for seed in seeds if students in sizes else ():
                    record = watched(others.MAXIMA, name, students, seed, limit)
                    assert record is not None
                    yield record


def runs(
    families: Sequence[Family], sizes: Sequence[int], seeds: Sequence[int]
) -> Iterator[tuple[Family, int, int]]:
    """Yield every round to be made, small ones first."""
    for size in sizes:
        for family in families:
            if size <= family.most:
                yield from ((family, size, seed) for seed in seeds)


def parser() -> argparse.ArgumentParser:
    """Return the command line."""
    options = asking(__doc__, seeds=1, sizes=SIZES)
    options.add_argument(
        "--families",
        nargs="+",
        default=["main"],
        metavar="NAME",
        help="names; main: those of several rules; alone: each rule by itself; all: both; "
        "diverse: groups by scores",
    )
    options.add_argument("--first-seed", type=int, default=0, help="seed of the first round")
    options.add_argument("--limit", type=float, default=60.0, help="seconds for each run")
    options.add_argument("--log", type=Path, default=LOG, help="file that lines are added to")
    options.add_argument("--plot", type=Path, default=PLOT, help="file for the drawing")
    options.add_argument("--baselines", action="store_true", help="run the others too")
    options.add_argument(
        "--install", action="store_true", help="install HiGHS for the relaxation, beside ortools"
    )
    options.add_argument("--report", action="store_true", help="only read the file and report")
    return options


def _figure(number: int | None) -> str:
    return "-" if number is None else f"{number}"


def told(record: Record) -> str:
    """Return a run in a line."""
    tiers = ", ".join(
        f"{tier.tier}: {_figure(tier.value)}"
        + (f" ({_figure(tier.bound)})" if tier.bound != tier.value else "")
        for tier in record.tiers
    )
    return (
        f"{record.family} {record.students} seed {record.seed} {record.method}: {record.status} "
        f"in {record.seconds:.1f} s; {tiers} {record.note}"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Run what is asked for, then show what came of everything in the file."""
    options = parser().parse_args(arguments)
    seeds = range(options.first_seed, options.first_seed + options.seeds)
    if options.install and not below.ready():
        print(f"HiGHS: {below.prepare()}")
    if options.baselines and not below.ready():
        print("the relaxation is left out; --install installs HiGHS in an environment of its own")
    if not options.report:
        for family, size, seed in runs(chosen(options.families), options.sizes, seeds):
            found = methods_on(family.name, size, seed, options.limit, baselines=options.baselines)
            for record in found:
                append(options.log, record)
                print(told(record), flush=True)
        for record in grouped_by_scores(options.families, options.sizes, seeds, options.limit):
            append(options.log, record)
            print(told(record), flush=True)
    records = latest(options.log)
    options.plot.parent.mkdir(parents=True, exist_ok=True)
    options.plot.write_text(plot.drawn(records), encoding="utf-8")
    names = " ".join(options.families)
    sizes = " ".join(map(str, options.sizes))
    command = (
        f"python -m benchmarks.families --families {names} --sizes {sizes} "
        f"--seeds {options.seeds} --limit {options.limit:g}"
        f"{' --baselines' if options.baselines else ''}"
    )
    Outcome("families", command, gaps.tables(records)).tell(options.json)
    if wrong := [*brackets.faults(records), *brackets.broken(records)]:
        raise SystemExit("\n".join(["values and bounds contradict each other:", *wrong]))
