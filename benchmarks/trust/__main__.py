"""Random rounds by every road there is: plans, exact model, prices and flows, local search.

    python -m benchmarks.trust --kind tiny --seeds 0 1000
    python -m benchmarks.trust --kind middle --minutes 30 --state trust.json --processes 2

Rounds of every kind are drawn from their seeds and solved by every road. Tiny ones are also
searched exhaustively, planted ones have a known optimum. No bound of any road may lie above
what any other reached, no answer may be better than the best there is, and every answer passes
verification. Prices drawn by lot must not prove too much either. Rounds on which the roads
disagree are saved, made as small as they can be. With a state file a run goes on where it ended.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from benchmarks.trust.roads import ROADS
from benchmarks.trust.rounds import KINDS
from benchmarks.trust.seeds import run_seeds
from benchmarks.trust.state import State, commit_here

PAUSE = 10.0
"""Seconds from one writing of the state to the next."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the seeds asked for and print the counts; return 1 if the roads disagreed."""
    parser = argparse.ArgumentParser(description="Rounds solved by every road, and compared.")
    parser.add_argument("--kind", choices=list(KINDS), default="tiny")
    parser.add_argument("--seeds", type=int, nargs=2, default=[0, 10**9], metavar=("FROM", "TO"))
    parser.add_argument("--minutes", type=float, default=None, help="stop after so long")
    parser.add_argument("--roads", nargs="+", choices=list(ROADS), default=(), help="only these")
    parser.add_argument("--processes", type=int, default=1, help="seeds run side by side")
    parser.add_argument("--state", type=Path, default=None, help="file to go on from")
    parser.add_argument("--found", type=Path, default=None, help="folder for disagreements")
    options = parser.parse_args(arguments)
    first, last = options.seeds
    state, commit = State.read(options.state, options.kind, first), commit_here()
    began = written = monotonic()
    seeds = range(state.next, last)
    told = run_seeds(options.kind, seeds, options.found, options.processes, options.roads)
    for counts, faults in told:
        state.add(commit, counts, faults)
        if faults:
            print(*state.faults[-len(faults) :], sep="\n", flush=True)
        now = monotonic()
        if options.state is not None and (faults or now - written > PAUSE):
            state.write(options.state)
            written = now
        if options.minutes is not None and now - began > options.minutes * 60:
            break
    if options.state is not None:
        state.write(options.state)
    print(state)
    return 1 if state.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
