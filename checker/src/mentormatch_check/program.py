"""The linear program of a proof, rebuilt from the problem: each row when a proof names it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mentormatch_check.document import RefusedError, rows, text, whole
from mentormatch_check.forms import Form
from mentormatch_check.ground import Ground, Name


@dataclass(frozen=True)
class Row:
    """A row: coefficients by column, and its sides; None where there is none."""

    terms: dict[Name, int]
    lower: int | None
    upper: int | None


class Program(Ground):
    """Columns, objectives and rows of the relaxation that a certificate speaks of."""

    # Columns

    def bounds(self, name: Name) -> tuple[int, int]:
        """Return the least and greatest value of a column."""
        kind = name[0]
        if kind == "k":
            return 0, self.blocks[self._block(name[1])][1]
        if kind == "y":
            return 0, self.blocks[self._block(name[2])][1]
        if kind == "z":
            return 0, self._most_cost(name[1], self._block(name[2]))
        return 0, 1

    def _most_cost(self, name: str, block: int) -> int:
        form, most = self._of[name][1], self.blocks[block][1]
        if form.kind == "count":
            return most * max(form.amount(n) for n in range(self._cap(name, block) + 1))
        assert form.weights is not None
        weights = [form.weights.get(p, 0) for p in self._seated[block]]
        low, high = sum(w for w in weights if w < 0), sum(w for w in weights if w > 0)
        return max(max(s * low, s * high) + max(i, i * most, 0) for s, i in form.lines)

    def splittable(self, name: Name) -> bool:
        """Return whether a column that a proof names takes whole numbers only, and is there."""
        match name:
            case ("k", int(b)):
                return 0 <= b < len(self.blocks)
            case ("x", int(p), int(b)):
                return 0 <= b < len(self.blocks) and p in self._here[b]
            case ("y", str(f), int(b), int(n)):
                return f in self._of and n in self._counts(f, b)
            case ("w", str(f), int(p), int(n)):
                return f in self._of and p in self._people and 1 <= n <= self._most_load(p)
        return False

    # Objectives

    def constant(self, tier: int) -> int:
        """Return what a tier costs where nobody has a group."""
        return sum(
            use.weight * form.load(p, 0)
            for use, form in self._of.values()
            if use.tier == tier and form.kind == "load"
            for p in form.members
        )

    def cost(self, tier: int) -> dict[Name, int]:
        """Return the objective of a tier without its constant."""
        found: dict[Name, int] = {}
        for block, (template, _) in enumerate(self.blocks):
            prices = self._column(template)[1][tier]
            for p in self._seated[block]:
                if prices[p]:
                    found["x", p, block] = prices[p]
        for name, (use, form) in self._of.items():
            if use.tier != tier:
                continue
            for column, price in self._prices(name, form):
                found[column] = found.get(column, 0) + use.weight * price
        return found

    def _prices(self, name: str, form: Form) -> Iterator[tuple[Name, int]]:
        blocks = range(len(self.blocks))
        if form.kind == "load":
            for p in form.members:
                for n in range(1, self._most_load(p) + 1):
                    price = form.load(p, n) - form.load(p, n - 1)
                    for column, _ in self._step(name, p, n):
                        yield column, price
        elif form.kind == "count":
            for b in blocks:
                if form.counts_in(self.blocks[b][0]):
                    yield ("z", name, b), 1
        elif form.kind == "sum":
            for b in blocks:
                yield ("z", name, b), 1
        elif form.pairs is not None:
            for (one, other), price in form.pairs.items():
                for b in blocks:
                    if one in self._here[b] and (form.kind == "apart" or other in self._here[b]):
                        yield ("m", name, one, other, b), price

    def _most_load(self, p: int) -> int:
        return min(self._round.people[p].capacity, len(self._mine[p]))

    def _step(self, name: str, p: int, n: int) -> list[tuple[Name, int]]:
        """Return the terms that say whether somebody has n groups or more."""
        if self._most_load(p) > 1:
            return [(("w", name, p, n), 1)]
        return [(("x", p, b), 1) for b in self._mine[p]]

    # Rows

    def row(self, name: Name) -> Row:
        """Return a row by its name.

        Raises
        ------
        RefusedError
            If there is no such row.
        """
        try:
            return self._row(name)
        except (KeyError, IndexError, TypeError, ValueError):
            raise RefusedError(f"there is no row {str(name)[:60]}") from None

    def _row(self, name: Name) -> Row:
        kind, *rest = name
        maker = getattr(self, f"_row_{kind}", None)
        if maker is None:
            raise RefusedError(f"there is no row {str(name)[:60]}")
        found = maker(*rest)
        assert isinstance(found, Row)
        return found

    def _block(self, b: int) -> int:
        if not 0 <= b < len(self.blocks):
            raise RefusedError("a row or column names a block that is not there")
        return b

    def _person(self, p: int) -> int:
        if p not in self._people:
            raise RefusedError("a row names somebody who is not there")
        return p

    def _form(self, name: str, kind: str, b: int | None = None, *, hard: bool) -> Form:
        """Return a form of a kind that counts in a block."""
        use, form = self._of[name]
        if form.kind != kind or (use.tier is None) != hard:
            raise RefusedError("a row is about a form of another kind")
        if b is not None and not form.counts_in(self.blocks[self._block(b)][0]):
            raise RefusedError("a row is about a form where it does not count")
        return form

    def _seats(self, form: Form, b: int, factor: int) -> dict[Name, int]:
        if not factor:
            return {}
        return {("x", p, b): factor for p in form.members if p in self._here[b]}

    def _row_place(self, p: int) -> Row:
        terms = {("x", p, b): 1 for b in self._mine[self._person(p)]}
        return Row(terms, None, self._round.people[p].capacity)

    def _row_busy(self, p: int, second: int) -> Row:
        there = {
            ("x", p, b): 1
            for b in self._mine[self._person(p)]
            if any(begin <= second < end for begin, end in self.blocks[b][0].plan.moments)
        }
        return Row(there, None, 1)

    def _row_slot(self, slot: str) -> Row:
        rooms = self._round.slots[slot].max_groups
        if rooms is None:
            raise RefusedError(f"slot {slot} has no limit")
        there = [b for b, (one, _) in enumerate(self.blocks) if one.plan.slot.id == slot]
        return Row({("k", b): 1 for b in there}, None, rooms)

    def _row_open(self, b: int) -> Row:
        students = [p for p in self._seated[self._block(b)] if p < self._round.students]
        return Row({("k", b): -1, **{("x", p, b): 1 for p in students}}, 0, None)

    def _row_seat(self, p: int, b: int) -> Row:
        if p not in self._here[self._block(b)]:
            raise RefusedError("a row names somebody where they cannot be")
        return Row({("x", p, b): 1, ("k", b): -1}, None, 0)

    def _row_next(self, b: int) -> Row:
        if self._block(b) == 0 or self.blocks[b] != self.blocks[b - 1]:
            raise RefusedError("a row is about openings of two templates")
        return Row({("k", b): 1, ("k", b - 1): -1}, None, 0)

    def _counts(self, name: str, b: int) -> list[int]:
        """Return the numbers of a count's members that a group of a block can have."""
        use, _ = self._of[name]
        form = self._form(name, "count", b, hard=use.tier is None)
        numbers = range(self._cap(name, b) + 1)
        return [n for n in numbers if use.tier is not None or form.amount(n) == 0]

    def _row_none(self, name: str, b: int) -> Row:
        self._form(name, "count", b, hard=True)
        if self._counts(name, b):
            raise RefusedError("a row says that no group can meet where one can")
        return Row({("k", b): 1}, None, 0)

    def _row_least(self, name: str, b: int) -> Row:
        form = self._form(name, "count", b, hard=True)
        least = min(self._counts(name, b))
        return Row({**self._seats(form, b, 1), ("k", b): -least}, 0, None)

    def _row_most(self, name: str, b: int) -> Row:
        form = self._form(name, "count", b, hard=True)
        most = max(self._counts(name, b))
        return Row({**self._seats(form, b, 1), ("k", b): -most}, None, 0)

    def _row_whole(self, name: str) -> Row:
        form = self._form(name, "count", hard=True)
        if form.where is not None:
            raise RefusedError("a row adds up what does not count everywhere")
        needed = next((n for n in range(len(form.table) + 1) if form.amount(n) == 0), 0)
        if not needed:
            raise RefusedError("a row adds up people of whom a group needs none")
        usable = sum(self._most_load(p) for p in form.members)
        terms = {("k", b): 1 for b in range(len(self.blocks))}
        return Row(terms, None, usable // needed)

    def _row_groups(self, name: str, b: int) -> Row:
        numbers = self._counts(name, self._block(b))
        return Row({("k", b): -1, **{("y", name, b, n): 1 for n in numbers}}, 0, 0)

    def _row_members(self, name: str, b: int) -> Row:
        numbers = self._counts(name, self._block(b))
        seats = self._seats(self._of[name][1], b, -1)
        return Row({**seats, **{("y", name, b, n): n for n in numbers}}, 0, 0)

    def _row_cost(self, name: str, b: int) -> Row:
        form = self._form(name, "count", b, hard=False)
        parts = {("y", name, b, n): -form.amount(n) for n in self._counts(name, b)}
        return Row({("z", name, b): 1, **parts}, 0, None)

    def _row_line(self, name: str, b: int, slope: int, intercept: int) -> Row:
        form = self._form(name, "count", b, hard=False)
        slope, intercept = whole(slope, "a slope"), whole(intercept, "an intercept")
        for n in self._counts(name, b):
            if form.amount(n) < slope * n + intercept:
                raise RefusedError("a line lies above what it is to lie below")
        terms = {("z", name, b): 1, ("k", b): -intercept, **self._seats(form, b, -slope)}
        return Row(terms, 0, None)

    def _row_load(self, name: str, p: int) -> Row:
        most = self._load_of(name, p)
        seats = {("x", p, b): -1 for b in self._mine[p]}
        return Row({**seats, **{("w", name, p, n): 1 for n in range(1, most + 1)}}, 0, 0)

    def _row_order(self, name: str, p: int, n: int) -> Row:
        if not 1 <= n < self._load_of(name, p):
            raise RefusedError("a row is about a step that is not there")
        return Row({("w", name, p, n + 1): 1, ("w", name, p, n): -1}, None, 0)

    def _load_of(self, name: str, p: int) -> int:
        _, form = self._of[name]
        if form.kind != "load" or self._person(p) not in form.members or self._most_load(p) < 2:
            raise RefusedError("a row is about groups of somebody whom it does not concern")
        return self._most_load(p)

    def _row_ban(self, name: str, p: int, n: int) -> Row:
        form = self._form(name, "load", hard=True)
        most = self._most_load(self._person(p))
        if p not in form.members or not 0 <= n <= most or not form.load(p, n):
            raise RefusedError("a row rules out what is not ruled out")
        reached = {} if n == 0 else dict(self._step(name, p, n))
        passed = {} if n == most else {one: -1 for one, _ in self._step(name, p, n + 1)}
        return Row({**reached, **passed}, None, -1 if n == 0 else 0)

    def _row_sum(self, name: str, b: int, line: int) -> Row:
        use, form = self._of[name]
        if form.kind != "sum" or form.weights is None or line < 0:
            raise RefusedError("a row is about a form of another kind")
        slope, intercept = form.lines[line]
        seats = {("x", p, b): slope * form.weights.get(p, 0) for p in self._seated[self._block(b)]}
        head = {} if use.tier is None else {("z", name, b): -1}
        return Row({**head, ("k", b): intercept, **seats}, None, 0)

    def _row_meet(self, name: str, one: int, other: int, b: int) -> Row:
        form = self._form(name, "pair", hard=False)
        here = self._here[self._block(b)]
        if (one, other) not in (form.pairs or {}) or one not in here or other not in here:
            raise RefusedError("a row is about a pair that does not count")
        column = ("m", name, one, other, b)
        return Row({column: 1, ("x", one, b): -1, ("x", other, b): -1, ("k", b): 1}, 0, None)

    def _row_part(self, name: str, one: int, other: int, b: int) -> Row:
        return self._parted(name, one, other, b, hard=False)

    def _row_with(self, name: str, one: int, other: int, b: int) -> Row:
        return self._parted(name, one, other, b, hard=True)

    def _parted(self, name: str, one: int, other: int, b: int, *, hard: bool) -> Row:
        form = self._form(name, "apart", hard=hard)
        here = self._here[self._block(b)]
        if (one, other) not in (form.pairs or {}) or one not in here:
            raise RefusedError("a row is about a pair that does not count")
        terms = {("x", one, b): -1}
        if other in here:
            terms["x", other, b] = 1
        return Row(terms if hard else {("m", name, one, other, b): 1, **terms}, 0, None)

    def _row_clique(self, number: int, b: int) -> Row:
        here = self._here[self._block(b)]
        people = self._cliques[whole(number, "a clique", 0)]
        return Row({("k", b): -1, **{("x", p, b): 1 for p in people if p in here}}, None, 0)


def as_name(data: Any, what: str) -> Name:
    """Return a name of a row or column: a list of texts and whole numbers."""
    parts = rows(data, what)
    if not parts:
        raise RefusedError(f"{what} is empty")
    return tuple(text(one, what) if isinstance(one, str) else whole(one, what) for one in parts)
