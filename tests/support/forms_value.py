"""What a normal form amounts to on finished groups, read off the docstrings of the forms.

It shares no code with the solver or with the forms themselves, so that a rule's two
meanings can be held against each other without either.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from mentormatch.data.round import Round, Solution, SolutionGroup
from mentormatch.rules.forms import (
    ApartCost,
    CountCost,
    Form,
    LoadCost,
    PairCost,
    PersonCost,
    PlacedCost,
    SumCost,
)


def forms_value(forms: Iterable[Form], round_: Round, solution: Solution) -> int:
    """Return the sum of what the forms amount to."""
    return sum(form_value(form, round_, solution) for form in forms)


def form_value(form: Form, round_: Round, solution: Solution) -> int:
    """Return what one form amounts to on finished groups.

    Raises
    ------
    ValueError
        If a group's template is not one of the round's.
    """
    groups = [_places(group, round_) for group in solution.groups]
    columns = [round_.templates.index(group.template) for group in solution.groups]
    match form:
        case PersonCost():
            return sum(
                int(form.amount[place, column])
                for here, column in zip(groups, columns, strict=True)
                for place in here
            )
        case LoadCost():
            total = 0
            for row, place in enumerate(form.people):
                load = sum(place in here for here in groups)
                last = form.table.shape[1] - 1
                total += int(form.table[row, min(last, load)])
            return total
        case CountCost():
            members = set(form.members.tolist())
            return sum(
                _continued(form.table, len(here & members))
                for here, column in zip(groups, columns, strict=True)
                if form.templates is None or form.templates[column]
            )
        case PairCost():
            return sum(
                int(amount)
                for here in groups
                for (one, other), amount in zip(form.pairs, form.amount, strict=True)
                if one in here and other in here
            )
        case ApartCost():
            return sum(
                int(amount)
                for here in groups
                for (one, other), amount in zip(form.pairs, form.amount, strict=True)
                if one in here and other not in here
            )
        case SumCost():
            sums = [sum(int(form.weights[place]) for place in here) for here in groups]
            return sum(
                max(slope * total + intercept for slope, intercept in form.lines) for total in sums
            )
        case PlacedCost():
            placed = sum(any(place in here for here in groups) for place in form.members.tolist())
            return form.table[placed]
        case _:
            assert_never(form)


def _places(group: SolutionGroup, round_: Round) -> set[int]:
    everybody = (*round_.students, *round_.mentors)
    here = {person.id for person in group.members}
    return {place for place, person in enumerate(everybody) if person.id in here}


def _continued(table: tuple[int, ...], count: int) -> int:
    """Return a table's value where, beyond its end, the last step repeats."""
    values = list(table)
    while len(values) <= count:
        step = values[-1] - values[-2] if len(values) > 1 else 0
        values.append(values[-1] + step)
    return values[count]
