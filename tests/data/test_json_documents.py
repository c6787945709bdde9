"""Problems and matchings as JSON: limits, round trips and schemas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from mentormatch.data.calendar import Slot, Term
from mentormatch.data.matching import Group, Matching, Provenance, TierResult
from mentormatch.data.people import Mentor, Student
from mentormatch.data.problem import Problem
from mentormatch.data.round import GroupShape
from mentormatch.errors import InputError
from mentormatch.rules import RULES
from mentormatch.validation import MAX_BYTES, read_json

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "problem.json"


def refused(text: str | bytes) -> str:
    """Return the single fault for which a text is refused as JSON."""
    with pytest.raises(InputError) as caught:
        read_json(text)
    (fault,) = caught.value.faults
    assert fault.where == "document"
    return str(fault)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is not JSON"),
        ('{"a": 1,}', "is not JSON"),
        ("{'a': 1}", "line 1, column 2"),
        ('{\n"a": }', "line 2, column 6"),
        ('{"a": NaN}', "NaN is not a JSON number"),
        ('{"a": -Infinity}', "-Infinity is not a JSON number"),
        ('{"a": 1e999}', "a number is too large"),
        ('{"a": ' + "9" * 19 + "}", "a number has more than 18 digits"),
        ('{"a": ' + "9" * 5_000 + "}", "a number has more than 18 digits"),
        ('{"a": 1, "b": {"c": 1, "c": 2}}', "the key 'c' stands twice in one object"),
        ('{"a": "\\ud800"}', "half of a character"),
        ('{"\\uDFFF": 1}', "half of a character"),
        ('["\ud800"]', "half of a character"),
        ("[" * 101 + "]" * 101, "is nested deeper than 100 levels"),
        ("[" * 100_000 + "]" * 100_000, "is nested deeper than 100 levels"),
        ('{"a":' * 200 + "1" + "}" * 200, "is nested deeper than 100 levels"),
        (b'{"a": "\xff"}', "is not UTF-8 text: see byte 7"),
        ('{"a": 1}'.encode("utf-16"), "is not UTF-8 text"),
        (b'{"a": 1}\x00', "is not JSON"),
    ],
)
def test_a_text_that_readers_would_understand_differently_is_refused(
    text: str | bytes, message: str
) -> None:
    """One clear fault, whatever the trouble, and never a traceback of the parser."""
    assert message in refused(text)


def test_an_oversized_document_is_refused_before_it_is_parsed() -> None:
    """What is larger than any round must not fill the memory twice."""
    assert "is larger than" in refused(bytes(MAX_BYTES + 1))


@pytest.mark.parametrize("text", ['\ufeff{"a": "Å"}', '{"a": "Å"}'.encode("utf-8-sig")])
def test_a_byte_order_mark_is_no_fault(text: str | bytes) -> None:
    """Editors on Windows write one unasked."""
    assert read_json(text) == {"a": "Å"}


def test_whole_characters_written_in_halves_are_read() -> None:
    """JSON writes characters beyond the first plane as two escapes that belong together."""
    assert read_json('{"a": "\\ud83d\\ude00"}') == {"a": "\U0001f600"}


def test_the_deepest_allowed_document_is_read() -> None:
    """The limit is where the message says."""
    assert read_json("[" * 100 + "]" * 100)


def test_several_repeated_keys_are_all_named() -> None:
    """Which of two values was meant only the author knows, for every key."""
    with pytest.raises(InputError) as caught:
        Problem.from_json('{"a": 1, "a": 2, "b": {"c": 1, "c": 1}}')
    assert [fault.code for fault in caught.value.faults] == ["repeated_key", "repeated_key"]


def sample() -> Problem:
    """Return a problem that uses every kind of field."""
    return Problem(
        students=(
            Student.model_validate(
                {
                    "id": "ana",
                    "name": "Student Å",
                    "department": "Physics",
                    "languages": {"en": "C1", "pt-BR": "native"},
                    "availability": {"tue-15": "yes", "dated": "if_need_be"},
                    "hours": [{"weekday": "mon", "start": "09:00", "end": "00:00"}],
                    "zone": "America/New_York",
                    "absences": ["2026-10-20"],
                    "mode": "online",
                    "affiliations": {"supervisor": ["prof-1", "prof-2"]},
                    "attributes": {"year": 2, "part": 0.5, "new": True, "themes": ["a"], "t": "x"},
                    "priority": 3,
                    "signed_up": "2026-09-01T12:00:00+03:00",
                }
            ),
        ),
        mentors=(Mentor(id="mia", availability={"tue-15": "yes"}, capacity=2),),
        slots=(
            Slot.model_validate({"id": "tue-15", "weekday": 2, "start": "15:00", "max_groups": 3}),
            Slot.model_validate({"id": "dated", "sessions": ["2026-10-06T12:00:00Z"]}),
        ),
        term=Term.model_validate(
            {
                "first_day": "2026-10-05",
                "last_day": "2026-12-18",
                "skipped": ["2026-12-06", {"first": "2026-10-12", "last": "2026-10-16"}],
                "attendance": 5,
            }
        ),
        shape=GroupShape(min_students=3, target_students=5),
        languages=("en", "fi"),
        missing_availability="any_slot",
        rules=tuple(
            rule.model_validate({"sets": [["ana", "mia"]]} if kind == "keep_apart" else {})
            for kind, rule in ((rule.model_fields["kind"].default, rule) for rule in RULES)
            if kind in ("keep_apart", "mix", "group_size", "at_most")
        ),
    )


@pytest.mark.parametrize("indent", [None, 2])
def test_a_problem_comes_back_from_json_as_it_was(indent: int | None) -> None:
    """What a caller stores is what they later match."""
    problem = sample()
    text = problem.to_json(indent=indent)
    again = Problem.from_json(text)
    assert again == problem
    assert again.fingerprint == problem.fingerprint
    assert again.to_json(indent=indent) == text
    assert json.loads(text)["format"] == "mentormatch/problem/1"


def test_the_fingerprint_does_not_depend_on_the_order_of_rows() -> None:
    """The same round gives the same matching, however its sheet is sorted."""
    problem = Problem.from_json(EXAMPLE.read_bytes())
    fields = {name: getattr(problem, name) for name in Problem.model_fields}
    turned = Problem(
        **{
            **fields,
            "students": problem.students[::-1],
            "mentors": problem.mentors[::-1],
            "slots": problem.slots[::-1],
            "rules": problem.rules[::-1],
        }
    )
    assert turned.fingerprint == problem.fingerprint
    changed = Problem(**{**fields, "students": problem.students[1:]})
    assert changed.fingerprint != problem.fingerprint


def schema_errors(schema: dict[str, Any], data: Any) -> list[str]:
    """Return what a schema finds wrong with a document."""
    Draft202012Validator.check_schema(schema)
    return [error.json_path for error in Draft202012Validator(schema).iter_errors(data)]


def test_the_schema_accepts_every_problem_that_we_write() -> None:
    """Other tools check documents before they send them."""
    schema = Problem.json_schema()
    for problem in (sample(), Problem.from_json(EXAMPLE.read_bytes())):
        assert schema_errors(schema, json.loads(problem.to_json())) == []
        assert schema_errors(schema, problem.model_dump(mode="json")) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("students", 0, "departmnt"), "Physics"),
        (("students", 0, "mode"), "capmus"),
        (("students", 0, "languages", "en"), "good"),
        (("students", 0, "availability", "tue-15"), True),
        (("students", 0, "id"), 17),
        (("students", 0, "absences"), "2026-10-20"),
        (("slots", 0, "weekday"), "someday"),
        (("slots", 0, "weekday"), 8),
        (("slots", 0, "start"), 15),
        (("slots", 0, "start"), "25:00"),
        (("term", "meetings"), 0),
        (("term", "skipped"), [{"first": "2026-10-12"}]),
        (("shape", "mentors"), 4),
        (("rules", 0, "kind"), "nonsense"),
        (("rules", 0, "atribute"), "x"),
        (("format",), "mentormatch/problem/2"),
        (("langages",), ["en"]),
    ],
)
def test_the_schema_and_the_reader_refuse_the_same_slips(
    path: tuple[str | int, ...], value: object
) -> None:
    """A document that passes the schema but not the reader would surprise whoever sends it."""
    data = json.loads(Problem.from_json(EXAMPLE.read_bytes()).to_json())
    holder = data
    for part in path[:-1]:
        holder = holder.setdefault(part, {}) if isinstance(part, str) else holder[part]
    holder[path[-1]] = value
    assert schema_errors(Problem.json_schema(), data)
    with pytest.raises(InputError):
        Problem.model_validate(data)


@pytest.mark.parametrize("word", [2, "tuesday", "tue"])
def test_the_schema_knows_weekdays_by_name(word: object) -> None:
    """What the reader takes from people, the schema allows."""
    data = json.loads(sample().to_json())
    data["slots"][0]["weekday"] = word
    data["slots"][0]["start"] = "15:00"
    assert schema_errors(Problem.json_schema(), data) == []
    assert Problem.model_validate(data).slots[0].weekday == 2


def test_the_schema_tells_what_everything_means() -> None:
    """Title, dialect, and the docstring of every rule and noun as its description."""
    schema = Problem.json_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"]
    assert schema["description"]
    for rule in RULES:
        assert rule.__doc__ is not None
        described = schema["$defs"][rule.__name__]["description"]
        assert described.split() == rule.__doc__.split()
    for noun in ("Student", "Mentor", "Slot", "Term", "GroupShape", "WeeklyHours"):
        assert schema["$defs"][noun]["description"]


MATCHING = Matching(
    status="OPTIMAL",
    groups=(
        Group.model_validate(
            {
                "id": "g1",
                "students": ["ana"],
                "mentors": ["mia"],
                "slot": "tue-15",
                "meetings": ["2026-10-20T15:00:00+03:00", "2026-10-27T15:00:00+02:00"],
                "language": "en",
                "mode": "campus",
            }
        ),
    ),
    left_out=("ben",),
    tiers=(TierResult(tier=1, name="students left out", value=1, bound=1, seconds=0.5),),
    provenance=Provenance(problem="0" * 64, seed=0, versions={"mentormatch": "0"}),
)


def test_a_matching_comes_back_from_json_and_fits_its_schema() -> None:
    """Reports, calendars and rosters are made from the stored answer."""
    text = MATCHING.to_json()
    assert Matching.from_json(text) == MATCHING
    schema = Matching.json_schema()
    assert schema_errors(schema, json.loads(text)) == []
    assert schema["$defs"]["Group"]["description"]
    assert schema_errors(schema, {**json.loads(text), "status": "GOOD"}) == ["$.status"]


def test_the_faults_of_a_matching_are_told_in_the_same_way() -> None:
    """A roster written by hand has slips as well."""
    data = json.loads(MATCHING.to_json())
    data["statsu"] = data.pop("status")
    data["groups"][0]["mode"] = "capmus"
    data["groups"][0]["students"] = "ana"
    with pytest.raises(InputError) as caught:
        Matching.from_json(json.dumps(data))
    assert {fault.where: fault.nearest for fault in caught.value.faults} == {
        "statsu": "status",
        "groups[0].students": None,
        "groups[0].mode": "campus",
    }
    assert "mode of group 'g1' is 'capmus'" in str(caught.value)
