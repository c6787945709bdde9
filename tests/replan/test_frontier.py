"""Rows of the frontier where a group ends, so that a mentor has none any more."""

from __future__ import annotations

from mentormatch.data.matching import Group, Matching
from mentormatch.replan import frontier
from mentormatch.rules import TargetSize
from tests.support.build import mentors, problem, students


def test_a_mentor_without_a_group_does_not_hide_what_moving_gains() -> None:
    """Bug: that noa leads none any more counted like a place lost, before the round's tiers."""
    asked = problem(
        students("ana bo"), mentors("mia noa"), "tue-15", TargetSize(target=2, tier=2), size=(1, 2)
    )
    previous = Matching(
        status="FEASIBLE",
        groups=(
            Group(id="g1", students=("ana",), mentors=("mia",), slot="tue-15"),
            Group(id="g2", students=("bo",), mentors=("noa",), slot="tue-15"),
        ),
    )
    found = frontier(asked, previous, time_limit=None)
    assert found.complete
    assert [tuple(tier.value for tier in row.tiers) for row in found.rows] == [(0, 2), (0, 0)]
    assert [len(row.moved) for row in found.rows] == [0, 1]
    assert [row.gained for row in found.rows] == [(), ()]
    assert found.rows[0].lost == ()
    assert found.rows[1].lost in (("mia",), ("noa",))
