"""The round of the demo from ten seeds, and rounds whose best answer is known.

    python -m benchmarks.demo

First 40 students and 12 mentors, from ten seeds: seconds of a fresh Python process that imports
everything, matches and verifies, as somebody at a command line waits for it. Then rounds built
around a best answer, which has to be found and proven.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from time import perf_counter

from benchmarks.measuring import Run, checked, in_own_process, matched
from benchmarks.outcome import Outcome, Table, asking, median, table
from mentormatch.data.matching import Matching
from mentormatch.synthetic import generate, planted

STUDENTS, MENTORS = 40, 12
PLANTED = (40, 80, 200)
DEPARTMENTS = 5
"""Fewer than a group has students, so that some pairs of one department cannot be avoided."""

WAITED_FOR = (
    "from mentormatch import match; from mentormatch.synthetic import generate; "
    "problem = generate({students}, {mentors}, seed={seed}); "
    "print(match(problem, time_limit={limit}, seed={seed}).to_json())"
)
"""What a fresh process does; `match` verifies what it returns."""


def demo_once(seed: int, time_limit: float) -> tuple[Run, float]:
    """Match the demo's round in a fresh process; return also how long it took in all."""
    script = WAITED_FOR.format(students=STUDENTS, mentors=MENTORS, seed=seed, limit=time_limit)
    began = perf_counter()
    ended = subprocess.run(
        [sys.executable, "-c", script], check=True, stdout=subprocess.PIPE, encoding="utf-8"
    )
    seconds = perf_counter() - began
    matching = Matching.from_json(ended.stdout)
    searched = matching.provenance.seconds if matching.provenance else seconds
    problem = generate(STUDENTS, MENTORS, seed=seed)
    return checked("demo", problem, matching, searched, memory=None), seconds


def planted_once(students: int, seed: int, time_limit: float) -> tuple[Run, bool]:
    """Match a round with a known best answer; return also whether its costs were reached.

    Raises
    ------
    SystemExit
        If a matching costs less than the least, or a bound lies above it.
    """
    known = planted(students, seed=seed, departments=DEPARTMENTS)
    run = matched("planted", known.problem, seed, time_limit)
    reached = True
    for tier, least in known.values.items():
        bound = run.bound(tier)
        # A bound of a later tier speaks of matchings at their best in the tiers before.
        if reached and (run.value(tier) < least or (bound or 0) > least):
            raise SystemExit(f"planted {students}, seed {seed}: tier {tier} contradicts the proof")
        reached = reached and run.value(tier) == least
    return run, reached


def tables(
    demo: Sequence[tuple[Run, float]], known: Sequence[tuple[Run, bool]]
) -> tuple[Table, ...]:
    """Return the demo's rounds, what they come to, and the planted rounds."""
    waits = [wait for _, wait in demo]
    gaps = [(run.gap(int(tier)) or 0) for run, _ in demo for tier in run.tiers]
    planted_rows = []
    for students in dict.fromkeys(run.students for run, _ in known):
        part = [(run, reached) for run, reached in known if run.students == students]
        planted_rows.append(
            (
                f"{students:,}",
                len(part),
                f"{sum(reached for _, reached in part)} of {len(part)}",
                f"{sum(run.status == 'OPTIMAL' for run, _ in part)} of {len(part)}",
                median([run.seconds for run, _ in part]),
                max(run.seconds for run, _ in part),
            )
        )
    return (
        table(
            "demo_rounds",
            f"{STUDENTS} students, {MENTORS} mentors, one seed a line",
            ("seed", "status", "groups", "tier 1", "tier 3", "tier 4", "seconds", "of it search"),
            [
                (
                    str(run.seed),
                    run.status,
                    run.groups,
                    *(run.told(tier) for tier in (1, 3, 4)),
                    wait,
                    run.seconds,
                )
                for run, wait in demo
            ],
        ),
        table(
            "demo_summary",
            "All seeds of the demo",
            ("seeds", "proven", "largest gap", "median seconds", "most seconds"),
            [
                (
                    str(len(demo)),
                    f"{sum(run.status == 'OPTIMAL' for run, _ in demo)} of {len(demo)}",
                    max(gaps),
                    median(waits),
                    max(waits),
                )
            ],
        ),
        table(
            "planted",
            "Rounds with a known best answer",
            ("students", "seeds", "reached", "proven", "median seconds", "most seconds"),
            planted_rows,
        ),
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the demo's rounds and the planted ones and tell what came of it."""
    parser = asking(__doc__, seeds=10, sizes=PLANTED)
    parser.add_argument("--planted-seeds", type=int, default=3, help="planted rounds of each size")
    parser.add_argument("--time-limit", type=float, default=20.0, help="seconds for each round")
    options = parser.parse_args(arguments)
    demo = [demo_once(seed, options.time_limit) for seed in range(options.seeds)]
    known = [
        in_own_process(planted_once, size, seed, options.time_limit)
        for size in options.sizes
        for seed in range(options.planted_seeds)
    ]
    runs = [{**run.as_data(), "with_imports": wait} for run, wait in demo]
    runs += [{**run.as_data(), "reached": reached} for run, reached in known]
    Outcome(
        "demo",
        f"python -m benchmarks.demo --seeds {options.seeds}",
        tables(demo, known),
        tuple(runs),
    ).tell(options.json)


if __name__ == "__main__":
    main()
