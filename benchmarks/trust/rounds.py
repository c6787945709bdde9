"""The rounds that the roads are compared on, drawn from a kind and a seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from benchmarks.ten_rules import round_of_ten_rules
from benchmarks.trust.unusual import unusual
from mentormatch.data.problem import Problem
from mentormatch.data.round import GroupShape
from mentormatch.errors import InputError
from mentormatch.rules import Rule, standard_rules
from mentormatch.synthetic import PRESETS, Recipe, adversarial, generate, planted
from tests.support.build import problem_of
from tests.support.exhaustive import best_of_all
from tests.support.random_problems import random_problem
from tests.support.random_rules import MAKERS

Values = tuple[int, ...]
SIZES = {1: 2, 2: 16, 3: 30, 4: 26, 5: 15, 6: 7, 7: 3, 8: 1}
"""How often a tiny round has so many students: small ones are quick, and try as many rules."""
UNUSUAL = 0.4
"""Share of the tiny rounds that are made unusual."""
SECONDS = 1.0
"""Limit for each road on a round of the middle size."""


@dataclass(frozen=True)
class Drawn:
    """A round to be solved.

    Attributes
    ----------
    name
        Where it comes from.
    problem
        The round.
    known
        The least cost of every tier, if it is known without the solver.
    impossible
        Whether it is known that no matching keeps the hard rules.
    seconds
        Limit for each road; None for none.
    """

    name: str
    problem: Problem
    known: Values | None = None
    impossible: bool = False
    seconds: float | None = None


def searched(name: str, problem: Problem) -> Drawn:
    """Return a tiny round whose best matching was found by looking at all of them."""
    best = best_of_all(problem)
    return Drawn(name, problem, best.values if best else None, impossible=best is None)


def tiny(seed: int) -> Drawn:
    """Return a round of at most eight students; now and then a corner case or a planted one."""
    rng = Random(f"tiny {seed}")
    chance = rng.random()
    if chance < 0.01:
        name, case = rng.choice(sorted(adversarial().items()))
        return Drawn(name, case.problem)
    if chance < 0.03:
        return _planted(rng, seed, rng.randint(9, 14))
    size = rng.choices(list(SIZES), list(SIZES.values()))[0]
    drawn = random_problem(f"trust tiny {seed}", students=size)
    if rng.random() < UNUSUAL:
        return searched("unusual", unusual(rng, drawn))
    return searched("random", drawn)


def middle(seed: int) -> Drawn:
    """Return a round of 12 to 60 students: random rules, a recipe, ten rules, planted, unusual."""
    rng = Random(f"middle {seed}")
    students = rng.randint(12, 40) if rng.random() < 0.9 else rng.randint(41, 60)
    makers: list[Callable[[], Drawn]] = [
        lambda: Drawn("random", _random(seed, students)),
        lambda: Drawn("recipe", generate(students, seed=seed, recipe=_recipe(rng))),
        lambda: Drawn("recipe and rules", _with_rules(rng, students, seed)),
        lambda: Drawn("ten rules", round_of_ten_rules(students, seed)),
        lambda: Drawn("unusual", unusual(rng, _random(seed, students))),
        lambda: Drawn("unusual recipe", unusual(rng, _with_rules(rng, students, seed))),
        lambda: _planted(rng, seed, students),
    ]
    return _limited(rng.choice(makers)(), SECONDS)


def large(seed: int) -> Drawn:
    """Return a round of 400 to 700 students."""
    rng = Random(f"large {seed}")
    students = rng.randint(400, 700)
    makers: list[Callable[[], Drawn]] = [
        lambda: Drawn("recipe", generate(students, seed=seed, recipe=_recipe(rng))),
        lambda: Drawn("recipe and rules", _with_rules(rng, students, seed)),
        lambda: _planted(rng, seed, students),
    ]
    return _limited(rng.choice(makers)(), 30.0)


KINDS: Mapping[str, Callable[[int], Drawn]] = {"tiny": tiny, "middle": middle, "large": large}


def _limited(drawn: Drawn, seconds: float) -> Drawn:
    return Drawn(drawn.name, drawn.problem, drawn.known, drawn.impossible, seconds)


def _random(seed: int, students: int) -> Problem:
    return random_problem(f"trust middle {seed}", students=students, most_mentors=14)


def _recipe(rng: Random) -> Recipe:
    return rng.choice([Recipe(), PRESETS["easy"], PRESETS["hard"]])


def _planted(rng: Random, seed: int, students: int) -> Drawn:
    """Return a round with a planted matching; where no number of mentors fits, an easier one."""
    arguments = rng.choice(
        [{}, {"stranded": 2}, {"departments": 3}, {"departments": 4, "stranded": 1}]
    )
    alone = Recipe(shape=GroupShape(mentors=1))
    for recipe in (rng.choice([None, alone]), None):
        try:
            found = planted(students, seed=seed, recipe=recipe, **arguments)
        except InputError:
            continue
        return Drawn("planted", found.problem, tuple(found.values.values()))
    return Drawn("recipe", generate(students, seed=seed))


def _with_rules(rng: Random, students: int, seed: int) -> Problem:
    """Return a round of the recipe with soft rules of any kind drawn on top."""
    made = generate(students, seed=seed, recipe=_recipe(rng))
    rules: list[Rule] = list(made.rules or standard_rules())
    stated = {rule.kind for rule in rules}
    for kind in rng.sample(list(MAKERS), 4):
        try:
            rule = MAKERS[kind](rng, made.round)
        except (IndexError, ValueError):
            # Some rules speak of attributes that nobody of the recipe has.
            continue
        if kind not in stated and not rule.foundation:
            soft = {**rule.model_dump(), "tier": rng.randint(2, 5)}
            rules.append(type(rule).model_validate(soft))
    try:
        return problem_of(made.round, rules)
    except InputError:
        return made
