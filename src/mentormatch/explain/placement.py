"""Why somebody is in their group, and what each other group would have cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from mentormatch.data.documents import JsonDocument
from mentormatch.data.matching import Matching
from mentormatch.data.people import Answer, Identifier, Noun, Person, Student
from mentormatch.data.problem import Problem
from mentormatch.data.round import SolutionGroup
from mentormatch.evaluate.evaluated_solution import (
    EvaluatedSolution,
    evaluate_solution,
    kinds_of,
)
from mentormatch.evaluate.verify import solution_of
from mentormatch.explain.find_person import find_person
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
    also: tuple[Identifier, ...] = Field(
        default=(), description="Further groups of the person, who is then a mentor."
    )
    slot: Identifier | None = None
    answer: Answer | None = Field(default=None, description="Their own answer to the slot.")
    reason: Message
    others: tuple[OtherGroup, ...] = ()
    to_participant: Message = Field(
        description="Two sentences with nothing but their own answers and public facts."
    )


def explain_placement(problem: Problem, matching: Matching, person: str) -> Placement:
    """Say why a student or mentor is in their group, and what each other group would have cost.

    Every cost is exact: the whole round is judged with the person moved there, and with the
    person and somebody of that group in each other's place. Of a mentor who leads several groups
    the first is explained.

    Parameters
    ----------
    problem
        The problem that was matched.
    matching
        Its matching, found or made by hand.
    person
        Id or name of a student or mentor.

    Raises
    ------
    InputError
        If there is no such person, or several have that name.
    """
    evaluator = MoveEvaluator(EvaluatedSolution(problem, solution_of(problem, matching)))
    one = find_person(problem, person)
    led = [group for group in evaluator.groups if one in group.members]
    if not led:
        return Placement(
            person=one.id,
            group=None,
            reason=Message(code="placement.not_placed"),
            to_participant=to_left_out(evaluator, one),
        )
    own = led[0]
    others = tuple(_others(evaluator, own, one))
    slot = problem.round.slot[own.template.plan.slot]
    answer = problem.round.answer(one, own.template.plan)
    return Placement(
        person=one.id,
        group=own.id,
        also=tuple(group.id for group in led[1:]),
        slot=slot.id,
        answer=answer,
        reason=_reason(others),
        others=others,
        to_participant=Message(
            code=f"to_placed.{answer}",
            facts={
                "group": own.id,
                "all": len(evaluator.groups),
                "open": _open_to(evaluator, one),
                **slot_facts(slot),
            },
        ),
    )


def _others(evaluator: MoveEvaluator, own: SolutionGroup, person: Person) -> Iterator[OtherGroup]:
    left = parted(own, person)
    for group in evaluator.groups:
        if person in group.members:
            continue
        moved = joined(group, person)
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
            exchange=_best_exchange(evaluator, own, group, person),
        )


def _best_exchange(
    evaluator: MoveEvaluator, own: SolutionGroup, group: SolutionGroup, person: Person
) -> tuple[TierChange, ...] | None:
    best: EvaluatedSolution | None = None
    for other in group.students if isinstance(person, Student) else group.mentors:
        if other in own.members:
            continue
        there = joined(parted(group, other), person)
        if evaluator.obstacles(evaluator.scores[group.id], evaluator.alone(there)):
            continue
        here = joined(parted(own, person), other)
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


def _open_to(evaluator: MoveEvaluator, person: Person) -> int:
    return sum(
        evaluator.problem.round.answer(person, group.template.plan) != "no"
        for group in evaluator.groups
    )
