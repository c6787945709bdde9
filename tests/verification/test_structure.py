"""What no matching may do, whatever its rules, is found."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.verification.sound import G1, G2, Fault, changed, dates, group, roster

FAULTS = [
    Fault(
        "student in two groups",
        roster(
            G1,
            group(
                "g3",
                "ana gus",
                "oli pat",
                "fri-15",
                meetings=dates("fri-15"),
                minutes=90,
                mode="online",
            ),
        ),
        "structure",
        ("ana", "2 groups", "g1, g3", "more than 1"),
    ),
    Fault(
        "mentor over capacity",
        roster(G1, group("g3", "gus fay", "mia pat", "wed-15", meetings=dates("wed-15", 2))),
        "structure",
        ("mia", "2 groups", "more than 1"),
    ),
    Fault(
        "mentor without capacity",
        roster(group("g3", "gus hoa", "pat quy", "fri-15", minutes=90, mode="online")),
        "structure",
        ("quy", "1 group ", "more than 0"),
    ),
    Fault(
        "mentor at overlapping times",
        roster(G1, group("g3", "gus fay", "noa oli", "tue-16", meetings=dates("tue-16", 2))),
        "structure",
        ("noa", "g1", "g3", "overlapping"),
        "g3",
    ),
    Fault(
        "mentor in two groups of one slot",
        roster(G1, group("g3", "gus fay", "noa oli", "tue-15", meetings=dates("tue-15", 2))),
        "structure",
        ("noa", "overlapping"),
        "g3",
    ),
    Fault(
        "group without students",
        roster(changed(G1, students=())),
        "structure",
        ("g1 has no students",),
        "g1",
        ("group_size",),
    ),
    Fault(
        "more groups than rooms",
        roster(G2, group("g3", "ana bo", "mia noa", "wed-15")),
        "structure",
        ("wed-15", "2 groups", "more than 1"),
    ),
    Fault(
        "dates of another weekday",
        roster(changed(G1, meetings=dates("wed-15"))),
        "structure",
        ("dates of group g1", "not a meeting plan"),
        "g1",
    ),
    Fault(
        "too few dates",
        roster(changed(G2, meetings=dates("wed-15")[:1])),
        "structure",
        ("dates of group g2",),
        "g2",
        ("common_slot",) * 4,
    ),
    Fault(
        "too many dates",
        roster(changed(G2, meetings=(*dates("wed-15"), dates("wed-15", 1)[1]))),
        "structure",
        ("dates of group g2",),
        "g2",
    ),
    Fault(
        "dates an hour late",
        roster(
            changed(G2, meetings=tuple(start + timedelta(hours=1) for start in dates("wed-15")))
        ),
        "structure",
        ("dates of group g2",),
        "g2",
    ),
    Fault(
        "dates after the term",
        roster(
            changed(G2, meetings=tuple(start + timedelta(weeks=8) for start in dates("wed-15")))
        ),
        "structure",
        ("dates of group g2",),
        "g2",
    ),
    Fault(
        "dates out of order",
        roster(changed(G2, meetings=dates("wed-15")[::-1])),
        "structure",
        ("dates of group g2",),
        "g2",
    ),
    Fault(
        "a language that is not offered",
        roster(changed(G2, language="en-GB")),
        "structure",
        ("g2", "en-GB", "not offer"),
        "g2",
    ),
    Fault(
        "a topic that is not offered",
        roster(changed(G2, topic="sleep")),
        "structure",
        ("g2", "sleep", "not offer"),
        "g2",
    ),
    Fault(
        "a mode that the slot has not",
        roster(group("g3", "gus hoa", "oli pat", "fri-15", minutes=90)),
        "structure",
        ("g3", "campus", "fri-15"),
        "g3",
    ),
]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_fault_of_structure_is_found_and_named(fault: Fault) -> None:
    """Nobody can be at two places at once, and no group meets outside the term."""
    fault.check()
