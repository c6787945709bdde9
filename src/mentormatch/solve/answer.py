"""The matching that a search came to, as a document with its provenance."""

from __future__ import annotations

import platform
from importlib.metadata import version

from mentormatch.data.matching import Limit, Matching, Provenance, Status, TierResult
from mentormatch.data.problem import Problem
from mentormatch.evaluate.verify import as_group
from mentormatch.solve.assign.groups import as_solution
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.params import DEFAULTS
from mentormatch.solve.search import Incumbent, Search

Trouble = tuple[Limit, str]
"""What ended a search before its time, and a sentence about it."""


def answer(
    problem: Problem, clock: Clock, seed: int, search: Search | None, trouble: Trouble | None
) -> Matching:
    """Return the incumbent of a search, or why there is none.

    Parameters
    ----------
    problem
        The problem as it was given.
    clock
        The clock of the run.
    seed
        The seed of the run.
    search
        The search; None if it did not even begin.
    trouble
        What ended it before its time, if anything did. After a failure of the library nothing is
        called proven.
    """
    if search is None or search.best is None:
        return _without_groups(problem, clock, seed, search)
    best = search.best
    tiers = _tiers(problem, search, best, trusted=trouble is None or trouble[0] != "failure")
    proven = all(tier.proven for tier in tiers)
    status: Status = "OPTIMAL" if proven else "FEASIBLE"
    solution = as_solution(search.compiled, best.openings)
    dropped = tuple(problem.round.dropped_slots.values())
    return Matching(
        status=status,
        groups=tuple(as_group(problem, group) for group in solution.groups),
        left_out=tuple(student.id for student in solution.left_out),
        tiers=tiers,
        messages=dropped if trouble is None else (trouble[1], *dropped),
        provenance=_provenance(problem, clock, seed, search, _limits(clock, trouble, proven)),
    )


def answer_so_far(problem: Problem, search: Search, best: Incumbent) -> Matching:
    """Return groups that a search came to on its way, with what it has proven by then."""
    solution = as_solution(search.compiled, best.openings)
    return Matching(
        status="FEASIBLE",
        groups=tuple(as_group(problem, group) for group in solution.groups),
        left_out=tuple(student.id for student in solution.left_out),
        tiers=_tiers(problem, search, best, trusted=True),
    )


def _without_groups(problem: Problem, clock: Clock, seed: int, search: Search | None) -> Matching:
    """Return the answer where no valid matching was found."""
    infeasible = search is not None and search.infeasible
    if not infeasible:
        message = "A limit was reached before any valid matching was found."
    elif search is not None and search.compiled.ceilings:
        message = "No matching that keeps every hard rule costs as little as the ceilings allow."
    else:
        message = "The hard rules contradict each other."
    return Matching(
        status="INFEASIBLE" if infeasible else "UNKNOWN",
        left_out=tuple(sorted(student.id for student in problem.students)),
        messages=(message, *problem.round.dropped_slots.values()),
        provenance=_provenance(problem, clock, seed, search, _limits(clock, None, infeasible)),
    )


def _tiers(
    problem: Problem, search: Search, best: Incumbent, *, trusted: bool
) -> tuple[TierResult, ...]:
    """Return value and bound of each tier; bounds of 0 where proofs are not trusted."""
    bounds = search.bounds.certified(best.values) if trusted else (0,) * len(best.values)
    return tuple(
        TierResult(
            tier=number,
            name=problem.tier_name(number),
            value=best.values[place],
            bound=bounds[place],
            seconds=round(search.seconds.get(place, 0.0), 3),
        )
        for place, number in enumerate(problem.tiers)
    )


def _limits(clock: Clock, trouble: Trouble | None, proven: bool) -> tuple[Limit, ...]:
    """Return what ended the search before everything was proven.

    That a phase used up its share of the time is no limit of an answer that is proven. A search
    that stops unproven, in time and undisturbed, has reached its own limits of effort.
    """
    limits: tuple[Limit, ...] = () if trouble is None else (trouble[0],)
    if clock.interrupted and clock.criterion is None:
        return (*limits, "interrupt")
    if proven:
        return limits
    if clock.criterion is not None:
        return (*limits, clock.criterion)
    if clock.timed_out:
        return (*limits, "time")
    return limits or ("effort",)


def _provenance(
    problem: Problem, clock: Clock, seed: int, search: Search | None, limits: tuple[Limit, ...]
) -> Provenance:
    ceilings = {} if search is None else search.compiled.ceilings
    params = DEFAULTS if search is None else search.params
    return Provenance(
        problem=problem.fingerprint,
        seed=seed,
        versions={
            "mentormatch": version("mentormatch"),
            "ortools": version("ortools"),
            "python": platform.python_version(),
        },
        rules=problem.rule_uses,
        ceilings={problem.tiers[place]: most for place, most in ceilings.items()},
        params=params.changed,
        limits_reached=limits,
        seconds=round(clock.elapsed, 3),
    )
