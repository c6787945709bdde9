"""What a rule is: a meaning on finished groups and the same meaning in normal forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from mentormatch.errors import Fault, nearest
from mentormatch.people import (
    Mentor,
    Noun,
    Person,
    Student,
    attribute_names,
    values_of,
)
from mentormatch.rounds import Round, Seating
from mentormatch.rules.forms import Form

MAX_WEIGHT = 1_000
MAX_TIER = 20

Tier = Annotated[int, Field(strict=True, ge=1, le=MAX_TIER)] | Literal["hard", "off"]
Who = Literal["students", "mentors", "everybody"]


@dataclass(frozen=True)
class Breach:
    """One way in which a finished round breaks a rule.

    Attributes
    ----------
    amount
        By how much, at least 1.
    message
        A sentence for the coordinator.
    people
        Ids of those concerned.
    group
        Id of the group, or None where no group is concerned.
    """

    amount: int
    message: str
    people: tuple[str, ...] = ()
    group: str | None = None


class Rule(Noun):
    """Something asked of a matching: hard, or soft in a tier with a weight.

    Subclasses set `kind` and say twice what they mean: `breaches` on finished groups, in plain
    Python, and `lower` to normal forms. The sum of the amounts is the same in both.
    """

    # Whether a problem that does not state the rule gets it with its defaults.
    foundation: ClassVar[bool] = False

    kind: str
    tier: Tier = Field(
        default="hard",
        description="'hard': never broken. A number: broken as little as possible, tier 1 first. "
        "'off': not asked.",
    )
    weight: int = Field(
        default=1,
        strict=True,
        ge=1,
        le=MAX_WEIGHT,
        description="Cost of each breach within its tier; without effect on a hard rule.",
    )

    def faults(self, around: Round, where: str) -> Iterator[Fault]:
        """Yield what the rule names that the round does not have."""
        yield from ()

    def breaches(self, around: Round, seating: Seating) -> Iterator[Breach]:
        """Yield each way in which finished groups break the rule."""
        raise NotImplementedError

    def lower(self, around: Round) -> Iterator[Form]:
        """Yield the normal forms whose amounts add up to those of the breaches."""
        raise NotImplementedError

    def describe(self) -> str:
        """Return what the rule asks, in a few words."""
        return self.kind.replace("_", " ")


_KINDS: Mapping[Who, tuple[type[Person], ...]] = {
    "students": (Student,),
    "mentors": (Mentor,),
    "everybody": (Student, Mentor),
}


def chosen(people: Iterable[Person], who: Who) -> list[Person]:
    """Return those among the people whom a rule is about."""
    return [person for person in people if isinstance(person, _KINDS[who])]


def unknown_attribute(attribute: str, around: Round, where: str) -> Iterator[Fault]:
    """Yield a fault if nobody has the attribute that a rule names."""
    known = attribute_names(around.people)
    if attribute not in known:
        yield Fault(
            "unknown_attribute",
            f"{where}.attribute",
            f"nobody has an attribute {attribute!r}; known are "
            + ", ".join(repr(name) for name in sorted(known)),
            nearest(attribute, known),
        )


def unknown_value(
    attribute: str, values: Iterable[str], around: Round, where: str
) -> Iterator[Fault]:
    """Yield a fault for each value of an attribute that a rule names and nobody has."""
    known = {value for person in around.people for value in values_of(person, attribute)}
    for place, value in enumerate(values):
        if value not in known:
            yield Fault(
                "unknown_value",
                f"{where}.values[{place}]",
                f"nobody has {value!r} as {attribute}",
                nearest(value, known),
            )
