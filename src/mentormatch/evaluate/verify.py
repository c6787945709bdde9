"""Checking a matching, or a roster made by hand, without any solver.

It uses the problem, the rules' own meaning and the matching, and nothing of what finds
matchings; every answer passes it before it is returned.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import replace
from datetime import datetime

from mentormatch.data.appearance import appearance
from mentormatch.data.calendar import MeetingPlan
from mentormatch.data.matching import Group, Matching
from mentormatch.data.people import Mentor, Student
from mentormatch.data.problem import Problem
from mentormatch.data.round import Round, Solution, SolutionGroup, Template
from mentormatch.errors import InputError
from mentormatch.evaluate.claims import claims
from mentormatch.evaluate.cost import costs, score, structure
from mentormatch.evaluate.findings import Finding, Report, hint
from mentormatch.evaluate.past import judged_rest, past_findings
from mentormatch.evaluate.unknown_names import unknown_names
from mentormatch.rules.base import Violation

MOST_GROUPS = 100
"""Groups of one person that are compared with each other; nobody may lead a fifth of them."""


def verify(problem: Problem, matching: Matching) -> Report:
    """Check a matching against every hard rule and recompute every tier's cost.

    A roster made by hand may leave out dates, language, mode and topic of a group. The dates are
    then those of the slot's first plan, the others are chosen as well as the group allows.

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
    if matching.now is not None:
        return _verified_rest(problem, matching, matching.now)
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
    findings += claims(problem, matching, solution, judged)
    soft: dict[str, list[Violation]] = {}
    for each in judged.soft:
        soft.setdefault(each.rule.kind, []).append(each.violation)
    return Report(
        tuple(findings), judged.tiers, {kind: tuple(broken) for kind, broken in soft.items()}
    )


def _verified_rest(problem: Problem, matching: Matching, now: datetime) -> Report:
    """Check what is to come of a term; what is past was, and nothing is asked of it."""
    rest = judged_rest(problem, matching, now)
    stated = rest.matching
    made = stated.provenance
    if made is not None and made.problem == problem.fingerprint:
        rules = rest.problem.rule_uses if made.rules == problem.rule_uses else made.rules
        made = made.model_copy(update={"problem": rest.problem.fingerprint, "rules": rules})
        stated = stated.model_copy(update={"provenance": made})
    report = verify(rest.problem, stated)
    findings = (*past_findings(problem, matching, now), *report.findings)
    return replace(report, findings=findings)


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
    if not group.meetings:
        plans = plans[:1]
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
    seen: dict[str, str] = {}
    for group in matching.groups:
        look = appearance(group.id)
        if look in seen:
            what = (
                f"Two groups have the id {group.id!r}."
                if seen[look] == group.id
                else f"Two groups have ids that look the same, {seen[look]!r} and {group.id!r}."
            )
            yield Finding("structure", what, group=group.id)
        seen[look] = group.id
        if group.slot not in round_.slot:
            yield Finding(
                "structure",
                f"Group {group.id} names slot {group.slot!r}, which does not exist"
                + hint(group.slot, set(round_.slot)),
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
                        f"is a {other}." if name in others else "does not exist" + hint(name, known)
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
