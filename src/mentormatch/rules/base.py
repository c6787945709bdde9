"""What a rule is: a meaning on finished groups and the same meaning in normal forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, ClassVar, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import Field

from mentormatch.errors import Fault, nearest
from mentormatch.languages import same_language
from mentormatch.people import (
    Mentor,
    Noun,
    Person,
    Student,
    attribute_names,
    values_of,
)
from mentormatch.rounds import Round, Seating
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

    def sentence(self, around: Round) -> str:
        """Return what the rule asks as a sentence, with people by their names."""
        words = self.describe()
        return f"{words[0].upper()}{words[1:]}."

    def parts(self) -> tuple[Rule, ...]:
        """Return rules that together ask what this one does, each as little as can be."""
        return (self,)

    def changed(self, **fields: object) -> Self:
        """Return the rule with some fields changed, checked anew."""
        known = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_validate({**known, **fields})


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


def unknown_person(kind: str, name: str, around: Round, where: str) -> Iterator[Fault]:
    """Yield a fault if a rule of this kind names somebody who is not there."""
    if name not in around.position:
        yield Fault(
            "unknown_person",
            where,
            f"{kind} names {name!r}, who is not among the {len(around.people)} people",
            nearest(name, around.position),
        )


def unknown_choice(
    kind: str, what: str, name: str | None, known: Iterable[str], where: str
) -> Iterator[Fault]:
    """Yield a fault if a rule names a slot, topic or language that the problem does not have."""
    choices = tuple(known)
    if name is not None and name not in choices:
        yield Fault(
            f"unknown_{what}",
            where,
            f"{kind} names the {what} {name!r}, which is not among the {len(choices)} of the "
            "problem",
            nearest(name, choices),
        )


def unknown_affiliation(affiliation: str, around: Round, where: str) -> Iterator[Fault]:
    """Yield a fault if people have affiliations, but nobody the one that a rule names."""
    known = {kind for person in around.people for kind in person.affiliations}
    if known and affiliation not in known:
        yield Fault(
            "unknown_affiliation",
            f"{where}.affiliation",
            f"nobody has an affiliation {affiliation!r}; known are "
            + ", ".join(repr(kind) for kind in sorted(known)),
            nearest(affiliation, known),
        )


def whole_number(person: Person, attribute: str) -> int | None:
    """Return the whole number that somebody has as an attribute, or None if there is none."""
    value = person.attributes.get(attribute)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def not_whole_numbers(attribute: str, around: Round, who: Who, where: str) -> Iterator[Fault]:
    """Yield a fault if nobody has an attribute, and for each who has no usable number as it."""
    yield from unknown_attribute(attribute, around, where)
    for person in chosen(around.people, who):
        number = whole_number(person, attribute)
        if number is None and values_of(person, attribute):
            yield Fault(
                "not_a_number",
                f"{where}.attribute",
                f"{person.id!r} has a {attribute} that is not a whole number",
            )
        elif number is not None and abs(number) > MAX_SUMMAND:
            yield Fault(
                "number_too_large",
                f"{where}.attribute",
                f"{person.id!r} has {number:,} as {attribute}, beyond {MAX_SUMMAND:,}; state it in "
                "a larger unit",
            )


def signed_up_at(person: Student | Mentor, around: Round) -> datetime | None:
    """Return the instant of a sign-up, read in the term's zone where it states none."""
    moment = person.signed_up
    if moment is None:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(around.term.zone))
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


def unknown_language(language: str, around: Round, where: str) -> Iterator[Fault]:
    """Yield a fault if nobody uses the language that a rule names."""
    known = {tag for person in around.people for tag in person.languages}
    if not any(same_language(tag, language) for tag in known):
        yield Fault(
            "unknown_language",
            f"{where}.language",
            f"nobody uses the language {language!r} at any level",
            nearest(language, known),
        )


def unknown_mentor(kind: str, name: str, around: Round, where: str) -> Iterator[Fault]:
    """Yield a fault if a rule names a mentor who is none."""
    if around.position.get(name, -1) < len(around.students):
        known = [mentor.id for mentor in around.mentors]
        yield Fault(
            "unknown_mentor",
            where,
            f"{kind} names {name!r}, who is not among the {len(known)} mentors",
            nearest(name, known),
        )


def named(ids: Iterable[str], around: Round) -> str:
    """Return people by their names, as an enumeration: Ana, Bo and Cai."""
    known = around.position
    *rest, last = (around.people[known[one]].label if one in known else one for one in ids)
    return f"{', '.join(rest)} and {last}" if rest else last


def rank_in(wishes: Sequence[str], found: str | None) -> int:
    """Return how many wishes, best first, were passed over for what was found."""
    return wishes.index(found) if found in wishes else len(wishes)


def rank_words(wishes: Sequence[str], found: str | None) -> str:
    """Return how what was found stands on a list of wishes, in words."""
    if found in wishes:
        return f"number {wishes.index(found) + 1} of their {len(wishes)} wishes"
    return f"which is not among their {len(wishes)} wish{'es' if len(wishes) > 1 else ''}"


def unknown_wishes(
    what: str, attribute: str, around: Round, who: Who, known: Iterable[str], where: str
) -> Iterator[Fault]:
    """Yield a fault for each wish in an attribute for what the problem does not have."""
    choices = tuple(known)
    for person in chosen(around.people, who):
        for number, wish in enumerate(values_of(person, attribute), 1):
            if wish not in choices:
                # What people wrote themselves is not repeated; the nearest name is a hint.
                yield Fault(
                    f"unknown_{what}",
                    f"{where}.attribute",
                    f"wish {number} in {attribute} of {person.id!r} is none of the "
                    f"{len(choices)} {what}s",
                    nearest(wish, choices),
                )
