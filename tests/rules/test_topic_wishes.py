"""Topics in the order of liking, by hand."""

import pytest

from mentormatch.rules import TopicWishes
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentor, round_, student

ROUND = round_(
    [
        student("ana", attributes={"topics": ("sleep", "rest")}),
        student("bo", attributes={"topics": ("focus", "rest", "sleep")}),
        student("cai", attributes={"topics": "rest"}),
        student("dee", attributes={"topics": ()}),
        student("eli", attributes={"themes": ("rest", "sleep")}),
    ],
    [mentor("mia", attributes={"topics": ("rest", "sleep")}), mentor("noa")],
    topics=("sleep", "rest", "focus", "food"),
    mentors_each=2,
)
WISHES = TopicWishes()

CASES = [
    Case("the first wish costs nothing", WISHES, ROUND, (Sketch("ana", topic="sleep"),)),
    Case(
        "the second costs one",
        WISHES,
        ROUND,
        (Sketch("ana bo", topic="rest"),),
        [Expected(1, "g1", "ana", ("ana", "g1", "rest")), Expected(1, "g1", "bo")],
    ),
    Case(
        "the third costs two",
        WISHES,
        ROUND,
        (Sketch("bo", topic="sleep"),),
        [Expected(2, "g1", "bo")],
    ),
    Case(
        "a topic not listed costs as many as are listed",
        WISHES,
        ROUND,
        (Sketch("ana bo cai", topic="food"),),
        [Expected(2, "g1", "ana"), Expected(3, "g1", "bo"), Expected(1, "g1", "cai")],
    ),
    Case("without a wish any topic is as good", WISHES, ROUND, (Sketch("dee eli", topic="food"),)),
    Case(
        "the topic of each group counts, at the same time or not",
        WISHES,
        ROUND,
        (Sketch("ana", topic="sleep"), Sketch("cai", topic="sleep")),
        [Expected(1, "g2", "cai")],
    ),
    Case(
        "mentors alone where told",
        TopicWishes(who="mentors"),
        ROUND,
        (Sketch("bo", "mia noa", topic="sleep"),),
        [Expected(1, "g1", "mia")],
    ),
    Case(
        "everybody where told",
        TopicWishes(who="everybody"),
        ROUND,
        (Sketch("bo dee", "mia noa", topic="sleep"),),
        [Expected(1, "g1", "mia"), Expected(2, "g1", "bo")],
    ),
    Case(
        "under another name",
        TopicWishes(attribute="themes"),
        ROUND,
        (Sketch("ana bo cai eli", topic="sleep"),),
        [Expected(1, "g1", "eli")],
    ),
    Case("who is left out has no topic", WISHES, ROUND, ()),
    Case("an empty group passes over nobody", WISHES, ROUND, (Sketch("", topic="food"),)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_topic_wishes_finds_what_the_table_says(case: Case) -> None:
    """People talk about what brought them."""
    case.check()
