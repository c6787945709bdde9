"""The error that tells every fault of an input, and what it keeps to itself."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import pytest

from mentormatch.data.problem import Problem
from mentormatch.errors import MOST_COMPARED, SHOWN_FAULTS, InputError, nearest


def document(*students: dict[str, Any]) -> dict[str, Any]:
    """Return the document of a small problem with these students."""
    return {
        "students": list(students),
        "slots": [{"id": "tue-15", "weekday": "tuesday", "start": "15:00"}],
        "term": {"first_day": "2026-10-05", "last_day": "2026-12-18"},
    }


def student(**fields: Any) -> dict[str, Any]:
    """Return the row of a student, sound but for the fields told."""
    return {"id": "cai", "availability": {"tue-15": "yes"}, **fields}


def test_every_way_in_gives_the_same_error() -> None:
    """Pydantic's own error, which repeats people's data, never comes out."""
    data = document(student(mode="x"))
    text = '{"students": [{"id": "cai", "mode": "x"}], "slots": [], "term": {}}'
    strategies: tuple[Callable[[], Problem], ...] = (
        lambda: Problem(**data),
        lambda: Problem.model_validate(data),
        lambda: Problem.from_json(text),
        lambda: Problem.from_json(text.encode()),
        lambda: Problem.model_validate_json(text),
        lambda: Problem.model_validate_json(bytearray(text, "utf-8")),
        lambda: Problem.model_validate_json("{"),
    )
    for strategy in strategies:
        with pytest.raises(InputError):
            strategy()


def test_private_text_is_never_repeated() -> None:
    """Names, departments and free attributes stay out of every message."""
    secret = "Canary Seven"
    row = {
        "id": "cai",
        "name": [secret],
        "department": {secret: 1},
        "affiliations": {"supervisor": [secret, 3], "manager": secret},
        "attributes": {"theme": [secret * 50], "note": secret * 50, "more": {secret: secret}},
    }
    with pytest.raises(InputError) as caught:
        Problem.model_validate(document(row))
    assert len(caught.value.faults) == 8
    assert secret not in str(caught.value)
    assert secret not in repr(caught.value.faults)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_an_error_with_many_faults_shows_the_first_and_counts_the_rest() -> None:
    """A thousand lines help nobody, but all are there for other tools."""
    people = [student(id=f"s{n}", mode="x") for n in range(SHOWN_FAULTS + 7)]
    with pytest.raises(InputError) as caught:
        Problem.model_validate(document(*people))
    assert len(caught.value.faults) == SHOWN_FAULTS + 7
    assert str(caught.value).startswith(f"{SHOWN_FAULTS + 7} faults in the input:")
    assert str(caught.value).endswith("... and 7 more")


def test_an_error_survives_the_way_out_of_another_process() -> None:
    """Solves run in executors, which pickle what is raised."""
    with pytest.raises(InputError) as caught:
        Problem.model_validate({})
    again = pickle.loads(pickle.dumps(caught.value))
    assert again.faults == caught.value.faults
    assert str(again) == str(caught.value)


@pytest.mark.parametrize(
    ("word", "known", "found"),
    [
        ("bne", ["ana", "ben"], "ben"),
        ("BEN", ["ana", "ben"], "ben"),
        ("zzz", ["ana", "ben"], None),
        ("", ["ana"], None),
        ("ana", [], None),
    ],
)
def test_the_nearest_name_is_offered_only_if_it_is_near(
    word: str, known: list[str], found: str | None
) -> None:
    """A far-fetched hint is worse than none."""
    assert nearest(word, known) == found


def test_among_very_many_names_only_the_case_is_forgiven() -> None:
    """Comparing each slip with a hundred thousand names would take minutes."""
    many = [f"Person-{number}" for number in range(MOST_COMPARED + 1)]
    assert nearest("person-7", many) == "Person-7"
    assert nearest("preson-7", many) is None
