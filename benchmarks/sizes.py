"""From 40 students to 100,000: what is reached, what is proven, how fast and in what memory.

    python -m benchmarks.sizes
    python -m benchmarks.sizes --sizes 40 120 1000 --seeds 1 --plot docs/images/sizes.svg

Each round is one of `mentormatch.synthetic` with its standard rules: mentors in pairs, nobody
with somebody of their supervisor, then a place for everybody (tier 1), departments mixed (tier
3) and times gladly given (tier 4). Every run has a process of its own, and every matching is
verified. The largest sizes run one seed, unless ``--large-seeds`` says otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from math import log
from pathlib import Path

from benchmarks.measuring import Run, in_own_process, matched
from benchmarks.outcome import Cell, Outcome, Table, asking, median, percent, table
from benchmarks.sizes_plot import drawn
from mentormatch.synthetic import generate

SIZES = (40, 60, 120, 300, 1_000, 5_000, 10_000, 20_000, 100_000)
LARGE = 20_000
"""From here on a round takes long to make, and one seed is asked for."""

LIMITS = ((120, 10.0), (300, 15.0), (5_000, 30.0), (10_000, 15.0), (100_000, 30.0))
"""Seconds for rounds of up to so many students."""

TIERS = ((1, "left out"), (3, "mix"), (4, "if need be"))


def limit_for(students: int) -> float:
    """Return the seconds for a round of so many students."""
    return next((limit for most, limit in LIMITS if students <= most), LIMITS[-1][1])


def run_once(students: int, seed: int, time_limit: float) -> Run:
    """Make and match one round; to be called in a process of its own."""
    return matched("standard", generate(students, seed=seed), seed, time_limit)


def growth(smaller: tuple[int, float], larger: tuple[int, float]) -> float | None:
    """Return the exponent with which seconds grow from one size to a larger one.

    1 is in proportion, 2 is fourfold time for twofold size.
    """
    if smaller[0] >= larger[0] or min(smaller[1], larger[1]) <= 0:
        return None
    return log(larger[1] / smaller[1]) / log(larger[0] / smaller[0])


def tables(runs: Sequence[Run]) -> tuple[Table, ...]:
    """Return time and memory by size, the gaps by size and tier, and each run."""
    by_size = [list(part) for _, part in groupby(runs, key=lambda run: run.students)]
    gaps: list[tuple[Cell, ...]] = []
    times: list[tuple[Cell, ...]] = []
    before: tuple[int, float] | None = None
    for part in by_size:
        size = part[0].students
        seconds = median([run.seconds for run in part])
        exponent = growth(before, (size, seconds)) if before else None
        before = (size, seconds)
        known = [run.memory for run in part if run.memory is not None]
        places = [run.places_after for run in part if run.places_after is not None]
        times.append(
            (
                f"{size:,}",
                len(part),
                median([run.mentors for run in part]),
                median([run.groups for run in part]),
                proven(part),
                seconds,
                min(run.seconds for run in part),
                max(run.seconds for run in part),
                None if exponent is None else f"n^{exponent:.1f}",
                median(places) if len(places) == len(part) else None,
                f"{median(known):,.0f}" if known else None,
            )
        )
        gaps.append(
            (f"{size:,}", len(part), *(cell for tier, _ in TIERS for cell in _gap(part, tier)))
        )
    names = [name for _, name in TIERS]
    return (
        table(
            "sizes_time",
            "Seconds of the search and memory, medians over the seeds",
            (
                *("students", "seeds", "mentors", "groups", "all tiers proven", "seconds"),
                *("least", "most", "growth", "places proven after", "MB"),
            ),
            times,
        ),
        table(
            "sizes_gaps",
            "Gap by tier, medians over the seeds: a share of the students for those left out, "
            "else of the value",
            ("students", "seeds", *(word for name in names for word in (name, "proven"))),
            gaps,
        ),
        table(
            "sizes_runs",
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


def proven(runs: Sequence[Run]) -> str:
    """Return how many of the runs are proven in every tier."""
    return f"{sum(run.status == 'OPTIMAL' for run in runs)} of {len(runs)}"


def _gap(runs: Sequence[Run], tier: int) -> tuple[str, str]:
    closed = sum(run.gap(tier) == 0 for run in runs)
    return percent(median([share(run, tier) for run in runs]), 1), f"{closed} of {len(runs)}"


def share(run: Run, tier: int) -> float:
    """Return a gap as a share of the students in the tier of places, else of the value."""
    whole = run.students if tier == 1 else run.value(tier)
    return (run.gap(tier) or 0) / whole if whole else 0.0


def main(arguments: Sequence[str] | None = None) -> None:
    """Run all sizes and tell what came of it."""
    parser = asking(__doc__, seeds=3, sizes=SIZES)
    parser.add_argument("--large-seeds", type=int, default=1, help=f"seeds from {LARGE:,} on")
    parser.add_argument("--time-limit", type=float, help="seconds for each round of any size")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw the figures as SVG")
    options = parser.parse_args(arguments)
    runs: list[Run] = []
    for size in sorted(options.sizes):
        limit = options.time_limit or limit_for(size)
        for seed in range(options.large_seeds if size >= LARGE else options.seeds):
            runs.append(in_own_process(run_once, size, seed, limit))
            print(f"{size:>7,} students, seed {seed}: {runs[-1].seconds:.1f} s", flush=True)
    outcome = Outcome(
        "sizes",
        f"python -m benchmarks.sizes --sizes {' '.join(map(str, sorted(options.sizes)))} "
        f"--seeds {options.seeds} --large-seeds {options.large_seeds}",
        tables(runs),
        tuple(run.as_data() for run in runs),
    )
    outcome.tell(options.json)
    if options.plot:
        options.plot.parent.mkdir(parents=True, exist_ok=True)
        gaps = [
            (tier, name, [(run.students, share(run, tier)) for run in runs]) for tier, name in TIERS
        ]
        options.plot.write_text(
            drawn([(run.students, run.seconds) for run in runs], gaps), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
