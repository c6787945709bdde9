"""The linear program of a certificate: named columns and rows, as `docs/certificate.md` says.

It is the plan's relaxation (`solve.plan.model`) stated once more from the forms, with a name for
every column and row, so that another program can rebuild each row that a proof uses.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mentormatch.certificates.blocks import Ground
from mentormatch.solve.backend.linear_program import LinearProgram
from mentormatch.solve.backend.sparse_matrix import Floats, SparseMatrix

Name = tuple[str | int, ...]
"""What a column or row is called."""

Terms = list[tuple[int, int]]
"""Columns and their coefficients."""


@dataclass(eq=False)
class Relaxation:
    """A linear program with integer data, all of whose columns and rows have names.

    Attributes
    ----------
    ground
        What its rows stand on.
    columns, place
        Names of the columns, and where each stands.
    lb, ub
        Bounds of the columns.
    rows
        Name, terms and sides of each row; a side that is not there is None.
    costs, constants
        Terms and constant of the objective of each tier.
    cliques
        Sets of people of whom no two may meet, by their places.
    """

    ground: Ground
    columns: list[Name] = field(default_factory=list)
    place: dict[Name, int] = field(default_factory=dict)
    lb: list[int] = field(default_factory=list)
    ub: list[int] = field(default_factory=list)
    rows: list[tuple[Name, Terms, int | None, int | None]] = field(default_factory=list)
    costs: list[Terms] = field(default_factory=list)
    constants: list[int] = field(default_factory=list)
    cliques: list[tuple[int, ...]] = field(default_factory=list)

    def column(self, name: Name, ub: int, lb: int = 0) -> int:
        """Add a column."""
        self.place[name] = len(self.columns)
        self.columns.append(name)
        self.lb.append(lb)
        self.ub.append(ub)
        return self.place[name]

    def row(self, name: Name, terms: Terms, lower: int | None, upper: int | None) -> None:
        """Add a row."""
        self.rows.append((name, terms, lower, upper))

    def integer_columns(self, kind: str) -> NDArray[np.int64]:
        """Return the columns of a kind."""
        places = [place for place, name in enumerate(self.columns) if name[0] == kind]
        return np.array(places, dtype=np.int64)

    def program(self) -> LinearProgram:
        """Return the linear program for the solver."""
        entries = [
            (number, place, value)
            for number, (_, terms, _, _) in enumerate(self.rows)
            for place, value in terms
        ]
        table = np.array(entries, dtype=np.float64).reshape(len(entries), 3)
        sides = np.array(
            [
                (-np.inf if lower is None else lower, np.inf if upper is None else upper)
                for _, _, lower, upper in self.rows
            ],
            dtype=np.float64,
        ).reshape(len(self.rows), 2)
        return LinearProgram(
            SparseMatrix(
                table[:, 0].astype(np.int64),
                table[:, 1].astype(np.int64),
                table[:, 2],
                len(self.rows),
            ),
            sides[:, 0],
            sides[:, 1],
            np.array(self.lb, dtype=np.float64),
            np.array(self.ub, dtype=np.float64),
        )


def as_cost(relaxation: Relaxation, terms: Terms) -> Floats:
    """Return an objective by its coefficient for each column."""
    cost = np.zeros(len(relaxation.columns))
    for place, price in terms:
        cost[place] += price
    return cost
