"""The direct model: who is in which opening, one opening for each group that could be.

An opening o is a template and a number; x[p,o] says that person p is in it, y[o] that it takes
place. As many openings stand ready in a template as those who can be there could fill.

    sum_o x[p,o] <= 1                           every person p
    lo y[o] <= sum of students x[s,o] <= hi y[o]
    sum of mentors x[m,o] = r y[o]
    x[p,o] + x[q,o] <= y[o]                     p and q must not meet
    x[p,o] <= y[o]
    y[o] >= y[o']                               o' next after o in the template
    z[o,d] >= q c[o,d] - q (q + 1) / 2 y[o]     q = 1, 2, ...; c of department d in o

The costs of the tiers: students in no opening; sum of z; x where the answer is not yes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.baselines.outset import Gathering, Outset, most_groups


@dataclass
class Row:
    """``least <= sum of coefficients times variables <= most``; None is no limit."""

    terms: list[tuple[int, int]]
    least: int | None
    most: int | None


@dataclass
class Direct:
    """The model as rows over whole-numbered variables from 0 on, for any solver.

    Attributes
    ----------
    upper
        Largest value of each variable.
    rows
        The constraints.
    costs
        By tier, the variables' coefficients and a constant.
    seats
        Variables x by person and opening.
    templates
        Template of each opening.
    """

    upper: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    costs: dict[int, tuple[list[tuple[int, int]], int]] = field(default_factory=dict)
    seats: dict[tuple[int, int], int] = field(default_factory=dict)
    templates: list[int] = field(default_factory=list)

    def variable(self, upper: int) -> int:
        """Add a variable and return its number."""
        self.upper.append(upper)
        return len(self.upper) - 1

    def add(
        self, terms: Sequence[tuple[int, int]], least: int | None = None, most: int | None = None
    ) -> None:
        """Add a row of (variable, coefficient)."""
        self.rows.append(Row(list(terms), least, most))

    def gatherings(self, values: Mapping[int, int] | Sequence[int]) -> tuple[Gathering, ...]:
        """Return the groups that values of the variables speak of."""
        people: list[list[int]] = [[] for _ in self.templates]
        for (person, opening), variable in self.seats.items():
            if values[variable]:
                people[opening].append(person)
        return tuple(
            Gathering(template, tuple(sorted(there)))
            for template, there in zip(self.templates, people, strict=True)
            if there
        )


def direct_model(outset: Outset) -> Direct:
    """Return the direct model of a round."""
    model = Direct()
    mixed: list[tuple[int, int]] = []
    for template in range(outset.can.shape[1]):
        before: int | None = None
        for _ in range(most_groups(outset, template)):
            open_ = model.variable(1)
            if before is not None:
                model.add([(before, 1), (open_, -1)], least=0)
            before = open_
            mixed += _opening(outset, model, template, open_)
    by_person: list[list[tuple[int, int]]] = [[] for _ in outset.problem.round.people]
    disliked = []
    for (person, opening), seat in model.seats.items():
        by_person[person].append((seat, 1))
        if outset.unwilling[person, model.templates[opening]]:
            disliked.append((seat, 1))
    for terms in by_person:
        if len(terms) > 1:
            model.add(terms, most=1)
    placed = [(seat, -1) for terms in by_person[: outset.students] for seat, _ in terms]
    model.costs = {1: (placed, outset.students), 3: (mixed, 0), 4: (disliked, 0)}
    return model


def _opening(outset: Outset, model: Direct, template: int, open_: int) -> list[tuple[int, int]]:
    """Add one opening; return what its mix costs."""
    shape = outset.problem.shape
    opening = len(model.templates)
    model.templates.append(template)
    here = {
        person: model.variable(1)
        for person, can in enumerate(outset.can[:, template].tolist())
        if can
    }
    model.seats.update({(person, opening): seat for person, seat in here.items()})
    students = [(seat, 1) for person, seat in here.items() if person < outset.students]
    mentors = [(seat, 1) for person, seat in here.items() if person >= outset.students]
    model.add([*students, (open_, -shape.min_students)], least=0)
    model.add([*students, (open_, -shape.max_students)], most=0)
    model.add([*mentors, (open_, -shape.mentors)], least=0, most=0)
    for seat in here.values():
        model.add([(seat, 1), (open_, -1)], most=0)
    for one, other in outset.strangers:
        if one in here and other in here:
            model.add([(here[one], 1), (here[other], 1), (open_, -1)], most=0)
    mixed = []
    for places in outset.departments:
        seats = [(here[place], 1) for place in places if place in here]
        most = min(len(seats), shape.max_students)
        if most < 2:
            continue
        pairs = model.variable(most * (most - 1) // 2)
        for q in range(1, most):
            terms = [(seat, -q) for seat, _ in seats]
            model.add([(pairs, 1), *terms, (open_, q * (q + 1) // 2)], least=0)
        mixed.append((pairs, 1))
    return mixed
