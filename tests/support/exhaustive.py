"""The best matching of a tiny problem, found by looking at all of them.

It shares nothing with the solver: what is wrong with groups, the rules say (`breaches`). Two
things are taken for granted, and tests of their own hold them:

* a breach that names a group is there whatever the other groups are;
* what breaches without a group amount to depends on who has a group at all, and on how many
  groups each mentor leads.

Every meeting plan of every slot is tried, not only the templates that the solver keeps.

How it counts without repeating itself: students are taken in their order. Each one not yet
seated is either left out or seated in a group of which they are the first, with any of the
later ones not yet seated. Of all ways that seat the same students and use the same times of
the same mentors and the same room at each slot, only the cheapest can be part of the best.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from mentormatch.calendar import MeetingPlan
from mentormatch.evaluation import score, structure
from mentormatch.people import Answer, Person
from mentormatch.problem import Problem
from mentormatch.rounds import Round, SeatedGroup, Seating, Template
from mentormatch.rules.base import Breach, Rule

Values = tuple[int, ...]
Ways = dict["State", "Way"]


@dataclass(frozen=True)
class Best:
    """The least costs of the tiers, and groups that have them."""

    values: Values
    seating: Seating


@dataclass(frozen=True)
class State:
    """What the groups so far have used up.

    Attributes
    ----------
    seated
        The students in a group, by their places.
    led
        For each mentor the slots of their groups.
    held
        For each slot how many groups it holds.
    """

    seated: frozenset[int]
    led: tuple[frozenset[str], ...]
    held: tuple[int, ...]


@dataclass(frozen=True)
class Way:
    """Groups that lead to a state, and what they cost."""

    values: Values
    groups: tuple[SeatedGroup, ...]


@dataclass(frozen=True)
class Option:
    """One possible group: the best of all plans, languages, modes and topics of its slot."""

    students: frozenset[int]
    mentors: tuple[int, ...]
    slot: int
    values: Values
    group: SeatedGroup


def best_of_all(problem: Problem) -> Best | None:
    """Return the best of all matchings of a tiny problem, or None if none keeps its hard rules.

    Raises
    ------
    AssertionError
        If the groups found do not cost what their parts cost.
    """
    judge = Judge(problem)
    first: dict[int, list[Option]] = {}
    for option in options(problem, judge):
        first.setdefault(min(option.students), []).append(option)
    nothing = State(
        frozenset(),
        tuple(frozenset() for _ in problem.mentors),
        tuple(0 for _ in problem.slots),
    )
    ways: Ways = {nothing: Way(tuple(0 for _ in problem.tiers), ())}
    for place in range(len(problem.students)):
        ways = _after(problem, place, ways, first.get(place, []))
    found: Best | None = None
    for state, way in ways.items():
        seating = Seating(
            _numbered(way.groups),
            tuple(one for place, one in enumerate(problem.students) if place not in state.seated),
        )
        rest = judge.of_people(seating, (state.seated, tuple(map(len, state.led))))
        if rest is None:
            continue
        values = added(way.values, rest)
        if found is None or values < found.values:
            found = Best(values, seating)
    if found is not None:
        judged = score(problem, found.seating)
        assert not judged.hard
        assert judged.values == found.values
        assert not list(structure(problem, found.seating))
    return found


def _after(problem: Problem, place: int, ways: Ways, openings: list[Option]) -> Ways:
    """Return the cheapest way to each state once the student at this place is decided."""
    after: Ways = {}
    for state, way in ways.items():
        _keep(after, state, way)
        if place in state.seated:
            continue
        for option in openings:
            if option.students.isdisjoint(state.seated):
                reached = _with(problem, state, option)
                if reached is not None:
                    more = Way(added(way.values, option.values), (*way.groups, option.group))
                    _keep(after, reached, more)
    return after


def _keep(ways: Ways, state: State, way: Way) -> None:
    known = ways.get(state)
    if known is None or way.values < known.values:
        ways[state] = way


def _with(problem: Problem, state: State, option: Option) -> State | None:
    """Return the state after one more group, or None if room or mentors are used up."""
    slot = problem.slots[option.slot]
    if slot.max_groups is not None and state.held[option.slot] >= slot.max_groups:
        return None
    led = list(state.led)
    for mentor in option.mentors:
        taken = led[mentor]
        if len(taken) >= problem.mentors[mentor].capacity:
            return None
        if any(slot.id == other or {slot.id, other} in problem.round.overlaps for other in taken):
            return None
        led[mentor] = taken | {slot.id}
    held = list(state.held)
    # Where room is without limit, how much of it is used makes no difference.
    held[option.slot] += slot.max_groups is not None
    return State(state.seated | option.students, tuple(led), tuple(held))


def options(problem: Problem, judge: Judge) -> Iterator[Option]:
    """Yield the possible groups that break no hard rule.

    A group with mentors too many is left away: one with some of them only, and the same
    students in the same slot for no more, leaves more to the other groups. That is so unless
    something is wrong with mentors who lead no group.
    """
    idle_is_well = not any(judge.breaches_of_people(Seating((), ())))
    able = [place for place, mentor in enumerate(problem.mentors) if mentor.capacity]
    for seats in subsets(list(range(len(problem.students)))):
        for number in range(len(problem.slots)) if seats else ():
            found: list[Option] = []
            for guides in subsets(able):
                option = _option(problem, judge, seats, guides, number)
                if option is not None and not any(
                    idle_is_well
                    and set(known.mentors) <= set(guides)
                    and known.values <= option.values
                    for known in found
                ):
                    found.append(option)
            yield from found


def _option(
    problem: Problem, judge: Judge, seats: tuple[int, ...], guides: tuple[int, ...], number: int
) -> Option | None:
    """Return the cheapest group of these people in a slot, or None if none keeps the rules."""
    best: Option | None = None
    for template in templates(judge.around, problem.slots[number].id):
        group = SeatedGroup(
            "?",
            tuple(problem.students[place] for place in seats),
            tuple(problem.mentors[place] for place in guides),
            template,
        )
        values = judge.of_group(group)
        if values is not None and (best is None or values < best.values):
            best = Option(frozenset(seats), guides, number, values, group)
    return best


def templates(around: Round, slot: str) -> Iterator[Template]:
    """Yield every way to meet in a slot: all plans, languages, modes and topics."""
    for plan in around.all_plans[slot]:
        for language in around.languages:
            for mode in around.slot[slot].modes:
                for topic in around.topics or (None,):
                    yield Template(plan, language, mode, topic)


def subsets(places: list[int]) -> Iterator[tuple[int, ...]]:
    """Yield all subsets, the empty one first."""
    for size in range(len(places) + 1):
        yield from combinations(places, size)


def added(one: Values, other: Values) -> Values:
    """Return the sum of two costs, tier by tier."""
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _numbered(groups: tuple[SeatedGroup, ...]) -> tuple[SeatedGroup, ...]:
    return tuple(
        SeatedGroup(f"g{number}", group.students, group.mentors, group.template)
        for number, group in enumerate(groups, 1)
    )


class Judge:
    """What the rules say of groups and of people, in the least time.

    Of a group it asks the hard rules first, and of these the one that was broken last, because
    most groups of all the possible ones break some.
    """

    def __init__(self, problem: Problem) -> None:
        around = problem.round
        self.around = Remembering(
            **{field.name: getattr(around, field.name) for field in dataclasses.fields(Round)}
        )
        self._tiers = problem.tiers
        self._hard = [rule for rule in problem.active_rules if rule.tier == "hard"]
        self._soft = [rule for rule in problem.active_rules if rule.tier != "hard"]
        self._of_people: dict[Hashable, Values | None] = {}

    def of_group(self, group: SeatedGroup) -> Values | None:
        """Return what breaches that name the group cost, or None if one is of a hard rule."""
        alone = Seating((group,), ())
        for place, rule in enumerate(self._hard):
            if any(breach.group for breach in rule.breaches(self.around, alone)):
                self._hard.insert(0, self._hard.pop(place))
                return None
        return self._costs(
            (rule, breach)
            for rule in self._soft
            for breach in rule.breaches(self.around, alone)
            if breach.group
        )

    def of_people(self, seating: Seating, known_by: Hashable) -> Values | None:
        """Return what breaches without a group cost, or None if one is of a hard rule.

        Parameters
        ----------
        seating
            All groups, and who is left out.
        known_by
            What the answer depends on; for the same it is worked out once.
        """
        if known_by not in self._of_people:
            found = list(self.breaches_of_people(seating))
            hard = any(rule.tier == "hard" for rule, _ in found)
            self._of_people[known_by] = None if hard else self._costs(iter(found))
        return self._of_people[known_by]

    def breaches_of_people(self, seating: Seating) -> Iterator[tuple[Rule, Breach]]:
        """Yield the breaches that name no group, with their rules."""
        for rule in (*self._hard, *self._soft):
            for breach in rule.breaches(self.around, seating):
                if breach.group is None:
                    yield rule, breach

    def _costs(self, found: Iterator[tuple[Rule, Breach]]) -> Values:
        costs = dict.fromkeys(self._tiers, 0)
        for rule, breach in found:
            assert isinstance(rule.tier, int)
            costs[rule.tier] += rule.weight * breach.amount
        return tuple(costs.values())


class Remembering(Round):
    """A round that works out only once whether somebody can come to a plan."""

    @cached_property
    def _said(self) -> dict[tuple[str, MeetingPlan], Answer]:
        return {}

    def answer(self, person: Person, plan: MeetingPlan) -> Answer:
        """Return what the round says, from memory if it was asked before."""
        key = (person.id, plan)
        if key not in self._said:
            self._said[key] = super().answer(person, plan)
        return self._said[key]
