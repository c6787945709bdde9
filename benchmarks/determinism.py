"""The same bytes from an idle and from a loaded machine: ``python -m benchmarks.determinism``.

Ten rounds of different make are matched without a time limit, in so many runs. Each run is a
process of its own with another hash seed. Half of the runs have the machine to themselves; beside
the others busy processes run. The table shows by round how many different
matchings there were, seconds left out; there must be one of each.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import blake2b
from itertools import combinations
from pathlib import Path
from time import perf_counter

from benchmarks.families.knobs import Knobs
from benchmarks.families.people import made_round, with_rules
from mentormatch import SolveParams, match
from mentormatch.data.problem import Problem
from mentormatch.rules import Balance, MentorLoad, MetBefore, NobodyAlone, TargetSize
from mentormatch.synthetic import generate

ROOT = Path(__file__).parents[1]
USUAL = SolveParams()
ENDING = SolveParams(
    large_round_students=0,
    large_plan_students=0,
    lns_effort=0.05,
    lns_max_patience=8,
    local_effort=100_000,
    local_patience=1,
)
"""By the Lagrangian method, then local search and neighbourhoods until an effort ends them."""
ONE_TEMPLATE = Knobs(slots=1, offered=(1, 1), mentors_offered=(1, 1), departments=5, sizes=(4, 6))
TWO_GROUPS = Knobs(departments=6, capacity=(1.0, 1.0), enough=0.9)


def met_before() -> Problem:
    """Return a round of one template in which many have met, so that no plan can be had."""
    made = made_round("met", replace(ONE_TEMPLATE, sizes=(3, 5), mentors=1), 16, 1)
    ids = [student.id for student in made.students]
    met = tuple(pair for place, pair in enumerate(combinations(ids, 2)) if place % 3 != 1)
    return with_rules(made, MetBefore(rounds=met, tier=2))


def count_mentors() -> Problem:
    """Return a round in which mentors count for the size of a group."""
    made = generate(60, seed=2)
    shape = made.shape.model_copy(update={"count_mentors": True})
    return made.evolve(shape=shape)


def wishes() -> Problem:
    """Return a round of prices that are neither convex nor concave."""
    made = made_round("wishes", Knobs(departments=8), 40, 3)
    rules = (NobodyAlone(attribute="department", tier=2), TargetSize(tier=3))
    return with_rules(made, *rules, MentorLoad(tier=4))


def one_template() -> Problem:
    """Return a round where all meet at one time, and numbers are to be even."""
    made = made_round("one", ONE_TEMPLATE, 30, 5)
    return with_rules(made, Balance(attribute="year", tier=2))


ROUNDS: dict[str, tuple[Callable[[], Problem], SolveParams]] = {
    "12 students": (lambda: generate(12, seed=1), USUAL),
    "met before, 16": (met_before, USUAL),
    "one template, 30": (one_template, ENDING),
    "nobody alone, 40": (wishes, ENDING),
    "60, mentors counted": (count_mentors, USUAL),
    "60, mentors of capacity 2": (lambda: made_round("two", TWO_GROUPS, 60, 1), USUAL),
    "100": (lambda: generate(100, seed=4), USUAL),
    "120, Lagrangian": (lambda: generate(120, seed=6), ENDING),
    "200, mentors scarce, Lagrangian": (lambda: made_round("two", TWO_GROUPS, 200, 2), ENDING),
    "300": (lambda: generate(300, seed=7), USUAL),
}


def matched() -> dict[str, str]:
    """Return a hash of the matching of every round, or what limit it reached."""
    found = {}
    for name, (make, params) in ROUNDS.items():
        began = perf_counter()
        matching = match(make(), time_limit=None, workers=2, params=params)
        text = matching.to_json(times=False)
        limits = () if matching.provenance is None else matching.provenance.limits_reached
        ended = "" if set(limits) <= {"effort"} else f" {limits}"
        found[name] = blake2b(text.encode(), digest_size=8).hexdigest() + ended
        print(f"{name}: {matching.status} {perf_counter() - began:.2f} s", file=sys.stderr)
    return found


@contextmanager
def busy(processes: int) -> Iterator[None]:
    """Run processes beside that do nothing but compute."""
    work = [
        subprocess.Popen([sys.executable, "-c", "while True: sum(range(10**6))"])
        for _ in range(processes)
    ]
    try:
        yield
    finally:
        for process in work:
            process.kill()
            process.wait()


def in_a_process(number: int) -> dict[str, str]:
    """Return what a process of its own finds."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.determinism", "--once"],
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": str(number + 1)},
    )
    found: dict[str, str] = json.loads(done.stdout)
    return found


def told(runs: Iterable[int], state: str) -> Iterator[dict[str, str]]:
    """Yield what each run finds, and say that it is done: all runs together take long."""
    for number in runs:
        began = perf_counter()
        found = in_a_process(number)
        whole = blake2b(json.dumps(found).encode(), digest_size=8).hexdigest()
        seconds = perf_counter() - began
        print(f"run {number + 1}, {state}: {whole}, {seconds:.0f} s", file=sys.stderr, flush=True)
        yield found


def main() -> int:
    """Match all rounds again and again, and say where the matchings differ."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=30, help="half of them beside busy processes")
    parser.add_argument("--busy", type=int, default=2, help="busy processes for each processor")
    parser.add_argument("--once", action="store_true", help="one run, whose hashes are printed")
    asked = parser.parse_args()
    if asked.once:
        print(json.dumps(matched()))
        return 0
    began = perf_counter()
    idle = asked.runs - asked.runs // 2
    found = list(told(range(idle), "idle"))
    with busy(asked.busy * (os.cpu_count() or 1)):
        found += told(range(idle, asked.runs), "loaded")
    print(f"{idle} runs idle, {asked.runs - idle} loaded, {perf_counter() - began:.0f} s\n")
    print("| round | matchings | hash |\n|---|---|---|")
    different = 0
    for name in ROUNDS:
        kinds = sorted({one[name] for one in found})
        different += len(kinds) != 1 or " " in kinds[0]
        print(f"| {name} | {len(kinds)} | {', '.join(kinds)} |")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
