"""What commands answer with that have no document in the library."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import AwareDatetime, Field

from mentormatch.data.documents import JsonDocument
from mentormatch.data.matching import Matching
from mentormatch.data.nouns import Noun
from mentormatch.data.problem import Problem
from mentormatch.replan.changes import Changes
from mentormatch.rules import AnyRule


class Schemas(JsonDocument):
    """Documents that have a schema, or the schema of one of them."""

    format: Literal["mentormatch/schemas/1"] = "mentormatch/schemas/1"
    names: tuple[str, ...]
    document: dict[str, Any] | None = Field(default=None, description="The JSON Schema.")


class Imported(JsonDocument):
    """What an import made of the exports, and everything that it reports of them."""

    format: Literal["mentormatch/imported/1"] = "mentormatch/imported/1"
    problem: Problem | None = Field(default=None, description="Null if nobody could be used.")
    report: dict[str, Any] | None = Field(
        default=None, description="The findings; null of a proposed mapping."
    )
    mapping: str | None = Field(default=None, description="The mapping that is proposed, in TOML.")


class HandedOut(JsonDocument):
    """A folder of results that was written."""

    format: Literal["mentormatch/handed-out/1"] = "mentormatch/handed-out/1"
    folder: str


class PublishedVersion(Noun):
    """One version of a round that was published."""

    number: int
    published: AwareDatetime
    why: str
    placed: int = Field(description="Students with a group.")


class Versions(JsonDocument):
    """The versions of a round."""

    format: Literal["mentormatch/versions/1"] = "mentormatch/versions/1"
    versions: tuple[PublishedVersion, ...]


class VersionDifference(JsonDocument):
    """What is different between two versions, and what had happened."""

    format: Literal["mentormatch/version-difference/1"] = "mentormatch/version-difference/1"
    before: int
    after: int
    happened: tuple[str, ...] = Field(description="What had happened, in words.")
    changes: Changes


class PlaceGiven(JsonDocument):
    """Somebody from the waiting list who was given a place, and why it is them."""

    format: Literal["mentormatch/place-given/1"] = "mentormatch/place-given/1"
    person: str
    group: str
    matching: Matching
    why: str


class StatedRule(JsonDocument):
    """A rule to add to a problem."""

    format: Literal["mentormatch/rule/1"] = "mentormatch/rule/1"
    rule: AnyRule
