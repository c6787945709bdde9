"""Groups as numbers and as people, and who must not meet whom."""

from __future__ import annotations

import numpy as np

from mentormatch.data.calendar import Slot
from mentormatch.rules import TopicWishes
from mentormatch.solve.assign.groups import Partners, as_solution
from mentormatch.solve.instance.compiled import Compiled, compile_problem
from mentormatch.solve.instance.opening import Opening
from tests.support.build import mentors, problem, student, students

BOTH = "a-slot z-slot"
# The first to begin is the last to end, and its id is the later one.
LONG = Slot(id="z-slot", sessions=["2026-10-06T15:00:00+03:00", "2026-10-30T15:00:00+02:00"])
SHORT = Slot(id="a-slot", sessions=["2026-10-07T15:00:00+03:00", "2026-10-08T15:00:00+03:00"])


def _compiled() -> Compiled:
    """Return a round of two slots and two topics, each of which somebody would like."""
    made = problem(
        [
            student("ana", BOTH, attributes={"topics": ("rest",)}),
            student("cai", BOTH, attributes={"topics": ("dreams",)}),
            *students("bo dee eli fay zoe yan", BOTH),
        ],
        mentors("mia noa oli pat", BOTH),
        [LONG, SHORT],
        TopicWishes(attribute="topics", tier=1),
        topics=("rest", "dreams"),
    )
    return compile_problem(made, 0)


def _opening(compiled: Compiled, at: str, topic: str, names: str) -> Opening:
    number = next(
        number
        for number, template in enumerate(compiled.templates)
        if (template.plan.slot, template.topic) == (at, topic)
    )
    place = compiled.round_.position
    return Opening(number, tuple(sorted(place[name] for name in names.split())))


def test_groups_are_named_in_order_of_their_first_meeting_slot_topic_and_people() -> None:
    """Whatever order a search finds them in, the same groups have the same names."""
    compiled = _compiled()
    openings = [
        _opening(compiled, at, topic, names)
        for at, topic, names in (
            ("a-slot", "rest", "eli"),
            ("a-slot", "rest", "dee mia"),
            ("z-slot", "rest", "ana bo noa"),
            ("z-slot", "dreams", "fay cai pat oli"),
        )
    ]
    found = as_solution(compiled, openings)
    assert [
        (
            group.id,
            group.template.plan.slot,
            group.template.topic,
            [one.id for one in group.students],
            [one.id for one in group.mentors],
        )
        for group in found.groups
    ] == [
        ("g1", "z-slot", "dreams", ["cai", "fay"], ["oli", "pat"]),
        ("g2", "z-slot", "rest", ["ana", "bo"], ["noa"]),
        ("g3", "a-slot", "rest", ["dee"], ["mia"]),
        ("g4", "a-slot", "rest", ["eli"], []),
    ]
    assert [one.id for one in found.left_out] == ["yan", "zoe"]
    assert as_solution(compiled, openings[::-1]) == found


def test_partners_are_a_sequence_of_sets() -> None:
    """Whoever no pair names has none, in the middle and at the end."""
    rows = [np.array([[2, 0], [0, 3]]), np.array([[2, 4], [0, 1]])]
    partners = Partners(5, rows)
    expected = [frozenset({1, 3}), frozenset(), frozenset({0, 4}), frozenset(), frozenset()]
    assert len(partners) == 5
    assert list(partners) == expected
    assert partners[1:4] == expected[1:4]
    assert partners[::-1] == expected[::-1]
