"""What can be known before matching, in moments and without a solver."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from pydantic import Field

from mentormatch.data.documents import JsonDocument
from mentormatch.data.people import Identifier, Noun
from mentormatch.data.problem import Problem
from mentormatch.explain.eligibility import Eligibility, Mask
from mentormatch.explain.hall_deficit import Deficit, Supply, deficits, groups_by
from mentormatch.explain.spelling import misspelt
from mentormatch.messages.wording import Message, slot_facts
from mentormatch.rules.base import Rule, RuleUse
from mentormatch.rules.forms import Form, LoadCost, PersonCost, PlacedCost

PRECHECK_FORMAT: Literal["mentormatch/precheck/1"] = "mentormatch/precheck/1"

Level = Literal["proof", "warning", "hint"]
"""Proof: no matching can do better. Warning: look at it. Hint: perhaps a slip."""


class Notice(Message):
    """One thing that the pre-check found."""

    level: Level
    people: tuple[Identifier, ...] = ()


class Witness(Noun):
    """Students of whom some must stay without a group, and why, checkable by hand.

    The students can come to no other slots than these; in them there can be no more groups than
    stated, and so no more seats.
    """

    students: tuple[Identifier, ...]
    slots: tuple[Identifier, ...]
    groups: int
    seats: int
    count: int = Field(description="Students of these who must stay without a group.")


class PrecheckReport(JsonDocument):
    """What the pre-check found; it names people and is for the coordinator."""

    format: Literal["mentormatch/precheck/1"] = PRECHECK_FORMAT
    students: int
    mentors: int
    groups: int = Field(description="No matching has more groups than this.")
    seats: int = Field(description="Students in so many groups of the largest size.")
    unavoidable: int = Field(description="No matching leaves fewer students out than this.")
    rules: tuple[RuleUse, ...] = Field(
        default=(), description="The problem's rules, and which of them nobody stated."
    )
    witnesses: tuple[Witness, ...] = ()
    notices: tuple[Notice, ...] = ()


def precheck(problem: Problem) -> PrecheckReport:
    """Look at a problem before it is matched.

    It tells people with no or one slot, slots in which no group can meet, whether mentors can
    serve the demand, students who must stay without a group with a proof, hard rules that no
    matching can keep, and values that look misspelt. No solver is used.
    """
    eligibility = Eligibility(problem)
    supply = Supply(eligibility)
    groups = supply.groups(supply.open)
    lacking = deficits(eligibility)
    seats = groups * supply.largest
    notices = [
        *_capacity(problem, supply, groups, seats),
        *_unavoidable(problem, lacking),
        *_never(problem, eligibility, supply),
        *_slots(problem, eligibility, supply),
        *_people(problem, eligibility),
        *_left(problem),
        *_spelling(problem),
    ]
    return PrecheckReport(
        students=len(problem.students),
        mentors=len(problem.mentors),
        groups=groups,
        seats=seats,
        unavoidable=sum(deficit.count for deficit in lacking),
        rules=problem.rule_uses,
        witnesses=tuple(_witness(problem, deficit) for deficit in lacking),
        notices=tuple(notices),
    )


def _witness(problem: Problem, deficit: Deficit) -> Witness:
    templates = problem.round.templates
    return Witness(
        students=tuple(problem.students[student].id for student in deficit.students),
        slots=tuple(dict.fromkeys(templates[t].plan.slot for t in deficit.templates)),
        groups=deficit.groups,
        seats=deficit.seats,
        count=deficit.count,
    )


def _capacity(problem: Problem, supply: Supply, groups: int, seats: int) -> Iterator[Notice]:
    students = len(problem.students)
    if seats < students:
        # Mentors are named only where they are what allows no more groups.
        scarce = supply.each > 0 and supply.staffable and supply.groups_by_mentors() <= groups
        yield Notice(
            code="precheck.capacity_short" if scarce else "precheck.groups_short",
            level="proof",
            facts={"groups": groups, "seats": seats, "students": students},
        )


def _unavoidable(problem: Problem, lacking: tuple[Deficit, ...]) -> Iterator[Notice]:
    for deficit in lacking:
        witness = _witness(problem, deficit)
        if not witness.groups:
            facts: dict[str, int | str] = {"count": witness.count}
            yield Notice(
                code="precheck.no_place", level="proof", facts=facts, people=witness.students
            )
            continue
        yield Notice(
            code="precheck.unavoidable",
            level="proof",
            facts={
                "count": witness.count,
                "students": len(witness.students),
                "slots": len(witness.slots),
                "groups": witness.groups,
                "seats": witness.seats,
            },
            people=witness.students,
        )


def _never(problem: Problem, eligibility: Eligibility, supply: Supply) -> Iterator[Notice]:
    """Yield the hard rules that no group, or no matching, can keep."""
    students = supply.students
    open_templates = np.array([most > 0 for most in supply.most], dtype=np.bool_)
    reach: Mask = np.any(supply.allowed & open_templates, axis=1)
    for rule, count in eligibility.counts:
        able = supply.allowed[count.members].sum(axis=0)
        applies = [
            groups_by(count, int(able[template]))
            for template in range(len(able))
            if count.templates is None or count.templates[template]
        ]
        if applies and len(applies) == len(able) and not any(applies):
            yield _broken(rule, "precheck.rule_never_holds")
    for rule, forms in eligibility.hard:
        for form in forms:
            if (
                isinstance(form, PersonCost)
                and students
                and not (form.amount[:students] == 0).any()
            ):
                yield _broken(rule, "precheck.rule_never_holds")
            else:
                yield from _never_by_loads(problem, rule, form, reach)


def _never_by_loads(problem: Problem, rule: Rule, form: Form, reach: Mask) -> Iterator[Notice]:
    if isinstance(form, LoadCost):
        for person, table in zip(form.people.tolist(), form.table, strict=True):
            within = table if reach[person] else table[:1]
            if (within > 0).all():
                name = problem.round.people[person].id
                yield _broken(rule, "precheck.rule_never_holds_for", name)
    elif isinstance(form, PlacedCost):
        most = int(reach[form.members].sum())
        if all(amount > 0 for amount in form.table[: most + 1]):
            yield _broken(rule, "precheck.rule_never_holds_in_all")


def _broken(rule: Rule, code: str, person: str | None = None) -> Notice:
    about = {} if person is None else {"person": person}
    return Notice(
        code=code,
        level="proof",
        facts={"rule": rule.kind, **about},
        people=() if person is None else (person,),
    )


def _slots(problem: Problem, eligibility: Eligibility, supply: Supply) -> Iterator[Notice]:
    round_ = problem.round
    allowed = eligibility.allowed
    for slot in problem.slots:
        if slot.id in round_.dropped_slots:
            yield Notice(code="precheck.slot_dropped", level="warning", facts=slot_facts(slot))
            continue
        here = [
            number
            for number, template in enumerate(round_.templates)
            if template.plan.slot == slot.id
        ]
        mentors = max((int(allowed[list(supply.mentors), t].sum()) for t in here), default=0)
        students = max((int(allowed[: supply.students, t].sum()) for t in here), default=0)
        least = 1 if round_.shape.count_mentors else round_.shape.min_students
        for code, found, needed in (
            ("precheck.slot_without_mentors", mentors, supply.each),
            ("precheck.slot_without_students", students, least),
        ):
            if found < needed and not any(supply.most[template] for template in here):
                facts = {"found": found, "needed": needed, **slot_facts(slot)}
                yield Notice(code=code, level="warning", facts=facts)


def _people(problem: Problem, eligibility: Eligibility) -> Iterator[Notice]:
    round_ = problem.round
    slots = [template.plan.slot for template in round_.templates]
    # Where groups can meet in one slot only, that says nothing of anybody.
    several = len(set(slots)) > 1
    for row, person in enumerate(round_.people):
        offered = dict.fromkeys(slots[t] for t in np.flatnonzero(round_.answers[row]).tolist())
        facts: dict[str, int | str] = {"person": person.id}
        if not offered:
            code = "precheck.no_slot"
        elif (straw := eligibility.last_straw(row)) is not None:
            code = "precheck.no_template"
            facts["rule"] = straw.kind
        elif len(offered) == 1 and several:
            code = "precheck.one_slot"
            facts |= slot_facts(round_.slot[next(iter(offered))])
        else:
            continue
        yield Notice(code=code, level="warning", facts=facts, people=(person.id,))


def _left(problem: Problem) -> Iterator[Notice]:
    for rule, person in problem.naming_left:
        facts = {"person": person, "rule": rule.kind}
        yield Notice(code="precheck.left", level="warning", facts=facts)


def _spelling(problem: Problem) -> Iterator[Notice]:
    for slip in misspelt(problem.round.people):
        yield Notice(
            code="precheck.misspelt",
            level="hint",
            facts={
                "field": slip.field,
                "value": slip.value,
                "count": slip.count,
                "nearest": slip.nearest,
                "other": slip.other,
            },
        )
