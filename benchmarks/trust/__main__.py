"""Random rounds by every road there is: plan and seat, exact model, prices and flows, search.

    python -m benchmarks.trust --kind tiny --seeds 0 1000
    python -m benchmarks.trust --kind middle --minutes 30 --state trust.json

Rounds of every kind are drawn from their seeds and solved by every road. Tiny ones are also
searched exhaustively, planted ones have a known optimum. No bound of any road may lie above
what any other reached, no answer may be better than the best there is, and every answer passes
verification. Prices drawn by lot must not prove too much either. Rounds on which the roads
disagree are saved, made as small as they can be. With a state file a run goes on where it ended.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import monotonic

from benchmarks.trust.compare import compare
from benchmarks.trust.rounds import KINDS, Drawn, searched
from benchmarks.trust.shrink import shrunk
from mentormatch.files import write_atomically
from mentormatch.problem import Problem

SHRINKING = 400
"""Rounds tried to make one that disagrees smaller."""
SEARCHED = 8
"""Students up to which a smaller round is searched exhaustively again."""


def run_seed(kind: str, seed: int, folder: Path | None) -> tuple[Counter[str], list[str]]:
    """Compare the roads on one round; what they disagree on is saved and made smaller."""
    drawn = KINDS[kind](seed)
    found = compare(drawn, seed)
    if found.faults and folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        save(folder / f"{kind}-{seed}.json", drawn.problem)

        def disagrees(problem: Problem) -> bool:
            return bool(compare(_again(drawn, problem), seed).faults)

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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the seeds asked for and print the counts; return 1 if the roads disagreed."""
    parser = argparse.ArgumentParser(description="Rounds solved by every road, and compared.")
    parser.add_argument("--kind", choices=list(KINDS), default="tiny")
    parser.add_argument("--seeds", type=int, nargs=2, default=[0, 10**9], metavar=("FROM", "TO"))
    parser.add_argument("--minutes", type=float, default=None, help="stop after so long")
    parser.add_argument("--state", type=Path, default=None, help="file to go on from")
    parser.add_argument("--found", type=Path, default=None, help="folder for disagreements")
    options = parser.parse_args(arguments)
    seed, last = options.seeds
    counts: Counter[str] = Counter()
    faulty: list[str] = []
    if options.state is not None and options.state.exists():
        state = json.loads(options.state.read_text(encoding="utf-8"))
        if state["kind"] == options.kind:
            seed, counts, faulty = state["next"], Counter(state["counts"]), state["faults"]
    began = monotonic()
    while seed < last and (options.minutes is None or monotonic() - began < options.minutes * 60):
        more, faults = run_seed(options.kind, seed, options.found)
        counts += more
        for fault in faults:
            faulty.append(f"{options.kind} {seed}: {fault}")
            print(faulty[-1], flush=True)
        seed += 1
        if options.state is not None:
            state = {"kind": options.kind, "next": seed, "counts": counts, "faults": faulty}
            write_atomically(options.state, json.dumps(state, indent=2), overwrite=True)
    rounds = sum(number for name, number in counts.items() if name.startswith("rounds: "))
    print(f"{rounds} {options.kind} rounds up to seed {seed}, {len(faulty)} faults")
    for name, number in sorted(counts.items()):
        print(f"  {number:>7}  {name}")
    return 1 if faulty else 0


if __name__ == "__main__":
    raise SystemExit(main())
