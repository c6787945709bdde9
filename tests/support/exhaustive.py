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

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from mentormatch.evaluation import score, structure
from mentormatch.problem import Problem
from mentormatch.rounds import Round, SeatedGroup, Seating, Template
from tests.support.judge import Judge, Values

Ways = dict["State", "Way"]


@dataclass(frozen=True)
class Best:
    """The least costs of the tiers, and groups that have them."""

    values: Values
    seating: Seating


class State(NamedTuple):
    """What the groups so far have used up.

    Attributes
    ----------
    seated
        The students in a group, by their places.
    loads
        How many groups each mentor leads.
    busy
        The slots of their groups, for each mentor who can still lead more.
    held
        How many groups each slot holds that cannot hold any number.
    """

    seated: frozenset[int]
    loads: tuple[int, ...]
    busy: tuple[frozenset[str], ...]
    held: tuple[int, ...]


class Way(NamedTuple):
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
        tuple(0 for _ in problem.mentors),
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
        rest = judge.of_people(seating, (state.seated, state.loads))
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
    loads, busy, held = list(state.loads), list(state.busy), list(state.held)
    for mentor in option.mentors:
        times, capacity = busy[mentor], problem.mentors[mentor].capacity
        if loads[mentor] >= capacity:
            return None
        if any(slot.id == other or {slot.id, other} in problem.round.overlaps for other in times):
            return None
        loads[mentor] += 1
        # At what times somebody leads who can lead no more groups makes no difference.
        busy[mentor] = times | {slot.id} if loads[mentor] < capacity else frozenset()
    # Nor does it how much is used of room without limit.
    held[option.slot] += slot.max_groups is not None
    return State(state.seated | option.students, tuple(loads), tuple(busy), tuple(held))


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
