"""Checking a matching, or a roster made by hand, without any solver.

It uses the problem, the rules' own meaning and the matching, and nothing of what finds
matchings; every answer passes it before it is returned.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from mentormatch.calendar import MeetingPlan
from mentormatch.errors import nearest
from mentormatch.evaluation import score, structure
from mentormatch.matching import Group, Matching
from mentormatch.people import Mentor, Student
from mentormatch.problem import Problem
from mentormatch.rounds import Round, SeatedGroup, Seating, Template
from mentormatch.rules.base import Breach


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
    soft: dict[str, tuple[Breach, ...]] = field(default_factory=dict)

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
    findings = list(_unknown_names(problem.round, matching))
    if findings:
        return Report(tuple(findings))
    seating = seat(problem, matching)
    findings += [
        Finding("structure", breach.message, breach.people, breach.group)
        for breach in structure(problem, seating)
    ]
    judged = score(problem, seating)
    findings += [
        Finding(hard.rule.kind, hard.breach.message, hard.breach.people, hard.breach.group)
        for hard in judged.hard
    ]
    findings += _claims(problem, matching, seating, judged.tiers)
    soft: dict[str, tuple[Breach, ...]] = {}
    for each in judged.soft:
        soft[each.rule.kind] = (*soft.get(each.rule.kind, ()), each.breach)
    return Report(tuple(findings), judged.tiers, soft)


def seat(problem: Problem, matching: Matching) -> Seating:
    """Return the people of a matching's groups in full, with what its groups leave open chosen.

    Raises
    ------
    KeyError
        If the matching names somebody or a slot that the problem does not have.
    """
    around = problem.round
    groups = tuple(_seated(problem, group) for group in matching.groups)
    placed = {student.id for group in groups for student in group.students}
    left_out = tuple(student for student in around.students if student.id not in placed)
    return Seating(groups, left_out)


def _seated(problem: Problem, group: Group) -> SeatedGroup:
    around = problem.round
    people = [around.people[around.position[name]] for name in (*group.students, *group.mentors)]
    students = tuple(person for person in people if isinstance(person, Student))
    mentors = tuple(person for person in people if isinstance(person, Mentor))
    options = [
        SeatedGroup(group.id, students, mentors, template)
        for template in _possible_templates(around, group)
    ]
    if len(options) == 1:
        return options[0]

    def badness(option: SeatedGroup) -> tuple[int, tuple[int, ...]]:
        judged = score(problem, Seating((option,), ()))
        return judged.hard_amount, judged.values

    return min(options, key=badness)


def _possible_templates(around: Round, group: Group) -> Iterator[Template]:
    slot = around.slot[group.slot]
    plans: tuple[MeetingPlan, ...] = around.all_plans[slot.id]
    if group.meetings or not plans:
        minutes = slot.minutes if group.minutes is None else group.minutes
        stated = MeetingPlan(slot.id, group.meetings, minutes)
        # Instants compare equal in any zone; the plan of the term keeps the slot's own.
        plans = tuple(plan for plan in plans if plan == stated)[:1] or (stated,)
    languages = around.languages if group.language is None else (group.language,)
    modes = slot.modes if group.mode is None else (group.mode,)
    for plan in plans:
        for language in languages:
            for mode in modes:
                yield Template(plan, language, mode)


def _unknown_names(around: Round, matching: Matching) -> Iterator[Finding]:
    students = {student.id for student in around.students}
    mentors = {mentor.id for mentor in around.mentors}
    seen: set[str] = set()
    for group in matching.groups:
        if group.id in seen:
            yield Finding("structure", f"Two groups have the id {group.id!r}.", group=group.id)
        seen.add(group.id)
        if group.slot not in around.slot:
            yield Finding(
                "structure",
                f"Group {group.id} names slot {group.slot!r}, which does not exist"
                + _hint(group.slot, set(around.slot)),
                group=group.id,
            )
        for role, names, known in (
            ("student", group.students, students),
            ("mentor", group.mentors, mentors),
        ):
            for place, name in enumerate(names):
                if name not in known:
                    yield Finding(
                        "structure",
                        f"Group {group.id} names {role} {name!r}, who does not exist"
                        + _hint(name, known),
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


def _hint(name: str, known: set[str]) -> str:
    close = nearest(name, known)
    return f" (did you mean {close!r}?)." if close else "."


def _claims(
    problem: Problem, matching: Matching, seating: Seating, tiers: dict[int, int]
) -> Iterator[Finding]:
    """Yield what a matching says of itself that is not so."""
    left_out = {student.id for student in seating.left_out}
    if matching.tiers or matching.left_out:
        for name in sorted(left_out.symmetric_difference(matching.left_out)):
            what = "is not listed as left out" if name in left_out else "is not left out"
            yield Finding("claim", f"{name!r} {what}.", (name,))
    for tier in matching.tiers:
        found = tiers.get(tier.tier)
        if found != tier.value:
            yield Finding("claim", f"Tier {tier.tier} costs {found}, not {tier.value}.")
        elif tier.bound > tier.value:
            yield Finding(
                "claim",
                f"Tier {tier.tier} costs {tier.value}, below its stated bound {tier.bound}.",
            )
    if matching.status == "OPTIMAL" and (
        len(matching.tiers) < len(tiers) or not all(tier.proven for tier in matching.tiers)
    ):
        yield Finding("claim", "The status is OPTIMAL, but a tier is not proven.")
    if matching.provenance and matching.provenance.problem != problem.fingerprint:
        yield Finding("claim", "The matching was made for another problem.")
