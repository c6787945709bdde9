"""Fields of the caller's own pass through; all other unknown fields are refused."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import InputError
from mentormatch.solve.match import match
from tests.support.build import mentors, problem, students

PLAIN = problem(students("ann ben"), mentors("mia"), size=(1, 4))


def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(PLAIN.to_json())
    data["x-app"] = {"deep": [1, None, "two"]}
    for part in ("students", "mentors", "slots"):
        data[part][0]["x-row"] = part
    return data


def test_own_fields_of_a_problem_come_out_as_they_went_in() -> None:
    """Another program finds its rows again by what it wrote beside them."""
    data = _data()
    read = Problem.from_data(data)
    assert json.loads(read.to_json()) == data
    assert json.loads(read.evolve(topics=()).to_json()) == data
    jsonschema.validate(data, Problem.json_schema())
    assert read.students[0].extensions == {"x-row": "students"}


def test_own_fields_are_no_part_of_what_is_matched() -> None:
    """The same round with other such fields has the same fingerprint and matching."""
    read = Problem.from_data(_data())
    assert read.fingerprint == PLAIN.fingerprint
    assert match(read).to_json(times=False) == match(PLAIN).to_json(times=False)


def test_own_fields_of_a_group_stay_with_it() -> None:
    """A matching that another program annotated is still that matching."""
    data = json.loads(match(PLAIN).to_json())
    data["groups"][0]["x-colour"] = "red"
    jsonschema.validate(data, Matching.json_schema())
    assert json.loads(Matching.from_data(data).to_json()) == data


@pytest.mark.parametrize("name", ["y-row", "X-row", "xrow"])
def test_other_unknown_fields_are_refused(name: str) -> None:
    """They are nearly always misspelt."""
    data = _data()
    data["students"][1][name] = 1
    with pytest.raises(InputError, match="has no field"):
        Problem.from_data(data)
