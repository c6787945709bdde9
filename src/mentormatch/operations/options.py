"""The options of each kind of task: the keywords of the Python function, checked."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mentormatch.data.calendar import Instant
from mentormatch.data.nouns import Noun, Text
from mentormatch.data.people import Identifier
from mentormatch.replan.events import AnyEvent
from mentormatch.replan.policy import Policy
from mentormatch.solve.stop_when import StopWhen
from mentormatch.whatif.compare import Variant

MAX_SEED = 2**31 - 1
"""Largest seed that every solver takes."""

Seed = Annotated[int, Field(strict=True, ge=0, le=MAX_SEED)]
TimeLimit = Annotated[float, Field(strict=True, gt=0, le=1e9, description="Seconds at most.")]
Count = Annotated[int, Field(strict=True, ge=1, le=100)]


class NoOptions(Noun):
    """A task that has no options."""


class SeedOptions(Noun):
    """Options of a search."""

    seed: Seed = Field(default=0, description="The same seed gives the same result.")


class MatchOptions(SeedOptions):
    """Options of `match`."""

    time_limit: TimeLimit | None = 60.0
    workers: Annotated[int, Field(strict=True, ge=1, le=64)] | None = None
    ceilings: Annotated[dict[int, int], Field(max_length=100)] = Field(
        default={}, description="The most that tiers may cost, by their number."
    )
    why: bool = Field(
        default=False, description="Of a round without any matching, find the contradiction too."
    )
    why_time_limit: TimeLimit = Field(default=20.0, description="Seconds for that besides.")
    stop: StopWhen | None = Field(
        default=None, description="When a matching is good enough to end before the time is up."
    )


class ReplanOptions(SeedOptions):
    """Options of `replan`."""

    time_limit: TimeLimit | None = 60.0
    workers: Annotated[int, Field(strict=True, ge=1, le=64)] | None = None
    events: Annotated[tuple[AnyEvent, ...], Field(max_length=10_000)] | None = Field(
        default=None, description="What happened; null if the problem says it already."
    )
    policy: Policy = Policy()
    now: Instant | None = None
    used_ids: Annotated[tuple[Identifier, ...], Field(max_length=200_000)] = ()


class FrontierOptions(SeedOptions):
    """Options of `frontier`."""

    time_limit: TimeLimit | None = 60.0
    frozen: Annotated[tuple[Identifier, ...], Field(max_length=200_000)] = ()
    most_rows: Count = 20
    events: Annotated[tuple[AnyEvent, ...], Field(max_length=10_000)] | None = Field(
        default=None, description="What happened; null if the problem says it already."
    )
    now: Instant | None = None
    used_ids: Annotated[tuple[Identifier, ...], Field(max_length=200_000)] = ()


class CompareOptions(SeedOptions):
    """Options of `compare`."""

    variants: Annotated[tuple[Text | Variant, ...], Field(min_length=1, max_length=100)] = Field(
        description="What could be otherwise: a text such as 'min=4', or a name with changes."
    )
    time_limit: TimeLimit = Field(default=60.0, description="Seconds for each variant at most.")


class ExplainOptions(SeedOptions):
    """Options of `explain_left_out`."""

    time_limit: TimeLimit = 10.0
    repairs: Annotated[int, Field(strict=True, ge=0, le=100)] = 5


class PersonOptions(Noun):
    """Options of `explain_placement`."""

    person: Identifier


class InfeasibleOptions(SeedOptions):
    """Options of `explain_infeasible`."""

    time_limit: TimeLimit | None = 60.0


class RecommendOptions(Noun):
    """Options of `recommend`."""

    person: Identifier
    instead_of: Identifier | None = None
    displace: bool = False


class AlternativesOptions(SeedOptions):
    """Options of `alternatives`."""

    count: Count = 3
    held: Annotated[int, Field(strict=True, ge=0)] | None = None
    give: Annotated[int, Field(strict=True, ge=0)] | None = None
    time_limit: TimeLimit = 60.0


class BottlenecksOptions(SeedOptions):
    """Options of `bottlenecks`."""

    count: Count = 5
    time_limit: TimeLimit = 60.0


class PrioritiesOptions(SeedOptions):
    """Options of `priorities`."""

    time_limit: TimeLimit = 60.0
