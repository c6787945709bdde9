"""What a rule is: a meaning on finished groups and the same meaning in normal forms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, ClassVar, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import Field

from mentormatch.data.people import (
    Mentor,
    Noun,
    Person,
    Student,
    values_of,
)
from mentormatch.data.round import Round, Solution
from mentormatch.errors import Fault
from mentormatch.rules.forms import ApartCost, Form, PairCost, indices

MAX_WEIGHT = 1_000
MAX_TIER = 20
MAX_SUMMAND = 1_000_000
"""Largest number, from zero, that rules add up: sums of many stay exact in the solver."""

Tier = Annotated[int, Field(strict=True, ge=1, le=MAX_TIER)] | Literal["hard", "off"]
Who = Literal["students", "mentors", "everybody"]
PEOPLE: Mapping[Who, str] = {"students": "students", "mentors": "mentors", "everybody": "people"}
"""Those whom a rule is about, in words."""


@dataclass(frozen=True)
class Violation:
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

    Subclasses set `kind` and say twice what they mean: `violations` on finished groups, in plain
    Python, and `lower` to normal forms. The sum of the amounts is the same in both.
    """

    # Whether a problem that does not state the rule gets it with its defaults: foundations say
    # what a group is and are stated at most once; standard rules are what programmes usually ask.
    foundation: ClassVar[bool] = False
    standard: ClassVar[bool] = False
    # The field that tells demands of one kind apart, if several can stand beside each other.
    subject: ClassVar[str | None] = None
    # Whether what it says is for the coordinator alone, as wishes not to meet somebody are.
    private: ClassVar[bool] = False

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

    def faults(self, round_: Round, where: str) -> Iterator[Fault]:
        """Yield what the rule names that the round does not have."""
        yield from ()

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        """Yield each way in which finished groups break the rule."""
        raise NotImplementedError

    def lower(self, round_: Round) -> Iterator[Form]:
        """Yield the normal forms whose amounts add up to those of the violations."""
        raise NotImplementedError

    def describe(self) -> str:
        """Return what the rule asks, in a few words."""
        return self.kind.replace("_", " ")

    def measure(self, round_: Round) -> str:
        """Return what a tier of the rule counts in a round, in a few words."""
        return self.describe()

    def sentence(self, round_: Round) -> str:
        """Return what the rule asks as a sentence, with people by their names."""
        words = self.describe()
        return f"{words[0].upper()}{words[1:]}."

    def replaces(self, default: Rule) -> bool:
        """Whether a problem that states this rule does not get that one by default."""
        if self.kind != default.kind:
            return False
        return self.subject is None or getattr(self, self.subject) == getattr(default, self.subject)

    def idle(self, round_: Round) -> str | None:
        """Return why the rule asks nothing of anybody in a round, or None if it may."""
        return None

    def without(self, left: Collection[str]) -> Rule | None:
        """Return what the rule asks once some people have left; None if it asks nothing then."""
        return self

    def parts(self) -> tuple[Rule, ...]:
        """Return rules that together ask what this one does, each as little as can be."""
        return (self,)

    def changed(self, **fields: object) -> Self:
        """Return the rule with some fields changed, checked anew."""
        known = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_validate({**known, **fields})


class RuleUse(Noun):
    """A rule of a problem: how important it is there, and whether somebody stated it."""

    kind: str
    about: str = Field(description="What it asks, in a few words.")
    tier: Annotated[int, Field(strict=True)] | Literal["hard"]
    origin: Literal["foundation", "default", "stated"] = Field(
        description="Foundations and standard rules that are not stated come by themselves."
    )
    idle: str | None = Field(
        default=None,
        description="Why a default has nobody to be about and so is not in force; null if it is.",
    )


_KINDS: Mapping[Who, tuple[type[Person], ...]] = {
    "students": (Student,),
    "mentors": (Mentor,),
    "everybody": (Student, Mentor),
}


def chosen(people: Iterable[Person], who: Who) -> list[Person]:
    """Return those among the people whom a rule is about."""
    return [person for person in people if isinstance(person, _KINDS[who])]


def counted(number: int, who: Who) -> str:
    """Return how many of those whom a rule is about, in words: 1 student, 3 people."""
    one = {"students": "student", "mentors": "mentor", "everybody": "person"}
    return f"{number} {one[who] if number == 1 else PEOPLE[who]}"


def whole_number(person: Person, attribute: str) -> int | None:
    """Return the whole number that somebody has as an attribute, or None if there is none."""
    value = person.attributes.get(attribute)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def signed_up_at(person: Student | Mentor, round_: Round) -> datetime | None:
    """Return the instant of a sign-up, read in the term's zone where it states none."""
    moment = person.signed_up
    if moment is None:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(round_.term.zone))
    return moment.astimezone(UTC)


def together(amounts: Mapping[tuple[int, int], int]) -> Iterator[PairCost]:
    """Yield the form of pairs of places in one group, the smaller first, if there are any."""
    if amounts:
        rows = sorted(amounts)
        yield PairCost(indices(rows), indices([amounts[row] for row in rows]))


def apart(amounts: Mapping[tuple[int, int], int]) -> Iterator[ApartCost]:
    """Yield the form of places seated without others, if there are any."""
    if amounts:
        rows = sorted(amounts)
        yield ApartCost(indices(rows), indices([amounts[row] for row in rows]))


def ordered(one: int, other: int) -> tuple[int, int]:
    """Return two places, the smaller first."""
    return (one, other) if one < other else (other, one)


def named(ids: Iterable[str], round_: Round) -> str:
    """Return people by their names, as an enumeration: Ana, Bo and Cai."""
    known = round_.position
    *rest, last = (round_.people[known[one]].label if one in known else one for one in ids)
    return f"{', '.join(rest)} and {last}" if rest else last


def rank_in(wishes: Sequence[str], found: str | None) -> int:
    """Return how many wishes, best first, were passed over for what was found."""
    return wishes.index(found) if found in wishes else len(wishes)


def rank_words(wishes: Sequence[str], found: str | None) -> str:
    """Return how what was found stands on a list of wishes, in words."""
    if found in wishes:
        return f"number {wishes.index(found) + 1} of their {len(wishes)} wishes"
    return f"which is not among their {len(wishes)} wish{'es' if len(wishes) > 1 else ''}"


def by_value(
    people: Iterable[Person], attribute: str, who: Who, values: Collection[str] = ()
) -> list[tuple[str, list[Person]]]:
    """Return each value of an attribute with those of the people who have it, in order of values.

    With `values`, only these; somebody with several values stands under each.
    """
    found: dict[str, list[Person]] = defaultdict(list)
    for person in chosen(people, who):
        for value in values_of(person, attribute):
            if not values or value in values:
                found[value].append(person)
    return sorted(found.items())
