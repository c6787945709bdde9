"""Groups of people who have something in common, by hand."""

import pytest

from mentormatch.rules import Cluster
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentor, round_, student
from tests.support.forms_value import form_value

ROUND = round_(
    [
        student("ana", attributes={"stage": "starting", "theme": ("sleep", "rest")}),
        student("bo", attributes={"stage": "starting"}),
        student("cai", attributes={"stage": "starting"}),
        student("dee", attributes={"stage": "finishing"}),
        student("eli"),
        student("fay"),
    ],
    [mentor("mia", attributes={"stage": "finishing"}), mentor("noa")],
    mentors_each=2,
)
STAGE = Cluster(attribute="stage")

CASES = [
    Case("all of one stage is no breach", STAGE, ROUND, (Sketch("ana bo cai"),)),
    Case("one person differs from nobody", STAGE, ROUND, (Sketch("dee"), Sketch("", at="wed-15"))),
    Case(
        "two of different stages are a pair",
        STAGE,
        ROUND,
        (Sketch("ana dee"),),
        [Expected(1, "g1", "ana dee", ("g1", "stage"))],
    ),
    Case(
        "each pair without a shared value counts",
        STAGE,
        ROUND,
        (Sketch("ana bo cai dee"),),
        [Expected(3, "g1", "ana bo cai dee", ("3",))],
    ),
    Case(
        "who has no value shares with nobody",
        STAGE,
        ROUND,
        (Sketch("ana bo eli"),),
        [Expected(2, "g1", "ana bo eli")],
    ),
    Case(
        "two without a value do not share that",
        STAGE,
        ROUND,
        (Sketch("eli fay"),),
        [Expected(1, "g1", "eli fay")],
    ),
    Case(
        "each group by itself",
        STAGE,
        ROUND,
        (Sketch("ana dee"), Sketch("bo cai eli", at="wed-15")),
        [Expected(1, "g1", "ana dee"), Expected(2, "g2", "bo cai eli")],
    ),
    Case("mentors do not count by default", STAGE, ROUND, (Sketch("ana bo", "mia noa"),)),
    Case(
        "everybody counts both",
        Cluster(attribute="stage", who="everybody"),
        ROUND,
        (Sketch("dee", "mia noa"),),
        [Expected(2, "g1", "dee mia noa")],
    ),
    Case(
        "mentors among themselves",
        Cluster(attribute="stage", who="mentors"),
        ROUND,
        (Sketch("ana dee", "mia noa"),),
        [Expected(1, "g1", "mia noa")],
    ),
    Case("who is left out is in no pair", STAGE, ROUND, ()),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_cluster_finds_what_the_table_says(case: Case) -> None:
    """People at one stage have the same questions."""
    case.check()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_where_it_is_hard_every_form_is_nothing_in_a_group_without_breach(case: Case) -> None:
    """What is forbidden is forbidden form by form, so none may take away what another adds."""
    forms = list(case.rule.changed(tier="hard").lower(case.round_))
    amounts = [form_value(form, case.round_, case.solution) for form in forms]
    assert min(amounts, default=0) >= 0
    assert any(amounts) == bool(case.expected)


def test_an_attribute_with_several_values_is_refused() -> None:
    """Pairs that share one of several values cannot be counted value by value."""
    (fault,) = Cluster(attribute="theme").faults(ROUND, "rules[0]")
    assert fault.code == "several_values"
    assert "'ana'" in fault.message
