"""The answer: groups, who is left out, and how good it is proven to be."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from mentormatch.data.calendar import Instant
from mentormatch.data.documents import JsonDocument, as_json
from mentormatch.data.languages import Language
from mentormatch.data.nouns import Extensible
from mentormatch.data.people import Identifier, Mode, Noun
from mentormatch.rules.base import RuleUse
from mentormatch.validation import document_schema

MATCHING_FORMAT: Literal["mentormatch/matching/1"] = "mentormatch/matching/1"

MAX_GROUPS = 200_000
"""As many as there can be students."""

Status = Literal["OPTIMAL", "FEASIBLE", "INFEASIBLE", "UNKNOWN"]
Whole = Annotated[int, Field(strict=True)]
Seconds = Annotated[float, Field(strict=True)]
Limit = Literal[
    "time", "interrupt", "memory", "failure", "effort", "gap", "unimproved", "proven_tiers"
]
"""What ended a search before all was proven; effort: it had made all the attempts it makes.

The last three are stopping criteria.
"""


class Group(Extensible):
    """One group: its people by id, its slot, real dates, language and mode."""

    id: Identifier
    students: tuple[Identifier, ...]
    mentors: tuple[Identifier, ...] = ()
    slot: Identifier
    meetings: tuple[Instant, ...] = Field(
        default=(), description="Starts with zone offset; empty means the slot's first plan."
    )
    minutes: Whole | None = None
    zone: str | None = Field(default=None, description="IANA zone of the meetings' local time.")
    language: Language | None = None
    mode: Mode | None = None
    topic: str | None = None

    def __repr__(self) -> str:
        return f"Group({self.id!r}, {len(self.students)} students, slot={self.slot!r})"


class TierResult(Noun):
    """What was reached in one tier, and the least that any matching could cost there.

    The bound of a tier holds among matchings that are at least as good in the tiers before.
    """

    tier: Whole
    name: str
    value: Whole
    bound: Whole
    seconds: Seconds = 0.0

    @property
    def gap(self) -> int:
        """Value less bound; 0 means proven optimal."""
        return self.value - self.bound

    @property
    def proven(self) -> bool:
        """Whether no matching can be better in this tier."""
        return self.value <= self.bound


class Provenance(Noun):
    """From what, with what and how a matching was made, so that it can be made again."""

    problem: str = Field(description="SHA-256 of the problem.")
    seed: Whole
    versions: dict[str, str]
    rules: tuple[RuleUse, ...] = Field(
        default=(), description="The problem's rules, and which of them nobody stated."
    )
    ceilings: dict[int, int] = Field(
        default={}, description="The most that tiers were allowed to cost, by their number."
    )
    params: dict[str, bool | int | float] = Field(
        default={}, description="The parameters of the search that were not the default, by name."
    )
    limits_reached: tuple[Limit, ...] = ()
    seconds: Seconds = 0.0

    @model_serializer(mode="wrap")
    def _without_empty(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Leave out ceilings and parameters where there are none, as nearly always."""
        data: dict[str, Any] = dump(self)
        for name in ("ceilings", "params"):
            if not data.get(name):
                data.pop(name, None)
        return data


class Matching(JsonDocument):
    """Groups with their people, times and language, the left out, and the proof."""

    format: Literal["mentormatch/matching/1"] = MATCHING_FORMAT
    status: Status
    groups: Annotated[tuple[Group, ...], Field(max_length=MAX_GROUPS)] = ()
    left_out: tuple[Identifier, ...] = ()
    now: Instant | None = Field(
        default=None,
        description="When it was planned, in the middle of a term: meetings before it are past, "
        "and stay as they were whatever their slot.",
    )
    tiers: tuple[TierResult, ...] = ()
    messages: tuple[str, ...] = Field(
        default=(), description="Why there is no matching, or what was dropped on the way."
    )
    provenance: Provenance | None = None

    @model_serializer(mode="wrap")
    def _without_empty(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Leave out the moment where nothing is past, as nearly always."""
        data: dict[str, Any] = dump(self)
        if self.now is None:
            data.pop("now", None)
        return data

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """Return the JSON Schema (draft 2020-12) of matchings."""
        return document_schema(cls, MATCHING_FORMAT, "The groups of a mentoring round")

    def to_json(self, *, indent: int | None = 2, times: bool = True) -> str:
        """Return the matching as a JSON document.

        Parameters
        ----------
        indent
            Spaces a level, or None for one line.
        times
            Whether to keep the seconds it took, which differ from run to run.
        """
        data: dict[str, Any] = self.model_dump(mode="json")
        if not times:
            for tier in data["tiers"]:
                del tier["seconds"]
            if data["provenance"]:
                del data["provenance"]["seconds"]
        return as_json(data, indent)

    def group_of(self, person: str) -> Group | None:
        """Return the group of somebody, the first if they lead several; None if they have none."""
        return next(
            (one for one in self.groups if person in one.students or person in one.mentors), None
        )

    def __repr__(self) -> str:
        return f"Matching({self.status}, {len(self.groups):,} groups, {self.placed:,} placed)"

    @property
    def placed(self) -> int:
        """Number of students who have a group."""
        return sum(len(group.students) for group in self.groups)

    def __str__(self) -> str:
        count = len(self.groups)
        lines = [
            f"{self.status}: {self.placed} of {self.placed + len(self.left_out)} students in "
            f"{count} group{'s' if count != 1 else ''}"
        ]
        if self.tiers:
            width = max(len(tier.name) for tier in self.tiers)
            lines.append(f"  tier  {'goal':<{width}}  {'value':>7}  {'bound':>7}  {'gap':>5}")
            for tier in self.tiers:
                gap = "proven" if tier.proven else str(tier.gap)
                lines.append(
                    f"  {tier.tier:>4}  {tier.name:<{width}}  {tier.value:>7}  {tier.bound:>7}  "
                    f"{gap:>6}"
                )
        for group in self.groups:
            first = f", from {group.meetings[0]:%d %b %Y}" if group.meetings else ""
            how = " ".join(word for word in (group.language, group.mode) if word)
            lines.append(f"  {group.id}: {group.slot}{first} ({how})")
            lines.append(f"      mentors   {', '.join(group.mentors) or '-'}")
            lines.append(f"      students  {', '.join(group.students)}")
        if self.left_out:
            lines.append(f"  left out: {', '.join(self.left_out)}")
        lines += [f"  {message}" for message in self.messages]
        return "\n".join(lines)
