"""Match a round again so that the least changes, and prove that it is the least.

The measures of change are rules in tiers before the round's own, so that each comes with a value
and a certified bound like any other tier: lexicographic optimisation with the published matching
as warm start. The method is known in timetabling as minimal perturbation; see H. El Sakkout and
M. Wallace, Probe backtrack search for minimal perturbation in dynamic scheduling, 2000,
doi:10.1023/A:1009856210543.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial
from itertools import takewhile
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Literal, TypeVar

from pydantic import Field

from mentormatch.data.calendar import Instant
from mentormatch.data.documents import JsonDocument
from mentormatch.data.matching import Group, Matching, Status, TierResult
from mentormatch.data.people import Noun, Person
from mentormatch.data.problem import Problem
from mentormatch.data.round import Solution
from mentormatch.errors import InternalError
from mentormatch.evaluate.carried_over import carried_over
from mentormatch.evaluate.cost import costs, structure
from mentormatch.evaluate.past import judged_rest
from mentormatch.evaluate.verify import solution_of, verify
from mentormatch.progress import ProgressListener
from mentormatch.replan.changes import Changes, changes_between
from mentormatch.replan.events import AnyEvent, Changed, apply_events
from mentormatch.replan.identity import inherit_ids
from mentormatch.replan.mid_term import planned_rest, with_most_dates, with_past
from mentormatch.replan.nearby import nearby_start
from mentormatch.replan.policy import Measure, Policy
from mentormatch.replan.staying_problem import StayingProblem, staying_problem
from mentormatch.reporting import Reporting
from mentormatch.solve.match import DEFAULT_TIME_LIMIT, match

if TYPE_CHECKING:
    from concurrent.futures import Executor

_Person = TypeVar("_Person", bound=Person)

NEARBY = 0.4
"""Share of the time for matching anew what is near the change."""

REPLAN_FORMAT: Literal["mentormatch/replan/1"] = "mentormatch/replan/1"


class ChangeTier(Noun):
    """One measure of change: how much changes, and the least that must."""

    measure: Measure
    name: str
    value: int
    bound: int

    @property
    def proven(self) -> bool:
        """Whether nothing less is possible."""
        return self.value <= self.bound


class Replan(JsonDocument):
    """A matching of a changed round, what it changes, and the proof that it is the least.

    The bound of a measure holds among matchings that are at least as good in the measures
    before; the bounds of `tiers` among those that change as little.
    """

    format: Literal["mentormatch/replan/1"] = REPLAN_FORMAT
    status: Status
    matching: Matching = Field(description="A matching of the round as it is now.")
    measures: tuple[ChangeTier, ...] = ()
    tiers: tuple[TierResult, ...] = Field(
        default=(),
        description="The round's own tiers, bounded among matchings that change as little.",
    )
    changes: Changes = Changes()

    @property
    def proven(self) -> bool:
        """Whether it is proven that nothing less can change."""
        return bool(self.measures) and all(one.proven for one in self.measures)

    def __str__(self) -> str:
        if not self.matching.groups:
            return f"{self.status}: {' '.join(self.matching.messages)}"
        count = len(self.changes.concerned)
        told = "1 person is concerned" if count == 1 else f"{count} people are concerned"
        lines = [f"{self.status}: {told}"]
        for one in self.measures:
            least = "and no less is possible" if one.proven else f"at least {one.bound} must"
            lines.append(f"  {one.name}: {one.value}, {least}")
        lines += [f"  {line}" for line in str(self.changes).splitlines()]
        return "\n".join(lines)


def replan(
    problem: Problem,
    previous: Matching,
    *,
    events: Sequence[AnyEvent] | None = None,
    policy: Policy | None = None,
    now: Instant | None = None,
    used_ids: Collection[str] = (),
    time_limit: float | None = DEFAULT_TIME_LIMIT,
    seed: int = 0,
    workers: int | None = None,
    progress: ProgressListener | None = None,
    cancel: Event | None = None,
    executor: Executor | None = None,
) -> Replan:
    """Match a round that has changed since its matching was published, changing the least.

    Parameters
    ----------
    problem
        The round as it is now; with `events`, as it was before them.
    previous
        The matching that people know. It may name people and slots that are gone.
    events
        What happened. The matching is then of the round after them, which is the problem of
        :func:`mentormatch.replan.apply_events`. Without, the problem says it all.
    policy
        What is worth more than what, and who must not be moved.
    now
        The present moment; by default nothing is past, or what was when `previous` was made.
        Meetings before it stay as they were, attendance counts from it on, and groups that get
        other dates have as many as are left.
    used_ids
        Ids that groups had in still earlier matchings of the round; new groups get others.
    time_limit, seed, workers, progress, cancel, executor
        As for :func:`mentormatch.match`.

    Returns
    -------
    Replan
        With status `OPTIMAL` if every measure and tier is proven. If nothing has to change, its
        matching has the groups of the previous one exactly as they were.

    Raises
    ------
    InputError
        If events name whom or what there is not or contradict each other, or if the problem and
        the measures have more tiers than a problem can have.
    """
    chosen = policy or Policy()
    changed = Changed(problem, previous)
    if events is not None:
        changed = apply_events(problem, previous, events)
    problem = changed.problem
    # What was past when the groups were planned is past.
    moment = max((one for one in (now, previous.now) if one is not None), default=None)
    start = carried_over(problem, changed.earlier)
    rest = None if moment is None else planned_rest(problem, start, changed.earlier, moment)
    present = problem
    if rest is not None:
        present, start = rest.problem, rest.matching
    stated = partial(
        staying_problem,
        present,
        changed.earlier,
        chosen,
        parts=changed.parts,
        homeless=changed.homeless,
        demands=changed.demands,
    )
    staying = stated()
    until = None if time_limit is None else monotonic() + time_limit
    with Reporting(progress, cancel) as reporting:
        begin = nearby_start(
            staying.problem,
            start,
            time_limit=None if time_limit is None else time_limit * NEARBY,
            seed=seed,
            reporting=reporting,
        )
        begin = begin or start
        if settled := _nothing(staying, begin):
            staying = stated(settled=settled)
        found = match(
            staying.problem,
            time_limit=None if until is None else max(0.0, until - monotonic()),
            seed=seed,
            workers=workers,
            progress=reporting.next_step(),
            cancel=reporting.cancel,
            start=begin if begin.groups else None,
            ceilings=staying.ceilings or None,
            executor=executor,
        )
    if found.status in ("INFEASIBLE", "UNKNOWN"):
        return Replan(status=found.status, matching=found)
    kept = _as_it_was(staying.problem, start, found)
    if kept is None:
        used = {*used_ids, *(group.id for group in previous.groups)}
        ended = () if rest is None else {group.id for group in rest.finished}
        going_on = tuple(group for group in changed.earlier.groups if group.id not in ended)
        named = inherit_ids(found, previous.model_copy(update={"groups": going_on}), used)
        kept = _with_earlier_dates(staying.problem, named, start)
        if rest is not None:
            kept = with_most_dates(staying.problem, kept, start)
    if rest is not None and moment is not None:
        kept = with_past(kept, previous, rest.finished, moment)
    return _told(problem, staying, previous, found, kept)


def _nothing(staying: StayingProblem, begin: Matching) -> tuple[Measure, ...]:
    """Return the measures, from the first on, that a known matching makes nothing.

    Nothing is less than nothing, so these are proven, and all that is asked for after them is
    among matchings in which they are nothing too.
    """
    if not begin.groups:
        return ()
    solution = solution_of(staying.problem, begin)
    if any(structure(staying.problem, solution)):
        return ()
    hard, values = costs(staying.problem, solution)
    if hard:
        return ()
    by_tier = dict(zip(staying.problem.tiers, values, strict=True))
    first = takewhile(lambda tier: by_tier[tier] == 0, sorted(staying.measures))
    return tuple(staying.measures[tier] for tier in first if tier < min(staying.own, default=99))


def _as_it_was(problem: Problem, start: Matching, found: Matching) -> Matching | None:
    """Return the groups as they were, if these are as good as those that were found."""
    if not start.groups:
        return None
    solution = solution_of(problem, start)
    if any(structure(problem, solution)):
        return None
    hard, values = costs(problem, solution)
    if hard or values != tuple(tier.value for tier in found.tiers):
        return None
    return start


def _with_earlier_dates(problem: Problem, found: Matching, start: Matching) -> Matching:
    """Return groups with the dates, language, mode and topic that they had, where these do."""
    earlier = {group.id: group for group in start.groups}
    groups = list(found.groups)
    seated = list(solution_of(problem, found).groups)
    for place, group in enumerate(groups):
        if group.id not in earlier:
            continue
        dated = _dated(problem, group, earlier[group.id])
        (then,) = solution_of(problem, Matching(status="FEASIBLE", groups=(dated,))).groups
        led = set(group.mentors)
        # A mentor's other group may meet by now when this one did.
        if not any(
            then.template.plan.overlaps(other.template.plan)
            for number, other in enumerate(seated)
            if number != place and not led.isdisjoint(groups[number].mentors)
        ):
            groups[place], seated[place] = dated, then
    return found.model_copy(update={"groups": tuple(groups)})


def _dated(problem: Problem, group: Group, earlier: Group) -> Group:
    if group.slot != earlier.slot:
        return group
    people = {"students": group.students, "mentors": group.mentors}
    as_before = earlier.model_copy(update=people)
    one = Matching(status="FEASIBLE", groups=(group,))
    other = Matching(status="FEASIBLE", groups=(as_before,))
    now, then = (Solution(solution_of(problem, each).groups, ()) for each in (one, other))
    if any(structure(problem, then)) or costs(problem, then) > costs(problem, now):
        return group
    return as_before


def _recounted(
    problem: Problem, kept: Matching, own: tuple[TierResult, ...]
) -> Iterator[TierResult]:
    """Yield tiers as they are when groups have only as many dates as they lack."""
    assert kept.now is not None, "a part of the term is past"
    rest = judged_rest(problem, kept, kept.now)
    _, values = costs(rest.problem, solution_of(rest.problem, rest.matching))
    by_tier = dict(zip(rest.problem.tiers, values, strict=True))
    for tier in own:
        value = by_tier.get(tier.tier, tier.value)
        yield tier.model_copy(update={"value": value, "bound": min(tier.bound, value)})


def _told(
    problem: Problem, staying: StayingProblem, previous: Matching, found: Matching, kept: Matching
) -> Replan:
    by_number = {tier.tier: tier for tier in found.tiers}
    own = tuple(
        by_number[number].model_copy(update={"tier": tier, "name": problem.tier_name(tier)})
        for number, tier in staying.own.items()
    )
    if kept.now is not None:
        own = tuple(_recounted(problem, kept, own))
    # Among all matchings of the round, those that change more included, nothing is proven.
    claims = tuple(tier.model_copy(update={"bound": 0}) for tier in own)
    provenance = found.provenance
    if provenance is not None:
        provenance = provenance.model_copy(
            update={"problem": problem.fingerprint, "rules": problem.rule_uses}
        )
    placed = {student for group in kept.groups for student in group.students}
    matching = Matching(
        status="OPTIMAL" if all(tier.proven for tier in claims) else "FEASIBLE",
        groups=kept.groups,
        now=kept.now,
        left_out=tuple(sorted(one.id for one in problem.students if one.id not in placed)),
        tiers=claims,
        messages=found.messages,
        provenance=provenance,
    )
    report = verify(problem, matching)
    if not report.ok:
        raise InternalError(f"the answer did not pass verification: {report.findings[0].rule}")
    counted = {
        measure: ChangeTier(
            measure=measure,
            name=by_number[tier].name,
            value=by_number[tier].value,
            bound=by_number[tier].bound,
        )
        for tier, measure in staying.measures.items()
        if tier in by_number
    }
    settled = {
        measure: ChangeTier(measure=measure, name=name, value=0, bound=0)
        for measure, name in staying.settled.items()
    }
    return Replan(
        status=found.status,
        matching=matching,
        measures=(*settled.values(), *counted.values()),
        tiers=own,
        changes=changes_between(problem, previous, matching),
    )
