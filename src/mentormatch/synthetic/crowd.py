"""What a made-up crowd is like, trait by trait, one entry for each person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from mentormatch.data.calendar import Term
from mentormatch.data.languages import Level
from mentormatch.data.people import AttributeValue
from mentormatch.synthetic.draws import Draws, Places
from mentormatch.synthetic.recipe import Recipe

Key = TypeVar("Key")
Answers = NDArray[np.uint8]
Skills = dict[str, Level]
Participation = Literal["campus", "online", "either"]


@dataclass(frozen=True, eq=False)
class Crowd:
    """Traits of people, all of one length.

    Attributes
    ----------
    answers
        Shape (people, slots); codes of :data:`mentormatch.data.round.ANSWERS`.
    departments
        Places among the recipe's departments, in the order of its `department_weights`.
    languages, modes, absences, attributes
        As in :class:`mentormatch.data.people.Person`.
    """

    answers: Answers
    departments: Places
    languages: list[Skills]
    modes: list[Participation]
    absences: list[tuple[date, ...]]
    attributes: list[dict[str, AttributeValue]]


def draw_crowd(recipe: Recipe, count: int, seed: int, kind: str) -> Crowd:
    """Draw people as the recipe describes them; `kind` is ``student`` or ``mentor``."""
    extra = recipe.mentor_extra_slots if kind == "mentor" else 0
    skew = [
        weight * recipe.signup_skew.get(school, 1.0)
        for (school, _), weight in recipe.department_weights.items()
    ]
    departments = Draws(seed, f"{kind} departments").pick(count, skew)
    return Crowd(
        answers=draw_answers(recipe, count, Draws(seed, f"{kind} answers"), extra),
        departments=departments,
        languages=draw_languages(recipe, count, Draws(seed, f"{kind} languages")),
        modes=draw_words(recipe.modes, count, Draws(seed, f"{kind} modes")),
        absences=draw_absences(recipe, count, Draws(seed, f"{kind} absences")),
        attributes=draw_attributes(recipe, departments, Draws(seed, f"{kind} attributes")),
    )


def draw_words(weights: Mapping[Key, float], count: int, draws: Draws) -> list[Key]:
    """Draw one key of a table of weights for each person."""
    words = list(weights)
    return [words[place] for place in draws.pick(count, list(weights.values())).tolist()]


def draw_answers(recipe: Recipe, count: int, draws: Draws, extra: int = 0) -> Answers:
    """Draw which slots people offer, and which of these only if need be."""
    days = np.array(list(recipe.weekdays.values()))
    hours = np.array(list(recipe.hours.values()))
    weights = np.tile(np.outer(days, hours).ravel(), (count, 1))
    numbers = np.array(list(recipe.offered))
    wanted = numbers[draws.pick(count, list(recipe.offered.values()))] + extra
    if recipe.favourite_share is None:
        offered = draws.several(weights, wanted)
    else:
        favourites = draws.several(
            np.tile(days, (count, 1)), 1 + draws.chance(count, recipe.two_favourites)
        )
        liked = np.repeat(favourites, len(hours), axis=1) & (weights > 0)
        tries = draws.uniform(count, int(wanted.max(initial=0)))
        on_favourites = (
            (tries < recipe.favourite_share) & (np.arange(tries.shape[1]) < wanted[:, None])
        ).sum(axis=1)
        # Favourite days may be too short for their part, the other days for theirs.
        on_favourites = np.minimum(on_favourites, liked.sum(axis=1))
        on_others = np.minimum(wanted - on_favourites, ((weights > 0) & ~liked).sum(axis=1))
        offered = draws.several(weights * liked, wanted - on_others)
        offered |= draws.several(weights * ~liked, on_others)
    second_choice = draws.uniform(*offered.shape) < recipe.if_need_be
    return np.where(offered, np.where(second_choice, 1, 2), 0).astype(np.uint8)


def draw_languages(recipe: Recipe, count: int, draws: Draws) -> list[Skills]:
    """Draw the languages of people with their levels, below comfort included."""
    groups = draw_words(recipe.language_groups, count, draws)
    others = draw_words(recipe.others, count, draws)
    further = draws.chance(count, recipe.other_language).tolist()
    levels = [draw_words(recipe.levels, count, draws) for _ in range(4)]
    learns = [draws.chance(count, recipe.learners).tolist() for _ in range(2)]
    beginner = [draw_words(recipe.learner_levels, count, draws) for _ in range(2)]
    everybody = []
    for row, group in enumerate(groups):
        skills: Skills = {tag: levels[place][row] for place, tag in enumerate(group)}
        if further[row] or not group:
            skills.setdefault(others[row], levels[3][row])
        for place, tag in enumerate(("en", "fi")):
            if tag not in skills and learns[place][row]:
                skills[tag] = beginner[place][row]
        everybody.append(skills)
    return everybody


def draw_absences(recipe: Recipe, count: int, draws: Draws) -> list[tuple[date, ...]]:
    """Draw for a few people some days in a row away within the term."""
    term = recipe.term
    days = (term.last_day - term.first_day).days + 1
    away = draws.chance(count, recipe.absent).tolist()
    first = draws.whole(count, 0, days - 1).tolist()
    length = draws.whole(count, 1, recipe.longest_absence).tolist()
    return [_days(term, first[row], length[row]) if away[row] else () for row in range(count)]


def _days(term: Term, first: int, length: int) -> tuple[date, ...]:
    days = (term.first_day + timedelta(days=first + later) for later in range(length))
    return tuple(day for day in days if day <= term.last_day)


def draw_attributes(
    recipe: Recipe, departments: Places, draws: Draws
) -> list[dict[str, AttributeValue]]:
    """Draw stage and needs of the room; the school follows from the department."""
    count = len(departments)
    schools = [school for school, _ in recipe.department_weights]
    stages = draw_words(recipe.stages, count, draws)
    needs = draw_words(recipe.needs, count, draws)
    needy = draws.chance(count, recipe.access).tolist()
    return [
        {"school": schools[place], "stage": stage, **({"needs": (need,)} if asks else {})}
        for place, stage, need, asks in zip(departments.tolist(), stages, needs, needy, strict=True)
    ]
