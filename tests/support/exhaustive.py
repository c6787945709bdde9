"""The best matching of a tiny problem, found by looking at all of them.

It shares nothing with the solver: what is wrong with groups, the rules say (`violations`). Two
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

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from operator import add
from typing import NamedTuple

from mentormatch.data.calendar import MeetingPlan
from mentormatch.data.problem import Problem
from mentormatch.data.round import Round, Solution, SolutionGroup, Template
from mentormatch.evaluate.cost import score, structure
from tests.support.judge import Judge, Values

Ways = dict["State", "Way"]


@dataclass(frozen=True)
class Best:
    """The least costs of the tiers, and groups that have them."""

    values: Values
    solution: Solution


class State(NamedTuple):
    """What the groups so far have used up; sets of numbers are written as bits.

    Attributes
    ----------
    seated
        The students in a group, by their places.
    loads
        How many groups each mentor leads.
    busy
        The times of their groups, for each mentor who can still lead more.
    held
        How many groups each slot holds that cannot hold any number.
    """

    as_solution: int
    loads: tuple[int, ...]
    busy: tuple[int, ...]
    held: tuple[int, ...]


class Way(NamedTuple):
    """Groups that lead to a state, and what they cost."""

    values: Values
    groups: tuple[SolutionGroup, ...]


class Option(NamedTuple):
    """One possible group: the best of all languages, modes and topics at its time."""

    students: int
    mentors: tuple[int, ...]
    time: int
    slot: int
    values: Values
    group: SolutionGroup


class Time(NamedTuple):
    """Plans of one slot that keep mentors from the same other times."""

    slot: int
    plans: tuple[MeetingPlan, ...]


def times_of(problem: Problem) -> list[Time]:
    """Return the times at which groups can meet.

    Each plan is a time of its own where somebody may lead several groups: two of one slot need
    not overlap. Where nobody may, only the slot matters, and its plans are one time.
    """
    several = any(mentor.capacity > 1 for mentor in problem.mentors)
    times = []
    for place, slot in enumerate(problem.slots):
        plans = problem.round.all_plans[slot.id]
        if several:
            times += [Time(place, (plan,)) for plan in plans]
        else:
            times.append(Time(place, plans))
    return times


def best_of_all(problem: Problem) -> Best | None:
    """Return the best of all matchings of a tiny problem, or None if none keeps its hard rules.

    Raises
    ------
    AssertionError
        If the groups found do not cost what their parts cost.
    """
    judge = Judge(problem)
    first: dict[int, list[Option]] = {place: [] for place in range(len(problem.students))}
    for option in options(problem, judge):
        # The lowest bit is the first of the students.
        first[(option.students & -option.students).bit_length() - 1].append(option)
    nothing = State(
        0,
        tuple(0 for _ in problem.mentors),
        tuple(0 for _ in problem.mentors),
        tuple(0 for _ in problem.slots),
    )
    room = Room(problem)
    ways: Ways = {nothing: Way(tuple(0 for _ in problem.tiers), ())}
    for place, openings in first.items():
        ways = _after(room, place, ways, openings)
    found: Best | None = None
    for state, way in ways.items():
        solution = Solution(
            _numbered(way.groups),
            tuple(
                one
                for place, one in enumerate(problem.students)
                if not state.as_solution >> place & 1
            ),
        )
        rest = judge.of_people(solution, (state.as_solution, state.loads))
        if rest is None:
            continue
        values = added(way.values, rest)
        if found is None or values < found.values:
            found = Best(values, solution)
    if found is not None:
        judged = score(problem, found.solution)
        assert not judged.hard
        assert judged.values == found.values
        assert not list(structure(problem, found.solution))
    return found


def _after(room: Room, place: int, ways: Ways, openings: list[Option]) -> Ways:
    """Return the cheapest way to each state once the student at this place is decided."""
    after: Ways = {}
    for state, way in ways.items():
        _keep(after, state, way.values, way.groups)
        if state.as_solution >> place & 1:
            continue
        for option in openings:
            if not option.students & state.as_solution:
                reached = room.after(state, option)
                if reached is not None:
                    values = added(way.values, option.values)
                    _keep(after, reached, values, way.groups, option.group)
    return after


def _keep(
    ways: Ways,
    state: State,
    values: Values,
    groups: tuple[SolutionGroup, ...],
    *more: SolutionGroup,
) -> None:
    known = ways.get(state)
    if known is None or values < known.values:
        ways[state] = Way(values, (*groups, *more))


class Room:
    """What slots hold and mentors can lead."""

    def __init__(self, problem: Problem) -> None:
        times = times_of(problem)
        self._most = [slot.max_groups for slot in problem.slots]
        self._capacity = [mentor.capacity for mentor in problem.mentors]
        self._clashes = [
            sum(
                1 << number
                for number, other in enumerate(times)
                if any(one.overlaps(two) for one in time.plans for two in other.plans)
            )
            for time in times
        ]

    def after(self, state: State, option: Option) -> State | None:
        """Return the state after one more group, or None if room or mentors are used up."""
        slot = option.slot
        most, held = self._most[slot], state.held
        if most is not None:
            if held[slot] >= most:
                return None
            # How much is used of room without limit makes no difference.
            held = (*held[:slot], held[slot] + 1, *held[slot + 1 :])
        if not option.mentors:
            return State(state.as_solution | option.students, state.loads, state.busy, held)
        for mentor in option.mentors:
            if (
                state.loads[mentor] >= self._capacity[mentor]
                or state.busy[mentor] & self._clashes[option.time]
            ):
                return None
        loads, busy = list(state.loads), list(state.busy)
        for mentor in option.mentors:
            loads[mentor] += 1
            # Nor does it at what times somebody leads who can lead no more groups.
            more = loads[mentor] < self._capacity[mentor]
            busy[mentor] = busy[mentor] | 1 << option.time if more else 0
        return State(state.as_solution | option.students, tuple(loads), tuple(busy), held)


def options(problem: Problem, judge: Judge) -> Iterator[Option]:
    """Yield the possible groups that break no hard rule.

    A group with mentors too many is left away: one with some of them only, and the same
    students at the same time for no more, leaves more to the other groups. That is so unless
    something is wrong with mentors who lead no group.
    """
    idle_is_well = not any(judge.breaches_of_people(Solution((), ())))
    able = [place for place, mentor in enumerate(problem.mentors) if mentor.capacity]
    teams = [(guides, frozenset(guides)) for guides in subsets(able)]
    times = times_of(problem)
    ways = [(number, tuple(_at(judge.round_, time.plans))) for number, time in enumerate(times)]
    for seats in subsets(list(range(len(problem.students)))):
        if not seats:
            continue
        students = tuple(problem.students[place] for place in seats)
        found: dict[int, list[tuple[frozenset[int], Values]]] = {number: [] for number, _ in ways}
        for guides, team in teams:
            mentors = tuple(problem.mentors[place] for place in guides)
            open_ways = (
                way
                for way in ways
                # Nothing costs less than nothing.
                if not any(fewer <= team and not any(costs) for fewer, costs in found[way[0]])
            )
            for number, (values, group) in judge.cheapest(students, mentors, open_ways):
                if not any(fewer <= team and costs <= values for fewer, costs in found[number]):
                    if idle_is_well:
                        found[number].append((team, values))
                    bits = sum(1 << seat for seat in seats)
                    yield Option(bits, guides, number, times[number].slot, values, group)


def templates(round_: Round, slot: str) -> Iterator[Template]:
    """Yield every way to meet in a slot: all plans, languages, modes and topics."""
    return _at(round_, round_.all_plans[slot])


def _at(round_: Round, plans: Sequence[MeetingPlan]) -> Iterator[Template]:
    for plan in plans:
        for language in round_.languages:
            for mode in round_.slot[plan.slot].modes:
                for topic in round_.topics or (None,):
                    yield Template(plan, language, mode, topic)


def subsets(places: list[int]) -> Iterator[tuple[int, ...]]:
    """Yield all subsets, the empty one first."""
    for size in range(len(places) + 1):
        yield from combinations(places, size)


def added(one: Values, other: Values) -> Values:
    """Return the sum of two costs, tier by tier."""
    return tuple(map(add, one, other))


def _numbered(groups: tuple[SolutionGroup, ...]) -> tuple[SolutionGroup, ...]:
    return tuple(
        SolutionGroup(f"g{number}", group.students, group.mentors, group.template)
        for number, group in enumerate(groups, 1)
    )
