"""Which group goes on, by hand."""

from __future__ import annotations

import pytest

from mentormatch.data.matching import Group, Matching
from mentormatch.replan import identity, inherit_ids


def group(name: str, students: str, mentors: str = "", slot: str = "tue-15") -> Group:
    """Return a group of people by id."""
    return Group(
        id=name, students=tuple(students.split()), mentors=tuple(mentors.split()), slot=slot
    )


def matching(*groups: Group) -> Matching:
    """Return a matching of some groups."""
    return Matching(status="FEASIBLE", groups=groups)


def ids(earlier: Matching, *groups: Group, used: tuple[str, ...] = ()) -> list[str]:
    """Return the ids that groups come to have."""
    return [one.id for one in inherit_ids(matching(*groups), earlier, used).groups]


EARLIER = matching(
    group("g1", "ana bo cai", "mia noa"), group("g2", "dee eli fay", "oli", "wed-15")
)


def test_groups_that_go_on_keep_their_ids_whatever_their_order() -> None:
    """An earlier day in the week must not turn Wednesday's group into Tuesday's."""
    found = ids(
        EARLIER,
        group("g1", "gus hal", "pia", "mon-15"),
        group("g2", "ana bo cai", "mia noa"),
        group("g3", "dee eli fay", "oli", "wed-15"),
    )
    assert found == ["g3", "g1", "g2"]


def test_mentors_say_more_than_students() -> None:
    """A group is known by those who guide it."""
    found = ids(EARLIER, group("a", "ana bo", "oli"), group("b", "dee", "mia noa"))
    assert found == ["g2", "g1"]


def test_a_group_that_moves_to_another_time_goes_on() -> None:
    """Its calendar entries are moved, not cancelled."""
    assert ids(EARLIER, group("a", "ana bo cai", "mia noa", "fri-15")) == ["g1"]


def test_of_two_halves_the_one_with_more_goes_on() -> None:
    """The other is a new group."""
    found = ids(EARLIER, group("a", "cai", "pia"), group("b", "ana bo", "rob"))
    assert found == ["g3", "g1"]


def test_the_assignment_is_the_best_and_not_the_first() -> None:
    """Taking the largest overlap first can leave a group without its id."""
    earlier = matching(group("g1", "a b c d"), group("g2", "e f g"))
    found = ids(earlier, group("x", "a b e f g", slot="mon-15"), group("y", "c d"))
    assert found == ["g2", "g1"]


def test_ids_of_ended_groups_never_come_back() -> None:
    """Somebody's calendar may still hold what they meant."""
    found = ids(EARLIER, group("a", "gus"), used=("g7", "lunch", "g03"))
    assert found == ["g8"]


def test_strangers_in_the_same_slot_are_a_new_group() -> None:
    """A time is not a group."""
    assert ids(EARLIER, group("a", "gus hal", "pia", "tue-15")) == ["g3"]


@pytest.mark.parametrize("largest", [0, 400])
def test_very_large_rounds_take_the_best_pairs_first(
    monkeypatch: pytest.MonkeyPatch, largest: int
) -> None:
    """Where an exact assignment would take minutes, plain cases come out the same."""
    monkeypatch.setattr(identity, "LARGEST", largest)
    groups = [group(f"x{n}", f"s{n} t{n}", f"m{n}", f"slot-{n}") for n in reversed(range(9))]
    earlier = matching(*(group(f"g{n}", f"s{n} t{n}", f"m{n}", f"slot-{n}") for n in range(9)))
    assert ids(earlier, *groups) == [f"g{n}" for n in reversed(range(9))]
