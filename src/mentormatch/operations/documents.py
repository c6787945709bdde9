"""Results as documents that have none of their own in the library."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from mentormatch.data.documents import JsonDocument
from mentormatch.data.matching import Matching
from mentormatch.data.nouns import Noun
from mentormatch.evaluate.findings import Report
from mentormatch.progress import EVENT_FORMAT, Phase

VERIFICATION_FORMAT: Literal["mentormatch/verification/1"] = "mentormatch/verification/1"


class EventRecord(JsonDocument):
    """One line of events: how a search stands. Readers pass over fields that they do not know."""

    format: Literal["mentormatch/event/1"] = EVENT_FORMAT
    number: int = Field(description="From 1 without a gap; a job of the service numbers its own.")
    phase: Phase
    tier: int | None
    value: int | None
    bound: int | None
    gap: int | None
    elapsed: float = Field(description="Seconds since the call.")
    step: int = Field(description="Which of several searches it is.")
    steps: int | None
    matching: Matching | None = Field(
        default=None, description="The verified best so far, on request, where it got better."
    )


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
