"""Why somebody has no group: one reason of a short published list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np

from mentormatch.data.people import Mentor, Person, Student
from mentormatch.data.round import Solution, SolutionGroup
from mentormatch.evaluate.cost import score
from mentormatch.evaluate.evaluated_solution import (
    evaluate_solution,
)
from mentormatch.explain.move_evaluator import MoveEvaluator, dearer, joined, parted, replaced
from mentormatch.messages.wording import Message, rule_facts
from mentormatch.rules.base import Rule
from mentormatch.whatif.changes import Change, RelaxRule

ReasonCode = Literal[
    "no_slot_offered",
    "no_common_language",
    "rule_forbids",
    "too_few_mentors",
    "no_room",
    "below_minimum",
    "groups_full",
    "conflicts",
    "lost_on_priority",
    "lost_on_order",
    "lost_on_lottery",
    "places_not_asked",
    "no_group_found",
    "room_left",
]
REASONS: tuple[ReasonCode, ...] = get_args(ReasonCode)
"""The published list; a code never changes its meaning."""

_OF_ONE_RULE: dict[str, ReasonCode] = {
    "common_slot": "no_slot_offered",
    "common_language": "no_common_language",
}
"""Rules about one person that have a reason of their own; the others are named in the reason."""


def reason(
    evaluator: MoveEvaluator, person: Student, repairs: Sequence[Sequence[Change]]
) -> Message:
    """Return why a student has no group.

    Parameters
    ----------
    evaluator
        The groups that there are.
    person
        A student without a group.
    repairs
        The changes of each repair that was proven for them.
    """
    if any(not changes for changes in repairs):
        return _message("room_left")
    if not evaluator.eligibility.asks_places:
        return _message("places_not_asked")
    row = evaluator.problem.round.position[person.id]
    if not evaluator.eligibility.allowed[row].any():
        return _of_themselves(evaluator, row)
    against = {group.id: evaluator.stands_against(person, group) for group in evaluator.groups}
    here = [
        group
        for group in evaluator.groups
        if not any(rule.kind in evaluator.eligibility.single for rule in against[group.id])
    ]
    if not here:
        return _without_groups(evaluator, person, repairs)
    for group in here:
        if not against[group.id]:
            judged = evaluator.alone(joined(group, person))
            rules = dearer(evaluator.problem, evaluator.scores[group.id], judged)
            if rules:
                return _message("lost_on_order", rules[0])
    full = [group for group in here if _full(against[group.id])]
    if full:
        return _lost(evaluator, person, full)
    return _by_rules(evaluator, [rule for group in here for rule in against[group.id]])


def to_left_out(evaluator: MoveEvaluator, person: Person) -> Message:
    """Return two sentences for somebody without a group; rules and others stay out of them."""
    round_ = evaluator.problem.round
    row = round_.position[person.id]
    can_lead = not isinstance(person, Mentor) or person.capacity > 0
    if can_lead and not evaluator.eligibility.allowed[row].any():
        code = _of_themselves(evaluator, row).code
        if code.removeprefix("left_out.") in _OF_ONE_RULE.values():
            return Message(code=f"to_{code}")
    offered = {
        template.plan.slot
        for template, answer in zip(round_.templates, round_.answers[row], strict=True)
        if answer
    }
    return Message(
        code="to_left_out.otherwise", facts={"slots": len(offered), "all": len(round_.slots)}
    )


def _full(rules: Sequence[Rule]) -> bool:
    return all(rule.kind == "group_size" for rule in rules)


def _by_rules(evaluator: MoveEvaluator, rules: Sequence[Rule]) -> Message:
    """Return the reason where rules forbid somebody; rules about pairs come first."""
    for rule in rules:
        if rule.kind in evaluator.eligibility.pairwise:
            return _message("conflicts", rule)
    named = [rule for rule in rules if rule.kind != "group_size"] or list(rules)
    return _message("rule_forbids", named[0])


def _message(code: ReasonCode, rule: Rule | None = None, **facts: int | str) -> Message:
    named = {} if rule is None else rule_facts(rule)
    return Message(code=f"left_out.{code}", facts={**named, **facts})


def _of_themselves(evaluator: MoveEvaluator, row: int) -> Message:
    """Return the reason of a person whom rules about single people keep from every template."""
    rule = evaluator.eligibility.last_straw(row, tuple(_OF_ONE_RULE))
    if rule is None:
        return _message("no_slot_offered")
    code = _OF_ONE_RULE.get(rule.kind, "rule_forbids")
    return _message(code, None if rule.kind in _OF_ONE_RULE else rule)


def _without_groups(
    evaluator: MoveEvaluator, person: Student, repairs: Sequence[Sequence[Change]]
) -> Message:
    """Return why no group meets where the person may be."""
    round_ = evaluator.problem.round
    least, _ = evaluator.sizes
    allowed = evaluator.eligibility.allowed
    open_to = [int(t) for t in np.flatnonzero(allowed[round_.position[person.id]])]
    roomy = [t for t in open_to if evaluator.has_room(round_.templates[t].plan.slot)]
    if not roomy:
        return _message("no_room", slots=len({round_.templates[t].plan.slot for t in open_to}))
    free = {template: len(evaluator.free_mentors(template)) for template in roomy}
    enough = [template for template in roomy if free[template] >= evaluator.mentors_needed]
    if not enough:
        slots = {round_.templates[template].plan.slot for template in open_to}
        return _message(
            "too_few_mentors",
            slots=len(slots),
            needed=evaluator.mentors_needed,
            most=max(free.values()),
        )
    waiting = [round_.position[one.id] for one in evaluator.before.solution.left_out]
    most = max(int(allowed[waiting, template].sum()) for template in enough)
    if most < least:
        return _message("below_minimum", count=most, least=least)
    in_the_way = {
        change.rule for changes in repairs for change in changes if isinstance(change, RelaxRule)
    }
    rules = [rule for rule in evaluator.problem.active_rules if rule.kind in in_the_way]
    if any(rule.tier == "hard" for rule in rules):
        return _by_rules(evaluator, [rule for rule in rules if rule.tier == "hard"])
    if rules:
        return _message("lost_on_order", rules[0])
    return _message("no_group_found")


def _lost(evaluator: MoveEvaluator, person: Student, full: list[SolutionGroup]) -> Message:
    """Return why others have the places: every exchange with one of them is tried."""
    own = score(evaluator.problem, Solution((), (person,))).values
    best: tuple[tuple[int, ...], SolutionGroup, Student] | None = None
    for group in full:
        before = evaluator.scores[group.id]
        for other in group.students:
            judged = evaluator.alone(joined(parted(group, other), person))
            if evaluator.obstacles(before, judged):
                continue
            theirs = score(evaluator.problem, Solution((), (other,))).values
            more = tuple(
                new - old + out - back
                for new, old, out, back in zip(
                    judged.values, before.values, theirs, own, strict=True
                )
            )
            if best is None or more < best[0]:
                best = (more, group, other)
    if best is None:
        return _message("groups_full", groups=len(full))
    _, group, other = best
    after = evaluate_solution(
        evaluator.problem, replaced(evaluator.groups, joined(parted(group, other), person))
    )
    if not after.valid:
        return _message("groups_full", groups=len(full))
    was, now = evaluator.before.score.tiers, after.score.tiers
    for place, tier in enumerate(was):
        if now[tier] != was[tier]:
            rule = _decisive(evaluator, group, other, person, tier)
            code: ReasonCode = "lost_on_priority" if place == 0 else "lost_on_order"
            return _message(code, rule)
    return _message("lost_on_lottery")


def _decisive(
    evaluator: MoveEvaluator, group: SolutionGroup, other: Student, person: Student, tier: int
) -> Rule:
    """Return the rule of a tier whose cost the exchange of two people changes most."""
    round_ = evaluator.problem.round
    left_out = evaluator.before.solution.left_out
    before = Solution((group,), left_out)
    after = Solution(
        (joined(parted(group, other), person),),
        (*(one for one in left_out if one.id != person.id), other),
    )

    def change(rule: Rule) -> int:
        costs = [
            sum(violation.amount for violation in rule.violations(round_, solution))
            for solution in (before, after)
        ]
        return abs(costs[1] - costs[0]) * rule.weight

    return max((rule for rule in evaluator.problem.active_rules if rule.tier == tier), key=change)
