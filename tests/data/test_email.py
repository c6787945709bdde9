"""Addresses of people: checked, kept out of what is printed, and no part of what was matched."""

from __future__ import annotations

from typing import Any

import pytest

from mentormatch.data.people import is_email
from mentormatch.data.problem import Problem
from mentormatch.errors import InputError


def problem(**changed: Any) -> Problem:
    """Return a problem of one student."""
    student = {"id": "a", "availability": {"mon": "yes"}, **changed}
    return Problem.model_validate(
        {
            "students": [student],
            "slots": [{"id": "mon", "weekday": 1, "start": "09:00"}],
            "term": {"first_day": "2026-10-05", "last_day": "2026-12-11"},
        }
    )


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("a@example.org", True),
        ("anna.virtanen+x@mail.example.org", True),
        ("a@example", False),
        ("a b@example.org", False),
        ("a@example.org, b@example.org", False),
        ("<a@example.org>", False),
        ("a@example.org.", False),
        ("a" * 320 + "@example.org", False),
    ],
)
def test_an_address_is_one_address(text: str, right: bool) -> None:
    """It goes into mail merges as it is."""
    assert is_email(text) == right
    if right:
        assert problem(email=text).students[0].email == text
    else:
        with pytest.raises(InputError):
            problem(email=text)


def test_an_address_is_kept_in_the_document_and_out_of_everything_else() -> None:
    """A matching stays that of its problem when somebody's address is put right."""
    first, other = problem(email="a@example.org"), problem(email="b@example.org")
    assert first.fingerprint == other.fingerprint == problem().fingerprint
    assert "example.org" not in repr(first.students[0])
    assert Problem.from_json(first.to_json()) == first
