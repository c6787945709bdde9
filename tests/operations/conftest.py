"""One small round and its matching, made once."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mentormatch.operations import perform
from tests.support.build import mentors, problem, students

Data = dict[str, Any]


@pytest.fixture(scope="session")
def round_data() -> Data:
    """Return a problem of eight students, two mentors, and one who meets nobody."""
    made = problem(
        (
            *students("ann ben cat dan"),
            *students("eve fay gus hal", "wed-15"),
            *students("ivy", "fri-9"),
        ),
        (*mentors("mia"), *mentors("moe", "wed-15")),
        "tue-15 wed-15 fri-9",
        size=(2, 4),
    )
    data: Data = json.loads(made.to_json())
    return data


@pytest.fixture(scope="session")
def matched(round_data: Data) -> Data:
    """Return its matching, found by the operation itself."""
    envelope = perform("match", {"problem": round_data, "options": {"time_limit": 20}})
    assert envelope.result is not None
    return envelope.result
