"""The whole plan as one linear program: a value of each tier below which nothing can be.

Of template t there are k[t] groups; x[p,t] says that person p meets in it. Everything between
whole numbers is allowed, and groups of a template are not told apart:

    sum_t x[p,t] <= groups that p can be in          every person
    sum x[m,t] over times that overlap <= 1          mentors of several groups
    l k[t] <= sum_{p in S} x[p,t] <= u k[t]          counts of a set that amount to nothing
    z[t] >= a sum_{p in S} x[p,t] + b k[t]           lines below a table of counts, or of a sum
    sum_{p in C} x[p,t] <= k[t]                      no two of C may meet

What is left out makes it weaker and never wrong: prices of pairs, and cliques where there are
thousands of pairs.
It shares nothing with the search beyond the rules' own forms.
"""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx
import numpy as np

from benchmarks.families.hull import lines_below, zero_range
from benchmarks.families.program import Floats, Ints, Program
from benchmarks.families.stated import HARD, Stated
from mentormatch.rules.forms import CountCost

MOST_LINES = 30
"""Lines of one table on how many have a place."""
MOST_PAIRS = 10_000
"""Pairs who must not meet up to which they are looked at."""
LONGEST = 400
"""Counts of a table that are looked at; beyond it a table goes on as its last step."""


class Relaxation:
    """The program, with the costs of each tier as a row of numbers and a constant."""

    def __init__(self, stated: Stated) -> None:
        self.stated = stated
        self.program = Program()
        self.costs: list[dict[int, float]] = [{} for _ in range(1 + len(stated.tiers))]
        self.constant = [0.0] * (1 + len(stated.tiers))
        people, self.templates = stated.can.shape
        self.seat: Ints = np.full((people, self.templates), -1, dtype=np.int64)
        self.seat[stated.can] = self.program.variables(int(stated.can.sum()), 0.0, 1.0)
        self.most_students, self.most_mentors = self._most_in_a_group()
        self.groups = self._groups()
        self._people()
        self._counts()
        self._sums()
        self._loads()
        self._placed()
        self._aparts()
        self._cliques()

    def vector(self, place: int) -> Floats:
        """Return the costs of a tier by variable."""
        found = np.zeros(len(self.program.low))
        for variable, cost in self.costs[place].items():
            found[variable] += cost
        return found

    def _pay(self, place: int, variable: int, cost: float) -> None:
        self.costs[place][variable] = self.costs[place].get(variable, 0.0) + cost

    def _most_in_a_group(self) -> tuple[int, int]:
        """Return the most students, and mentors, that what is forbidden lets a group have."""
        students, mentors = self.stated.students, len(self.seat) - self.stated.students
        most = [students, mentors]
        for place, _, form in self.stated.counts():
            range_ = _range(form)
            if place != HARD or range_ is None or form.templates is not None:
                continue
            if range_[1] == len(form.members):
                continue
            members = set(form.members.tolist())
            for kind, all_ in enumerate((range(students), range(students, len(self.seat)))):
                if members.issuperset(all_):
                    most[kind] = min(most[kind], range_[1])
        return most[0], most[1]

    def _groups(self) -> Ints:
        """Add the numbers of groups; no more than those who can be there could fill."""
        most = self.stated.can.sum(axis=0)
        for place, _, form in self.stated.counts():
            if place != HARD:
                continue
            there = self.stated.can[form.members].sum(axis=0)
            range_ = _range(form)
            limit = 0 * there if range_ is None else there // max(1, range_[0])
            if range_ is None or range_[0]:
                where = slice(None) if form.templates is None else form.templates
                most[where] = np.minimum(most[where], limit[where])
        return np.array([self.program.variable(0.0, float(each)) for each in most], dtype=np.int64)

    def _people(self) -> None:
        """Nobody is in more groups than they can be, nor in two at once."""
        mentors = self.stated.problem.mentors
        capacity = [1] * self.stated.students + [mentor.capacity for mentor in mentors]
        graph: nx.Graph[int] = nx.Graph()
        for one, others in enumerate(self.stated.overlapping()):
            graph.add_node(one)
            graph.add_edges_from((one, other) for other in others if other != one)
        numbers = np.arange(len(graph))
        at_once = [np.isin(numbers, list(clique)) for clique in nx.find_cliques(graph)]
        for person, row in enumerate(self.seat):
            seats = row[row >= 0]
            if len(seats):
                self.program.row(seats, 1.0, high=float(capacity[person]))
            if capacity[person] > 1:
                for mask in at_once:
                    same = row[mask & (row >= 0)]
                    if len(same) > 1:
                        self.program.row(same, 1.0, high=1.0)
        for place, table in self.stated.persons.items():
            for person, template in np.argwhere((table > 0) & self.stated.can).tolist():
                self._pay(place, int(self.seat[person, template]), float(table[person, template]))

    def _counts(self) -> None:
        for place, weight, form in self.stated.counts():
            if place == HARD:
                range_ = _range(form)
                if range_ == (0, len(form.members)):
                    continue
                for template, seats in self._where(form):
                    self._within(seats, template, range_, len(form.members))
                continue
            learners = int((form.members < self.stated.students).sum())
            most = min(learners, self.most_students) + min(
                len(form.members) - learners, self.most_mentors
            )
            table = [weight * form.amount(n) for n in range(min(most, LONGEST) + 1)]
            lines = lines_below([float(cost) for cost in table])
            if lines != [(0.0, 0.0)]:
                for template, seats in self._where(form):
                    self._priced(place, seats, template, lines, table)

    def _where(self, form: CountCost) -> Iterator[tuple[int, Ints]]:
        """Yield each template where a form counts, with the seats of its set there."""
        for template in range(self.templates):
            if form.templates is None or form.templates[template]:
                seats = self.seat[form.members, template]
                yield template, seats[seats >= 0]

    def _within(
        self, seats: Ints, template: int, range_: tuple[int, int] | None, most: int
    ) -> None:
        """Keep the count of a set in what amounts to nothing: l k <= c <= u k."""
        columns = np.append(seats, self.groups[template])
        if range_ is None:
            self.program.row([self.groups[template]], 1.0, high=0.0)
            return
        if range_[0]:
            self.program.row(columns, np.append(np.ones(len(seats)), -range_[0]), low=0.0)
        if range_[1] < most:
            self.program.row(columns, np.append(np.ones(len(seats)), -range_[1]), high=0.0)

    def _priced(
        self,
        place: int,
        seats: Ints,
        template: int,
        lines: list[tuple[float, float]],
        table: list[int],
    ) -> None:
        """Price the count of a set by the lines below its table: z >= a c + b k."""
        group = int(self.groups[template])
        if len(lines) == 1:
            slope, intercept = lines[0]
            for seat in seats.tolist():
                self._pay(place, seat, slope)
            self._pay(place, group, intercept)
            return
        count = self.program.variable(0.0, float(len(seats)))
        self.program.row(np.append(seats, count), np.append(np.ones(len(seats)), -1.0), 0.0, 0.0)
        ends = [abs(float(cost)) for cost in (min(table), max(table))]
        limit = max(ends) * max(1.0, self.program.high[group])
        price = self.program.variable(-limit if min(table) < 0 else 0.0, limit)
        for slope, intercept in lines:
            self.program.row([price, count, group], [1.0, -slope, -intercept], low=0.0)
        self._pay(place, price, 1.0)

    def _sums(self) -> None:
        for place, weight, form in self.stated.sums():
            for template in range(self.templates):
                seats = self.seat[:, template]
                inside = (seats >= 0) & (form.weights != 0)
                group = int(self.groups[template])
                numbers = form.weights[inside].astype(np.float64)
                total = np.abs(numbers).sum()
                sum_ = self.program.variable(-float(total), float(total))
                self.program.row(np.append(seats[inside], sum_), np.append(numbers, -1.0), 0.0, 0.0)
                if place == HARD:
                    for slope, intercept in form.lines:
                        if (slope, intercept) != (0, 0):
                            self.program.row([sum_, group], [slope, intercept], high=0.0)
                    continue
                steepest = max(abs(slope) for slope, _ in form.lines)
                highest = max(abs(intercept) for _, intercept in form.lines)
                limit = weight * (steepest * total + highest * self.program.high[group])
                price = self.program.variable(0.0, float(limit))
                for slope, intercept in form.lines:
                    self.program.row(
                        [price, sum_, group], [1.0, -weight * slope, -weight * intercept], low=0.0
                    )
                self._pay(place, price, 1.0)

    def _loads(self) -> None:
        mentors = self.stated.problem.mentors
        capacity = [1] * self.stated.students + [mentor.capacity for mentor in mentors]
        for place, weight, form in self.stated.loads():
            width = form.table.shape[1]
            for person, row in zip(form.people.tolist(), form.table.tolist(), strict=True):
                table = [weight * row[min(n, width - 1)] for n in range(capacity[person] + 1)]
                seats = self.seat[person]
                self._total(place, seats[seats >= 0], table, None)

    def _placed(self) -> None:
        for place, weight, form in self.stated.placed():
            seats = self.seat[form.members].ravel()
            table = [weight * cost for cost in form.table]
            self._total(place, seats[seats >= 0], table, MOST_LINES)

    def _total(self, place: int, seats: Ints, table: list[int], most: int | None) -> None:
        """Price, or keep in what amounts to nothing, a number of seats in all templates."""
        if place == HARD:
            range_ = zero_range(table)
            low, high = range_ or (1, 0)
            self.program.row(seats, 1.0, float(low), float(high))
            return
        lines = lines_below([float(cost) for cost in table], most)
        if len(lines) == 1:
            slope, intercept = lines[0]
            self.constant[place] += intercept
            if slope:
                for seat in seats.tolist():
                    self._pay(place, seat, slope)
            return
        count = self.program.variable(0.0, float(len(table) - 1))
        self.program.row(np.append(seats, count), np.append(np.ones(len(seats)), -1.0), 0.0, 0.0)
        price = self.program.variable(float(min(table)), float(max(table)))
        for slope, intercept in lines:
            self.program.row([price, count], [1.0, -slope], low=intercept)
        self._pay(place, price, 1.0)

    def _aparts(self) -> None:
        """Whoever is in a template where the other is not is without them: z >= x[a] - x[b]."""
        for place, weight, form in self.stated.aparts():
            for (one, other), amount in zip(form.pairs.tolist(), form.amount.tolist(), strict=True):
                for template in np.flatnonzero(self.seat[one] >= 0).tolist():
                    mine, theirs = int(self.seat[one, template]), int(self.seat[other, template])
                    columns, signs = (
                        ([mine], [1.0]) if theirs < 0 else ([mine, theirs], [1.0, -1.0])
                    )
                    if place == HARD:
                        self.program.row(columns, signs, high=0.0)
                    elif theirs < 0:
                        self._pay(place, mine, float(weight * amount))
                    else:
                        without = self.program.variable(0.0, 1.0)
                        self.program.row([*columns, without], [*signs, -1.0], high=0.0)
                        self._pay(place, without, float(weight * amount))

    def _cliques(self) -> None:
        """No more of a clique of people who must not meet than groups; each pair in one clique."""
        graph: nx.Graph[int] = nx.Graph()
        for place, _, form in self.stated.pairs():
            if place == HARD:
                graph.add_edges_from(form.pairs.tolist())
        if graph.number_of_edges() > MOST_PAIRS:
            return
        while graph.number_of_edges():
            hub = max(sorted(graph), key=lambda person: int(graph.degree(person)))
            clique = [hub]
            for other in sorted(
                graph[hub], key=lambda person: (-int(graph.degree(person)), person)
            ):
                if all(graph.has_edge(other, member) for member in clique):
                    clique.append(other)
            graph.remove_edges_from(nx.complete_graph(clique).edges)
            for template in range(self.templates):
                seats = self.seat[clique, template]
                seats = seats[seats >= 0]
                if len(seats) > 1 and self.program.high[int(self.groups[template])] >= 1:
                    columns = np.append(seats, self.groups[template])
                    self.program.row(columns, np.append(np.ones(len(seats)), -1.0), high=0.0)


def _range(form: CountCost) -> tuple[int, int] | None:
    """Return the first and last count of a set that amount to nothing, or None."""
    most = len(form.members)
    zeros = zero_range([form.amount(n) for n in range(min(most, LONGEST) + 1)])
    # A table goes on as its last step: what is free at the last count looked at stays so.
    return (zeros[0], most) if zeros and zeros[1] == min(most, LONGEST) else zeros
