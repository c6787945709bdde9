"""The same rounds by other means: what each reaches and proves in the same time.

    python -m benchmarks.baselines
    python -m benchmarks.baselines --sizes 40 60 --seeds 1 --time-limit 60

Baselines are the direct model (who is in which opening) in CP-SAT at its defaults, in CP-SAT
with one worker and full linearisation, and in HiGHS; a greedy; and simulated annealing. Each
run has a process of its own, every answer is verified, and its costs are the rules' own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from time import perf_counter

from benchmarks.baselines import annealing, cpsat, greedy, highs
from benchmarks.baselines.outset import TIERS, Baseline, Outset
from benchmarks.measuring import Run, in_own_process, matched, peak_memory
from benchmarks.outcome import Cell, Outcome, Table, asking, median, table
from mentormatch.synthetic import generate

OURS = "mentormatch"
BASELINES: Mapping[str, Baseline] = {
    "direct, CP-SAT defaults": cpsat.at_defaults,
    "direct, CP-SAT best": cpsat.at_best,
    "direct, HiGHS": highs.solve,
    "greedy": greedy.solve,
    "annealing": annealing.solve,
}
SIZES = (40, 60, 120, 300)


def run_once(name: str, students: int, seed: int, time_limit: float) -> Run:
    """Form groups by one means; to be called in a process of its own."""
    problem = generate(students, seed=seed)
    if name == OURS:
        return matched(OURS, problem, seed, time_limit)
    outset = Outset(problem)
    began = perf_counter()
    answer = BASELINES[name](outset, time_limit, seed)
    seconds = perf_counter() - began
    matching = outset.matching(answer)
    tiers = {str(tier.tier): (tier.value, answer.bounds.get(tier.tier)) for tier in matching.tiers}
    closed = all(bound == value for value, bound in tiers.values())
    return Run(
        label=name,
        students=students,
        mentors=len(problem.mentors),
        seed=seed,
        status="UNKNOWN" if answer.groups is None else "OPTIMAL" if closed else "FEASIBLE",
        groups=len(matching.groups),
        tiers=tiers,
        seconds=seconds,
        memory=peak_memory(),
    )


def check_brackets(runs: Sequence[Run]) -> None:
    """Check that no means costs less than another one's bound.

    Raises
    ------
    SystemExit
        If one does: then one of the two bounds is wrong.
    """
    for (students, seed), part in groupby(runs, key=lambda run: (run.students, run.seed)):
        same = list(part)
        # Later tiers compare only between answers that are alike in the earlier ones.
        for place, tier in enumerate(TIERS):
            for one in same:
                for other in same:
                    alike = all(one.value(t) == other.value(t) for t in TIERS[:place])
                    bound = one.bound(tier)
                    if alike and bound is not None and other.value(tier) < bound:
                        raise SystemExit(
                            f"{students} students, seed {seed}, tier {tier}: {one.label} proves "
                            f"{bound}, {other.label} reaches {other.value(tier)}"
                        )


def tables(runs: Sequence[Run]) -> tuple[Table, ...]:
    """Return the runs by size and means, medians over the seeds."""
    rows: list[tuple[Cell, ...]] = []
    for size in dict.fromkeys(run.students for run in runs):
        for name in dict.fromkeys(run.label for run in runs):
            part = [run for run in runs if run.students == size and run.label == name]
            found = [run for run in part if run.status != "UNKNOWN"]
            cells: list[Cell] = []
            for tier in TIERS:
                bounds = [run.bound(tier) for run in part]
                known = [bound for bound in bounds if bound is not None]
                cells.append(median([run.value(tier) for run in found]) if found else None)
                cells.append(median(known) if len(known) == len(part) else None)
            rows.append(
                (
                    f"{size:,}",
                    name,
                    *cells,
                    f"{sum(run.status == 'OPTIMAL' for run in part)} of {len(part)}",
                    median([run.seconds for run in part]),
                )
            )
    return (
        table(
            "baselines",
            "Value and bound of each tier, medians over the seeds; - where there is none",
            (
                *("students", "by", "left out", "bound", "mix", "bound", "if need be", "bound"),
                *("proven", "seconds"),
            ),
            rows,
        ),
        table(
            "baselines_better",
            "Where a baseline did better (left out / mix / if need be)",
            ("students", "seed", "by", "how"),
            lost(runs) or [("none", None, None, None)],
        ),
    )


def lost(runs: Sequence[Run]) -> list[tuple[Cell, ...]]:
    """Return where others did better: cheaper in tiers, or proven where ours is not, or sooner."""
    rows: list[tuple[Cell, ...]] = []
    for run in runs:
        if run.label != OURS:
            continue
        for other in runs:
            if (other.students, other.seed) != (run.students, run.seed) or other.label == OURS:
                continue
            mine, yours = (tuple(each.value(tier) for tier in TIERS) for each in (run, other))
            proven, proves = (each.status == "OPTIMAL" for each in (run, other))
            if yours < mine:
                how = f"reaches {_in_words(yours)}, not {_in_words(mine)}"
            elif proves and not proven:
                how = f"proves all tiers in {other.seconds:.1f} s; ours did not"
            elif proves and other.seconds < run.seconds:
                how = f"proves all tiers in {other.seconds:.1f} s, not {run.seconds:.1f} s"
            else:
                continue
            rows.append((f"{run.students:,}", str(run.seed), other.label, how))
    return rows


def _in_words(values: Sequence[int]) -> str:
    return " / ".join(map(str, values))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run everything on all rounds and tell what came of it."""
    parser = asking(__doc__, seeds=1, sizes=SIZES)
    parser.add_argument("--time-limit", type=float, default=15.0, help="seconds for each run")
    options = parser.parse_args(arguments)
    runs = [
        in_own_process(run_once, name, size, seed, options.time_limit)
        for size in options.sizes
        for seed in range(options.seeds)
        for name in (OURS, *BASELINES)
    ]
    check_brackets(runs)
    Outcome(
        "baselines",
        f"python -m benchmarks.baselines --sizes {' '.join(map(str, options.sizes))} "
        f"--seeds {options.seeds} --time-limit {options.time_limit:g}",
        tables(runs),
        tuple(run.as_data() for run in runs),
    ).tell(options.json)
