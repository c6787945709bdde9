"""Faults of rules that name what a round does not have."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from mentormatch.data.languages import same_language
from mentormatch.data.people import attribute_names, values_of
from mentormatch.data.round import Round
from mentormatch.errors import Fault, nearest
from mentormatch.rules.base import MAX_SUMMAND, Who, chosen, whole_number


def unknown_attribute(attribute: str, round_: Round, where: str) -> Iterator[Fault]:
    """Yield a fault if nobody has the attribute that a rule names."""
    known = attribute_names(round_.people)
    if attribute not in known:
        yield Fault(
            "unknown_attribute",
            f"{where}.attribute",
            f"nobody has an attribute {attribute!r}; known are "
            + ", ".join(repr(name) for name in sorted(known)),
            nearest(attribute, known),
        )


def unknown_value(
    attribute: str, values: Iterable[str], round_: Round, where: str
) -> Iterator[Fault]:
    """Yield a fault for each value of an attribute that a rule names and nobody has."""
    known = {value for person in round_.people for value in values_of(person, attribute)}
    for place, value in enumerate(values):
        if value not in known:
            yield Fault(
                "unknown_value",
                f"{where}.values[{place}]",
                f"nobody has {value!r} as {attribute}",
                nearest(value, known),
            )


def unknown_person(kind: str, name: str, round_: Round, where: str) -> Iterator[Fault]:
    """Yield a fault if a rule of this kind names somebody who is not there."""
    if name not in round_.position and name not in round_.left:
        yield Fault(
            "unknown_person",
            where,
            f"{kind} names {name!r}, who is not among the {len(round_.people)} people; whoever "
            "has left is listed in 'left'",
            nearest(name, round_.position),
        )


def sets_without(
    sets: Iterable[tuple[str, ...]], left: Collection[str]
) -> tuple[tuple[str, ...], ...]:
    """Return sets of people without those who have left, where two or more remain."""
    kept = (tuple(name for name in names if name not in left) for names in sets)
    return tuple(names for names in kept if len(names) > 1)


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


def unknown_affiliation(affiliation: str, round_: Round, where: str) -> Iterator[Fault]:
    """Yield a fault if people have affiliations, but nobody the one that a rule names."""
    known = {kind for person in round_.people for kind in person.affiliations}
    if known and affiliation not in known:
        yield Fault(
            "unknown_affiliation",
            f"{where}.affiliation",
            f"nobody has an affiliation {affiliation!r}; known are "
            + ", ".join(repr(kind) for kind in sorted(known)),
            nearest(affiliation, known),
        )


def not_whole_numbers(attribute: str, round_: Round, who: Who, where: str) -> Iterator[Fault]:
    """Yield a fault if nobody has an attribute, and for each who has no usable number as it."""
    yield from unknown_attribute(attribute, round_, where)
    for person in chosen(round_.people, who):
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


def unknown_language(language: str, round_: Round, where: str) -> Iterator[Fault]:
    """Yield a fault if nobody uses the language that a rule names."""
    known = {tag for person in round_.people for tag in person.languages}
    if not any(same_language(tag, language) for tag in known):
        yield Fault(
            "unknown_language",
            f"{where}.language",
            f"nobody uses the language {language!r} at any level",
            nearest(language, known),
        )


def unknown_mentor(kind: str, name: str, round_: Round, where: str) -> Iterator[Fault]:
    """Yield a fault if a rule names a mentor who is none."""
    if name not in round_.left and round_.position.get(name, -1) < len(round_.students):
        known = [mentor.id for mentor in round_.mentors]
        yield Fault(
            "unknown_mentor",
            where,
            f"{kind} names {name!r}, who is not among the {len(known)} mentors",
            nearest(name, known),
        )


def unknown_wishes(
    what: str, attribute: str, round_: Round, who: Who, known: Iterable[str], where: str
) -> Iterator[Fault]:
    """Yield a fault for each wish in an attribute for what the problem does not have."""
    choices = tuple(known)
    for person in chosen(round_.people, who):
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
