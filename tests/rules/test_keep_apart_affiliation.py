"""People with a tie kept apart, by hand."""

import pytest

from mentormatch.rules import KeepApartAffiliation
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentor, round_, student


def under(*names: str) -> dict[str, tuple[str, ...]]:
    """Return the affiliations of somebody with these supervisors."""
    return {"supervisor": names}


ROUND = round_(
    [
        student("ana", affiliations=under("Prof. X")),
        student("bo", affiliations=under("Prof. X", "Prof. Y")),
        student("cai", affiliations=under("Prof. Y", "Prof. X")),
        student("dee", affiliations=under("mia")),
        student("eli", affiliations={"research_group": ("Optics",)}),
        student("fay", affiliations={"research_group": ("Optics",), "supervisor": ("Prof. Z",)}),
        student("gus"),
        student("hoa", affiliations=under("gus")),
    ],
    [
        mentor("mia"),
        mentor("noa", affiliations=under("Prof. X")),
        mentor("oli", affiliations=under("mia")),
        mentor("pat", affiliations=under("pat")),
    ],
    mentors_each=2,
)
ANY = KeepApartAffiliation()
STUDENTS = KeepApartAffiliation(between="students")
CROSS = KeepApartAffiliation(between="students_and_mentors")

CASES = [
    Case("nothing shared is no breach", ANY, ROUND, (Sketch("ana dee fay gus"),)),
    Case(
        "one supervisor is one too close",
        ANY,
        ROUND,
        (Sketch("ana bo"),),
        [Expected(1, "g1", "ana bo", ("ana", "bo", "supervisor", "g1"))],
    ),
    Case(
        "two shared supervisors are one breach",
        ANY,
        ROUND,
        (Sketch("bo cai"),),
        [Expected(1, "g1", "bo cai")],
    ),
    Case(
        "three of one supervisor are three pairs",
        ANY,
        ROUND,
        (Sketch("ana bo cai"),),
        [Expected(1, "g1", "ana bo"), Expected(1, "g1", "ana cai"), Expected(1, "g1", "bo cai")],
    ),
    Case(
        "in different groups they are apart", ANY, ROUND, (Sketch("ana"), Sketch("bo", at="wed-15"))
    ),
    Case(
        "one's own supervisor is no mentor for one",
        ANY,
        ROUND,
        (Sketch("dee gus", "mia"),),
        [Expected(1, "g1", "dee mia", ("mia is", "supervisor", "dee"))],
    ),
    Case(
        "a student can be the supervisor",
        ANY,
        ROUND,
        (Sketch("gus hoa"),),
        [Expected(1, "g1", "gus hoa", ("gus is", "supervisor", "hoa"))],
    ),
    Case(
        "a student and a mentor of one supervisor",
        ANY,
        ROUND,
        (Sketch("ana gus", "noa"),),
        [Expected(1, "g1", "ana noa")],
    ),
    Case(
        "two mentors, one the supervisor of the other",
        ANY,
        ROUND,
        (Sketch("gus", "mia oli"),),
        [Expected(1, "g1", "mia oli")],
    ),
    Case(
        "a student of one's supervisor and that supervisor are three pairs",
        ANY,
        ROUND,
        (Sketch("dee", "mia oli"),),
        [Expected(1, "g1", "dee mia"), Expected(1, "g1", "dee oli"), Expected(1, "g1", "mia oli")],
    ),
    Case("nobody is too close to themselves", ANY, ROUND, (Sketch("gus", "pat"),)),
    Case("another kind of tie does not count", ANY, ROUND, (Sketch("eli fay"),)),
    Case(
        "the kind that is named counts",
        KeepApartAffiliation(affiliation="research_group"),
        ROUND,
        (Sketch("ana bo cai eli fay"),),
        [Expected(1, "g1", "eli fay", ("research_group",))],
    ),
    Case(
        "between students, mentors are not counted",
        STUDENTS,
        ROUND,
        (Sketch("ana bo dee", "mia noa oli"),),
        [Expected(1, "g1", "ana bo")],
    ),
    Case(
        "between students and mentors, two of one side are not counted",
        CROSS,
        ROUND,
        (Sketch("ana bo", "mia noa oli"),),
        [Expected(1, "g1", "ana noa"), Expected(1, "g1", "bo noa")],
    ),
    Case(
        "between students and mentors, one's own supervisor counts",
        CROSS,
        ROUND,
        (Sketch("dee", "mia"),),
        [Expected(1, "g1", "dee mia")],
    ),
    Case("an empty group has no pair", ANY, ROUND, (Sketch(""),)),
    Case("who is left out meets nobody", ANY, ROUND, (Sketch("ana", "mia"),)),
    Case(
        "somebody alone meets nobody, whoever their supervisors are",
        ANY,
        round_([student("ivo", affiliations=under("Prof. X", "Prof. Y"))]),
        (Sketch("ivo"),),
    ),
    Case("where nobody takes part nobody meets", ANY, round_([]), ()),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_keep_apart_affiliation_finds_what_the_table_says(case: Case) -> None:
    """Nobody speaks freely before their supervisor, or somebody of the same one."""
    case.check()
