"""Why somebody is in their group, and what each other group would have cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from mentormatch.data.documents import JsonDocument
from mentormatch.data.matching import Matching
from mentormatch.data.people import Answer, Identifier, Noun, Student
from mentormatch.data.problem import Problem
from mentormatch.data.round import SolutionGroup
from mentormatch.errors import Fault, InputError, nearest
from mentormatch.evaluate.evaluated_solution import (
    EvaluatedSolution,
    evaluate_solution,
    kinds_of,
)
from mentormatch.evaluate.verify import solution_of
from mentormatch.explain.move_evaluator import MoveEvaluator, joined, parted, replaced
from mentormatch.explain.reasons import to_left_out
from mentormatch.messages.wording import Message, rule_facts, slot_facts
from mentormatch.whatif.effect import (
    TierChange,
)

PLACEMENT_FORMAT: Literal["mentormatch/placement/1"] = "mentormatch/placement/1"


class OtherGroup(Noun):
    """What another group would have cost, had the person been there.

    Nobody else is named: an exchange is with the member of that group for whom it costs least.
    """

    group: Identifier
    slot: Identifier
    forbidden: tuple[Message, ...] = Field(
        default=(), description="The hard rules against joining the group as it stands."
    )
    move: tuple[TierChange, ...] | None = Field(
        default=None, description="Exact cost of the round if the person joins; null if forbidden."
    )
    exchange: tuple[TierChange, ...] | None = Field(
        default=None,
        description="Exact cost if the person changes places with somebody there; null if no "
        "exchange is allowed.",
    )

    @property
    def cheapest(self) -> tuple[int, ...] | None:
        """What the cheaper of the two costs more, tier by tier; None if both are forbidden."""
        found = [
            tuple((tier.after or 0) - (tier.before or 0) for tier in step)
            for step in (self.move, self.exchange)
            if step is not None
        ]
        return min(found, default=None)


class Placement(JsonDocument):
    """Where one person is, why, and what the alternatives would have cost."""

    format: Literal["mentormatch/placement/1"] = PLACEMENT_FORMAT
    person: Identifier
    group: Identifier | None
    slot: Identifier | None = None
    answer: Answer | None = Field(default=None, description="Their own answer to the slot.")
    reason: Message
    others: tuple[OtherGroup, ...] = ()
    to_participant: Message = Field(
        description="Two sentences with nothing but their own answers and public facts."
    )


def explain_placement(problem: Problem, matching: Matching, person: str) -> Placement:
    """Say why a student is in their group, and what each other group would have cost.

    Every cost is exact: the whole round is judged with the person moved there, and with the
    person and somebody of that group in each other's place.

    Raises
    ------
    InputError
        If there is no such student.
    """
    before = EvaluatedSolution(problem, solution_of(problem, matching))
    found = {student.id: student for student in problem.students}
    if person not in found:
        raise InputError(
            [
                Fault(
                    "unknown_person",
                    "person",
                    f"{person!r} is not among the {len(found)} students",
                    nearest(person, found),
                )
            ]
        )
    student = found[person]
    evaluator = MoveEvaluator(before)
    own = next((group for group in evaluator.groups if student in group.students), None)
    if own is None:
        return Placement(
            person=person,
            group=None,
            reason=Message(code="placement.not_placed"),
            to_participant=to_left_out(evaluator, student),
        )
    others = tuple(_others(evaluator, own, student))
    slot = problem.round.slot[own.template.plan.slot]
    answer = problem.round.answer(student, own.template.plan)
    return Placement(
        person=person,
        group=own.id,
        slot=slot.id,
        answer=answer,
        reason=_reason(others),
        others=others,
        to_participant=Message(
            code=f"to_placed.{answer}",
            facts={
                "group": own.id,
                "all": len(evaluator.groups),
                "open": _open_to(evaluator, student),
                **slot_facts(slot),
            },
        ),
    )


def _others(evaluator: MoveEvaluator, own: SolutionGroup, student: Student) -> Iterator[OtherGroup]:
    left = parted(own, student)
    for group in evaluator.groups:
        if group.id == own.id:
            continue
        moved = joined(group, student)
        rules = [
            *evaluator.obstacles(evaluator.scores[group.id], evaluator.alone(moved)),
            *(
                evaluator.obstacles(evaluator.scores[own.id], evaluator.alone(left))
                if left.students
                else ()
            ),
        ]
        after = evaluate_solution(
            evaluator.problem, _without_empty(replaced(evaluator.groups, left, moved))
        )
        yield OtherGroup(
            group=group.id,
            slot=group.template.plan.slot,
            forbidden=tuple(
                Message(code="placement.forbidden", facts=rule_facts(rule))
                for rule in {id(rule): rule for rule in rules}.values()
            ),
            move=_costs(evaluator.before, after) if after.valid else None,
            exchange=_best_exchange(evaluator, own, group, student),
        )


def _best_exchange(
    evaluator: MoveEvaluator, own: SolutionGroup, group: SolutionGroup, student: Student
) -> tuple[TierChange, ...] | None:
    best: EvaluatedSolution | None = None
    for other in group.students:
        there = joined(parted(group, other), student)
        if evaluator.obstacles(evaluator.scores[group.id], evaluator.alone(there)):
            continue
        here = joined(parted(own, student), other)
        if evaluator.obstacles(evaluator.scores[own.id], evaluator.alone(here)):
            continue
        after = evaluate_solution(evaluator.problem, replaced(evaluator.groups, here, there))
        if after.valid and (best is None or after.score.values < best.score.values):
            best = after
    return None if best is None else _costs(evaluator.before, best)


def _without_empty(groups: tuple[SolutionGroup, ...]) -> tuple[SolutionGroup, ...]:
    return tuple(group for group in groups if group.students)


def _costs(before: EvaluatedSolution, after: EvaluatedSolution) -> tuple[TierChange, ...]:
    return tuple(
        TierChange(
            tier=tier,
            name=before.problem.tier_name(tier),
            rules=kinds_of(before.problem, tier),
            before=cost,
            after=after.score.tiers[tier],
        )
        for tier, cost in before.score.tiers.items()
    )


def _reason(others: tuple[OtherGroup, ...]) -> Message:
    costs = [cost for other in others if (cost := other.cheapest) is not None]
    if not costs:
        return Message(code="placement.only_group")
    nothing = (0,) * len(costs[0])
    if any(cost < nothing for cost in costs):
        return Message(code="placement.better_group")
    equal = sum(cost == nothing for cost in costs)
    if equal:
        return Message(code="placement.equal_groups", facts={"equal": equal})
    return Message(code="placement.best_group", facts={"others": len(costs)})


def _open_to(evaluator: MoveEvaluator, student: Student) -> int:
    return sum(
        evaluator.problem.round.answer(student, group.template.plan) != "no"
        for group in evaluator.groups
    )
