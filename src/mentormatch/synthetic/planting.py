"""Made-up rounds with a known best answer: it is built first, then hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from mentormatch.data.matching import Group, Matching, TierResult
from mentormatch.data.problem import Problem
from mentormatch.errors import Fault, InputError
from mentormatch.synthetic.crowd import draw_crowd
from mentormatch.synthetic.draws import Draws, Places
from mentormatch.synthetic.fitting import (
    NOWHERE,
    PlantedGroup,
    draw_beds,
    fit,
    strand,
    supervise_apart,
)
from mentormatch.synthetic.generation import (
    build_mentors,
    build_students,
    check_numbers,
    default_mentors,
    draw_avoids,
    pseudonym,
    standard_round_rules,
)
from mentormatch.synthetic.recipe import Recipe


@dataclass(frozen=True)
class Planted:
    """A problem with a best matching of it.

    Attributes
    ----------
    problem
        The round, which does not show what was planted.
    matching
        A matching that no other betters in any tier.
    values
        What it costs in each tier, which is the least that any matching can cost there.
    """

    problem: Problem
    matching: Matching
    values: Mapping[int, int]


def planted(
    students: int = 40,
    mentors: int | None = None,
    *,
    seed: int = 0,
    recipe: Recipe | None = None,
    stranded: int = 0,
    departments: int | None = None,
) -> Planted:
    """Make up a round with a known best matching.

    Everybody who can be placed is in a group of the planted matching, at a time to which they
    said yes, with nobody whom they must not meet; the rest of their answers is drawn from the
    recipe. As long as a group has no more students than there are departments, no two of them
    are of one. Nobody's availability is missing, whatever the recipe says.

    Parameters
    ----------
    students, mentors, seed, recipe
        As for :func:`mentormatch.synthetic.generate`.
    stranded
        Students who can come only at a time at which no mentor can: just these are left out.
    departments
        Use only so many departments, the largest ones. With fewer than a group has students,
        pairs of one department cannot be avoided. Their least number follows by counting: the
        mentors do not suffice for more groups, and each department is spread evenly over all.

    Raises
    ------
    InputError
        If the numbers allow no such matching.
    """
    recipe = recipe or Recipe()
    if mentors is None:
        mentors = default_mentors(students, recipe)
    check_numbers(students=students, mentors=mentors, seed=seed, stranded=stranded)
    if stranded and not recipe.shape.mentors:
        message = f"is {stranded}, but groups without mentors can meet at any time"
        raise InputError([Fault("stranded", "stranded", message)])
    used = _departments_used(recipe, departments)
    draws = Draws(seed, "planted")
    placed = students - stranded
    count = _number_of_groups(recipe, placed, mentors, len(used))
    beds = draw_beds(recipe, count, stranded, draws)

    kinds = [_kinds(recipe, placed, count, used, draws), draws.pick(stranded, [1.0] * len(used))]
    shuffled = draws.order(students)
    groups = np.append(np.arange(placed) % max(count, 1), np.full(stranded, NOWHERE))[shuffled]
    crowd = draw_crowd(recipe, students, seed, "student")
    own = np.append(kinds[0], used[kinds[1]])[shuffled]
    crowd = fit(recipe, replace(crowd, departments=own), groups, beds, draws)

    leading = min(mentors, count * recipe.shape.mentors)
    leads = np.append(np.arange(leading) % max(count, 1), np.full(mentors - leading, NOWHERE))
    leads = leads[draws.order(mentors)]
    guides = fit(recipe, draw_crowd(recipe, mentors, seed, "mentor"), leads, beds, draws)
    if stranded:
        strand(crowd, guides, groups)

    supervisors = supervise_apart(
        recipe,
        np.append(crowd.departments, guides.departments),
        np.append(groups, leads),
        draws,
    )
    avoids = [
        (one, other)
        for one, other in draw_avoids(recipe, students, seed)
        if groups[one] != groups[other]
    ]
    problem = Problem(
        students=build_students(recipe, crowd, supervisors[:students], seed),
        mentors=build_mentors(recipe, guides, supervisors[students:], seed),
        slots=recipe.slots,
        term=recipe.term,
        shape=recipe.shape,
        languages=recipe.languages,
        rules=standard_round_rules(students, avoids),
    )
    pairs = _fewest_pairs(own[groups != NOWHERE], _most_groups(recipe, placed, mentors))
    costs = {"place_everyone": stranded, "mix": pairs}
    values = {
        tier: sum(costs.get(rule.kind, 0) for rule in problem.active_rules if rule.tier == tier)
        for tier in problem.tiers
    }
    return Planted(problem, _matching(problem, beds, groups, leads, values), values)


def _departments_used(recipe: Recipe, departments: int | None) -> Places:
    """Return places of the largest departments, in the recipe's order."""
    weights = np.array(list(recipe.department_weights.values()))
    known = int(np.count_nonzero(weights))
    wanted = known if departments is None else departments
    if not 1 <= wanted <= known:
        raise InputError(
            [Fault("departments", "departments", f"is {wanted}; the recipe has 1 to {known}")]
        )
    return np.sort(np.argsort(-weights, kind="stable")[:wanted])


def _most_groups(recipe: Recipe, placed: int, mentors: int) -> int:
    """Return the most groups that so many people can form."""
    by_size = placed // recipe.shape.min_students
    each = recipe.shape.mentors
    return min(by_size, mentors // each) if each else by_size


def _number_of_groups(recipe: Recipe, placed: int, mentors: int, departments: int) -> int:
    """Return how many groups to plant: near the target size, or as many as there can be."""
    shape = recipe.shape
    least, most = -(-placed // shape.max_students), _most_groups(recipe, placed, mentors)
    if placed < 0 or least > most:
        raise InputError(
            [
                Fault(
                    "no_such_groups",
                    "students",
                    f"{placed} students to be placed and {mentors} mentors do not form groups of "
                    f"{shape.min_students} to {shape.max_students} with {shape.mentors} mentors",
                )
            ]
        )
    target = shape.target_students or (shape.min_students + shape.max_students) // 2
    count = min(max(round(placed / target), least), most)
    # Only with the most groups is it known that pairs of a department cannot be fewer.
    return count if -(-placed // max(count, 1)) <= departments else most


def _kinds(recipe: Recipe, placed: int, count: int, used: Places, draws: Draws) -> Places:
    """Return the department of each of the placed, who are dealt to the groups in turn."""
    if not placed:
        return np.zeros(0, dtype=np.int64)
    largest = -(-placed // count)
    if largest > len(used):
        # Sorted by department and dealt in turn, each department is spread evenly.
        return used[np.arange(placed) * len(used) // placed]
    weights = np.array(list(recipe.department_weights.values()))[used]
    sizes = np.bincount(np.arange(placed) % count, minlength=count)
    chosen = draws.several(np.tile(weights, (count, 1)), sizes)
    kinds = np.empty(placed, dtype=np.int64)
    for group in range(count):
        kinds[group::count] = used[np.flatnonzero(chosen[group])]
    return kinds


def _fewest_pairs(departments: Places, groups: int) -> int:
    """Return the fewest pairs of one department in so many groups: all spread evenly."""
    pairs = 0
    for count in np.unique(departments, return_counts=True)[1].tolist():
        each, more = divmod(count, groups)
        pairs += groups * (each * (each - 1) // 2) + more * each
    return pairs


def _matching(
    problem: Problem,
    beds: list[PlantedGroup],
    groups: Places,
    leads: Places,
    values: Mapping[int, int],
) -> Matching:
    students = [pseudonym("Student", row, len(groups)) for row in range(len(groups))]
    mentors = [pseudonym("Mentor", row, len(leads)) for row in range(len(leads))]
    return Matching(
        status="OPTIMAL",
        groups=tuple(
            Group(
                id=f"g{number + 1}",
                students=tuple(students[row] for row in np.flatnonzero(groups == number).tolist()),
                mentors=tuple(mentors[row] for row in np.flatnonzero(leads == number).tolist()),
                slot=bed.plan.slot,
                meetings=bed.plan.starts,
                minutes=bed.plan.minutes,
                zone=problem.term.zone,
                language=bed.language,
                mode=bed.mode,
            )
            for number, bed in enumerate(beds)
        ),
        left_out=tuple(students[row] for row in np.flatnonzero(groups == NOWHERE).tolist()),
        tiers=tuple(
            TierResult(tier=tier, name=problem.tier_name(tier), value=value, bound=value)
            for tier, value in values.items()
        ),
    )
