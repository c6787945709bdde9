"""Results as documents that have none of their own in the library."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from mentormatch.data.documents import JsonDocument
from mentormatch.data.nouns import Noun
from mentormatch.evaluate.findings import Report

VERIFICATION_FORMAT: Literal["mentormatch/verification/1"] = "mentormatch/verification/1"


class Breach(Noun):
    """One thing wrong with a matching."""

    rule: str = Field(
        description="Kind of the hard rule that is broken; 'structure' for what no matching may "
        "do, 'claim' where the matching says of itself what is not so."
    )
    message: str
    people: tuple[str, ...] = ()
    group: str | None = None


class SoftBreach(Noun):
    """One way in which a matching breaks a soft rule, and by how much."""

    amount: int
    message: str
    people: tuple[str, ...] = ()
    group: str | None = None


class Verification(JsonDocument):
    """Whether a matching keeps every hard rule, and what it costs; found without a solver."""

    format: Literal["mentormatch/verification/1"] = VERIFICATION_FORMAT
    ok: bool
    findings: tuple[Breach, ...] = ()
    tiers: dict[int, int] = Field(default={}, description="Cost by the number of the tier.")
    soft: dict[str, tuple[SoftBreach, ...]] = Field(
        default={}, description="Breaches of soft rules by kind: what the tiers' costs consist of."
    )

    @classmethod
    def of(cls, report: Report) -> Verification:
        """Return what the verifier found, as a document."""
        return cls(
            ok=report.ok,
            findings=tuple(
                Breach(rule=one.rule, message=one.message, people=one.people, group=one.group)
                for one in report.findings
            ),
            tiers=dict(report.tiers),
            soft={
                kind: tuple(
                    SoftBreach(
                        amount=one.amount, message=one.message, people=one.people, group=one.group
                    )
                    for one in breaches
                )
                for kind, breaches in report.soft.items()
            },
        )
