"""The round as it is now, with rules of staying before its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from mentormatch.data.matching import Group, Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import Fault, InputError
from mentormatch.replan.policy import Measure, Policy
from mentormatch.rules import (
    EarlierGroup,
    KeepCompanions,
    KeepMentors,
    KeepTime,
    PlacePeople,
    Stay,
)
from mentormatch.rules.base import MAX_TIER, Rule, Tier


@dataclass(frozen=True)
class StayingProblem:
    """A problem some of whose tiers measure what changes of a published matching.

    Attributes
    ----------
    problem
        The problem to be solved.
    measures
        The measure of each tier that has one, by tier.
    settled
        Measures that are known to be nothing, with what each counts; they are hard rules.
    own
        Number of each of the round's own tiers, by its number in `problem`.
    ceilings
        Most that tiers may cost.
    """

    problem: Problem
    measures: dict[int, Measure]
    settled: dict[Measure, str]
    own: dict[int, int]
    ceilings: dict[int, int]


def staying_problem(
    problem: Problem,
    previous: Matching,
    policy: Policy,
    *,
    parts: Sequence[Group] = (),
    homeless: Sequence[str] = (),
    demands: Sequence[Rule] = (),
    settled: Collection[Measure] = (),
) -> StayingProblem:
    """Return the problem of changing the least.

    Parameters
    ----------
    problem
        The round as it is now.
    previous
        The matching that was published, of the round as it was.
    policy
        What is worth more than what.
    parts
        Further groups to stay in, which were split off others.
    homeless
        Further students who had a group, which does not go on.
    demands
        Hard rules besides, as events ask for them.
    settled
        Measures that are known to be nothing at best. They become hard rules, which leave most
        people one slot and their mentors, so that the rest is a far smaller problem.

    Raises
    ------
    InputError
        If there are more tiers than a problem can have.
    """
    order = (one for one in policy.order if one not in settled)
    tiers: list[Measure | int] = [*order, *problem.tiers, *policy.last]
    if len(tiers) > MAX_TIER:
        count = len(tiers) - len(problem.tiers)
        message = f"{len(problem.tiers)} tiers and {count} of staying are more than {MAX_TIER}"
        raise InputError([Fault("too_many_tiers", "rules", message)])
    numbered = dict(enumerate(tiers, 1))
    measures = {number: one for number, one in numbered.items() if not isinstance(one, int)}
    own = {number: one for number, one in numbered.items() if isinstance(one, int)}
    groups = earlier_groups((*previous.groups, *parts))
    rules = [_rule(problem, groups, homeless, measure, tier) for tier, measure in measures.items()]
    nothing = {one: _rule(problem, groups, homeless, one, "hard") for one in settled}
    rules += [*nothing.values(), *_frozen(groups, policy), *demands]
    moved = {tier: number for number, tier in own.items()}
    ceilings = {
        tier: policy.most_moved
        for tier, measure in measures.items()
        if measure == "moves" and policy.most_moved is not None
    }
    known = {one: rule.measure(problem.round) for one, rule in nothing.items()}
    return StayingProblem(problem.with_tiers(moved, rules), measures, known, own, ceilings)


def earlier_groups(groups: Sequence[Group]) -> tuple[EarlierGroup, ...]:
    """Return groups as rules of staying state them."""
    return tuple(
        EarlierGroup(students=group.students, mentors=group.mentors, slot=group.slot)
        for group in groups
    )


def _rule(
    problem: Problem,
    groups: tuple[EarlierGroup, ...],
    homeless: Sequence[str],
    measure: Measure,
    tier: Tier,
) -> Rule:
    had = [*(student for group in groups for student in group.students), *homeless]
    if measure == "places":
        return PlacePeople(tier=tier, people=tuple(had), because="had_a_group")
    if measure == "newcomers":
        known = set(had)
        new = tuple(one.id for one in problem.students if one.id not in known)
        return PlacePeople(tier=tier, people=new, because="newcomers")
    if measure == "times":
        return KeepTime(tier=tier, groups=groups)
    if measure == "moves":
        return Stay(tier=tier, groups=groups)
    if measure == "mentors":
        return KeepMentors(tier=tier, groups=groups)
    return KeepCompanions(tier=tier, groups=groups)


def _frozen(groups: tuple[EarlierGroup, ...], policy: Policy) -> Iterator[Rule]:
    """Yield hard rules for those who stay."""
    staying = set(policy.frozen)
    if policy.may_move is not None:
        everybody = {person for group in groups for person in group.people}
        staying |= everybody - set(policy.may_move)
    if staying:
        people = tuple(sorted(staying))
        yield KeepTime(tier="hard", groups=groups, people=people)
        yield Stay(tier="hard", groups=groups, people=people)
        yield KeepMentors(tier="hard", groups=groups, people=people)
        # Of a group that has ended nobody can lead on; so who may not be moved need not lead.
        placed = {student for group in groups for student in group.students}
        placed |= {one for group in groups for one in group.mentors if one in policy.frozen}
        named = tuple(one for one in people if one in placed)
        yield PlacePeople(tier="hard", people=named)
