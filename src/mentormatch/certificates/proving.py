"""Proves the bounds of a matching, tier by tier, as a document that can be checked."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Event
from typing import Any

import numpy as np

from mentormatch.certificates.blocks import Ground, ground_of
from mentormatch.certificates.build_relaxation import relaxation_of
from mentormatch.certificates.certificate import (
    Certificate,
    KeptTemplate,
    ProofNode,
    Standing,
    TierProof,
    document_hash,
    problem_hash,
)
from mentormatch.certificates.multipliers import priced_tiers
from mentormatch.certificates.relaxation import Name, as_cost
from mentormatch.certificates.tree import Leaf, ProofTree, Split
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import Fault, InputError
from mentormatch.evaluate.verify import verify
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.backend.linear_program import SCALE, LinearProgram
from mentormatch.solve.backend.sparse_matrix import Floats

LARGE = 2_000
"""Students above which one leaf from the multipliers of a sample is all there is."""

MOST_NODES = 2_000
"""Linear programs solved for one tier at most."""


def certify(
    problem: Problem,
    matching: Matching,
    *,
    time_limit: float | None = None,
    cancel: Event | None = None,
    nodes: int = MOST_NODES,
    document: Any = None,
) -> Certificate:
    """Prove the bounds of a matching, or that a problem has no matching.

    What is proven can be checked without this library: see `docs/certificate.md`.

    Parameters
    ----------
    problem
        The problem.
    matching
        A matching of it that passes verification, or an answer that there is none.
    time_limit
        Seconds at most; tiers that are not reached have what is known without a search.
    cancel
        Set it from another thread to stop.
    nodes
        Linear programs solved for each tier at most.
    document
        The problem's document as parsed JSON, where it is not as `Problem.to_json` writes it.

    Raises
    ------
    InputError
        If the matching is not one of the problem's.
    """
    clock = Clock(time_limit, cancel)
    stated = problem_hash(problem) if document is None else document_hash(document)
    if matching.status == "INFEASIBLE":
        return _Proving(problem, stated, (), clock, nodes).infeasible()
    report = verify(problem, matching)
    if not report.ok:
        message = f"the matching does not pass verification: {report.findings[0].message}"
        raise InputError([Fault("not_valid", "matching", message)])
    claimed = {tier.tier for tier in matching.tiers if tier.proven}
    values = tuple(report.tiers.values())
    if len(problem.students) > LARGE:
        return _large(problem, stated, values, claimed, clock)
    return _Proving(problem, stated, values, clock, nodes).tiers(claimed)


class _Proving:
    def __init__(
        self, problem: Problem, stated: str, values: Sequence[int], clock: Clock, nodes: int
    ) -> None:
        self._problem, self._stated, self._values = problem, stated, values
        self._clock, self._most = clock, nodes
        self._relaxation = relaxation_of(problem)
        self._program = self._relaxation.program()
        self._names: list[Name] = [name for name, _, _, _ in self._relaxation.rows]
        self._branching = [self._relaxation.integer_columns(kind) for kind in "kxyw"]

    def tiers(self, claimed: set[int]) -> Certificate:
        """Prove every tier with the earlier ones held."""
        relaxation, program = self._relaxation, self._program
        proofs = []
        for index, (tier, value) in enumerate(zip(self._problem.tiers, self._values, strict=True)):
            cost = as_cost(relaxation, relaxation.costs[index])
            program.set_cost(cost, relaxation.constants[index])
            tree = self._tree(value)
            # Below the matching's own value in the earlier tiers there is always the matching.
            bound = value if tree.bound is None else tree.bound
            proofs.append(_tier(tier, value, bound, claimed, self._nodes(tree)))
            program.add_row(cost, float(value - relaxation.constants[index]))
            self._names.append(("tier", tier))
        return self._certificate(tiers=tuple(proofs))

    def infeasible(self) -> Certificate:
        """Prove that there is no matching, if that can be proven here."""
        self._program.set_cost(np.zeros(len(self._relaxation.columns)))
        tree = self._tree(None)
        return self._certificate(infeasible=self._nodes(tree) if tree.bound is None else None)

    def _tree(self, target: int | None) -> ProofTree:
        with self._clock.stopping(self._program.interrupt):
            return ProofTree(
                self._program, self._branching, target, most=self._most, clock=self._clock
            )

    def _certificate(
        self,
        *,
        tiers: tuple[TierProof, ...] = (),
        infeasible: tuple[ProofNode, ...] | None = None,
    ) -> Certificate:
        return Certificate(
            problem=self._stated,
            scale=SCALE,
            templates=_templates(self._relaxation.ground),
            cliques=tuple(self._relaxation.cliques),
            tiers=tiers,
            infeasible=infeasible,
        )

    def _nodes(self, tree: ProofTree) -> tuple[ProofNode, ...]:
        return tuple(self._node(node) for node in tree.nodes)

    def _node(self, node: Leaf | Split) -> ProofNode:
        if isinstance(node, Split):
            return ProofNode(
                split=self._relaxation.columns[node.column],
                at=node.at,
                below=node.below,
                above=node.above,
            )
        return ProofNode(bound=node.bound, duals=self._duals(self._program, node.duals))

    def _duals(self, program: LinearProgram, duals: Floats) -> tuple[Name, ...]:
        whole = program.rounded(duals)
        return tuple((*self._names[row], int(whole[row])) for row in np.flatnonzero(whole))


def _large(
    problem: Problem, stated: str, values: Sequence[int], claimed: set[int], clock: Clock
) -> Certificate:
    """Prove what multipliers prove of a large round."""
    ground = ground_of(problem)
    tiers = []
    for tier, value, priced in zip(
        problem.tiers, values, priced_tiers(ground, values, clock), strict=True
    ):
        # Amounts are never negative, which needs no duals.
        leaf = ProofNode(bound=priced.bound, duals=priced.duals)
        if priced.bound < 0:
            leaf = ProofNode(bound=0, duals=())
        tiers.append(_tier(tier, value, max(0, priced.bound), claimed, (leaf,)))
    return Certificate(
        problem=stated, scale=SCALE, templates=_templates(ground), tiers=tuple(tiers)
    )


def _tier(
    tier: int, value: int, bound: int, claimed: set[int], nodes: tuple[ProofNode, ...]
) -> TierProof:
    """Return a tier with what its tree proves."""
    bound = min(bound, value)
    standing: Standing = "certified" if bound >= value else "open"
    if standing == "open" and tier in claimed:
        standing = "solver"
    return TierProof(tier=tier, value=value, bound=bound, standing=standing, nodes=nodes)


def _templates(ground: Ground) -> tuple[KeptTemplate, ...]:
    return tuple(
        KeptTemplate(
            slot=one.plan.slot,
            first=int(one.plan.instants[0].timestamp()),
            language=one.language,
            mode=one.mode,
            topic=one.topic,
        )
        for one in ground.templates
    )
