"""The same task by this package and by others from the package index.

    python -m benchmarks.peers
    python -m benchmarks.peers --install

Without ``--install`` other packages run only if they have been installed so before. Each has a
virtual environment of its own under ``build/peers``. Its licence is read first, and only a package
under a permissive one is installed. One seed of each size is given to the others, who take long.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

from benchmarks.measuring import in_own_process, load_engine
from benchmarks.outcome import Cell, Outcome, Table, asking, median, table
from benchmarks.peers.environment import install, installed, interpreter
from benchmarks.peers.task import (
    GROUP_SIZE,
    Task,
    Verdict,
    as_groups,
    as_problem,
    draw_task,
    judged,
)
from mentormatch import match, verify

SIZES = (300, 1_000)
PEER, PEER_VERSION = "team-formation", "2.0.0"
PEER_NEEDS = ("ortools", "pandas")
"""What its search imports; its web pages need more."""

PATIENCE = 5.0
"""A peer that has not ended after so many time limits is stopped: building takes time too."""

MEMORY = 8 * 2**30
"""Bytes of memory that a peer gets."""


@dataclass(frozen=True)
class Trial:
    """What one package made of one task.

    Attributes
    ----------
    verdict
        What its groups are worth, or None if it gave none.
    proven
        Whether it proved that neither more people can be placed nor fewer pairs of one
        department be had; None for a package that proves nothing of the kind.
    note
        Why there is no verdict.
    """

    by: str
    people: int
    seed: int
    verdict: Verdict | None
    proven: bool | None
    seconds: float
    note: str = ""


def ours(people: int, seed: int, time_limit: float) -> Trial:
    """Run this package; to be called in a process of its own.

    Raises
    ------
    SystemExit
        If the matching does not pass verification.
    """
    task = draw_task(people, seed)
    problem = as_problem(task)
    load_engine()
    began = perf_counter()
    matching = match(problem, time_limit=time_limit, seed=seed)
    seconds = perf_counter() - began
    report = verify(problem, matching)
    if not report.ok:
        raise SystemExit(f"{people} people, seed {seed}: {report}")
    verdict = judged(task, as_groups(problem, matching))
    return Trial("mentormatch", people, seed, verdict, matching.status == "OPTIMAL", seconds)


def theirs(task: Task, seed: int, time_limit: float) -> Trial:
    """Run the peer in its environment, and stop it if it does not end."""
    asked = {**asdict(task), "size": GROUP_SIZE, "time_limit": time_limit}
    script = Path(__file__).with_name("run_team_formation.py")
    began = perf_counter()
    try:
        ended = subprocess.run(
            [str(interpreter(PEER)), str(script)],
            input=json.dumps(asked),
            capture_output=True,
            check=False,
            encoding="utf-8",
            timeout=PATIENCE * time_limit,
            preexec_fn=_limit_memory if os.name == "posix" else None,
        )
    except subprocess.TimeoutExpired:
        return _without(task, seed, perf_counter() - began, "stopped, had not ended")
    if ended.returncode:
        return _without(task, seed, perf_counter() - began, "ended with an error")
    answer = json.loads(ended.stdout)
    if not answer["groups"]:
        return _without(task, seed, answer["seconds"], "found nothing in time")
    verdict = judged(task, answer["groups"])
    return Trial(PEER, task.people, seed, verdict, None, answer["seconds"])


def _without(task: Task, seed: int, seconds: float, note: str) -> Trial:
    return Trial(PEER, task.people, seed, None, None, seconds, note)


def _limit_memory() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def tables(trials: Sequence[Trial]) -> tuple[Table, ...]:
    """Return the trials by size and package, medians over the seeds."""
    rows: list[tuple[Cell, ...]] = []
    for people in dict.fromkeys(trial.people for trial in trials):
        for by in dict.fromkeys(trial.by for trial in trials):
            part = [trial for trial in trials if trial.people == people and trial.by == by]
            if not part:
                continue
            found = [trial.verdict for trial in part if trial.verdict is not None]
            seconds = median([trial.seconds for trial in part])
            if len(found) < len(part):
                note = next(trial.note for trial in part if trial.note)
                rows.append((f"{people:,}", by, len(part), note, None, None, None, None, seconds))
                continue
            known = [trial.proven for trial in part if trial.proven is not None]
            rows.append(
                (
                    f"{people:,}",
                    by,
                    len(part),
                    f"{median([one.sharing for one in found])} of {found[0].groups}",
                    median([one.without for one in found]),
                    f"{median([one.mix for one in found]):.3f}",
                    median([one.pairs for one in found]),
                    f"{sum(known)} of {len(known)}" if known else None,
                    seconds,
                )
            )
    return (
        table(
            "peers",
            "Groups of five with a shared slot and mixed departments, medians over the seeds",
            (
                *("people", "by", "seeds", "groups that share a slot", "people without"),
                *("distinct departments", "pairs", "proven", "seconds"),
            ),
            rows,
        ),
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Run everybody on all tasks and tell what came of it."""
    parser = asking(__doc__, seeds=3, sizes=SIZES)
    parser.add_argument("--time-limit", type=float, default=60.0, help="seconds for each task")
    parser.add_argument("--install", action="store_true", help=f"install {PEER} for comparison")
    parser.add_argument("--peer-seeds", type=int, default=1, help="tasks of a size for the others")
    options = parser.parse_args(arguments)
    if options.install and not installed(PEER):
        try:
            print(f"{PEER} {PEER_VERSION}: {install(PEER, PEER_VERSION, PEER_NEEDS)}")
        except (PermissionError, subprocess.CalledProcessError) as error:
            print(f"{PEER} is left out: {error}")
    elif not installed(PEER):
        print(f"{PEER} is left out; --install installs it in an environment of its own")
    trials = []
    for people in options.sizes:
        trials += [
            in_own_process(ours, people, seed, options.time_limit) for seed in range(options.seeds)
        ]
        if installed(PEER):
            trials += [
                theirs(draw_task(people, seed), seed, options.time_limit)
                for seed in range(min(options.seeds, options.peer_seeds))
            ]
    Outcome(
        "peers",
        f"python -m benchmarks.peers --sizes {' '.join(map(str, options.sizes))} "
        f"--seeds {options.seeds} --time-limit {options.time_limit:g}",
        tables(trials),
        tuple(asdict(trial) for trial in trials),
    ).tell(options.json)
