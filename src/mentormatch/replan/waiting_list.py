"""Who is next for which place, by the round's stated order."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from mentormatch.data.documents import JsonDocument
from mentormatch.data.matching import Group, Matching
from mentormatch.data.people import Identifier, Noun
from mentormatch.data.problem import Problem
from mentormatch.errors import Fault, InputError, nearest
from mentormatch.evaluate.carried_over import carried_over
from mentormatch.replan.recommend import Option, recommend
from mentormatch.rules import PlaceOrder

WAITING_FORMAT: Literal["mentormatch/waiting-list/1"] = "mentormatch/waiting-list/1"


class Waiting(Noun):
    """One student without a group, and the places that they could take as they are."""

    number: int = Field(description="Place in the line, from 1.")
    person: Identifier
    options: tuple[Option, ...] = Field(description="Groups to join, best first; nobody moves.")


class WaitingList(JsonDocument):
    """Students without a group in the order in which places are offered to them."""

    format: Literal["mentormatch/waiting-list/1"] = WAITING_FORMAT
    rule: str = Field(description="The order, in words.")
    people: tuple[Waiting, ...] = ()

    @property
    def next(self) -> Waiting | None:
        """The first for whom there is a place; None if there is a place for nobody."""
        return next((one for one in self.people if one.options), None)

    def __str__(self) -> str:
        lines = [f"In the order: {self.rule}"]
        for one in self.people:
            where = ", ".join(option.group for option in one.options) or "no group as they are"
            lines.append(f"{one.number:>4}  {one.person}: {where}")
        return "\n".join(lines)


class Promotion(Noun):
    """Somebody from the waiting list who is given a place, and why it is them."""

    person: Identifier
    group: Identifier
    matching: Matching
    why: str


def waiting_list(problem: Problem, matching: Matching) -> WaitingList:
    """Return who waits for a place, in order, and which groups each could join.

    The order is that of the first rule `place_order` of the problem; without one it is first
    come, first served, and people without a time of sign-up come last.

    Parameters
    ----------
    problem
        The round as it is now.
    matching
        Its groups.
    """
    people = tuple(
        Waiting(number=number, person=name, options=recommend(problem, matching, name).options)
        for number, name in enumerate(in_line(problem, matching), 1)
    )
    return WaitingList(rule=_order(problem).describe(), people=people)


def in_line(problem: Problem, matching: Matching) -> tuple[str, ...]:
    """Return the students without a group, the next one first."""
    placed = {student for group in matching.groups for student in group.students}
    return tuple(name for name in _order(problem).in_order(problem.round) if name not in placed)


def _order(problem: Problem) -> PlaceOrder:
    stated = (rule for rule in problem.active_rules if isinstance(rule, PlaceOrder))
    return next(stated, PlaceOrder())


def promote(problem: Problem, matching: Matching, group: str | None = None) -> Promotion | None:
    """Give the next place to whoever is first in line for it; None if nobody can take one.

    Parameters
    ----------
    problem
        The round as it is now.
    matching
        Its groups; people who have left are passed over.
    group
        The group with the place; by default whichever suits the first in line best.

    Raises
    ------
    InputError
        If there is no such group.
    """
    known = [one.id for one in matching.groups]
    if group is not None and group not in known:
        message = f"{group!r} is not among the {len(known)} groups"
        raise InputError([Fault("unknown_group", "group", message, nearest(group, known))])
    waiting = waiting_list(problem, matching)
    passed: list[str] = []
    for one in waiting.people:
        fitting = [option for option in one.options if group in (None, option.group)]
        if not fitting:
            passed.append(one.person)
            continue
        chosen = fitting[0]
        before = ""
        if passed:
            count = len(passed)
            does = "does" if count == 1 else "do"
            before = f"; {count} before them {does} not fit {group or 'any group as it is'}"
        why = f"number {one.number} in the order ({waiting.rule}){before}"
        return Promotion(
            person=one.person,
            group=chosen.group,
            matching=_with(
                carried_over(problem, matching).model_copy(update={"now": matching.now}),
                one.person,
                chosen.group,
            ),
            why=why,
        )
    return None


def _with(matching: Matching, person: str, name: str) -> Matching:
    def joined(group: Group) -> Group:
        if group.id != name:
            return group
        return group.model_copy(update={"students": (*group.students, person)})

    return Matching(
        status="FEASIBLE",
        groups=tuple(map(joined, matching.groups)),
        now=matching.now,
        left_out=tuple(one for one in matching.left_out if one != person),
    )
