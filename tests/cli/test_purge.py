"""Deleting what names people when a round is over, as a command."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from mentormatch.data.problem import Problem
from mentormatch.exit_codes import ExitCode
from mentormatch.exporters.purge import PurgedMatching
from mentormatch.importers import read_round
from tests.cli.running import invoke, small, written
from tests.support.matched import grouped

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "round"


@pytest.fixture(scope="module")
def matched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the example's round, matched and handed out, with a roster put aside."""
    folder = tmp_path_factory.mktemp("term") / "round"
    shutil.copytree(EXAMPLE, folder)
    assert invoke("match", str(folder), "--quiet").exit_code == ExitCode.DONE
    with (folder / "out" / "roster.csv").open("a") as roster:
        roster.write("\n")
    assert invoke("match", str(folder), "--quiet", "--force").exit_code == ExitCode.DONE
    assert (folder / "out.before").is_dir()
    return folder


@pytest.fixture
def term(matched: Path, tmp_path: Path) -> Path:
    """Return a copy of it."""
    return Path(shutil.copytree(matched, tmp_path / "round"))


def command(term: Path, *more: str) -> tuple[str, ...]:
    """Return the command that purges a round."""
    beside = term.parent
    return (
        *("purge", str(term), str(term / "out" / "matching.json")),
        *("--key", str(beside / "key"), "-o", str(beside / "kept.json"), *more),
    )


def everything(folder: Path) -> str:
    """Return all that stands in a folder, names of files included."""
    texts = [
        f"{path.relative_to(folder)}\n{path.read_bytes().decode('utf-8', 'replace')}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    return "\n".join(texts)


def test_nothing_that_names_anybody_is_left_in_the_folder(term: Path) -> None:
    """Versions and what was put aside hold every name as well."""
    people = read_round(term).round.people
    assert all(person.name and person.name in everything(term) for person in people)
    ended = invoke(*command(term, "--delete", "--yes"))
    assert ended.exit_code == ExitCode.DONE, ended.output
    assert "Deleted for good:" in ended.stderr
    assert sorted(path.name for path in term.iterdir()) == ["programme.toml"]
    left = everything(term.parent)
    assert not [person.name for person in people if person.name and person.name in left]
    # The example's programme keeps two of them apart by their ids, which is told.
    assert "were not touched" in ended.stderr
    assert str(term / "programme.toml") in ended.stderr


def test_next_term_is_kept_from_who_met_whom(term: Path) -> None:
    """The hashes alone are enough for the rule, and the rule for the match."""
    old = read_round(term)
    met = json.loads((term / "out" / "matching.json").read_text())["groups"]
    assert invoke(*command(term, "--delete", "--yes")).exit_code == ExitCode.DONE
    shutil.copytree(EXAMPLE, term, dirs_exist_ok=True)
    kept, key = str(term.parent / "kept.json"), str(term.parent / "key")
    rule = invoke("met-before", str(term), kept, "--key", key)
    assert rule.exit_code == ExitCode.DONE, rule.output
    with (term / "programme.toml").open("a") as programme:
        programme.write(f"\n{rule.stdout}")
    stated = read_round(term).rules[-1]
    assert stated.kind == "met_before"
    assert len(read_round(term).round.people) == len(old.round.people)
    groups = {frozenset((*group["students"], *group["mentors"])) for group in met}
    assert {frozenset(one) for one in json.loads(stated.model_dump_json())["rounds"]} == groups
    assert invoke("match", str(term), "--quiet").exit_code == ExitCode.DONE


def test_without_the_flag_or_an_answer_everything_stays(term: Path) -> None:
    """What is deleted cannot be brought back."""
    before = everything(term)
    listed = invoke(*command(term))
    assert listed.exit_code == ExitCode.DONE
    assert "--delete deletes them for good" in listed.stderr
    for place in ("students.csv", "mentors.csv", "versions", "out", "out.before"):
        assert str(term / place) in listed.stderr
    refused = invoke(*command(term, "--delete", "--force"))
    assert refused.exit_code == ExitCode.BAD_INPUT
    assert "--yes agrees" in refused.stderr
    assert everything(term) == before


def test_what_is_kept_is_written_first_and_never_deleted(term: Path) -> None:
    """Else a full disk, or a slip, loses who met whom."""
    inside = (*command(term)[:3], "--key", str(term.parent / "key"))
    for target in (str(term / "out" / "kept.json"), "-"):
        ended = invoke(*inside, "-o", target, "--delete", "--yes")
        assert ended.exit_code == ExitCode.BAD_INPUT
        assert (term / "students.csv").is_file()


def test_what_cannot_be_moved_leaves_everything_where_it_was(
    term: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a round is neither kept nor forgotten."""
    before = everything(term)
    rename = Path.rename

    def failing(path: Path, target: Path) -> Path:
        if path.name == "versions":
            raise PermissionError(13, "Permission denied", str(path))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    ended = invoke(*command(term, "--delete", "--yes"))
    assert ended.exit_code == ExitCode.BAD_INPUT
    assert everything(term) == before
    assert PurgedMatching.from_json((term.parent / "kept.json").read_bytes()).groups


def test_a_removal_that_was_ended_halfway_is_finished(
    term: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was moved away still names everybody."""

    def ended(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("mentormatch.cli.removal.shutil.rmtree", ended)
        assert invoke(*command(term, "--delete", "--yes")).exit_code == ExitCode.INTERRUPTED
    assert [one.name for one in term.iterdir() if one.name.startswith(".purged-")]
    invoke(*command(term, "--delete", "--yes", "--force"))
    assert sorted(path.name for path in term.iterdir()) == ["programme.toml"]


def test_what_else_lies_there_is_told_and_left(term: Path) -> None:
    """Somebody's export is not ours to judge."""
    (term / "export.xlsx").write_bytes(b"x")
    ended = invoke(*command(term, "--delete", "--yes"))
    assert (term / "export.xlsx").is_file()
    assert str(term / "export.xlsx") in ended.stderr.partition("were not touched")[2]


def test_a_problem_in_json_is_deleted_with_its_matching(tmp_path: Path) -> None:
    """Without a folder of results the matching alone is deleted."""
    asked: Problem = small()
    source = written(tmp_path, asked)
    matching = tmp_path / "matching.json"
    matching.write_text(grouped(asked).to_json())
    ended = invoke(
        *("purge", source, str(matching), "--key", str(tmp_path / "key")),
        *("-o", str(tmp_path / "kept.json"), "--delete", "--yes"),
    )
    assert ended.exit_code == ExitCode.DONE, ended.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept.json", "key"]
