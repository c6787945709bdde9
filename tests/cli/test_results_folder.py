from __future__ import annotations

import shutil
from pathlib import Path

import icalendar
import pytest

from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.evaluate.verify import verify
from mentormatch.exit_codes import ExitCode
from mentormatch.exporters import read_roster
from mentormatch.importers import read_round
from mentormatch.synthetic import PRESETS, Difficulty, generate
from tests.cli.running import invoke

PROGRAMME = """
slots = [
    { id = "tue-15", weekday = "tue", start = "15:00" },
    { id = "wed-15", weekday = "wed", start = "15:00" },
]
term = { first_day = "2026-10-05", last_day = "2026-11-01", meetings = 2 }
shape = { min_students = 2, max_students = 4, mentors = 1 }
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a folder of sign-ups that is matched at once."""
    folder = tmp_path / "round"
    folder.mkdir()
    (folder / "students.csv").write_text(
        "id,name,languages,availability\n"
        "s1,Ada,en:C1,tue-15\ns2,Bo,en:C1,tue-15\ns3,Cy,en:C1,wed-15\n",
        encoding="utf-8",
    )
    (folder / "mentors.csv").write_text(
        "id,name,languages,availability\nm1,Mia,en:C1,tue-15; wed-15\n", encoding="utf-8"
    )
    (folder / "programme.toml").write_text(PROGRAMME, encoding="utf-8")
    return folder


def _names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("[!.]*") if path.is_file()}


def _break_students(source: Path) -> None:
    text = (source / "students.csv").read_text(encoding="utf-8")
    (source / "students.csv").write_text(text.replace("tue-15", "wed-15"), encoding="utf-8")


def test_matching_a_folder_writes_all_of_it_into_one_folder(source: Path) -> None:
    """One command takes a coordinator from sign-ups to everything that is sent out."""
    ended = invoke("match", str(source))
    assert ended.exit_code == ExitCode.DONE, ended.stderr
    out = source / "out"
    assert _names(out) == {
        *("matching.json", "report.html", "roster.csv", "roster.xlsx", "calendars/g1.ics"),
        "groups.csv",
        *("texts/g1.txt", "texts/g1/s1.txt", "texts/g1/s2.txt", "texts/g1/m1.txt"),
        "texts/left-out/s3.txt",
    }
    assert str(out) in ended.stderr
    assert "Ada" in ended.stdout
    asked = read_round(source)
    matching = Matching.from_json((out / "matching.json").read_bytes())
    assert verify(asked, matching).ok
    assert read_roster(out / "roster.csv", asked).groups == matching.groups
    assert read_roster(out / "roster.xlsx", asked).groups == matching.groups


def test_the_coordinators_page_is_one_more_file_and_named_so(source: Path) -> None:
    """One step for whoever must answer why, and nothing of it in what is handed out."""
    ended = invoke("match", str(source), "--explain", "--language", "fi", "--time-limit", "20")
    assert ended.exit_code == ExitCode.DONE, ended.stderr
    assert "coordinator-only.html there tells reasons" in ended.stderr
    out = source / "out"
    page = (out / "coordinator-only.html").read_text(encoding="utf-8")
    assert "Cy" in page
    assert "Miksi joku jäi ilman ryhmää" in page
    assert "Mikä rajoittaa kierrosta" in page
    told = "on liian vähän vapaita mentoreita"
    assert told in page
    for name in _names(out) - {"coordinator-only.html", "roster.xlsx"}:
        assert told not in (out / name).read_text(encoding="utf-8")
    # The folder is still one that was written as a whole, and is replaced as a whole.
    assert invoke("match", str(source)).exit_code == ExitCode.DONE
    assert "coordinator-only.html" not in _names(out)


def test_running_it_again_changes_nothing(source: Path) -> None:
    """The same sign-ups give the same files, but for the seconds it took."""
    assert invoke("match", str(source)).exit_code == ExitCode.DONE
    out = source / "out"
    before = {name: (out / name).read_bytes() for name in _names(out)}
    assert invoke("match", str(source)).exit_code == ExitCode.DONE
    after = {name: (out / name).read_bytes() for name in _names(out)}
    timed = {"matching.json", "report.html"}
    assert {name: data for name, data in after.items() if name not in timed} == {
        name: data for name, data in before.items() if name not in timed
    }


def test_a_changed_round_updates_the_calendars_of_the_run_before(source: Path) -> None:
    """Members have imported the first calendar; the second one moves its meetings."""
    assert invoke("match", str(source)).exit_code == ExitCode.DONE
    path = source / "out" / "calendars" / "g1.ics"
    first = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    _break_students(source)
    assert invoke("match", str(source)).exit_code == ExitCode.DONE
    second = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert [event["UID"] for event in second] == [event["UID"] for event in first]
    assert [event["SEQUENCE"] for event in second] == [1, 1]


def test_a_round_without_any_groups_leaves_the_folder_as_it_was(source: Path) -> None:
    """Nobody wants good groups replaced by none, and every meeting cancelled."""
    assert invoke("match", str(source)).exit_code == ExitCode.DONE
    text = PROGRAMME + 'rules = [{ kind = "place_everyone", tier = "hard" }]\n'
    (source / "programme.toml").write_text(text, encoding="utf-8")
    before = (source / "out" / "matching.json").read_bytes()
    ended = invoke("match", str(source))
    assert ended.exit_code == ExitCode.INFEASIBLE
    assert "left as it was" in ended.stderr
    assert (source / "out" / "matching.json").read_bytes() == before
    fresh = invoke("match", str(source), "-o", str(source.parent / "fresh"))
    assert fresh.exit_code == ExitCode.INFEASIBLE
    assert "nothing was written" in fresh.stderr
    assert not (source.parent / "fresh").exists()


def test_an_edited_result_is_kept_unless_forced(source: Path) -> None:
    """An edited invitation is an hour of work."""
    assert invoke("match", str(source)).exit_code == ExitCode.DONE
    text = source / "out" / "texts" / "g1.txt"
    text.write_text("edited", encoding="utf-8")
    refused = invoke("match", str(source))
    assert refused.exit_code == ExitCode.BAD_INPUT
    assert "texts/g1.txt" in refused.stderr
    assert "--force" in refused.stderr
    assert text.read_text(encoding="utf-8") == "edited"
    assert invoke("match", str(source), "--force").exit_code == ExitCode.DONE
    assert text.read_text(encoding="utf-8") != "edited"


def test_another_folder_and_the_matching_alone_can_be_asked_for(source: Path) -> None:
    """Scripts join commands, and coordinators have their own places."""
    elsewhere = source.parent / "results"
    assert invoke("match", str(source), "-o", str(elsewhere)).exit_code == ExitCode.DONE
    assert "matching.json" in _names(elsewhere)
    alone = source.parent / "groups.JSON"
    assert invoke("match", str(source), "-o", str(alone)).exit_code == ExitCode.DONE
    assert Matching.from_json(alone.read_bytes()).placed == 2
    assert not (source / "out").exists()
    ended = invoke("match", str(source), "-o", str(source), "--force")
    assert ended.exit_code == ExitCode.BAD_INPUT
    assert (source / "students.csv").exists()


def test_own_templates_are_used_and_checked_before_the_search(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slip in a template is told at once, not after a minute."""
    templates = source / "templates"
    templates.mkdir()
    (templates / "person.txt").write_text("Moi {{ person.name }}", encoding="utf-8")
    ended = invoke("match", str(source), "--templates", str(templates))
    assert ended.exit_code == ExitCode.DONE
    assert (source / "out/texts/g1/s1.txt").read_text(encoding="utf-8") == "Moi Ada\n"
    (templates / "person.txt").write_text("Moi {{ person.name", encoding="utf-8")
    monkeypatch.setattr("mentormatch.solve.match.match", None)
    ended = invoke("match", str(source), "--templates", str(templates))
    assert ended.exit_code == ExitCode.BAD_INPUT
    assert "person.txt line 1" in ended.stderr


def test_without_a_package_the_rest_is_written_and_that_is_said(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever installed the command line alone gets what it can do, and hears of the rest."""
    missing = {"roster.xlsx": 'pip install "mentormatch[xlsx]"', "calendars": "pip install"}
    for place in ("mentormatch.cli.results_folder", "mentormatch.exporters.round_output"):
        monkeypatch.setattr(f"{place}.missing_parts", lambda: missing)
    ended = invoke("match", str(source))
    assert ended.exit_code == ExitCode.DONE
    assert 'roster.xlsx was not written, it needs a package: pip install "mentormatch[xlsx]"' in (
        ended.stderr
    )
    assert _names(source / "out") >= {"matching.json", "report.html", "roster.csv", "texts/g1.txt"}
    assert not (source / "out" / "calendars").exists()


def test_calendars_that_were_sent_are_not_dropped_for_lack_of_a_package(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next export must know them, or it could neither move nor cancel a meeting."""
    assert invoke("match", str(source)).exit_code == ExitCode.DONE
    missing = {"calendars": 'pip install "mentormatch[ics]"'}
    monkeypatch.setattr("mentormatch.cli.results_folder.missing_parts", lambda: missing)
    ended = invoke("match", str(source))
    assert ended.exit_code == ExitCode.BAD_INPUT
    assert "mentormatch[ics]" in ended.stderr
    assert (source / "out" / "calendars" / "g1.ics").exists()


@pytest.mark.parametrize("name", ["roster.csv", "roster.xlsx"])
def test_a_roster_can_be_verified(source: Path, name: str) -> None:
    """Also after somebody moved people about in it, which is when it matters."""
    assert invoke("match", str(source)).exit_code == ExitCode.DONE
    ended = invoke("verify", str(source), str(source / "out" / name))
    assert ended.exit_code == ExitCode.DONE
    moved = source.parent / "moved.csv"
    shutil.copy(source / "out" / "roster.csv", moved)
    text = moved.read_text(encoding="utf-8-sig")
    moved.write_text(text.replace(",left out,s3,Cy,,", "g1,student,s3,Cy,tue-15,"), "utf-8")
    ended = invoke("verify", str(source), str(moved))
    assert ended.exit_code == ExitCode.BREACHES_FOUND
    assert "Cy" in ended.stdout


@pytest.mark.parametrize("difficulty", PRESETS)
def test_made_up_rounds_have_the_difficulty_and_the_mentors_asked_for(
    difficulty: Difficulty,
) -> None:
    """Whoever tries the library on hard rounds must get hard ones."""
    ended = invoke("generate", "--students", "60", "--difficulty", difficulty)
    assert ended.exit_code == ExitCode.DONE
    recipe = PRESETS[difficulty]
    assert Problem.from_json(ended.stdout) == generate(60, recipe=recipe)
    assert invoke("generate", "--difficulty", "tough").exit_code == ExitCode.BAD_INPUT


def test_an_edited_roster_is_kept_and_named_when_a_new_match_is_forced(source: Path) -> None:
    """It was overwritten without a copy."""
    assert invoke("match", str(source)).exit_code == ExitCode.DONE
    roster = source / "out" / "roster.csv"
    edited = roster.read_bytes().replace(b"student", b"Student", 1)
    roster.write_bytes(edited)
    forced = invoke("match", str(source), "--force")
    assert forced.exit_code == ExitCode.DONE
    copy = source / "out.before" / "roster.csv"
    assert copy.read_bytes() == edited
    assert str(copy.parent) in forced.stderr


def test_a_changed_roster_is_compared_with_the_matching_beside_it(source: Path) -> None:
    """Valid is not all that somebody who moved people about wants to hear."""
    assert invoke("match", str(source)).exit_code == ExitCode.DONE
    roster = source / "out" / "roster.csv"
    assert "Nobody is in another group" in invoke("verify", str(source), str(roster)).stdout
    text = roster.read_text(encoding="utf-8-sig")
    rows = text.splitlines(keepends=True)
    place = next(at for at, row in enumerate(rows) if ",student," in row)
    group, rest = rows[place].split(",", 1)
    rows[place] = f",{rest}"
    roster.write_text("".join(rows), encoding="utf-8")
    ended = invoke("verify", str(source), str(roster))
    assert ended.exit_code == ExitCode.BREACHES_FOUND
    assert f"Group {group} has 1 student, fewer than 2" in ended.stdout
    assert f": {group} -> no group" in ended.stdout
    problem = read_round(source)
    first = problem.tiers[0]
    line = next(line for line in ended.stdout.splitlines() if problem.tier_name(first) in line)
    assert "worse by 1" in line
