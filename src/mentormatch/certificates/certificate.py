"""The document that proves the bounds of a matching; `docs/certificate.md` says what it means."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any, Literal

from pydantic import Field

from mentormatch.data.documents import JsonDocument, as_json
from mentormatch.data.nouns import Noun
from mentormatch.data.problem import Problem

CERTIFICATE_FORMAT: Literal["mentormatch/certificate/1"] = "mentormatch/certificate/1"

Whole = Annotated[int, Field(strict=True)]
Name = tuple[str | Whole, ...]
Standing = Literal["certified", "solver", "open"]
"""How a tier's value stands: proven here, said to be proven by the solver, or neither."""


class ProofNode(Noun):
    """A node of a tree: a split of a column, or a leaf with the duals that close it."""

    split: Name | None = Field(default=None, description="The column that is split.")
    at: Whole | None = Field(default=None, description="It is at most this in one child.")
    below: Whole | None = Field(default=None, description="Number of that child.")
    above: Whole | None = Field(default=None, description="Number of the other child.")
    bound: Whole | None = Field(
        default=None, description="What a leaf's duals prove; null: that it has no point."
    )
    duals: tuple[Name, ...] | None = Field(
        default=None, description="Name of each row of a leaf, followed by its dual times scale."
    )


class TierProof(Noun):
    """What is proven of one tier, with the earlier ones held at their values."""

    tier: Whole
    value: Whole
    bound: Whole
    standing: Standing
    nodes: tuple[ProofNode, ...]


class KeptTemplate(Noun):
    """A template that relaxations speak of."""

    slot: str
    first: Whole = Field(description="Start of the first meeting, in seconds since 1970, UTC.")
    language: str
    mode: str
    topic: str | None = None


class Certificate(JsonDocument):
    """Proofs of the bounds of a matching, or that a problem has no matching."""

    format: Literal["mentormatch/certificate/1"] = CERTIFICATE_FORMAT
    problem: str = Field(description="SHA-256 of the problem's document.")
    scale: Whole
    templates: tuple[KeptTemplate, ...]
    split: tuple[Whole, ...] = ()
    cliques: tuple[tuple[Whole, ...], ...] = ()
    tiers: tuple[TierProof, ...] = ()
    infeasible: tuple[ProofNode, ...] | None = None

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the certificate as JSON, one line unless asked otherwise."""
        return as_json(
            self.model_dump(mode="json", exclude_defaults=True) | {"format": self.format}, indent
        )

    @property
    def complete(self) -> bool:
        """Whether the value of every tier, or that there is no matching, is proven here."""
        return self.infeasible is not None or (
            bool(self.tiers) and all(tier.standing == "certified" for tier in self.tiers)
        )


def document_hash(data: Any) -> str:
    """Return the SHA-256 of a JSON document, whatever the order of its fields and its spaces."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def problem_hash(problem: Problem) -> str:
    """Return the hash of the document that a problem is written as."""
    return document_hash(json.loads(problem.to_json()))
