"""Every command answers another program in one envelope, whatever it is given."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from mentormatch.cli.app import COMMANDS
from mentormatch.cli.schema import documents
from mentormatch.data.problem import Problem
from mentormatch.exit_codes import ExitCode
from mentormatch.operations import Envelope, EventRecord
from tests.cli.running import impossible, invoke, process, small, written

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "round"

UNTIL_STOPPED = {"desk", "mcp", "serve", "work"}
"""Commands that go on until they are stopped; their usage errors alone are told here."""

GOOD: dict[str, tuple[str, ...]] = {
    "demo": ("--students", "8", "--report", "demo.html"),
    "import": ("export.csv", "--suggest", "-o", "mapping.toml"),
    "precheck": ("p.json",),
    "match": ("p.json",),
    "verify": ("p.json", "m.json"),
    "certify": ("p.json", "m.json", "--time-limit", "5"),
    "handout": ("p.json", "m.json", "-o", "handed"),
    "explain": ("p.json", "m.json", "--time-limit", "1"),
    "compare": ("p.json", "min=3", "--time-limit", "2"),
    "alternatives": ("p.json", "m.json", "--time-limit", "2", "--count", "1"),
    "replan": ("p.json", "--previous", "m.json", "--time-limit", "5"),
    "recommend": ("p.json", "ada", "--previous", "m.json"),
    "waiting-list": ("p.json", "--previous", "m.json"),
    "small-groups": ("p.json", "--previous", "m.json"),
    "history": ("round",),
    "diff": ("round", "1", "1"),
    "undo": ("round", "--to", "1", "--force"),
    "purge": ("p.json", "m.json", "--key", "key.txt", "-o", "purged.json"),
    "met-before": ("p.json", "purged.json", "--key", "key.txt"),
    "schema": ("matching",),
    "generate": ("--students", "8"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a problem, its matching, an export, and a round with two versions."""
    made = tmp_path_factory.mktemp("answers")
    (made / "p.json").write_text(small().to_json(), encoding="utf-8")
    assert invoke("match", str(made / "p.json"), "-o", str(made / "m.json")).exit_code == 0
    (made / "export.csv").write_text("Name,Email\nAda,ada@example.org\n", encoding="utf-8")
    source = made / "round"
    shutil.copytree(EXAMPLE, source, ignore=shutil.ignore_patterns("out", "versions"))
    for _ in range(2):
        assert invoke("match", str(source), "--force").exit_code == 0
    return made


def answered(*arguments: str) -> tuple[int, Envelope, dict[str, Any]]:
    """Run a command for a program; return how it ended and the one thing that it printed."""
    ended = invoke(*arguments, "--format", "json")
    data = json.loads(ended.stdout)
    jsonschema.validate(data, Envelope.json_schema())
    envelope = Envelope.from_data(data)
    assert envelope.exit_code == ended.exit_code
    return ended.exit_code, envelope, data


def test_every_command_is_asked_here() -> None:
    """A new command answers programs as well."""
    assert set(GOOD) | UNTIL_STOPPED == set(COMMANDS)


@pytest.mark.parametrize("command", GOOD)
def test_every_command_prints_one_envelope_with_the_document_that_it_promises(
    command: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Standard output holds nothing else, and the document is what its schema says."""
    monkeypatch.chdir(folder)
    code, envelope, data = answered(command, *GOOD[command])
    assert (code, envelope.status, envelope.faults) == (0, "done", ())
    assert envelope.command == command
    assert data["result"] is not None
    kind = data["result"]["format"].split("/")[1]
    model = documents()[kind]
    jsonschema.validate(data["result"], model.json_schema())
    assert model.from_data(data["result"]).model_dump(mode="json") == data["result"]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_wrong_command_line_is_told_in_an_envelope(command: str) -> None:
    """A program that misspells an option reads the same as ever."""
    code, envelope, _ = answered(command, "--no-such-option")
    assert (code, envelope.status, envelope.command) == (2, "bad_input", command)
    assert [fault.code for fault in envelope.faults] == ["usage"]


def test_a_command_that_there_is_not_is_told_in_an_envelope() -> None:
    """The nearest one is in the sentence."""
    _, envelope, _ = answered("mach", "p.json")
    assert envelope.command == "mentormatch"
    assert "mach" in envelope.faults[0].message


HOSTILE = {
    "nothing": b"",
    "no JSON": b"{",
    "not text": b"\xff\xfe\x00",
    "a list": b"[]",
    "deep": b"[" * 5_000,
    "twice": b'{"format": "mentormatch/problem/1", "format": 1}',
    "not a number": b'{"students": NaN}',
    "a formula": b'{"students": [{"id": "=cmd()", "x": 1}], "slots": 3}',
}


@pytest.mark.parametrize("given", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("command", ["precheck", "match", "verify", "explain", "compare", "replan"])
def test_hostile_documents_are_faults_in_an_envelope(
    command: str, given: bytes, tmp_path: Path
) -> None:
    """Whatever stands in a file, a program reads a fault with code, path and message."""
    file, matching = tmp_path / "p.json", tmp_path / "m.json"
    file.write_bytes(given)
    matching.write_text("{}", encoding="utf-8")
    more = {
        "verify": (str(matching),),
        "explain": (str(matching),),
        "compare": ("min=3",),
        "replan": ("--previous", str(matching)),
    }
    code, envelope, _ = answered(command, str(file), *more.get(command, ()))
    assert (code, envelope.status, envelope.result) == (2, "bad_input", None)
    assert envelope.faults
    assert all(fault.code and fault.path and fault.message for fault in envelope.faults)


def test_a_misspelt_field_is_a_fault_with_its_suggestion(tmp_path: Path) -> None:
    """Code, path, message and the nearest right name are apart, for a form to show."""
    data = {**json.loads(small().to_json()), "studnets": []}
    path = tmp_path / "p.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    _, envelope, _ = answered("match", str(path))
    (fault,) = envelope.faults
    assert (fault.code, fault.path, fault.suggestion) == ("unknown_field", "studnets", "students")


def test_a_contradiction_comes_along_when_it_is_asked_for(tmp_path: Path) -> None:
    """With a time limit of its own, beside the matching that there is not."""
    source = written(tmp_path, impossible())
    code, envelope, _ = answered("match", source)
    assert (code, envelope.status, envelope.why) == (ExitCode.INFEASIBLE, "infeasible", None)
    _, envelope, data = answered("match", source, "--why", "--why-limit", "10")
    assert envelope.why is not None
    jsonschema.validate(data["why"], documents()["infeasible"].json_schema())


def test_an_internal_error_tells_nothing_of_the_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an exception says may repeat people's data."""
    from mentormatch import explain

    def broken(problem: Problem) -> None:
        raise RuntimeError("ZZ-CANARY-7")

    monkeypatch.setattr(explain, "precheck", broken)
    code, _, data = answered("precheck", written(tmp_path, small()))
    assert code == ExitCode.INTERNAL
    assert data["faults"][0]["code"] == "internal"
    assert "CANARY" not in json.dumps(data)


def test_a_process_prints_the_envelope_alone_and_events_beside_it(tmp_path: Path) -> None:
    """Solvers write past Python's streams; nothing of it is between an envelope and its reader."""
    source = written(tmp_path, small())
    ended = process(
        "match", source, "--format", "json", "--progress", "ndjson", "--progress-matching"
    )
    envelope = Envelope.from_json(ended.stdout)
    assert envelope.status == "done"
    records = [json.loads(line) for line in ended.stderr.decode().splitlines()]
    for number, record in enumerate(records, 1):
        jsonschema.validate(record, EventRecord.json_schema())
        assert record["number"] == number
    assert any("matching" in record for record in records)


def test_events_go_to_a_file(tmp_path: Path) -> None:
    """Of a comparison the steps are numbered; a file that is there is not replaced unasked."""
    target = tmp_path / "events.ndjson"
    asked = ("compare", written(tmp_path, small()), "min=3", "--progress-to", str(target))
    assert invoke(*asked).exit_code == 0
    records = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert {record["step"] for record in records} == {1, 2}
    assert invoke(*asked).exit_code == ExitCode.BAD_INPUT
    assert invoke(*asked, "--force").exit_code == 0


def test_schemas_are_listed_and_printed_by_name() -> None:
    """A caller in another language makes its types of them."""
    listed = invoke("schema").stdout
    for name, model in documents().items():
        assert name in listed
        schema = json.loads(invoke("schema", name).stdout)
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema == model.json_schema()
    assert "did you mean matching" in invoke("schema", "maching").stderr
