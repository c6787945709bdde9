"""Making a crowd fit planted groups: times, languages, modes and supervisors."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from mentormatch.data.calendar import MeetingPlan, meeting_plans
from mentormatch.data.languages import reaches
from mentormatch.data.people import MODES, Mode
from mentormatch.errors import Fault, InputError
from mentormatch.synthetic.crowd import Crowd, draw_attributes
from mentormatch.synthetic.draws import Draws, Places
from mentormatch.synthetic.recipe import Recipe
from mentormatch.synthetic.supervision import Supervisors, supervisor

NOWHERE = -1
"""Group of those who are in none."""


@dataclass(frozen=True)
class PlantedGroup:
    """What the people of one planted group share."""

    slot: int
    plan: MeetingPlan
    mode: Mode
    language: str


def draw_beds(recipe: Recipe, count: int, stranded: int, draws: Draws) -> list[PlantedGroup]:
    """Draw for each group its slot with the earliest plan, its mode and its language.

    If some students are to be stranded, no group meets at the last slot.

    Raises
    ------
    InputError
        If no slot is left.
    """
    slots = recipe.slots
    plans = [meeting_plans(slot, recipe.term) for slot in slots]
    weights = [
        float(bool(found)) * day * hour
        for found, (day, hour) in zip(
            plans,
            [(day, hour) for day in recipe.weekdays.values() for hour in recipe.hours.values()],
            strict=True,
        )
    ]
    if stranded:
        weights[-1] = 0.0  # The last slot is the one at which no mentor can.
    if not any(weights):
        raise InputError([Fault("no_slot", "recipe", "has no slot whose meetings fit its term")])
    either = recipe.modes.get("either", 0.0)
    by_mode = [recipe.modes.get(mode, 0.0) + either for mode in MODES]
    return [
        PlantedGroup(at, plans[at][0], MODES[mode], recipe.languages[language])
        for at, mode, language in zip(
            draws.pick(count, weights).tolist(),
            draws.pick(count, by_mode).tolist(),
            draws.whole(count, 0, len(recipe.languages) - 1).tolist(),
            strict=True,
        )
    ]


def fit(
    recipe: Recipe, crowd: Crowd, groups: Places, beds: list[PlantedGroup], draws: Draws
) -> Crowd:
    """Return the crowd such that everybody can be in their group."""
    answers = crowd.answers.copy()
    languages, modes = list(crowd.languages), list(crowd.modes)
    absences = list(crowd.absences)
    given_up = draws.uniform(*answers.shape)
    either = recipe.modes.get("either", 0.0)
    for row in np.flatnonzero(groups != NOWHERE).tolist():
        bed = beds[groups[row]]
        if not answers[row, bed.slot]:
            # One offer moves to the group's slot, so that there are as many as before.
            answers[row, np.argmax(given_up[row] * (answers[row] > 0))] = 0
        answers[row, bed.slot] = 2
        if not reaches(languages[row], bed.language, "B2"):
            languages[row] = {**languages[row], bed.language: "C1"}
        if modes[row] not in ("either", bed.mode):
            total = either + recipe.modes.get(bed.mode, 0.0)
            modes[row] = "either" if draws.uniform() * total < either else bed.mode
        absences[row] = tuple(day for day in absences[row] if day not in bed.plan.days)
    return replace(
        crowd,
        answers=answers,
        languages=languages,
        modes=modes,
        absences=absences,
        attributes=draw_attributes(recipe, crowd.departments, draws),
    )


def strand(crowd: Crowd, guides: Crowd, groups: Places) -> None:
    """Leave those without a group, and nobody who guides, at the last slot."""
    crowd.answers[groups == NOWHERE] = 0
    crowd.answers[groups == NOWHERE, -1] = 2
    guides.answers[:, -1] = 0
    guides.answers[~guides.answers.any(axis=1), 0] = 2


def supervise_apart(
    recipe: Recipe, departments: Places, groups: Places, draws: Draws
) -> list[Supervisors]:
    """Share supervisors out within departments, never two people of one group to the same."""
    schools = [school for school, _ in recipe.department_weights]
    found: list[Supervisors] = [()] * len(departments)
    for place in np.unique(departments).tolist():
        people = np.flatnonzero(departments == place)
        people = people[draws.order(len(people))]
        loads = draws.pick(len(people), list(recipe.supervised.values()))
        numbers = iter(np.array(list(recipe.supervised))[loads].tolist())
        supervised = 0
        for row in _rows_without_groupmates(people.tolist(), groups):
            shared = 0
            while shared < len(row):
                load = next(numbers)
                for person in row[shared : shared + load]:
                    found[person] = (supervisor(schools[place], place, supervised, "student"),)
                shared += load
                supervised += 1
    return found


def _rows_without_groupmates(people: list[int], groups: Places) -> list[list[int]]:
    """Deal people into rows in which no group stands twice."""
    rows: list[list[int]] = []
    seen: Counter[int] = Counter()
    for person in people:
        group = int(groups[person])
        depth = seen[group] if group != NOWHERE else 0
        seen[group] += 1
        if depth == len(rows):
            rows.append([])
        rows[depth].append(person)
    return rows
