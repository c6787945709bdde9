"""Hard rounds: few times, one language, scarce mentors, answers that clump, many conflicts.

    python -m benchmarks.hard
    python -m benchmarks.hard --sizes 40 --seeds 10 --time-limit 60

Ten times to meet, of which people offer few and most on their favourite days; English alone;
mentors for everybody only if every group is full and every pair of mentors agrees on a time;
groups of six to eight; and as many pairs of students who must not meet as there are students,
most of them between people who can come at the same times. Every run has a process of its own,
and every matching is verified.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from benchmarks.measuring import Run, in_own_process, matched
from benchmarks.outcome import Cell, Outcome, Table, asking, median, table
from mentormatch.data.problem import Problem
from mentormatch.data.round import GroupShape
from mentormatch.rules import KeepApart, standard_rules
from mentormatch.synthetic import Recipe, generate

SIZES = (40, 80, 120, 200)
TIERS = ((1, "left out"), (3, "mix"), (4, "if need be"))

HARD = Recipe(
    weekdays={1: 0.6, 2: 1.4, 3: 1.4, 4: 1.2, 5: 0.4},
    hours={13: 1.0, 15: 1.3},
    offered={1: 0.10, 2: 0.20, 3: 0.25, 4: 0.25, 5: 0.10, 6: 0.10},
    favourite_share=0.85,
    languages=("en",),
    mentors_per_hundred=25,
    avoids=0.0,
    shape=GroupShape(min_students=6, max_students=8, target_students=7),
)
"""The ten times are two on each weekday; 24 mentors lead 12 groups of 8 at the most."""


def hard_round(students: int, seed: int) -> Problem:
    """Return a hard round with as many conflicts as students."""
    made = generate(students, seed=seed, recipe=HARD)
    rules = (*standard_rules(), KeepApart(sets=conflicts(made, students, seed)))
    fields = {name: getattr(made, name) for name in Problem.model_fields}
    return Problem(**{**fields, "rules": rules})


def conflicts(problem: Problem, count: int, seed: int) -> tuple[tuple[str, str], ...]:
    """Return pairs of students who must not meet, most of whom can come at one time."""
    rng = Random(f"conflicts {seed}")
    offers = {student.id: set(student.availability or ()) for student in problem.students}
    ids = sorted(offers)
    pairs: set[tuple[str, str]] = set()
    while len(pairs) < min(count, len(ids) * (len(ids) - 1) // 2):
        one, other = sorted(rng.sample(ids, 2))
        # A conflict of two who cannot meet anyway is kept one time in ten.
        if not offers[one].isdisjoint(offers[other]) or rng.random() < 0.1:
            pairs.add((one, other))
    return tuple(sorted(pairs))


def run_once(students: int, seed: int, time_limit: float) -> Run:
    """Make and match one round; to be called in a process of its own."""
    return matched("hard", hard_round(students, seed), seed, time_limit)


def tables(runs: Sequence[Run]) -> tuple[Table, ...]:
    """Return the runs, and their medians by size."""
    names = [name for _, name in TIERS]
    rows: list[tuple[Cell, ...]] = []
    for size in dict.fromkeys(run.students for run in runs):
        part = [run for run in runs if run.students == size]
        rows.append(
            (
                f"{size:,}",
                len(part),
                median([run.mentors for run in part]),
                median([run.groups for run in part]),
                *(f"{sum(run.gap(tier) == 0 for run in part)} of {len(part)}" for tier, _ in TIERS),
                median([run.seconds for run in part]),
                max(run.seconds for run in part),
            )
        )
    return (
        table(
            "hard",
            "Hard rounds: how many are proven in each tier, and seconds (medians over the seeds)",
            (
                *("students", "seeds", "mentors", "groups"),
                *(f"{name} proven" for name in names),
                *("seconds", "most"),
            ),
            rows,
        ),
        table(
            "hard_runs",
            "Each run: the value of each tier, and its bound in brackets where they differ",
            ("students", "seed", "status", *names, "seconds"),
            [
                (
                    f"{run.students:,}",
                    run.seed,
                    run.status,
                    *(run.told(tier) for tier, _ in TIERS),
                    run.seconds,
                )
                for run in runs
            ],
        ),
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the hard rounds and tell what came of it."""
    parser = asking(__doc__, seeds=3, sizes=SIZES)
    parser.add_argument("--time-limit", type=float, default=10.0, help="seconds for each round")
    options = parser.parse_args(arguments)
    runs = [
        in_own_process(run_once, size, seed, options.time_limit)
        for size in sorted(options.sizes)
        for seed in range(options.seeds)
    ]
    Outcome(
        "hard",
        f"python -m benchmarks.hard --sizes {' '.join(map(str, sorted(options.sizes)))} "
        f"--seeds {options.seeds} --time-limit {options.time_limit:g}",
        tables(runs),
        tuple(run.as_data() for run in runs),
    ).tell(options.json)


if __name__ == "__main__":
    main()
