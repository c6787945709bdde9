"""The program of a certificate means to another solver what it means here."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from mentormatch.certificates.build_relaxation import relaxation_of
from mentormatch.certificates.mps import as_mps
from tests.certificates.test_certify import standard

# It has no types, and hides those of its neighbours.
model_builder: Any = import_module("ortools.linear_solver.python.model_builder")


@pytest.mark.parametrize("solver", ["scip", "highs"])
def test_another_solver_finds_the_certified_values(solver: str) -> None:
    """The optimum of each tier, with the earlier ones held, is the value that is certified."""
    round_, _, proof = standard(24, 8, 1)
    relaxation = relaxation_of(round_)
    values: list[int] = []
    for tier in proof.tiers:
        model = model_builder.Model()
        assert model.import_from_mps_string(as_mps(relaxation, values))
        engine = model_builder.Solver(solver)
        assert engine.solver_is_supported()
        assert engine.solve(model) == model_builder.SolveStatus.OPTIMAL
        assert round(engine.objective_value) == tier.value
        values.append(tier.value)
