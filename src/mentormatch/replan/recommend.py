"""In which groups somebody could sit now, and what each would cost.

Every option is judged exactly. What rules say of a group depends on that group alone (see
`docs/design.md`), so an option is judged by the groups that it touches; what a place is worth to
the round as a whole is the same for every option and is judged once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from mentormatch.data.documents import JsonDocument
from mentormatch.data.matching import Matching
from mentormatch.data.people import Identifier, Mentor, Noun, Person, Student
from mentormatch.data.problem import Problem
from mentormatch.data.round import Solution, SolutionGroup
from mentormatch.errors import Fault, InputError, nearest
from mentormatch.evaluate.cost import costs
from mentormatch.evaluate.group_score import group_score
from mentormatch.evaluate.past import as_of_now
from mentormatch.evaluate.verify import solution_of
from mentormatch.explain.move_evaluator import joined, parted

RECOMMENDATIONS_FORMAT: Literal["mentormatch/recommendations/1"] = "mentormatch/recommendations/1"

Values = tuple[int, ...]


class Step(Noun):
    """One person who goes from a group to another; null where they have none."""

    person: Identifier
    from_group: Identifier | None = None
    to_group: Identifier | None = None


class Option(Noun):
    """One way to give somebody a place."""

    group: Identifier
    slot: Identifier
    steps: tuple[Step, ...] = Field(description="Who goes where, the person asked about first.")
    change: tuple[int, ...] = Field(description="How much more each tier of the round costs.")

    @property
    def others_moved(self) -> tuple[str, ...]:
        """People besides the one asked about who would have to move."""
        return tuple(step.person for step in self.steps[1:])


class Recommendations(JsonDocument):
    """All groups in which somebody could sit now, best first."""

    format: Literal["mentormatch/recommendations/1"] = RECOMMENDATIONS_FORMAT
    person: Identifier
    group: Identifier | None = Field(default=None, description="The group that they have now.")
    options: tuple[Option, ...] = ()

    def __str__(self) -> str:
        if not self.options:
            return f"{self.person} fits no group as it is."
        lines = []
        for option in self.options:
            more = ", ".join(f"{value:+d}" for value in option.change)
            moved = f"; moves {', '.join(option.others_moved)}" if option.others_moved else ""
            lines.append(f"{option.group} ({option.slot}): tiers {more}{moved}")
        return "\n".join(lines)


def recommend(
    problem: Problem,
    matching: Matching,
    person: str,
    *,
    instead_of: str | None = None,
    displace: bool = False,
) -> Recommendations:
    """Return every group in which somebody could sit now, with what each tier would cost.

    For late students, for a student who asks to change, and for substitutes of a mentor.

    Parameters
    ----------
    problem
        The round as it is now.
    matching
        Its groups; people who have left the round are passed over.
    person
        A student or mentor, with or without a group.
    instead_of
        A mentor whom the person is to replace; only options in which that mentor leaves a group
        are returned.
    displace
        Whether options count in which one student of a group that cannot be joined as it is goes
        to another group, perhaps to that of the person asked about.

    Returns
    -------
    Recommendations
        Complete: without `displace` every group that the person can join, as it is, without a
        hard rule being broken. Those that cost least come first.

    Raises
    ------
    InputError
        If there is no such person, or a student is to lead a group or to be replaced as a mentor.
    """
    round_ = problem.round
    for name in filter(None, (person, instead_of)):
        if name not in round_.position:
            message = f"{name!r} is not among the {len(round_.people)} people"
            near = nearest(name, round_.position)
            raise InputError([Fault("unknown_person", "person", message, near)])
        if instead_of and not isinstance(round_.people[round_.position[name]], Mentor):
            message = f"{name!r} is a student; a mentor is replaced by a mentor"
            raise InputError([Fault("not_a_mentor", "person", message)])
    problem, here = as_of_now(problem, matching)
    if any(name not in problem.round.position for name in filter(None, (person, instead_of))):
        # Their group has met for the last time.
        return Recommendations(person=person)
    round_ = problem.round
    solution = solution_of(problem, here)
    who = round_.people[round_.position[person]]
    seats = _Seats(problem, solution, who)
    steps = seats.replacing(instead_of) if instead_of else seats.joining(displace=displace)
    options = sorted(
        _options(problem, solution, list(steps)),
        key=lambda one: (one.change, len(one.steps), one.group),
    )
    own = seats.own.id if seats.own else None
    return Recommendations(person=person, group=own, options=tuple(options))


@dataclass(frozen=True)
class _Way:
    """Groups after some steps, by id, and what these groups cost more."""

    group: SolutionGroup
    steps: tuple[Step, ...]
    changed: tuple[SolutionGroup, ...]
    more: Values


class _Seats:
    """The groups of a solution, and what each costs by itself."""

    def __init__(self, problem: Problem, solution: Solution, who: Person) -> None:
        self._problem = problem
        self._solution = solution
        self._who = who
        self._costs: dict[tuple[str, ...], tuple[int, Values]] = {}
        self._times_bind = any(
            rule.kind == "common_slot" and rule.tier == "hard" for rule in problem.active_rules
        )
        mine = [group for group in solution.groups if who in group.members]
        self.own = mine[0] if isinstance(who, Student) and mine else None
        self._led = mine if isinstance(who, Mentor) else []

    def joining(self, *, displace: bool) -> Iterator[_Way]:
        """Yield the ways in which the person joins a group."""
        if isinstance(self._who, Mentor) and len(self._led) >= self._who.capacity:
            return
        for group in self._solution.groups:
            if self._who in group.members or not self._can_come(self._who, group):
                continue
            leaving = [] if self.own is None else [(self.own, parted(self.own, self._who))]
            step = Step(
                person=self._who.id,
                from_group=None if self.own is None else self.own.id,
                to_group=group.id,
            )
            way = self._way(group, (step,), [(group, joined(group, self._who)), *leaving])
            if way is not None:
                yield way
            elif displace and isinstance(self._who, Student):
                yield from self._displacing(group, step, leaving)

    def replacing(self, mentor: str) -> Iterator[_Way]:
        """Yield the ways in which the person leads a group instead of a mentor."""
        if isinstance(self._who, Mentor) and len(self._led) >= self._who.capacity:
            return
        for group in self._solution.groups:
            gone = next((one for one in group.mentors if one.id == mentor), None)
            if gone is None or self._who in group.members:
                continue
            if not self._can_come(self._who, group):
                continue
            after = joined(parted(group, gone), self._who)
            steps = (
                Step(person=self._who.id, to_group=group.id),
                Step(person=mentor, from_group=group.id),
            )
            way = self._way(group, steps, [(group, after)])
            if way is not None:
                yield way

    def _displacing(
        self,
        group: SolutionGroup,
        step: Step,
        leaving: list[tuple[SolutionGroup, SolutionGroup]],
    ) -> Iterator[_Way]:
        for other in group.students:
            there = joined(parted(group, other), self._who)
            if self._lone(there) is None:
                continue
            best: _Way | None = None
            for target in self._solution.groups:
                if target.id == group.id or not self._can_come(other, target):
                    continue
                moved = Step(person=other.id, from_group=group.id, to_group=target.id)
                if target.id == step.from_group:
                    # The two change places.
                    changed = [(group, there), (target, joined(parted(target, self._who), other))]
                else:
                    changed = [(group, there), (target, joined(target, other)), *leaving]
                way = self._way(group, (step, moved), changed)
                if way is not None and (best is None or way.more < best.more):
                    best = way
            if best is not None:
                yield best

    def _way(
        self,
        group: SolutionGroup,
        steps: tuple[Step, ...],
        changed: list[tuple[SolutionGroup, SolutionGroup]],
    ) -> _Way | None:
        """Return a way if no changed group breaks a hard rule that it did not break before."""
        more = [0] * len(self._problem.tiers)
        for before, after in changed:
            was, now = self._priced(before)[1], self._lone(after)
            if now is None:
                return None
            for place, (one, other) in enumerate(zip(was, now, strict=True)):
                more[place] += other - one
        return _Way(group, steps, tuple(after for _, after in changed), tuple(more))

    def _can_come(self, person: Person, group: SolutionGroup) -> bool:
        """Whether somebody has the time; what rules say is looked at afterwards."""
        plan = group.template.plan
        if isinstance(person, Mentor) and any(
            plan.overlaps(led.template.plan) for led in self._led
        ):
            return False
        return not self._times_bind or self._problem.round.answer(person, plan) != "no"

    def _lone(self, group: SolutionGroup) -> Values | None:
        """Return what a group costs by itself; None if it cannot stand."""
        hard, values = self._priced(group)
        return values if not hard else None

    def _priced(self, group: SolutionGroup) -> tuple[int, Values]:
        """Return what is said of a group itself: hard amounts, and the cost of each tier."""
        key = (group.id, *sorted(person.id for person in group.members))
        if key not in self._costs:
            judged = group_score(self._problem, group)
            self._costs[key] = judged.hard_amount, tuple(judged.tiers.values())
        return self._costs[key]


def _options(problem: Problem, solution: Solution, ways: list[_Way]) -> Iterator[Option]:
    """Yield the ways as options, with what the place itself is worth to the whole round."""
    if not ways:
        return
    before = costs(problem, solution)
    extra: dict[tuple[str, ...], Values | None] = {}
    for way in ways:
        kind = tuple("out" if step.from_group is None else "in" for step in way.steps)
        if kind not in extra:
            after = costs(problem, _after(problem, solution, way))
            sound = after[0] <= before[0]
            rest = zip(after[1], before[1], way.more, strict=True)
            extra[kind] = tuple(a - b - m for a, b, m in rest) if sound else None
        more = extra[kind]
        if more is None:
            continue
        yield Option(
            group=way.group.id,
            slot=way.group.template.plan.slot,
            steps=way.steps,
            change=tuple(one + other for one, other in zip(way.more, more, strict=True)),
        )


def _after(problem: Problem, solution: Solution, way: _Way) -> Solution:
    new = {group.id: group for group in way.changed}
    groups = tuple(new.get(group.id, group) for group in solution.groups)
    placed = {student.id for group in groups for student in group.students}
    left_out = tuple(one for one in problem.students if one.id not in placed)
    return Solution(groups, left_out)
