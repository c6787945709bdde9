"""One round matched and checked in a process of its own, with its time and its memory."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Any, ParamSpec, TypeVar

from mentormatch import match, verify
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.progress import Progress

Asked = ParamSpec("Asked")
Found = TypeVar("Found")


@dataclass(frozen=True)
class Run:
    """What one round came to.

    Attributes
    ----------
    label
        What kind of round it is, or by what it was matched.
    students, mentors, seed
        Which round it is.
    status, groups
        Of the matching; each was verified.
    tiers
        Value and bound by number of the tier; None where there is no bound.
    seconds
        Time of `match`, without imports.
    memory
        Most megabytes that the process had in memory at any time, with making the round; None
        where it was not measured.
    places_after
        Seconds until the first tier was proven, if it was and somebody listened.
    """

    label: str
    students: int
    mentors: int
    seed: int
    status: str
    groups: int
    tiers: dict[str, tuple[int, int | None]]
    seconds: float
    memory: float | None
    places_after: float | None = None

    def value(self, tier: int) -> int:
        """Return what the matching costs in a tier."""
        return self.tiers[str(tier)][0]

    def bound(self, tier: int) -> int | None:
        """Return the least that any matching can cost there, as far as it is proven."""
        return self.tiers[str(tier)][1]

    def gap(self, tier: int) -> int | None:
        """Return the difference of the two."""
        value, bound = self.tiers[str(tier)]
        return None if bound is None else value - bound

    def as_data(self) -> dict[str, Any]:
        """Return all of it for JSON."""
        return asdict(self)

    def told(self, tier: int) -> str:
        """Return the value, with the bound behind it where it is not proven."""
        value, bound = self.tiers[str(tier)]
        if bound is None:
            return f"{value} (-)"
        return f"{value}" if value == bound else f"{value} ({bound})"


def in_own_process(
    function: Callable[Asked, Found],
    *arguments: Asked.args,
    **named: Asked.kwargs,
) -> Found:
    """Call a function in a fresh process, so that its memory and its imports are its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *arguments, **named).result()


def matched(label: str, problem: Problem, seed: int, time_limit: float) -> Run:
    """Match a round, check the matching, and tell what it came to.

    Raises
    ------
    SystemExit
        If the matching does not pass verification.
    """
    load_engine()
    proven: list[float] = []

    def listen(event: Progress) -> None:
        first = event.tier == problem.tiers[0]
        if first and event.value is not None and event.value == event.bound:
            proven.append(event.elapsed)

    began = perf_counter()
    matching = match(problem, time_limit=time_limit, seed=seed, progress=listen)
    seconds = perf_counter() - began
    run = checked(label, problem, matching, seconds, memory=peak_memory())
    if run.gap(problem.tiers[0]) != 0:
        return run
    # A bound that is raised at the very end is told by nobody.
    return replace(run, places_after=min([*proven, seconds]))


def checked(
    label: str, problem: Problem, matching: Matching, seconds: float, memory: float | None
) -> Run:
    """Check a matching and tell what it came to.

    Raises
    ------
    SystemExit
        If the matching does not pass verification.
    """
    report = verify(problem, matching)
    seed = matching.provenance.seed if matching.provenance else 0
    if not report.ok or matching.status in ("INFEASIBLE", "UNKNOWN"):
        raise SystemExit(f"{label}, seed {seed}: {matching.status}, {report}")
    return Run(
        label=label,
        students=len(problem.students),
        mentors=len(problem.mentors),
        seed=seed,
        status=matching.status,
        groups=len(matching.groups),
        tiers={str(tier.tier): (tier.value, tier.bound) for tier in matching.tiers},
        seconds=seconds,
        memory=memory,
    )


def load_engine() -> None:
    """Load what `match` would load at its first call."""
    import_module("mentormatch.solve.search")
    import_module("ortools.sat.python.cp_model")


def peak_memory() -> float | None:
    """Return the most megabytes this process has had in memory; None where nobody can tell."""
    status = Path("/proc/self/status")
    if status.exists():
        # `getrusage` on Linux counts what the parent had in memory when it started this process.
        for line in status.read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 2**10
    try:
        resource = import_module("resource")
    except ImportError:
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # macOS counts in bytes, others in kilobytes.
    return float(most / (2**20 if sys.platform == "darwin" else 2**10))
