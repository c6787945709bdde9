"""Names that do not fit are found and the right ones guessed."""

from __future__ import annotations

import pytest

from tests.evaluate.sound import G1, G2, Fault, changed, roster

FAULTS = [
    Fault(
        "unknown student",
        roster(changed(G1, students=("ana", "bo", "caj"))),
        "structure",
        ("student 'caj'", "does not exist", "did you mean 'cai'"),
        "g1",
    ),
    Fault(
        "unknown mentor",
        roster(changed(G1, mentors=("mia", "noaa"))),
        "structure",
        ("mentor 'noaa'", "did you mean 'noa'"),
        "g1",
    ),
    Fault(
        "a name like no other",
        roster(changed(G1, students=("ana", "bo", "zxqwv"))),
        "structure",
        ("'zxqwv', who does not exist.",),
        "g1",
    ),
    Fault(
        "unknown slot",
        roster(changed(G1, slot="tue-5")),
        "structure",
        ("slot 'tue-5'", "does not exist", "did you mean 'tue-15'"),
        "g1",
    ),
    Fault(
        "student listed as mentor",
        roster(changed(G1, mentors=("mia", "dee"))),
        "structure",
        ("mentor 'dee'", "is a student"),
        "g1",
    ),
    Fault(
        "mentor listed as student",
        roster(changed(G1, students=("ana", "bo", "oli"))),
        "structure",
        ("student 'oli'", "is a mentor"),
        "g1",
    ),
    Fault(
        "student twice in one group",
        roster(changed(G1, students=("ana", "bo", "ana"))),
        "structure",
        ("student 'ana' twice",),
        "g1",
    ),
    Fault(
        "mentor twice in one group",
        roster(changed(G1, mentors=("mia", "mia"))),
        "structure",
        ("mentor 'mia' twice",),
        "g1",
    ),
    Fault(
        "two groups of one id",
        roster(G1, changed(G2, id="g1")),
        "structure",
        ("Two groups", "'g1'"),
        "g1",
    ),
]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_wrong_name_is_found_and_named(fault: Fault) -> None:
    """A slip of the pen must not seat somebody else, or nobody."""
    fault.check()
