"""The net below a large change tells what differs, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.net.__main__ import chosen, compared, read, write
from benchmarks.net.answers import answers
from benchmarks.net.differences import differences, is_allowed, renamed
from mentormatch.synthetic import generate


@pytest.mark.parametrize(
    ("before", "after", "places"),
    [
        ({"a": [1, {"b": 2}]}, {"a": [1, {"b": 2}]}, {}),
        ({"a": [1, {"b": 2}]}, {"a": [1, {"b": 3}]}, {"a.1.b": "was 2, is 3"}),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, {"": "keys in another order: b, a"}),
        ({"a": 1}, {"b": 1}, {"a": "is gone; it was 1", "b": "is new: 1"}),
        ([1, 2], [1], {"length": "was 2, is 1"}),
        (1, True, {"": "was 1, is True"}),
        (0, None, {"": "was 0, is None"}),
        (
            "one\ntwo",
            "one\nthree",
            {"": "\n--- before\n+++ after\n@@ -1,2 +1,2 @@\n one\n-two\n+three"},
        ),
        ("one\n", "one", {"": "line ends differ"}),
    ],
)
def test_every_place_is_named(before: Any, after: Any, places: dict[str, str]) -> None:
    """A reader sees where and what, not two documents to hold side by side."""
    assert {one.path: one.text for one in differences(before, after)} == places


def test_what_is_allowed_is_counted_and_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A pattern covers whatever lies at the paths, however deep."""
    before = {"one": {"provenance": {"problem": "a"}}, "two": 1}
    after = {"one": {"provenance": {"problem": "b"}}, "two": 2}
    assert compared(before, after, ["*.provenance.problem"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "two: was 1, is 2",
        "1 differences, and 1 that are allowed",
    ]
    assert not is_allowed("two", ["tw"])


def test_a_new_name_holds_for_keys_and_for_texts_that_are_the_old_one() -> None:
    """So that a renamed field or kind of rule is no difference, and a sentence stays."""
    old = {"rules": [{"kind": "mix", "mix": "mix them"}]}
    assert renamed(old, {"mix": "blend"}) == {"rules": [{"kind": "blend", "blend": "mix them"}]}


def test_a_net_finds_nothing_until_something_changes(tmp_path: Path) -> None:
    """What was written is compared with what the stored inputs give now."""
    given: dict[str, Any] = {
        "rounds": {
            "ten": {
                "problem": json.loads(generate(10, seed=1).to_json()),
                "options": {"time_limit": None, "ceilings": {"1": 10}},
            }
        },
        "faults": {"empty": {"reader": "problem", "text": "{}"}},
        "files": {"broken.json": {"students": 3}},
        "commands": {"precheck": ["precheck", "broken.json"]},
        "fixed": {"messages": {}},
    }
    file = tmp_path / "net.json"
    write(file, given, answers(given, told=False))
    again, expected = read(file, {})
    assert again == given
    assert expected["rounds"]["ten"]["matching"]["status"] == "OPTIMAL"
    assert "seconds" not in expected["rounds"]["ten"]["matching"]["provenance"]
    assert expected["commands"]["precheck"]["exit"] == 2
    assert compared(expected, answers(again, told=False), []) == 0
    again["rounds"]["ten"]["options"]["ceilings"] = {"1": 0}
    only = "rounds.*"
    assert compared(chosen(expected, only), answers(again, only, told=False), []) > 0
