"""What a coordinator does to a round by hand, each as a small document."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from mentormatch.data.matching import Group
from mentormatch.data.people import Identifier, Noun
from mentormatch.errors import Fault, InputError
from mentormatch.replan.events import AnyEvent

MOST_NOTE = 2_000
"""Longest note of a coordinator, in characters."""

LockKind = Literal["person", "time", "together", "apart"]


class Lock(Noun):
    """What the coordinator has decided and no search may change.

    ``person``: they stay with the group in which they are; ``time``: a group keeps its time;
    ``together`` and ``apart``: two people are, or are not, in one group.
    """

    kind: LockKind
    people: Annotated[tuple[Identifier, ...], Field(max_length=2)] = ()
    group: Identifier | None = None


class Seat(Noun):
    """Somebody goes to a group, or to none."""

    kind: Literal["seat"] = "seat"
    person: Identifier
    to: Identifier | None = Field(default=None, description="The group; null for none.")
    leaving: Identifier | None = Field(
        default=None,
        description="The group that a mentor leaves; null if they only join. Of students, theirs.",
    )


class Swap(Noun):
    """Two people change places."""

    kind: Literal["swap"] = "swap"
    person: Identifier
    other: Identifier


class Locking(Noun):
    """A lock is set, or opened again."""

    kind: Literal["lock"] = "lock"
    lock: Lock
    on: bool = True


class Describing(Noun):
    """What participants are told of a group, and a note that only the coordinator sees."""

    kind: Literal["describe"] = "describe"
    group: Identifier
    name: Annotated[str, Field(max_length=200)] = ""
    place: Annotated[str, Field(max_length=200)] = ""
    link: Annotated[str, Field(max_length=2_000, pattern=r"^(https?://[^\s<>\"]+)?$")] = ""
    note: Annotated[str, Field(max_length=MOST_NOTE)] = ""


class Happening(Noun):
    """Something happened to the round: somebody joined or left, or a slot is gone."""

    kind: Literal["happen"] = "happen"
    event: AnyEvent


class Accepting(Noun):
    """Groups that a search proposed are taken."""

    kind: Literal["accept"] = "accept"
    groups: tuple[Group, ...]


Action = Annotated[
    Seat | Swap | Locking | Describing | Happening | Accepting, Field(discriminator="kind")
]

_ADAPTER: TypeAdapter[Action] = TypeAdapter(Action)


def read_action(data: Any) -> Action:
    """Read an action.

    Raises
    ------
    InputError
        If it is none, with every fault.
    """
    try:
        # Documents come from JSON, in which dates and tuples are texts and lists.
        return _ADAPTER.validate_json(json.dumps(data))
    except ValidationError as error:
        raise InputError(
            [
                Fault(
                    str(each["type"]),
                    "action" + "".join(f".{part}" for part in each["loc"]),
                    each["msg"],
                )
                for each in error.errors(include_input=False, include_url=False)
            ]
        ) from None
