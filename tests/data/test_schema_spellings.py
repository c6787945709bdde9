"""What the library accepts in a document, its schema accepts too: every spelling there is."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from mentormatch.data.problem import Problem
from mentormatch.errors import InputError
from tests.support.build import mentors, problem, students

Data = dict[str, Any]
SCHEMA = jsonschema.Draft202012Validator(Problem.json_schema())
BASE: Data = json.loads(problem(students("ann ben"), mentors("mia"), size=(1, 4)).to_json())


def _slot(**fields: Any) -> Data:
    return {**BASE, "slots": [{**BASE["slots"][0], **fields}, *BASE["slots"][1:]]}


def _student(**fields: Any) -> Data:
    return {**BASE, "students": [{**BASE["students"][0], **fields}, *BASE["students"][1:]]}


ACCEPTED = {
    **{f"weekday {day!r}": _slot(weekday=day) for day in
       (2, "2", " 2 ", "02", "tue", "Tue", "TUESDAY", "Tuesday", "tues", " tuesday ")},
    **{f"start {time!r}": _slot(start=time) for time in
       ("15:00", "9:30", "09:30", "15:00:00", " 15:00 ")},
    **{f"level {level!r}": _student(languages={"en": level}) for level in
       ("b2", "B2", " b2 ", "Native", "NATIVE", "native")},
    **{f"tag {tag!r}": _student(languages={tag: "B2"}) for tag in ("en", "EN", "en_GB", "en-gb")},
    **{f"answer {answer!r}": _student(availability={"tue-15": answer}) for answer in
       ("yes", "if_need_be", "no")},
    **{f"absence {day!r}": _student(absences=[day]) for day in ("2026-10-06",)},
    "skipped day": {**BASE, "term": {**BASE["term"], "skipped": ["2026-10-12"]}},
    "skipped days": {**BASE, "term": {**BASE["term"],
                                      "skipped": [{"first": "2026-10-12", "last": "2026-10-18"}]}},
    "attributes": _student(attributes={"stage": "phd", "year": 3, "topics": ["a", "b"]}),
    "hours": _student(hours=[{"weekday": "Monday", "start": "9:00", "end": "12:00"}]),
}  # fmt: skip

REFUSED = {
    "weekday": _slot(weekday="tu"),
    "weekday number": _slot(weekday=8),
    "start": _slot(start="25:00"),
    "level": _student(languages={"en": "B3"}),
    "answer": _student(availability={"tue-15": "perhaps"}),
}


@pytest.mark.parametrize("data", ACCEPTED.values(), ids=ACCEPTED)
def test_every_accepted_spelling_passes_the_schema_as_well(data: Data) -> None:
    """A caller who checks against the schema first is not refused what the library reads."""
    Problem.from_data(data)
    SCHEMA.validate(data)


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
def test_what_is_plainly_wrong_is_refused_by_both(data: Data) -> None:
    """A schema that accepts anything would pass the test above."""
    with pytest.raises(InputError):
        Problem.from_data(data)
    assert not SCHEMA.is_valid(data)
