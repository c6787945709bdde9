"""Groups in the languages that people would like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from pydantic import Field

from mentormatch.data.languages import TAGS, canonical_tag, same_language
from mentormatch.data.people import Person, Text, values_of
from mentormatch.data.round import Round, Solution
from mentormatch.errors import Fault, nearest
from mentormatch.rules.base import PEOPLE, Rule, Tier, Violation, Who, chosen
from mentormatch.rules.checks import unknown_attribute
from mentormatch.rules.forms import Form, PersonCost


class PreferredLanguage(Rule):
    """Few people are in a group whose language is none of those they would like.

    Their wishes are an attribute that holds one language tag or several; whoever has none is
    content with any language. A breach is one such person in one group.
    """

    kind: Literal["preferred_language"] = "preferred_language"
    tier: Tier = 4
    attribute: Text = Field(
        default="preferred_language", description="Attribute with the tags of languages."
    )
    who: Who = "everybody"

    def faults(self, round_: Round, where: str) -> Iterator[Fault]:
        yield from unknown_attribute(self.attribute, round_, where)
        for person in chosen(round_.people, self.who):
            for value in values_of(person, self.attribute):
                try:
                    canonical_tag(value)
                except ValueError:
                    yield Fault(
                        "not_a_language",
                        f"{where}.attribute",
                        f"{person.id!r} has a {self.attribute} that is not a language tag such as "
                        "'en' or 'sv-FI'",
                        TAGS.get(value.strip().casefold()) or nearest(value, round_.languages),
                    )

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        for group in solution.groups:
            language = group.template.language
            for person in chosen(group.members, self.who):
                if self._minds(person, language):
                    yield Violation(
                        1,
                        f"{person.label} is in group {group.id}, which meets in {language} and "
                        f"not in {' or '.join(self._wishes(person))}.",
                        (person.id,),
                        group.id,
                    )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount 1 in the templates of a language that is none of those wished for."""
        amount = np.zeros((len(round_.people), len(round_.templates)), dtype=np.int32)
        for person in chosen(round_.people, self.who):
            for language in round_.languages:
                if self._minds(person, language):
                    amount[round_.position[person.id], round_.spoken(language)] = 1
        yield PersonCost(amount)

    def describe(self) -> str:
        return "groups in a language not wished for"

    def sentence(self, round_: Round) -> str:
        return f"All {PEOPLE[self.who]} in groups meet in a language that they prefer, if any."

    def _wishes(self, person: Person) -> list[str]:
        return [canonical_tag(value) for value in values_of(person, self.attribute)]

    def _minds(self, person: Person, language: str) -> bool:
        wishes = self._wishes(person)
        return bool(wishes) and not any(same_language(wish, language) for wish in wishes)
