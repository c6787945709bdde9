"""Groups as they stand and what each costs, in plain Python, for the annealing."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.families.stated import HARD, Stated
from mentormatch.rules.forms import table_value

Costs = list[int]
"""What is forbidden first, then tier by tier."""


@dataclass
class Team:
    """One group: its template, its people, and what it costs by itself."""

    template: int
    people: set[int]
    costs: Costs


class Board:
    """Groups, who is where, and the costs of all."""

    def __init__(self, stated: Stated) -> None:
        self.stated = stated
        self.places = 1 + len(stated.tiers)
        count, self.templates = stated.can.shape
        self.can = stated.can.tolist()
        self.persons = {place: table.tolist() for place, table in stated.persons.items()}
        self.slot = stated.slot_of()
        self.overlaps = stated.overlapping()
        problem = stated.problem
        self.capacity = [1] * stated.students + [mentor.capacity for mentor in problem.mentors]
        self.where: list[list[Team]] = [[] for _ in range(count)]
        self.teams: list[Team] = []
        self.totals = [0] * self.places
        self._read_sets(count)
        self._read_rest(count)

    def _read_sets(self, count: int) -> None:
        """Keep by person the sets they count in, and by template what a count of 0 costs."""
        self.tables: list[tuple[int, list[int], list[bool] | None]] = []
        self.sets_of: list[list[int]] = [[] for _ in range(count)]
        self.base = [[0] * self.places for _ in range(self.templates)]
        for place, weight, form in self.stated.counts():
            most = min(len(form.members), 40)
            table = [weight * form.amount(number) for number in range(most + 1)]
            everywhere = None if form.templates is None else form.templates.tolist()
            for person in form.members.tolist():
                self.sets_of[person].append(len(self.tables))
            for template in range(self.templates):
                if everywhere is None or everywhere[template]:
                    self.base[template][place] += table[0]
            self.tables.append((place, [cost - table[0] for cost in table], everywhere))

    def _read_rest(self, count: int) -> None:
        self.sums: list[tuple[int, tuple[tuple[int, int], ...], list[int]]] = [
            (
                place,
                tuple((weight * a, weight * b) for a, b in form.lines),
                form.weights.tolist(),
            )
            for place, weight, form in self.stated.sums()
        ]
        self.pairs: list[dict[int, list[tuple[int, int]]]] = [{} for _ in range(count)]
        for place, weight, pair_form in self.stated.pairs():
            rows = zip(pair_form.pairs.tolist(), pair_form.amount.tolist(), strict=True)
            for (one, other), amount in rows:
                self.pairs[one].setdefault(other, []).append((place, weight * amount))
        self.wishes: list[list[tuple[int, int, int]]] = [[] for _ in range(count)]
        for place, weight, apart in self.stated.aparts():
            rows = zip(apart.pairs.tolist(), apart.amount.tolist(), strict=True)
            for (one, other), amount in rows:
                self.wishes[one].append((other, place, weight * amount))
        self.loads: list[list[tuple[int, list[int]]]] = [[] for _ in range(count)]
        for place, weight, load_form in self.stated.loads():
            for person, row in zip(
                load_form.people.tolist(), load_form.table.tolist(), strict=True
            ):
                # While two people change places, one of them is in a group too many.
                loads = range(self.capacity[person] + 2)
                table = [weight * row[min(load, len(row) - 1)] for load in loads]
                self.loads[person].append((place, table))
                self.totals[place] += table[0]
        self.kinds: list[tuple[int, list[int]]] = []
        self.kinds_of: list[list[int]] = [[] for _ in range(count)]
        for place, weight, placed in self.stated.placed():
            for person in placed.members.tolist():
                self.kinds_of[person].append(len(self.kinds))
            self.kinds.append((place, [weight * cost for cost in placed.table]))
            self.totals[place] += weight * placed.table[0]
        self.placed = [0] * len(self.kinds)

    def costs_of(self, template: int, people: set[int]) -> Costs:
        """Return what a group costs by itself."""
        costs = self.base[template].copy()
        counts: dict[int, int] = {}
        for person in people:
            for number in self.sets_of[person]:
                counts[number] = counts.get(number, 0) + 1
            for place, table in self.persons.items():
                costs[place] += table[person][template]
            for other, place, amount in self.wishes[person]:
                if other not in people:
                    costs[place] += amount
            apart = self.pairs[person]
            if apart:
                for other in people:
                    for place, amount in apart.get(other, ()):
                        costs[place] += amount
        for number, count in counts.items():
            place, prices, where = self.tables[number]
            if where is None or where[template]:
                costs[place] += prices[count] if count < len(prices) else table_value(prices, count)
        for place, lines, weights in self.sums:
            total = sum(weights[person] for person in people)
            costs[place] += max(a * total + b for a, b in lines)
        return costs

    def may(self, person: int, template: int, but: Team | None = None) -> bool:
        """Whether somebody could be in a further group of a template, one of theirs aside."""
        if not self.can[person][template]:
            return False
        others = [team for team in self.where[person] if team is not but]
        if len(others) >= self.capacity[person]:
            return False
        near = self.overlaps[template]
        return all(team.template not in near for team in others)

    def change(self, team: Team, out: tuple[int, ...] = (), in_: tuple[int, ...] = ()) -> None:
        """Take people out of a group and put others in, and keep all costs."""
        people = (team.people - set(out)) | set(in_)
        self.replace(team, team.template, people)

    def replace(self, team: Team, template: int, people: set[int]) -> None:
        """Give a group another template and other people."""
        for person in team.people - people:
            self._seat(person, team, leaving=True)
        for person in people - team.people:
            self._seat(person, team, leaving=False)
        costs = self.costs_of(template, people)
        for place in range(self.places):
            self.totals[place] += costs[place] - team.costs[place]
        team.template, team.people, team.costs = template, people, costs

    def _seat(self, person: int, team: Team, *, leaving: bool) -> None:
        before = len(self.where[person])
        if leaving:
            self.where[person] = [each for each in self.where[person] if each is not team]
        else:
            self.where[person].append(team)
        after = len(self.where[person])
        for place, table in self.loads[person]:
            self.totals[place] += table[after] - table[before]
        if (before == 0) != (after == 0):
            for number in self.kinds_of[person]:
                place, table = self.kinds[number]
                now = self.placed[number] + (1 if after else -1)
                self.totals[place] += table[now] - table[self.placed[number]]
                self.placed[number] = now

    def open(self, template: int, people: set[int]) -> Team:
        """Add a group."""
        team = Team(template, set(), [0] * self.places)
        self.teams.append(team)
        self.replace(team, template, people)
        return team

    def close(self, team: Team) -> None:
        """Dissolve a group."""
        for person in team.people:
            self._seat(person, team, leaving=True)
        for place in range(self.places):
            self.totals[place] -= team.costs[place]
        self.teams = [each for each in self.teams if each is not team]

    def sound(self) -> bool:
        """Whether nothing forbidden stands."""
        return self.totals[HARD] == 0

    def groups(self) -> list[tuple[int, frozenset[int]]]:
        """Return the groups as templates and people."""
        return [(team.template, frozenset(team.people)) for team in self.teams]
