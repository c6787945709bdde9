"""Topics in the order in which people like them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from pydantic import Field

from mentormatch.errors import Fault
from mentormatch.people import Text, values_of
from mentormatch.rounds import Round, Seating
from mentormatch.rules.base import PEOPLE, Breach, Rule, Tier, Who, chosen, rank_in, rank_words
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

    def faults(self, around: Round, where: str) -> Iterator[Fault]:
        yield from unknown_attribute(self.attribute, around, where)
        yield from unknown_wishes("topic", self.attribute, around, self.who, around.topics, where)

    def breaches(self, around: Round, seating: Seating) -> Iterator[Breach]:
        for group in seating.groups:
            topic = group.template.topic
            for person in chosen(group.members, self.who):
                wishes = values_of(person, self.attribute)
                amount = rank_in(wishes, topic)
                if amount:
                    about = "no topic" if topic is None else f"the topic {topic}"
                    yield Breach(
                        amount,
                        f"{person.label} is in group {group.id} with {about}, "
                        f"{rank_words(wishes, topic)}.",
                        (person.id,),
                        group.id,
                    )

    def lower(self, around: Round) -> Iterator[Form]:
        """Amount the place of the template's topic on the person's list, from 0."""
        amount = np.zeros((len(around.people), len(around.templates)), dtype=np.int32)
        topics = [template.topic for template in around.templates]
        for person in chosen(around.people, self.who):
            wishes = values_of(person, self.attribute)
            if wishes:
                amount[around.position[person.id]] = [rank_in(wishes, topic) for topic in topics]
        yield PersonCost(amount)

    def describe(self) -> str:
        return "wishes for topics passed over"

    def sentence(self, around: Round) -> str:
        return f"All {PEOPLE[self.who]} in groups have the first topic of their list, if any."
