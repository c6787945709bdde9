"""Topics in the order in which people like them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from pydantic import Field

from mentormatch.data.people import Text, values_of
from mentormatch.data.round import Round, Solution
from mentormatch.errors import Fault
from mentormatch.rules.base import PEOPLE, Rule, Tier, Violation, Who, chosen, rank_in, rank_words
from mentormatch.rules.checks import unknown_attribute, unknown_wishes
from mentormatch.rules.forms import Form, PersonCost


class TopicWishes(Rule):
    """People are in a group whose topic stands high on their list.

    Each person's attribute lists topics of the problem, best first. Whoever has no list has no
    wish. A breach is one person in a group and amounts to the wishes passed over: 1 for the
    second of the list, and the length of the list for a topic that is not on it.
    """

    kind: Literal["topic_wishes"] = "topic_wishes"
    tier: Tier = 4
    attribute: Text = Field(
        default="topics", description="Attribute that lists topics, best first."
    )
    who: Who = "students"

    def faults(self, round_: Round, where: str) -> Iterator[Fault]:
        yield from unknown_attribute(self.attribute, round_, where)
        yield from unknown_wishes("topic", self.attribute, round_, self.who, round_.topics, where)

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        for group in solution.groups:
            topic = group.template.topic
            for person in chosen(group.members, self.who):
                wishes = values_of(person, self.attribute)
                amount = rank_in(wishes, topic)
                if amount:
                    about = "no topic" if topic is None else f"the topic {topic}"
                    yield Violation(
                        amount,
                        f"{person.label} is in group {group.id} with {about}, "
                        f"{rank_words(wishes, topic)}.",
                        (person.id,),
                        group.id,
                    )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount the place of the template's topic on the person's list, from 0."""
        amount = np.zeros((len(round_.people), len(round_.templates)), dtype=np.int32)
        topics = [template.topic for template in round_.templates]
        for person in chosen(round_.people, self.who):
            wishes = values_of(person, self.attribute)
            if wishes:
                amount[round_.position[person.id]] = [rank_in(wishes, topic) for topic in topics]
        yield PersonCost(amount)

    def describe(self) -> str:
        return "wishes for topics passed over"

    def sentence(self, round_: Round) -> str:
        return f"All {PEOPLE[self.who]} in groups have the first topic of their list, if any."
