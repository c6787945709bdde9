"""What is wrong with a matching, as the verifier says it."""

from __future__ import annotations

from dataclasses import dataclass, field

from mentormatch.errors import nearest
from mentormatch.rules.base import Violation


@dataclass(frozen=True)
class Finding:
    """One thing wrong with a matching.

    Attributes
    ----------
    rule
        Kind of the hard rule that is broken, ``structure`` for what no matching may do, or
        ``claim`` where the matching says of itself what is not so.
    message
        A sentence for the coordinator.
    people
        Ids of those concerned.
    group
        Id of the group, or None where no group is concerned.
    """

    rule: str
    message: str
    people: tuple[str, ...] = ()
    group: str | None = None


@dataclass(frozen=True)
class Report:
    """What :func:`verify` found.

    Attributes
    ----------
    findings
        Everything that is wrong; empty if the matching is valid.
    tiers
        Cost by tier number, recomputed from the rules' meaning.
    soft
        Violations of soft rules by kind of rule: what the tiers' costs consist of.
    """

    findings: tuple[Finding, ...]
    tiers: dict[int, int] = field(default_factory=dict)
    soft: dict[str, tuple[Violation, ...]] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether the matching is valid."""
        return not self.findings

    def __str__(self) -> str:
        tiers = ", ".join(f"tier {tier}: {cost}" for tier, cost in self.tiers.items())
        if self.ok:
            return f"valid ({tiers})"
        lines = [f"{len(self.findings)} breach{'es' if len(self.findings) != 1 else ''}:"]
        lines += [f"  {finding.rule}: {finding.message}" for finding in self.findings]
        return "\n".join(lines)


def hint(name: str, known: set[str]) -> str:
    """Return the end of a sentence about an unknown name, with the nearest known one."""
    close = nearest(name, known)
    return f" (did you mean {close!r}?)." if close else "."
