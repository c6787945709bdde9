"""Who goes first when places are short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Literal

import numpy as np
from pydantic import Field

from mentormatch.data.people import Person, Text
from mentormatch.data.round import Round, Solution
from mentormatch.errors import Fault
from mentormatch.rules.base import Rule, Tier, Violation, signed_up_at
from mentormatch.rules.checks import unknown_attribute
from mentormatch.rules.forms import Form, LoadCost, indices

MAX_SEED = 2**63 - 1


class PlaceOrder(Rule):
    """When places are short, students go first in an order that is stated beforehand.

    `first_come` goes by the time of sign-up; whoever has none comes last. `left_out_before`
    puts first whoever an attribute says was left out before. `lottery` draws an order from
    `seed`, which has nothing to do with the seed of a search, so it can be made public before
    anybody signs up. Students who are equal in the order are equal in what they cost.

    Anybody can redo the draw: take of each id, as UTF-8, the BLAKE2b hash of 16 bytes, keyed
    with the text "lottery" and the seed in digits, such as "lottery 7". The least hash goes
    first. `mentormatch.rules.lottery_order` does just that. As every place in it comes from one
    id alone, nobody moves another by signing up, other than by standing between.

    A breach is one student who is left out and amounts to the students who come after them in
    the order: the earlier somebody comes, the more it costs to leave them out.
    """

    kind: Literal["place_order"] = "place_order"
    tier: Tier = 2
    by: Literal["first_come", "lottery", "left_out_before"] = Field(
        default="first_come", description="Which order."
    )
    seed: int = Field(
        default=0, strict=True, ge=0, le=MAX_SEED, description="Draws the order of a lottery."
    )
    attribute: Text = Field(
        default="left_out_before",
        description="Attribute that says who was left out before; no, false and 0 say who was not.",
    )

    def faults(self, round_: Round, where: str) -> Iterator[Fault]:
        if self.by == "left_out_before":
            yield from unknown_attribute(self.attribute, round_, where)

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        after = self._after(round_)
        for student in solution.left_out:
            if after[student.id]:
                yield Violation(
                    after[student.id],
                    f"{student.label} is left out, but comes before {after[student.id]} of "
                    f"{len(round_.students)} students in the order ({self.describe()}).",
                    (student.id,),
                )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount the number of students after them for a load of 0, nothing from 1 on."""
        after = self._after(round_)
        table = np.zeros((len(round_.students), 2), dtype=np.int64)
        table[:, 0] = [after[student.id] for student in round_.students]
        yield LoadCost(indices(range(len(round_.students))), table)

    def describe(self) -> str:
        if self.by == "lottery":
            return f"lottery (seed {self.seed})"
        return "first come, first served" if self.by == "first_come" else "left out last time first"

    def sentence(self, round_: Round) -> str:
        return f"Only the last in the order ({self.describe()}) is left out."

    def in_order(self, round_: Round) -> tuple[str, ...]:
        """Return the ids of all students, the first in the order first; equals by their ids."""
        key = self._keys(round_)
        return tuple(sorted(key, key=lambda name: (key[name], name)))

    def _after(self, round_: Round) -> Mapping[str, int]:
        """Return by id how many students come strictly after somebody in the order."""
        key = self._keys(round_)
        at_place = Counter(key.values())
        after: dict[datetime | int, int] = {}
        behind = 0
        for place in sorted(at_place, reverse=True):
            after[place] = behind
            behind += at_place[place]
        return {name: after[place] for name, place in key.items()}

    def _keys(self, round_: Round) -> Mapping[str, datetime | int]:
        students = round_.students
        if self.by == "lottery":
            order = lottery_order([one.id for one in students], self.seed)
            return {name: place for place, name in enumerate(order)}
        if self.by == "left_out_before":
            return {one.id: 0 if _says_yes(one, self.attribute) else 1 for one in students}
        last = datetime.max.replace(tzinfo=UTC)
        return {one.id: signed_up_at(one, round_) or last for one in students}


def lottery_order(ids: Iterable[str], seed: int) -> tuple[str, ...]:
    """Return ids in the order that a lottery with this seed draws.

    The order of the ids given makes no difference, nor do the other ids: each is hashed by
    itself, as the docstring of `PlaceOrder` says in full.

    Parameters
    ----------
    ids
        Ids of those who take part.
    seed
        Any whole number from 0 on.
    """
    key = f"lottery {seed}".encode()

    def draw(name: str) -> tuple[bytes, str]:
        return blake2b(name.encode(), digest_size=16, key=key).digest(), name

    return tuple(sorted(ids, key=draw))


_NO = {"", "no", "false", "0"}


def _says_yes(person: Person, attribute: str) -> bool:
    value = person.attributes.get(attribute)
    if isinstance(value, str):
        return value.strip().casefold() not in _NO
    return bool(value)
