"""Checks of what `match` is called with: every fault at once, before anything is searched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import Fault, InputError
from mentormatch.evaluate.unknown_names import unknown_names
from mentormatch.solve.params import SolveParams
from mentormatch.solve.stop_when import StopWhen

LARGEST = 10**17 - 1
"""Documents hold integers of up to eighteen characters, and the answer states these numbers."""
FOREVER = 1e9
"""Seconds from which on a time limit is none; solvers cannot count up to much more."""


def check_arguments(
    problem: Problem,
    *,
    time_limit: float | None,
    seed: int,
    workers: int | None,
    start: Matching | None,
    ceilings: Mapping[int, int] | None,
    stop: StopWhen | None,
    params: SolveParams,
) -> None:
    """Check the arguments of `match`.

    Raises
    ------
    InputError
        With every fault of the arguments.
    """
    # The types say so already, but not everybody who calls checks types.
    given: object = problem
    if not isinstance(given, Problem):
        raise InputError(
            [
                Fault(
                    "problem",
                    "problem",
                    f"This must be a Problem, and is of type {type(given).__name__}; "
                    "Problem.from_json reads a document.",
                )
            ]
        )
    faults = [*_numbers(time_limit, seed, workers), *_ceilings(problem, ceilings)]
    faults += [*_start(problem, start), *_stop(problem, stop)]
    steering: object = params
    if not isinstance(steering, SolveParams):
        faults.append(
            Fault(
                "params",
                "params",
                f"This must be a SolveParams, and is of type {type(steering).__name__}.",
            )
        )
    if faults:
        raise InputError(faults)


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _numbers(time_limit: object, seed: object, workers: object) -> Iterator[Fault]:
    number = isinstance(time_limit, int | float) and not isinstance(time_limit, bool)
    # A comparison with NaN is false.
    if time_limit is not None and not (number and time_limit >= 0):  # type: ignore[operator]  # It is a number.
        yield Fault(
            "time_limit",
            "time_limit",
            f"This must be 0 seconds or more, or None for no limit, and is {time_limit!r}.",
        )
    if not (_whole(seed) and abs(seed) <= LARGEST):  # type: ignore[arg-type]  # It is an integer.
        yield Fault("seed", "seed", "This must be a whole number of at most seventeen digits.")
    if workers is not None and not (_whole(workers) and workers >= 1):  # type: ignore[operator]  # It is an integer.
        yield Fault("workers", "workers", f"This must be 1 or more, or None, and is {workers!r}.")


def _ceilings(problem: Problem, ceilings: object) -> Iterator[Fault]:
    if ceilings is None:
        return
    if not isinstance(ceilings, Mapping):
        yield Fault(
            "ceilings",
            "ceilings",
            f"This must be a mapping of tiers to costs, and is of type {type(ceilings).__name__}.",
        )
        return
    known = ", ".join(map(str, problem.tiers)) or "none"
    for tier, most in ceilings.items():
        if tier not in problem.tiers or isinstance(tier, bool):
            yield Fault(
                "unknown_tier",
                f"ceilings[{tier!r}]",
                f"The problem has no tier {tier!r}; its tiers are: {known}.",
            )
        if not (_whole(most) and 0 <= most <= LARGEST):
            yield Fault(
                "ceiling",
                f"ceilings[{tier!r}]",
                "A ceiling must be a whole number of 0 or more and of at most seventeen digits, "
                f"and is {most!r}.",
            )


def _stop(problem: Problem, stop: object) -> Iterator[Fault]:
    if stop is None:
        return
    if not isinstance(stop, StopWhen):
        yield Fault("stop", "stop", f"This must be a StopWhen, and is a {type(stop).__name__}.")
        return
    known = ", ".join(map(str, problem.tiers)) or "none"
    for tier in stop.gaps:
        if tier not in problem.tiers:
            message = f"The problem has no tier {tier}; its tiers are: {known}."
            yield Fault("unknown_tier", f"stop.gaps[{tier}]", message)


def _start(problem: Problem, start: object) -> Iterator[Fault]:
    if start is None:
        return
    if not isinstance(start, Matching):
        yield Fault(
            "start",
            "start",
            f"This must be a Matching, and is of type {type(start).__name__}; "
            "Matching.from_json reads a document.",
        )
        return
    yield from unknown_names(problem.round, start, "start")
