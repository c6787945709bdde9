"""Bounds of every tier from the whole relaxation, solved by HiGHS in an environment of its own.

HiGHS cannot be loaded next to ortools in one process. What it returns is not believed: the bound
is computed here from its duals, by weak duality.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from math import ceil
from pathlib import Path

import numpy as np

from benchmarks.families.program import FREE, dual_bound
from benchmarks.families.relaxation import Relaxation
from benchmarks.families.run_highs import with_held
from benchmarks.families.stated import Stated
from benchmarks.peers.environment import install, installed, interpreter

SOLVER, VERSION, NEEDS = "highspy", "1.15.1", ("numpy",)
TOLERANCE = 1e-6
"""Share of a bound by which rounding may have raised it."""


def ready() -> bool:
    """Whether the solver has its environment."""
    return installed(SOLVER)


def prepare() -> str:
    """Make the solver's environment; return its licence."""
    return install(SOLVER, VERSION, NEEDS)


def bounds(
    stated: Stated, held: Sequence[int], limit: float
) -> list[tuple[int | None, float | None]]:
    """Return for each tier a value below which nothing can be, and the seconds it took.

    Parameters
    ----------
    stated
        The round.
    held
        Values of the tiers; that of a tier holds for matchings at least as good in those before.
    limit
        Seconds for all tiers together.
    """
    relaxation = Relaxation(stated)
    arrays = relaxation.program.arrays()
    places = range(1, 1 + len(stated.tiers))
    costs = np.array([relaxation.vector(place) for place in places])
    room = np.array(
        [value - relaxation.constant[place] for place, value in zip(places, held, strict=True)]
    )
    with tempfile.TemporaryDirectory() as folder:
        given, answer = Path(folder) / "program.npz", Path(folder) / "duals.npz"
        np.savez(given, **{**arrays, "costs": costs, "held": room})  # type: ignore[arg-type]  # Its last name is a flag.
        script = Path(__file__).with_name("run_highs.py")
        subprocess.run(
            [str(interpreter(SOLVER)), str(script), str(given), str(answer), f"{limit}"],
            check=True,
            timeout=3 * limit + 60,
        )
        found = dict(np.load(answer))
    results: list[tuple[int | None, float | None]] = []
    for row, place in enumerate(places):
        if row >= len(found["duals"]):
            results.append((None, None))
            continue
        program = with_held(arrays, costs[:row], room[:row])
        duals = found["duals"][row][: len(program["row_low"])]
        value = dual_bound(program, costs[row], duals) + relaxation.constant[place]
        results.append((whole(value), float(found["seconds"][row])))
    return results


def whole(value: float) -> int | None:
    """Return the least whole number that a value of whole numbers can be, given a bound of it."""
    if not abs(value) < FREE:
        return None
    return max(0, ceil(value - TOLERANCE * max(1.0, abs(value))))
