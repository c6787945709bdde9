"""A certificate checked: trees that cover, and leaves whose duals add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mentormatch_check.document import RefusedError, fields, one_of, rows, text, whole
from mentormatch_check.ground import Name
from mentormatch_check.program import Program, Row, as_name

STANDINGS = ("certified", "solver", "open")


@dataclass(frozen=True)
class Tier:
    """A tier as a certificate states it; what it claims is proven once this is made."""

    tier: int
    value: int
    bound: int
    standing: str
    leaves: int


@dataclass(frozen=True)
class Certificate:
    """The parts of a certificate, its trees not yet looked at."""

    problem: str
    scale: int
    templates: Any
    split: Any
    cliques: Any
    tiers: Sequence[Any]
    infeasible: Any


def read_certificate(data: Any) -> Certificate:
    """Return a certificate."""
    known = fields(
        data,
        "the certificate",
        {
            "format": ...,
            "problem": ...,
            "scale": ...,
            "templates": ...,
            "split": [],
            "cliques": [],
            "tiers": [],
            "infeasible": None,
        },
    )
    if known["format"] != "mentormatch/certificate/1":
        raise RefusedError("the third document is no certificate of mentormatch")
    return Certificate(
        text(known["problem"], "the problem's hash"),
        whole(known["scale"], "the scale", 1),
        known["templates"],
        known["split"],
        known["cliques"],
        rows(known["tiers"], "tiers"),
        known["infeasible"],
    )


def check_tiers(program: Program, certificate: Certificate, numbers: Sequence[int]) -> list[Tier]:
    """Check what a certificate says of the tiers of a problem, the most important first.

    Raises
    ------
    RefusedError
        If it does not prove what it claims.
    """
    held: dict[int, int] = {}
    found = []
    if len(certificate.tiers) != len(numbers):
        raise RefusedError(
            f"the certificate has {len(certificate.tiers)} tiers, not {len(numbers)}"
        )
    for data, number in zip(certificate.tiers, numbers, strict=True):
        known = fields(
            data,
            "a tier of the certificate",
            {"tier": ..., "value": ..., "bound": ..., "standing": ..., "nodes": ...},
        )
        if whole(known["tier"], "a tier") != number:
            raise RefusedError(
                f"the certificate has tier {known['tier']} in place of tier {number}"
            )
        value, bound = whole(known["value"], "a value"), whole(known["bound"], "a bound")
        standing = one_of(known["standing"], STANDINGS, "a standing")
        if bound > value or (standing == "certified") != (bound == value):
            raise RefusedError(
                f"tier {number} is called {standing} at value {value}, bound {bound}"
            )
        tree = Tree(program, certificate.scale, held, number, bound)
        leaves = tree.check(known["nodes"])
        found.append(Tier(number, value, bound, standing, leaves))
        held[number] = value
    return found


def check_infeasible(program: Program, certificate: Certificate) -> int:
    """Check that a certificate proves that there is no matching; return the number of leaves."""
    return Tree(program, certificate.scale, {}, None, None).check(certificate.infeasible)


class Tree:
    """A tree of splits that covers all whole points, and duals that close each leaf.

    Parameters
    ----------
    program
        The program.
    scale
        What duals are multiples of: one in so many.
    held
        The most that earlier tiers may cost.
    tier
        The tier that is minimised; None if there is no objective.
    bound
        What is to be proven of it; None that there is no point.
    """

    def __init__(
        self,
        program: Program,
        scale: int,
        held: Mapping[int, int],
        tier: int | None,
        bound: int | None,
    ) -> None:
        self._program, self._scale, self._held = program, scale, held
        self._bound = bound
        known = tier is not None and tier in program.tiers
        self._cost = program.cost(tier) if known and tier is not None else {}
        self._constant = program.constant(tier) if known and tier is not None else 0
        self._rows: dict[Name, Row] = {}

    def check(self, data: Any) -> int:
        """Check a tree; return the number of its leaves."""
        nodes = rows(data, "nodes")
        seen = [False] * len(nodes)
        todo: list[tuple[int, dict[Name, tuple[int, int]]]] = [(0, {})]
        leaves = 0
        while todo:
            number, box = todo.pop()
            if not 0 <= number < len(nodes) or seen[number]:
                raise RefusedError("a node of the tree is not there, or stands in it twice")
            seen[number] = True
            node = fields(
                nodes[number],
                "a node",
                dict.fromkeys(("split", "at", "below", "above", "bound", "duals")),
            )
            if node["split"] is None:
                self._leaf(node, box)
                leaves += 1
                continue
            if node["duals"] is not None or node["bound"] is not None:
                raise RefusedError("a node is a split and a leaf")
            column, at = as_name(node["split"], "a split"), whole(node["at"], "a split")
            if not self._program.splittable(column):
                raise RefusedError(f"no column {str(column)[:60]} can be split")
            lower, upper = box.get(column) or self._program.bounds(column)
            if not lower <= at < upper:
                raise RefusedError("a split lies outside its column")
            todo.append((whole(node["below"], "a child"), {**box, column: (lower, at)}))
            todo.append((whole(node["above"], "a child"), {**box, column: (at + 1, upper)}))
        if not all(seen):
            raise RefusedError("a node hangs on no other")
        return leaves

    def _leaf(self, node: Mapping[str, Any], box: Mapping[Name, tuple[int, int]]) -> None:
        """Check that duals prove a leaf's bound, or that it has no point."""
        duals: dict[Name, int] = {}
        for row in rows(node["duals"], "duals"):
            *name, y = as_name(row, "a dual")
            key = tuple(name)
            if key in duals or isinstance(y, str):
                raise RefusedError("a row has two duals, or none")
            duals[key] = y
        empty = node["bound"] is None
        bound = 0 if empty else whole(node["bound"], "a bound")
        if not empty and (self._bound is None or bound < self._bound):
            raise RefusedError("a leaf proves less than the tree")
        total = self.total(duals, box, with_cost=not empty)
        if total <= (0 if empty else (bound - 1 - self._constant) * self._scale):
            raise RefusedError(f"the duals of a leaf do not prove {'it empty' if empty else bound}")

    def total(
        self, duals: Mapping[Name, int], box: Mapping[Name, tuple[int, int]], *, with_cost: bool
    ) -> int:
        """Return the sum that weak duality puts below the objective, times the scale."""
        reduced = {name: price * self._scale for name, price in self._cost.items() if with_cost}
        total = 0
        for name, y in duals.items():
            row = self._row(name)
            side = row.lower if y > 0 else row.upper
            if y and side is None:
                raise RefusedError("a dual leans on a side that its row does not have")
            total += y * (side or 0)
            for column, value in row.terms.items():
                reduced[column] = reduced.get(column, 0) - y * value
        for column, price in reduced.items():
            if price:
                lower, upper = box.get(column) or self._program.bounds(column)
                total += price * (lower if price > 0 else upper)
        return total

    def _row(self, name: Name) -> Row:
        if name not in self._rows:
            self._rows[name] = (
                self._tier(name) if name[:1] == ("tier",) else self._program.row(name)
            )
        return self._rows[name]

    def _tier(self, name: Name) -> Row:
        """Return the row that holds an earlier tier at its value."""
        tier = name[1] if len(name) == 2 else None
        if not isinstance(tier, int) or tier not in self._held or tier not in self._program.tiers:
            raise RefusedError(f"there is no row {str(name)[:60]}")
        upper = self._held[tier] - self._program.constant(tier)
        return Row(self._program.cost(tier), None, upper)
