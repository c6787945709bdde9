"""What pins and bans have in common: somebody, and traits of the groups they are in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from mentormatch.data.languages import Language
from mentormatch.data.people import Identifier, Mode, Text
from mentormatch.data.round import Round, Template
from mentormatch.errors import Fault
from mentormatch.rules.base import Rule, named
from mentormatch.rules.checks import unknown_choice, unknown_person

OF_TEMPLATE: dict[str, Callable[[Template], str | None]] = {
    "slot": lambda template: template.plan.slot,
    "language": lambda template: template.language,
    "mode": lambda template: template.mode,
    "topic": lambda template: template.topic,
}
"""How a group's trait is read off its template."""


class TraitRule(Rule):
    """A rule on one person and traits of their groups."""

    person: Identifier = Field(description="Id of whom it is about.")
    slot: Identifier | None = Field(default=None, description="Id of a slot.")
    language: Language | None = Field(default=None, description="A language of the problem.")
    mode: Mode | None = Field(default=None, description="On campus or online.")
    topic: Text | None = Field(default=None, description="A topic of the problem.")
    with_people: tuple[Identifier, ...] = Field(
        default=(), description="Ids of other people in the group."
    )

    def faults(self, round_: Round, where: str) -> Iterator[Fault]:
        yield from unknown_person(self.kind, self.person, round_, f"{where}.person")
        known = {"slot": tuple(round_.slot), "language": round_.languages, "topic": round_.topics}
        for trait, choices in known.items():
            name = getattr(self, trait)
            yield from unknown_choice(self.kind, trait, name, choices, f"{where}.{trait}")
        for place, name in enumerate(self.with_people):
            path = f"{where}.with_people[{place}]"
            yield from unknown_person(self.kind, name, round_, path)
            if name == self.person:
                yield Fault("with_self", path, f"{self.kind} names {name!r} as with themselves")

    def without(self, left: Collection[str]) -> Rule | None:
        if self.person in left:
            return None
        others = tuple(name for name in self.with_people if name not in left)
        # A ban that names nothing but who has left would keep the person from every group.
        asks = others or self.traits or not self.with_people
        return self.changed(with_people=others) if asks else None

    @property
    def traits(self) -> tuple[tuple[str, str], ...]:
        """The traits that are stated, each with its value."""
        stated = ((trait, getattr(self, trait)) for trait in OF_TEMPLATE)
        return tuple((trait, value) for trait, value in stated if value is not None)

    @property
    def others(self) -> tuple[str, ...]:
        """Ids of the other people stated, each once."""
        return tuple(sorted(set(self.with_people) - {self.person}))

    def trait_words(self, round_: Round) -> list[str]:
        """Return each thing stated in words: with the slot tue-15, with Bo."""
        words = [f"with the {trait} {value}" for trait, value in self.traits]
        return words + [f"with {named([other], round_)}" for other in self.others]

    def with_trait(self, round_: Round, trait: str, value: str) -> NDArray[np.bool_]:
        """Return which templates have a trait, shape (templates,)."""
        read = OF_TEMPLATE[trait]
        return np.array([read(template) == value for template in round_.templates], dtype=np.bool_)

    def parts(self) -> tuple[Rule, ...]:
        bare: dict[str, Any] = {**dict.fromkeys(OF_TEMPLATE), "with_people": ()}
        alone = [{**bare, trait: value} for trait, value in self.traits]
        alone += [{**bare, "with_people": (other,)} for other in self.others]
        return tuple(self.changed(**one) for one in alone) or (self,)
