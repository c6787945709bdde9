"""Each hard rule that is broken is found by its name."""

from __future__ import annotations

import pytest

from tests.evaluate.sound import G1, G2, Fault, changed, roster

FAULTS = [
    Fault(
        "one student too few",
        roster(changed(G2, students=("dee",))),
        "group_size",
        ("g2", "1 student", "fewer than 2"),
        "g2",
    ),
    Fault(
        "one student too many",
        roster(changed(G1, students=("ana", "bo", "cai", "fay"))),
        "group_size",
        ("g1", "4 students", "more than 3"),
        "g1",
    ),
    Fault(
        "no mentor", roster(changed(G1, mentors=())), "mentors_per_group", ("g1", "0 mentors"), "g1"
    ),
    Fault(
        "one mentor for two",
        roster(changed(G1, mentors=("mia",))),
        "mentors_per_group",
        ("1 mentor",),
        "g1",
    ),
    Fault(
        "three mentors for two",
        roster(changed(G1, mentors=("mia", "noa", "oli"))),
        "mentors_per_group",
        ("3 mentors",),
        "g1",
    ),
    Fault(
        "student who cannot come",
        roster(changed(G1, students=("ana", "bo", "dee"))),
        "common_slot",
        ("dee", "0 of the 2", "g1"),
        "g1",
    ),
    Fault(
        "student absent on one date",
        roster(changed(G1, students=("ana", "bo", "gus"))),
        "common_slot",
        ("Gus Example", "1 of the 2"),
        "g1",
    ),
    Fault(
        "mentor who cannot come",
        roster(changed(G1, mentors=("noa", "pat"))),
        "common_slot",
        ("pat", "g1"),
        "g1",
    ),
    Fault(
        "student not fluent enough",
        roster(changed(G2, students=("cai", "eli"), mentors=("noa", "oli"), language="fi")),
        "common_language",
        ("eli", "B2", "fi"),
        "g2",
    ),
    Fault(
        "campus student online",
        roster(changed(G1, students=("ana", "bo", "fay"), mode="online")),
        "common_mode",
        ("fay", "on campus only", "online"),
        "g1",
    ),
    Fault(
        "two kept apart by name",
        roster(changed(G2, students=("cai", "eli"), mentors=("mia", "pat"))),
        "keep_apart",
        ("eli", "mia", "g2"),
        "g2",
    ),
    Fault(
        "two of one supervisor",
        roster(changed(G2, students=("dee", "fay"))),
        "keep_apart_affiliation",
        ("dee", "fay", "supervisor"),
        "g2",
    ),
]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_broken_rule_is_found_and_named(fault: Fault) -> None:
    """Whoever gets a roster back must know what is wrong with it, and where."""
    fault.check()
