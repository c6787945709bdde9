"""One seed after the other, in this process or in several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from benchmarks.trust.compare import compare
from benchmarks.trust.rounds import KINDS, Drawn, searched
from benchmarks.trust.shrink import shrunk
from mentormatch.data.problem import Problem
from mentormatch.files import write_atomically

Told = tuple[Counter[str], list[str]]

BATCH = 50
"""Seeds handed out at once for each process."""
SHRINKING = 400
"""Rounds tried to make one that disagrees smaller."""
SEARCHED = 8
"""Students up to which a smaller round is searched exhaustively again."""


def run_seeds(
    kind: str,
    seeds: Iterable[int],
    folder: Path | None,
    processes: int,
    roads: Collection[str] = (),
) -> Iterator[Told]:
    """Yield what was found on each seed, in their order whatever the number of processes."""
    run = partial(run_seed, kind, folder=folder, roads=roads)
    if processes == 1:
        yield from map(run, seeds)
        return
    # A new process shares no thread of the solver with this one.
    with get_context("spawn").Pool(processes) as pool:
        waiting = iter(seeds)
        # The pool would take in all the seeds there are before the first is done.
        while batch := list(islice(waiting, BATCH * processes)):
            yield from pool.imap(run, batch)


def run_seed(kind: str, seed: int, folder: Path | None, roads: Collection[str] = ()) -> Told:
    """Compare the roads on one round; what they disagree on is saved and made smaller."""
    drawn = KINDS[kind](seed)
    found = compare(drawn, seed, roads)
    if found.faults and folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        save(folder / f"{kind}-{seed}.json", drawn.problem)

        def disagrees(problem: Problem) -> bool:
            return bool(compare(_again(drawn, problem), seed, roads).faults)

        small = shrunk(drawn.problem, disagrees, attempts=SHRINKING)
        save(folder / f"{kind}-{seed}-small.json", small)
    counts = Counter(found.counts)
    counts[f"rounds: {drawn.name}"] += 1
    return counts, found.faults


def _again(drawn: Drawn, problem: Problem) -> Drawn:
    """Return a part of a round, with its best matching where that can be searched for."""
    if len(problem.students) <= SEARCHED and len(problem.mentors) <= 4 and len(problem.slots) <= 4:
        return replace(searched(drawn.name, problem), seconds=drawn.seconds)
    return replace(drawn, problem=problem, known=None, impossible=False)


def save(path: Path, problem: Problem) -> None:
    """Write a round."""
    write_atomically(path, problem.to_json(), overwrite=True)
