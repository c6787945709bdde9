"""Other means on the same rounds: annealing, the direct model, and the whole relaxation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from time import perf_counter

from benchmarks.baselines import cpsat
from benchmarks.baselines.outset import Outset
from benchmarks.families import annealing, below, maxima
from benchmarks.families.diverse import Instance
from benchmarks.families.record import RELAXATION, Record, TierFigures
from benchmarks.families.stated import Stated
from benchmarks.measuring import peak_memory
from mentormatch import Group, Matching, Problem, verify

ANNEALING = "annealing"
DIRECT = "direct, CP-SAT"
MAXIMA = "iterated maxima search"
MOST_DIRECT = 300
"""Students up to whom the direct model is tried."""


def annealed(family: str, problem: Problem, seed: int, limit: float) -> Record:
    """Anneal; the reading of the rules is part of the time."""
    began = perf_counter()
    stated = Stated.of(problem)
    left = max(0.1, limit - (perf_counter() - began))
    found = annealing.anneal(stated, left, seed)
    seconds = perf_counter() - began
    groups = None if found is None else [(t, sorted(people)) for t, people in found]
    return _judged(family, problem, seed, ANNEALING, limit, seconds, groups)


def direct(family: str, problem: Problem, seed: int, limit: float) -> Record | None:
    """Solve the model of people and openings, if it knows all that the round asks."""
    if len(problem.students) > MOST_DIRECT:
        return None
    try:
        outset = Outset(problem)
    except ValueError:
        return None
    if problem.round.topics or any(student.priority != 1 for student in problem.students):
        return None
    began = perf_counter()
    answer = cpsat.at_best(outset, limit, seed)
    seconds = perf_counter() - began
    found = answer.groups
    groups = None if found is None else [(one.template, list(one.people)) for one in found]
    return _judged(family, problem, seed, DIRECT, limit, seconds, groups, answer.bounds)


def bounded(
    family: str, problem: Problem, seed: int, limit: float, held: Mapping[str, int]
) -> Record:
    """Bound every tier by the whole relaxation, with the earlier ones held at values reached."""
    began = perf_counter()
    tiers = problem.tiers
    values = [held[str(tier)] for tier in tiers]
    found = below.bounds(Stated.of(problem), values, limit)
    figures = tuple(
        TierFigures(tier, problem.tier_name(tier), None, bound, seconds)
        for tier, (bound, seconds) in zip(tiers, found, strict=True)
    )
    return Record(
        family=family,
        students=len(problem.students),
        seed=seed,
        method=RELAXATION,
        limit=limit,
        status="BOUND",
        seconds=round(perf_counter() - began, 2),
        tiers=figures,
        held=dict(held),
        memory=peak_memory(),
    )


def grouped(family: str, problem: Instance, seed: int, limit: float) -> Record:
    """Group by scores with the published heuristic; the value is what scores in groups miss."""
    began = perf_counter()
    found = maxima.search(problem, limit, seed)
    whole = int(problem.scores.sum()) // 2
    # Tiers are costs: what is between groups is as small as what is inside is large.
    figures = TierFigures(1, "scores between groups", whole - problem.value(found.group_of))
    return Record(
        family=family,
        students=len(problem.scores),
        seed=seed,
        method=MAXIMA,
        limit=limit,
        status="FOUND",
        seconds=round(perf_counter() - began, 2),
        tiers=(figures,),
        held={"1": figures.value or 0},
        groups=problem.groups,
        memory=peak_memory(),
        note=f"scores in groups {problem.value(found.group_of)} of {whole}",
    )


def _judged(
    family: str,
    problem: Problem,
    seed: int,
    method: str,
    limit: float,
    seconds: float,
    groups: Iterable[tuple[int, Sequence[int]]] | None,
    bounds: Mapping[int, int] | None = None,
) -> Record:
    """Return a run with the costs that the rules themselves find."""
    made = None if groups is None else matching(problem, groups)
    report = None if made is None else verify(problem, made)
    values = {} if report is None else report.tiers
    sound = report is None or report.ok
    return Record(
        family=family,
        students=len(problem.students),
        seed=seed,
        method=method,
        limit=limit,
        status="UNKNOWN" if made is None else "FOUND" if sound else "ERROR",
        seconds=round(seconds, 2),
        tiers=tuple(
            TierFigures(tier, problem.tier_name(tier), values.get(tier), (bounds or {}).get(tier))
            for tier in problem.tiers
        ),
        held={str(tier): value for tier, value in values.items()},
        groups=None if made is None else len(made.groups),
        memory=peak_memory(),
        note="" if sound else f"it breaks a rule: {report}"[:200],
    )


def matching(problem: Problem, groups: Iterable[tuple[int, Sequence[int]]]) -> Matching:
    """Return groups, each a template and its people's places, as a matching."""
    people, templates = problem.round.people, problem.round.templates
    students = len(problem.students)
    made = []
    seated: set[int] = set()
    for number, (template, places) in enumerate(groups, 1):
        shared = templates[template]
        seated.update(places)
        made.append(
            Group(
                id=f"g{number}",
                students=tuple(people[place].id for place in places if place < students),
                mentors=tuple(people[place].id for place in places if place >= students),
                slot=shared.plan.slot,
                meetings=shared.plan.starts,
                language=shared.language,
                mode=shared.mode,
                topic=shared.topic,
            )
        )
    out = tuple(people[place].id for place in range(students) if place not in seated)
    return Matching(status="FEASIBLE", groups=tuple(made), left_out=out)


Method = Callable[[str, Problem, int, float], Record | None]

FINDERS: Mapping[str, Method] = {ANNEALING: annealed, DIRECT: direct}
