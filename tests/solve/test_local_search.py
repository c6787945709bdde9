"""Local search: what it keeps up to date is what counting anew gives, and it finds what is best."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import numpy as np
import pytest

from mentormatch.rules import AtLeast, Balance, MetBefore, Mix, NobodyAlone, PlaceEveryone
from mentormatch.solve.assign.form_costs import FormCosts
from mentormatch.solve.assign.greedy import greedy
from mentormatch.solve.assign.groups import openings_of
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.instance.compiled import Compiled, compile_problem
from mentormatch.solve.instance.opening import Opening
from mentormatch.solve.local_search.energy import Energy
from mentormatch.solve.local_search.ground import Ground
from mentormatch.solve.local_search.move_costs import move_costs, relocations
from mentormatch.solve.local_search.regions import Regions
from mentormatch.solve.local_search.scene import Scene
from mentormatch.solve.local_search.state import CLOSED, NEVER, State
from mentormatch.solve.local_search.swaps import PairSwaps
from mentormatch.solve.local_search.walk import LocalSearch
from mentormatch.synthetic import generate
from tests.support.build import problem, students
from tests.support.random_problems import random_problem
from tests.support.random_rounds import random_seating

ROOMS = 6
MOVES = 20


def _started(seed: int) -> tuple[Compiled, Scene, State] | None:
    """Return random groups of a random round with rules of all kinds; most break some rule."""
    rng = Random(seed)
    compiled = compile_problem(random_problem(seed), seed)
    if not compiled.templates:
        return None
    scene = Scene(Ground(compiled))
    solution = random_seating(rng, compiled.round_, sound=True, templates=compiled.templates)
    openings = openings_of(compiled, solution)
    first = compiled.students
    sizes = [(sum(p < first for p in one.people), len(one.people)) for one in openings]
    students_at_most, mentors_at_most = scene.most_of_role
    if not scene.units or any(
        some > students_at_most or all_ - some > mentors_at_most for some, all_ in sizes
    ):
        return None
    weights = [rng.choice((0, 1, 7, 100)) for _ in range(scene.levels)]
    state = State(scene, Energy(scene, weights), ROOMS)
    state.put(openings)
    return compiled, scene, state


def _moved(rng: Random, scene: Scene, state: State) -> Iterator[str]:
    """Make random moves of every sort, yielding the name of each."""
    open_ = np.flatnonzero(state.template != CLOSED).tolist()
    for first, last in ((0, scene.students), (scene.students, scene.units)):
        if first == last:
            continue
        unit = rng.randrange(first, last)
        number = last - first
        cost = move_costs(state, np.array([unit, rng.randrange(first, last)]), first, last)[0]
        for chosen in (rng.randrange(number), number + rng.randrange(state.rooms + 1)):
            if cost[chosen] == NEVER:
                continue
            here = int(state.where[unit])
            if chosen < number:
                there = int(state.where[first + chosen])
                state.make(np.array([unit, first + chosen]), np.array([there, here]), cost[chosen])
                yield "swap"
            else:
                state.make(np.array([unit]), np.array([chosen - number]), float(cost[chosen]))
                yield "shift"
            break
        draws = np.random.default_rng(rng.getrandbits(32))
        PairSwaps(state, draws, 16).step(
            first, last, rng.choice((0.0, 50.0)), draws.gumbel(size=300)
        )
        yield "exchange"
    if open_:
        group = rng.choice(open_)
        costs = relocations(state, group)
        template = rng.randrange(len(costs))
        if costs[template] < NEVER:
            state.rehome(group, template, float(costs[template]))
            yield "rehome"
    closed = np.flatnonzero(state.template[:ROOMS] == CLOSED).tolist()
    template = rng.randrange(len(scene.slot))
    if closed and rng.random() < 0.2 and state.room[scene.slot[template]] > 0:
        state.open(closed[0], template)
        yield "open"
    empty = [one for one in open_ if not (state.where == one).any()]
    if empty:
        state.close(empty[0])
        yield "close"


@pytest.mark.parametrize("seed", range(0, 300, 3))
def test_what_moves_cost_is_what_the_forms_say(seed: int) -> None:
    """A search that believes wrong increments would take what is worse for better."""
    started = _started(seed)
    if started is None:
        return
    compiled, scene, state = started
    judge, rng = FormCosts(compiled), Random(f"moves {seed}")
    for _ in range(MOVES):
        for kind in _moved(rng, scene, state):
            levels = state.levels()
            assert state.total == levels @ state.energy.weights, kind
            values = judge.values(scene.openings(state.where, state.template))
            assert (values is None) == (levels[0] > 0), kind
            assert values is None or values == tuple(levels[1:].tolist()), kind


@pytest.mark.parametrize("seed", range(1, 300, 3))
def test_what_is_kept_up_to_date_is_what_counting_anew_gives(seed: int) -> None:
    """An array that a kind of move forgets goes wrong only many moves later."""
    started = _started(seed)
    if started is None:
        return
    _, scene, state = started
    rng = Random(f"kept {seed}")
    for _ in range(MOVES):
        for kind in _moved(rng, scene, state):
            anew = State(scene, state.energy, ROOMS)
            anew.take(state.where, state.template)
            open_ = np.flatnonzero(state.template != CLOSED)
            for name in ("count", "alone", "enter", "leave", "bend", "sum", "sum_cost"):
                kept, counted = getattr(state, name)[open_], getattr(anew, name)[open_]
                if name == "leave":
                    # Of a set of which nobody is there, nobody can leave.
                    kept, counted = (one * (anew.count[open_] > 0) for one in (kept, counted))
                assert np.array_equal(kept, counted), (kind, name)
            for name in ("out", "rest", "room", "closed"):
                assert np.array_equal(getattr(state, name), getattr(anew, name)), (kind, name)


def _teams(count: int = 30) -> Compiled:
    people = students(" ".join(f"s{number}" for number in range(count)))
    rng = Random(7)
    made = tuple(
        type(one).model_validate(
            {
                **one.model_dump(),
                "department": rng.choice("ABCD"),
                "attributes": {"grade": rng.randint(0, 9), "skill": rng.choice(("code", "art"))},
            }
        )
        for one in people
    )
    met = tuple(tuple(f"s{first + step}" for step in range(5)) for first in range(0, count, 5))
    asked = problem(
        made,
        (),
        "tue-15",
        PlaceEveryone(tier=1),
        AtLeast(tier=2, attribute="skill", values=("code",)),
        MetBefore(tier=2, rounds=met),
        NobodyAlone(tier=3),
        Mix(tier=4),
        Balance(tier=5, attribute="grade"),
        size=(5, 5),
        mentors_each=0,
    )
    return compile_problem(asked, 0)


def _searched(compiled: Compiled, seed: int, effort: int) -> list[Opening]:
    search = LocalSearch(Ground(compiled), greedy(compiled, Clock(None)), seed)
    search.run(Clock(None), effort, lambda _: None)
    return search.openings()


def test_teams_of_one_template_come_out_far_better_than_greedy() -> None:
    """Where all meet at one time there is nothing to plan, and all is in the exchanges."""
    compiled = _teams()
    judge = FormCosts(compiled)
    begun = judge.values(greedy(compiled, Clock(None)))
    found = judge.values(_searched(compiled, 0, 300_000))
    assert begun is not None
    assert found is not None
    assert found[:3] == (0, 0, 0) < begun[:3]


def test_the_same_seed_gives_the_same_groups_and_another_one_other_groups() -> None:
    """Effort is counted in moves, and draws are the seed's."""
    compiled = _teams()
    assert _searched(compiled, 3, 60_000) == _searched(compiled, 3, 60_000)
    assert _searched(compiled, 3, 60_000) != _searched(compiled, 4, 60_000)


def test_what_is_offered_is_valid_and_costs_what_it_says() -> None:
    """Whoever takes the groups judges them again, and would drop those that are not."""
    compiled = compile_problem(generate(40, seed=2), 0)
    judge = FormCosts(compiled)
    search = LocalSearch(Ground(compiled), greedy(compiled, Clock(None)), 0)
    offered: list[tuple[int, ...] | None] = []
    search.run(Clock(None), 200_000, lambda openings: offered.append(judge.values(openings)))
    assert offered
    assert None not in offered
    assert offered == sorted(offered, key=lambda one: one or (), reverse=True)
    assert offered[-1] == search.best.levels[1:]


def test_regions_leave_the_rest_as_it_stands_and_make_the_whole_better() -> None:
    """What a region costs is all that changes, so its gain is the round's."""
    compiled = compile_problem(generate(200, seed=1), 0)
    judge = FormCosts(compiled)
    openings = greedy(compiled, Clock(None))
    before = judge.values(openings)
    regions = Regions(Ground(compiled), openings, 0)
    assert regions.once(Clock(None), 60_000, 0)
    after = judge.values(regions.openings)
    assert before is not None
    assert after is not None
    assert after < before


def test_nothing_to_move_is_no_search() -> None:
    """A round without anybody who can come is over at once."""
    compiled = compile_problem(
        problem(students("ana bo", ""), (), "tue-15", missing_availability="leave_out"), 0
    )
    search = LocalSearch(Ground(compiled), [], 0)
    search.run(Clock(None), 10_000, lambda _: None)
    assert search.openings() == []
