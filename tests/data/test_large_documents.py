"""Documents beyond any round: refused at once, with one clear error."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mentormatch.data.matching import MAX_GROUPS, Matching
from mentormatch.data.problem import MAX_MENTORS, Problem
from mentormatch.errors import InputError
from mentormatch.evaluate import verify as verification
from mentormatch.evaluate.verify import verify
from tests.fuzz.documents import MATCHING, PROBLEM, problem
from tests.support.slow import slow_among


def test_a_million_people_are_refused_before_any_of_them_is_read() -> None:
    """Reading them all to count them took half a minute; not even their faults are looked for."""
    with pytest.raises(InputError) as caught:
        Problem.from_json(json.dumps({**PROBLEM, "students": [{}] * 10**6}))
    (fault,) = caught.value.faults
    assert fault.where == "students"
    assert "is a list of 1,000,000, but must be a list of objects with at most" in fault.message


@pytest.mark.parametrize("many", slow_among([MAX_MENTORS, MAX_MENTORS + 1], {MAX_MENTORS}))
def test_the_limit_of_a_list_is_where_the_message_says(many: int) -> None:
    """What is within the limit is read, and refused for what it is."""
    with pytest.raises(InputError) as caught:
        Problem.model_validate({**PROBLEM, "mentors": [7] * many})
    assert ("at most 100,000 entries" in str(caught.value)) == (many > MAX_MENTORS)


def test_a_matching_has_no_more_groups_than_there_can_be_students() -> None:
    """Such a file was made to keep somebody's server busy."""
    group: dict[str, Any] = {"id": "g", "students": [], "slot": "tue-15"}
    with pytest.raises(InputError, match="groups"):
        Matching.from_json(json.dumps({**MATCHING, "groups": [group] * (MAX_GROUPS + 1)}))


def test_one_person_in_a_hundred_thousand_groups_is_told_and_no_more() -> None:
    """Every two groups of a person were compared, which took minutes."""
    (group,) = MATCHING["groups"]
    groups = [{**group, "id": f"g{number}"} for number in range(10**5)]
    report = verify(problem(), Matching.model_validate({**MATCHING, "groups": groups}))
    assert {finding.people for finding in report.findings} == {
        ("ana",),
        ("ben",),
        ("cy",),
        ("mia",),
    }
    assert "is in 100,000 groups" in report.findings[0].message


def test_as_many_groups_as_are_compared_are_judged_by_the_rules() -> None:
    """The limit must not hide what the groups do wrong."""
    (group,) = MATCHING["groups"]
    many = verification.MOST_GROUPS
    groups = [{**group, "id": f"g{number}"} for number in range(many)]
    report = verify(problem(), Matching.model_validate({**MATCHING, "groups": groups}))
    assert not report.ok
    assert all("nobody leads that many" not in finding.message for finding in report.findings)


def test_a_rule_that_is_none_is_told_in_a_short_sentence() -> None:
    """It said that it must be an object once for each kind of rule."""
    with pytest.raises(InputError) as caught:
        Problem.model_validate({**PROBLEM, "rules": [7]})
    assert str(caught.value).count("an object") == 1
