"""How good finished groups are, by the rules' own meaning and with no solver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from mentormatch.data.problem import Problem
from mentormatch.data.round import Round, Solution, SolutionGroup
from mentormatch.rules.base import Rule, Violation


@dataclass(frozen=True)
class Judged:
    """A violation and the rule that it breaks."""

    rule: Rule
    violation: Violation

    @property
    def cost(self) -> int:
        """What the violation costs in the rule's tier."""
        return self.rule.weight * self.violation.amount


@dataclass(frozen=True)
class Score:
    """All violations of a finished round, and what they cost.

    Attributes
    ----------
    hard
        Violations of hard rules; a valid matching has none.
    soft
        Violations of soft rules.
    tiers
        Cost by tier number, the most important first; every tier of the problem is there.
    """

    hard: tuple[Judged, ...]
    soft: tuple[Judged, ...]
    tiers: dict[int, int]

    @property
    def values(self) -> tuple[int, ...]:
        """Costs of the tiers, the most important first: less is better, in that order."""
        return tuple(self.tiers.values())

    @property
    def hard_amount(self) -> int:
        """Sum of the amounts by which hard rules are broken."""
        return sum(judged.violation.amount for judged in self.hard)


def score(problem: Problem, solution: Solution) -> Score:
    """Judge finished groups by every rule in force."""
    hard: list[Judged] = []
    soft: list[Judged] = []
    tiers = dict.fromkeys(problem.tiers, 0)
    for rule in problem.active_rules:
        for violation in rule.violations(problem.round, solution):
            judged = Judged(rule, violation)
            if rule.tier == "hard":
                hard.append(judged)
            else:
                assert isinstance(rule.tier, int)
                soft.append(judged)
                tiers[rule.tier] += judged.cost
    return Score(tuple(hard), tuple(soft), tiers)


def costs(problem: Problem, solution: Solution) -> tuple[int, tuple[int, ...]]:
    """Return the amount by which hard rules are broken, and what each tier costs.

    The same as by :func:`score`, which keeps every violation: in large rounds a hundred thousand.
    """
    hard = 0
    tiers = dict.fromkeys(problem.tiers, 0)
    for rule in problem.active_rules:
        amount = sum(violation.amount for violation in rule.violations(problem.round, solution))
        if isinstance(rule.tier, int):
            tiers[rule.tier] += rule.weight * amount
        else:
            hard += amount
    return hard, tuple(tiers.values())


def structure(problem: Problem, solution: Solution) -> Iterator[Violation]:
    """Yield what no matching may do, whatever its rules.

    A student is in one group at most, a mentor in no more than their capacity and never in two
    at overlapping times; a group has a student, dates that are a meeting plan of its slot, and
    a language and mode that the programme offers; a slot holds no more groups than it can.
    """
    round_ = problem.round
    for group in solution.groups:
        yield from _group_structure(round_, group)
    loads = Counter(person.id for group in solution.groups for person in group.members)
    # Nearly everybody is in one group, and a list for each of them would be for nothing.
    resting = {mentor.id for mentor in round_.mentors if mentor.capacity == 0}
    groups_of: dict[str, list[SolutionGroup]] = {
        person: [] for person, load in loads.items() if load > 1 or person in resting
    }
    for group in solution.groups if groups_of else ():
        for person in group.members:
            if person.id in groups_of:
                groups_of[person.id].append(group)
    for student in round_.students:
        if loads[student.id] > 1:
            yield _load(student.id, student.label, groups_of[student.id], 1)
    for mentor in round_.mentors:
        mine = groups_of.get(mentor.id, [])
        if len(mine) > mentor.capacity:
            yield _load(mentor.id, mentor.label, mine, mentor.capacity)
        for number, group in enumerate(mine):
            for other in mine[:number]:
                if group.template.plan.overlaps(other.template.plan):
                    yield Violation(
                        1,
                        f"{mentor.label} leads groups {other.id} and {group.id} at overlapping "
                        "times.",
                        (mentor.id,),
                        group.id,
                    )
    held = Counter(group.template.plan.slot for group in solution.groups)
    for slot in round_.slots:
        there = held[slot.id]
        if slot.max_groups is not None and there > slot.max_groups:
            yield Violation(
                there - slot.max_groups,
                f"Slot {slot.id} holds {there} group{'' if there == 1 else 's'}, more than "
                f"{slot.max_groups}.",
            )


def _group_structure(round_: Round, group: SolutionGroup) -> Iterator[Violation]:
    if not group.students:
        yield Violation(1, f"Group {group.id} has no students.", group=group.id)
    template = group.template
    slot = round_.slot[template.plan.slot]
    if template.plan not in round_.all_plans[slot.id]:
        yield Violation(
            1,
            f"The dates of group {group.id} are not a meeting plan of slot {slot.id} in the term.",
            group=group.id,
        )
    if template.language not in round_.languages:
        yield Violation(
            1,
            f"Group {group.id} meets in {template.language}, which the programme does not offer.",
            group=group.id,
        )
    if template.topic not in (round_.topics or (None,)):
        yield Violation(
            1,
            f"Group {group.id} has the topic {template.topic}, which the programme does not offer.",
            group=group.id,
        )
    if template.mode not in slot.modes:
        yield Violation(
            1,
            f"Group {group.id} meets in mode {template.mode}, which slot {slot.id} does not allow.",
            group=group.id,
        )


def _load(person: str, label: str, groups: list[SolutionGroup], most: int) -> Violation:
    names = ", ".join(group.id for group in groups)
    return Violation(
        len(groups) - most,
        f"{label} is in {len(groups)} group{'' if len(groups) == 1 else 's'} ({names}), more "
        f"than {most}.",
        (person,),
    )
