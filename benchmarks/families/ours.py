"""A round matched by `mentormatch.match`, with what it told on the way."""

from __future__ import annotations

from time import perf_counter

from benchmarks.families.record import OURS, Record, TierFigures
from benchmarks.measuring import load_engine, peak_memory
from mentormatch import Problem, match, verify
from mentormatch.progress import Progress

MOST_EVENTS = 200
"""Events kept of a run."""

Event = tuple[float, int, int | None, int | None]


def run(family: str, problem: Problem, seed: int, limit: float) -> Record:
    """Match and verify; call it in a process of its own, where memory is that of the run."""
    load_engine()
    events: list[Event] = []

    def listen(event: Progress) -> None:
        if event.tier is not None:
            told = (round(event.elapsed, 2), event.tier, event.value, event.bound)
            if not events or events[-1][1:] != told[1:]:
                events.append(told)

    began = perf_counter()
    matching = match(problem, time_limit=limit, seed=seed, progress=listen)
    seconds = perf_counter() - began
    tiers = tuple(
        TierFigures(tier.tier, tier.name, tier.value, tier.bound, tier.seconds)
        for tier in matching.tiers
    )
    found = matching.status not in ("INFEASIBLE", "UNKNOWN")
    sound = not found or verify(problem, matching).ok
    return Record(
        family=family,
        students=len(problem.students),
        seed=seed,
        method=OURS,
        limit=limit,
        status=matching.status if sound else "ERROR",
        seconds=round(seconds, 2),
        tiers=tiers,
        held={str(tier.tier): tier.value for tier in matching.tiers},
        groups=len(matching.groups),
        memory=peak_memory(),
        trace=thinned(events),
        note="" if sound else "the matching does not pass verification",
    )


def thinned(events: list[Event]) -> tuple[Event, ...]:
    """Return some of the events, the first and the last of them always."""
    if len(events) <= MOST_EVENTS:
        return tuple(events)
    step = len(events) / (MOST_EVENTS - 1)
    return (*(events[int(step * place)] for place in range(MOST_EVENTS - 1)), events[-1])
