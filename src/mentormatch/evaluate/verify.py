"""Checking a matching, or a roster made by hand, without any solver.

It uses the problem, the rules' own meaning and the matching, and nothing of what finds
matchings; every answer passes it before it is returned.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field

from mentormatch.data.calendar import MeetingPlan
from mentormatch.data.matching import Group, Matching
from mentormatch.data.people import Mentor, Student
from mentormatch.data.problem import Problem
from mentormatch.data.round import Round, Solution, SolutionGroup, Template
from mentormatch.errors import InputError, nearest
from mentormatch.evaluate.cost import Score, costs, score, structure
from mentormatch.evaluate.unknown_names import unknown_names
from mentormatch.rules.base import Violation

MOST_GROUPS = 100
"""Groups of one person that are compared with each other; nobody may lead a fifth of them."""


@dataclass(frozen=True)
class Finding:
    """One thing wrong with a matching.

    Attributes
    ----------
    rule
        Kind of the hard rule that is broken, ``structure`` for what no matching may do, or
        ``claim`` where the matching says of itself what is not so.
    message
        A sentence for the coordinator.
    people
        Ids of those concerned.
    group
        Id of the group, or None where no group is concerned.
    """

    rule: str
    message: str
    people: tuple[str, ...] = ()
    group: str | None = None


@dataclass(frozen=True)
class Report:
    """What :func:`verify` found.

    Attributes
    ----------
    findings
        Everything that is wrong; empty if the matching is valid.
    tiers
        Cost by tier number, recomputed from the rules' meaning.
    soft
        Breaches of soft rules by kind of rule: what the tiers' costs consist of.
    """

    findings: tuple[Finding, ...]
    tiers: dict[int, int] = field(default_factory=dict)
    soft: dict[str, tuple[Violation, ...]] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether the matching is valid."""
        return not self.findings

    def __str__(self) -> str:
        tiers = ", ".join(f"tier {tier}: {cost}" for tier, cost in self.tiers.items())
        if self.ok:
            return f"valid ({tiers})"
        lines = [f"{len(self.findings)} breach{'es' if len(self.findings) != 1 else ''}:"]
        lines += [f"  {finding.rule}: {finding.message}" for finding in self.findings]
        return "\n".join(lines)


def verify(problem: Problem, matching: Matching) -> Report:
    """Check a matching against every hard rule and recompute every tier's cost.

    A roster made by hand may leave out dates, language and mode of a group; they are then
    chosen as well as the group allows.

    Parameters
    ----------
    problem
        The problem that the matching is to solve.
    matching
        The matching; its tiers are checked if it states them.
    """
    findings = [*_unknown_names(problem.round, matching), *_too_often(matching)]
    if findings:
        return Report(tuple(findings))
    solution = solution_of(problem, matching)
    findings += [
        Finding("structure", violation.message, violation.people, violation.group)
        for violation in structure(problem, solution)
    ]
    judged = score(problem, solution)
    findings += [
        Finding(hard.rule.kind, hard.violation.message, hard.violation.people, hard.violation.group)
        for hard in judged.hard
    ]
    findings += _claims(problem, matching, solution, judged)
    soft: dict[str, list[Violation]] = {}
    for each in judged.soft:
        soft.setdefault(each.rule.kind, []).append(each.violation)
    return Report(
        tuple(findings), judged.tiers, {kind: tuple(broken) for kind, broken in soft.items()}
    )


def solution_of(problem: Problem, matching: Matching) -> Solution:
    """Return the people of a matching's groups in full, with what its groups leave open chosen.

    Raises
    ------
    InputError
        If its groups name people or slots that the problem does not have, with all of them.
    """
    round_ = problem.round
    if unknown := list(unknown_names(round_, matching, "matching")):
        raise InputError(unknown)
    templates: dict[Hashable, list[Template]] = {}
    groups = tuple(_seated(problem, group, templates) for group in matching.groups)
    placed = {student.id for group in groups for student in group.students}
    left_out = tuple(student for student in round_.students if student.id not in placed)
    return Solution(groups, left_out)


def as_group(problem: Problem, as_solution: SolutionGroup) -> Group:
    """Return a finished group with its people by id: the way back from :func:`seat`."""
    template = as_solution.template
    slot = problem.round.slot[template.plan.slot]
    # What a problem holds has been checked; checking every id again takes seconds in large rounds.
    return Group.model_construct(
        id=as_solution.id,
        students=tuple(student.id for student in as_solution.students),
        mentors=tuple(mentor.id for mentor in as_solution.mentors),
        slot=slot.id,
        meetings=template.plan.starts,
        minutes=template.plan.minutes,
        zone=slot.zone or problem.term.zone,
        language=template.language,
        mode=template.mode,
        topic=template.topic,
    )


def _seated(
    problem: Problem, group: Group, templates: dict[Hashable, list[Template]]
) -> SolutionGroup:
    round_ = problem.round
    people = [round_.people[round_.position[name]] for name in (*group.students, *group.mentors)]
    students = tuple(person for person in people if isinstance(person, Student))
    mentors = tuple(person for person in people if isinstance(person, Mentor))
    # Thousands of groups share a few templates. Instants that differ only in which of two equal
    # hours they mean, when clocks are put back, count as equal; so that is stated besides.
    folds = tuple((start.tzinfo, start.fold) for start in group.meetings)
    stated = (group.slot, group.meetings, folds, group.language, group.mode, group.topic)
    if stated not in templates:
        templates[stated] = list(_possible_templates(round_, group))
    options = [
        SolutionGroup(group.id, students, mentors, template) for template in templates[stated]
    ]
    if len(options) == 1:
        return options[0]

    def badness(option: SolutionGroup) -> tuple[int, tuple[int, ...]]:
        return costs(problem, Solution((option,), ()))

    return min(options, key=badness)


def _possible_templates(round_: Round, group: Group) -> Iterator[Template]:
    slot = round_.slot[group.slot]
    plans: tuple[MeetingPlan, ...] = round_.all_plans[slot.id]
    if group.meetings or not plans:
        stated = MeetingPlan(slot.id, group.meetings, slot.minutes)
        # The plan of the term is in the slot's own zone, the stated one perhaps in another.
        same = (plan for plan in plans if plan == stated)
        plans = tuple(same)[:1] or (stated,)
    languages = round_.languages if group.language is None else (group.language,)
    modes = slot.modes if group.mode is None else (group.mode,)
    topics = (round_.topics or (None,)) if group.topic is None else (group.topic,)
    for plan in plans:
        for language in languages:
            for mode in modes:
                for topic in topics:
                    yield Template(plan, language, mode, topic)


def _unknown_names(round_: Round, matching: Matching) -> Iterator[Finding]:
    students = {student.id for student in round_.students}
    mentors = {mentor.id for mentor in round_.mentors}
    seen: set[str] = set()
    for group in matching.groups:
        if group.id in seen:
            yield Finding("structure", f"Two groups have the id {group.id!r}.", group=group.id)
        seen.add(group.id)
        if group.slot not in round_.slot:
            yield Finding(
                "structure",
                f"Group {group.id} names slot {group.slot!r}, which does not exist"
                + _hint(group.slot, set(round_.slot)),
                group=group.id,
            )
        for role, names, known, others in (
            ("student", group.students, students, mentors),
            ("mentor", group.mentors, mentors, students),
        ):
            for place, name in enumerate(names):
                if name not in known:
                    other = "mentor" if role == "student" else "student"
                    what = (
                        f"is a {other}."
                        if name in others
                        else "does not exist" + _hint(name, known)
                    )
                    yield Finding(
                        "structure",
                        f"Group {group.id} names {role} {name!r}, who {what}",
                        (name,),
                        group.id,
                    )
                elif name in names[:place]:
                    yield Finding(
                        "structure",
                        f"Group {group.id} names {role} {name!r} twice.",
                        (name,),
                        group.id,
                    )


def _too_often(matching: Matching) -> Iterator[Finding]:
    """Yield who is in so many groups that comparing these with each other would take for ever."""
    groups = Counter(
        name for group in matching.groups for name in (*group.students, *group.mentors)
    )
    for name, count in groups.items():
        if count > MOST_GROUPS:
            yield Finding(
                "structure", f"{name!r} is in {count:,} groups; nobody leads that many.", (name,)
            )


def _hint(name: str, known: set[str]) -> str:
    close = nearest(name, known)
    return f" (did you mean {close!r}?)." if close else "."


def _claims(
    problem: Problem, matching: Matching, solution: Solution, judged: Score
) -> Iterator[Finding]:
    """Yield what a matching says of itself that is not so."""
    yield from _claimed_times(problem, matching)
    yield from _claimed_left_out(problem, matching, solution)
    yield from _claimed_tiers(matching, judged.tiers)
    ceilings = matching.provenance.ceilings if matching.provenance else {}
    if matching.status == "INFEASIBLE" and not judged.hard and not ceilings:
        yield Finding("claim", "The status is INFEASIBLE, but no hard rule is broken here.")
    if matching.provenance and matching.provenance.problem != problem.fingerprint:
        yield Finding("claim", "The matching was made for another problem.")
    elif matching.provenance and matching.provenance.rules not in ((), problem.rule_uses):
        yield Finding("claim", "The rules that the matching lists are not those of the problem.")


def _claimed_times(problem: Problem, matching: Matching) -> Iterator[Finding]:
    for group in matching.groups:
        slot = problem.round.slot[group.slot]
        zone = slot.zone or problem.term.zone
        if group.minutes not in (None, slot.minutes):
            yield Finding(
                "claim",
                f"Group {group.id} states meetings of {group.minutes} minutes, but slot {slot.id} "
                f"has {slot.minutes}.",
                group=group.id,
            )
        if group.zone not in (None, zone):
            yield Finding(
                "claim",
                f"Group {group.id} states the zone {group.zone}, but slot {slot.id} is in {zone}.",
                group=group.id,
            )


def _claimed_left_out(
    problem: Problem, matching: Matching, solution: Solution
) -> Iterator[Finding]:
    if not matching.tiers and not matching.left_out:
        return
    students = {student.id for student in problem.students}
    left_out = {student.id for student in solution.left_out}
    for name in sorted(left_out.difference(matching.left_out)):
        yield Finding("claim", f"{name!r} is not listed as left out.", (name,))
    for name, times in sorted(Counter(matching.left_out).items()):
        if name not in students:
            hint = _hint(name, students)
            yield Finding("claim", f"{name!r}, listed as left out, does not exist{hint}", (name,))
        elif name not in left_out:
            yield Finding("claim", f"{name!r} is not left out.", (name,))
        elif times > 1:
            yield Finding("claim", f"{name!r} is listed as left out {times} times.", (name,))


def _claimed_tiers(matching: Matching, tiers: dict[int, int]) -> Iterator[Finding]:
    stated = Counter(tier.tier for tier in matching.tiers)
    for number, times in sorted(stated.items()):
        if times > 1:
            yield Finding("claim", f"Tier {number} is stated {times} times.")
    for tier in matching.tiers:
        found = tiers.get(tier.tier)
        if found is None:
            yield Finding("claim", f"The problem has no tier {tier.tier}.")
        elif found != tier.value:
            yield Finding("claim", f"Tier {tier.tier} costs {found}, not {tier.value}.")
        elif tier.bound > tier.value:
            yield Finding(
                "claim",
                f"Tier {tier.tier} costs {tier.value}, below its stated bound {tier.bound}.",
            )
    proven = {tier.tier for tier in matching.tiers if tier.proven}
    if matching.status == "OPTIMAL" and not proven.issuperset(tiers):
        yield Finding("claim", "The status is OPTIMAL, but a tier is not proven.")
