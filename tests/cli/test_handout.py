"""From a problem to what is handed out: JSON problems, rosters changed by hand, rooms and links."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import icalendar
import openpyxl
import pytest

from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.evaluate.verify import verify
from mentormatch.exit_codes import ExitCode
from mentormatch.exporters import read_details
from mentormatch.rules import CommonLanguage
from tests.cli.running import invoke, process, written
from tests.support.build import mentor, problem, student


def _reachable() -> Problem:
    """Return two groups' worth of people with names and addresses, but for one."""

    def said(name: str) -> dict[str, str]:
        return {"name": name.title()} | ({} if name == "di" else {"email": f"{name}@example.org"})

    slots = "tue-15 wed-15"
    seated = tuple(student(name, slots, **said(name)) for name in ("ada", "bo", "cy", "di", "eve"))
    guides = tuple(mentor(name, slots, **said(name)) for name in ("mia", "noa"))
    return problem((*seated, student("fay", slots, **said("fay"))), guides, slots, size=(2, 3))


@pytest.fixture
def source(tmp_path: Path) -> str:
    """Return the file of a problem with names and addresses."""
    return written(tmp_path, _reachable())


def _rows(path: Path) -> list[dict[str, str]]:
    text = path.read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _fill(path: Path, **cells: str) -> None:
    rows = _rows(path)
    rows[0].update(cells)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _events(path: Path) -> list[icalendar.Component]:
    return icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")


def test_a_json_problem_hands_out_all_that_a_folder_gives(source: str, tmp_path: Path) -> None:
    """Who imported an export had the matching as JSON, and no way on."""
    out = tmp_path / "out"
    ended = invoke("match", source, "-o", str(out))
    assert ended.exit_code == ExitCode.DONE, ended.stderr
    found = {path.name for path in out.iterdir()}
    assert {"matching.json", "report.html", "roster.csv", "roster.xlsx"} <= found
    assert {"calendars", "texts", "groups.csv"} <= found
    matching = Matching.from_json((out / "matching.json").read_bytes())
    assert {path.stem for path in (out / "calendars").iterdir()} == {
        group.id for group in matching.groups
    }


def test_the_matching_alone_goes_to_a_file_or_a_device(source: str, tmp_path: Path) -> None:
    """Scripts that name a file still get one."""
    target = tmp_path / "best.json"
    assert invoke("match", source, "-o", str(target)).exit_code == ExitCode.DONE
    assert Matching.from_json(target.read_bytes()).groups
    assert invoke("match", source, "-o", "/dev/null").exit_code == ExitCode.DONE


def test_rooms_links_and_names_reach_calendars_and_texts_and_stay(
    source: str, tmp_path: Path
) -> None:
    """They are typed once, into the list that the results bring along."""
    out = tmp_path / "out"
    assert invoke("match", source, "-o", str(out)).exit_code == ExitCode.DONE
    group = _rows(out / "groups.csv")[0]["id"]
    uid = str(_events(out / "calendars" / f"{group}.ics")[0]["UID"])
    filled = {"name": "Blue", "place": "Room A1", "link": "https://meet.example.org/blue"}
    _fill(out / "groups.csv", **filled)
    again = invoke("match", source, "-o", str(out))
    assert again.exit_code == ExitCode.DONE, again.stderr
    event = _events(out / "calendars" / f"{group}.ics")[0]
    assert str(event["UID"]) == uid
    assert event["SEQUENCE"] == 1
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == ("Mentoring group Blue", "Room A1")
    assert str(event["URL"]) == "https://meet.example.org/blue"
    text = (out / "texts" / f"{group}.txt").read_text(encoding="utf-8")
    for word in ("Mentoring group Blue", "Where: Room A1", "Link: https://meet.example.org/blue"):
        assert word in text
    # Nothing changed since, so nothing has to be said again.
    assert invoke("match", source, "-o", str(out)).exit_code == ExitCode.DONE
    assert _events(out / "calendars" / f"{group}.ics")[0]["SEQUENCE"] == 1
    assert read_details(out / "groups.csv")[group].place == "Room A1"


def test_what_is_known_of_a_group_that_is_gone_is_kept(source: str, tmp_path: Path) -> None:
    """The next matching may bring it back, and a room is hard to get."""
    out, given = tmp_path / "out", tmp_path / "rooms.csv"
    given.write_text("id,place\ng1,Room A1\ng99,Room B2\n", encoding="utf-8")
    ended = invoke("match", source, "-o", str(out), "--groups", str(given))
    assert ended.exit_code == ExitCode.DONE, ended.stderr
    assert "groups that there are not: g99" in ended.stderr
    assert invoke("match", source, "-o", str(out)).exit_code == ExitCode.DONE
    assert read_details(out / "groups.csv")["g99"].place == "Room B2"


def test_every_fault_of_the_list_of_groups_is_told_before_the_search(
    source: str, tmp_path: Path
) -> None:
    """All at once, by row and column."""
    given = tmp_path / "rooms.csv"
    given.write_text(
        "id,plcae,link\ng1,A1,meet.example.org\ng1,A2,\n,,https://meet.example.org\n",
        encoding="utf-8",
    )
    ended = invoke("match", source, "-o", str(tmp_path / "out"), "--groups", str(given))
    assert ended.exit_code == ExitCode.BAD_INPUT
    for words in (
        "did you mean 'place'?",
        "row 2, column link: is not a link",
        "row 3, column id: names the group 'g1', which stands above",
        "row 4, column id: names no group",
    ):
        assert words in ended.stderr
    assert not (tmp_path / "out").exists()


def test_addresses_are_for_mail_merge_and_for_invitations_if_asked(
    source: str, tmp_path: Path
) -> None:
    """A calendar of a group tells nobody's address by itself."""
    out = tmp_path / "out"
    assert invoke("match", source, "-o", str(out)).exit_code == ExitCode.DONE
    sheet = openpyxl.load_workbook(out / "roster.xlsx")["Mail merge"]
    rows = list(sheet.iter_rows(values_only=True))
    column = rows[0].index("email")
    assert {row[2]: row[column] for row in rows[1:]}["ada"] == "ada@example.org"
    for path in (out / "calendars").iterdir():
        assert b"@example.org" not in path.read_bytes()
    for path in [out / "report.html", *(out / "texts").rglob("*.txt")]:
        assert "@example.org" not in path.read_text(encoding="utf-8")

    ended = invoke("match", source, "-o", str(out), "--organizer", "desk@example.org")
    assert ended.exit_code == ExitCode.DONE, ended.stderr
    matching = Matching.from_json((out / "matching.json").read_bytes())
    for group in matching.groups:
        path = out / "calendars" / f"{group.id}.ics"
        assert b"METHOD:REQUEST" in path.read_bytes()
        event = _events(path)[0]
        assert str(event["ORGANIZER"]) == "mailto:desk@example.org"
        asked = event["ATTENDEE"]
        assert {str(one) for one in (asked if isinstance(asked, list) else [asked])} == {
            f"mailto:{one}@example.org" for one in (*group.mentors, *group.students) if one != "di"
        }
        assert event["SEQUENCE"] == 1
    wrong = invoke("match", source, "-o", str(out), "--organizer", "the desk")
    assert wrong.exit_code == ExitCode.BAD_INPUT
    assert "not an e-mail address" in wrong.stderr


def test_nothing_is_said_of_what_nobody_was_asked(tmp_path: Path) -> None:
    """Groups met "en, online", though the form had asked about neither."""
    plain = problem(
        tuple(student(name, languages={}) for name in ("ada", "bo", "cy")),
        (mentor("mia", languages={}), mentor("noa", languages={})),
        "tue-15",
        CommonLanguage(tier="off"),
        size=(2, 4),
    )
    out = tmp_path / "out"
    ended = invoke("match", written(tmp_path, plain), "-o", str(out))
    assert ended.exit_code == ExitCode.DONE, ended.stderr
    assert "g1" in ended.stdout
    told = {
        "screen": ended.stdout,
        "report": (out / "report.html").read_text(encoding="utf-8"),
        "text": (out / "texts" / "g1.txt").read_text(encoding="utf-8"),
        "calendar": (out / "calendars" / "g1.ics").read_text(encoding="utf-8"),
    }
    for place, text in told.items():
        for word in (
            "en, online",
            "en, campus",
            "English",
            "On campus",
            "Online",
            "Where:",
            "Language:",
        ):
            assert word not in text, (place, word)


def test_a_roster_changed_by_hand_is_handed_out(source: str, tmp_path: Path) -> None:
    """Calendars follow, and the roster's own folder takes the results without force."""
    out = tmp_path / "out"
    assert invoke("match", source, "-o", str(out)).exit_code == ExitCode.DONE
    before = Matching.from_json((out / "matching.json").read_bytes())
    rows = _rows(out / "roster.csv")
    one, other = (group.students[0] for group in before.groups[:2])
    for row in rows:
        if row["id"] in (one, other):
            row["group"] = "g2" if row["id"] == one else "g1"
    with (out / "roster.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    ended = invoke("handout", source, str(out / "roster.csv"), "-o", str(out))
    assert ended.exit_code == ExitCode.DONE, ended.output
    found = Matching.from_json((out / "matching.json").read_bytes())
    assert one in found.groups[1].students
    assert found.groups[0].meetings
    assert verify(_reachable(), found).ok
    assert (out / "texts" / "g2" / f"{one}.txt").exists()
    assert [tier.tier for tier in found.tiers] == [tier.tier for tier in before.tiers]


def test_a_roster_with_broken_rules_is_handed_out_only_if_that_is_said(
    source: str, tmp_path: Path
) -> None:
    """Invitations to a group without mentors are not taken back."""
    out, other = tmp_path / "out", tmp_path / "other"
    assert invoke("match", source, "-o", str(out)).exit_code == ExitCode.DONE
    text = (out / "roster.csv").read_text(encoding="utf-8-sig")
    (out / "roster.csv").write_text(
        "".join(row for row in text.splitlines(keepends=True) if ",mia," not in row),
        encoding="utf-8",
    )
    arguments = ("handout", source, str(out / "roster.csv"), "-o", str(other))
    ended = invoke(*arguments)
    assert ended.exit_code == ExitCode.BREACHES_FOUND
    assert "breach" in ended.stdout
    assert not other.exists()
    assert invoke(*arguments, "--even-if-broken").exit_code == ExitCode.DONE
    assert (other / "roster.csv").exists()


@pytest.mark.parametrize(
    "option", [("--templates", "no-such-folder"), ("--groups", "g.csv"), ("--organizer", "a@b.fi")]
)
def test_what_is_for_a_folder_of_results_is_not_passed_over_without_one(
    source: str, option: tuple[str, str]
) -> None:
    """Templates in a folder that does not exist were ignored with a JSON problem."""
    ended = invoke("match", source, *option)
    assert ended.exit_code == ExitCode.BAD_INPUT
    assert f"{option[0]} is for a folder of results" in ended.stderr


def test_templates_that_are_not_there_are_refused_before_the_search(
    source: str, tmp_path: Path
) -> None:
    """Not after a minute, and not silently."""
    missing = tmp_path / "words"
    ended = invoke("match", source, "-o", str(tmp_path / "out"), "--templates", str(missing))
    assert ended.exit_code == ExitCode.BAD_INPUT
    assert str(missing) in ended.stderr
    assert not (tmp_path / "out").exists()


def test_nobody_is_named_on_an_error_stream_that_is_no_terminal(source: str) -> None:
    """The table went to a log although the JSON went to standard output."""
    ended = process("match", source)
    assert ended.returncode == ExitCode.DONE
    assert b"Proven optimal" in ended.stderr
    for name in (b"Ada", b"Mia", b"Eve"):
        assert name not in ended.stderr
    assert Matching.from_json(ended.stdout).groups


def test_quiet_shows_nothing_but_the_result(source: str, tmp_path: Path) -> None:
    """Scripts keep what is printed."""
    ended = process("match", source, "--quiet")
    assert (ended.returncode, ended.stderr) == (ExitCode.DONE, b"")
    assert Matching.from_json(ended.stdout).groups
    ended = process("match", source, "-q", "-o", str(tmp_path / "out"))
    assert (ended.returncode, ended.stdout, ended.stderr) == (ExitCode.DONE, b"", b"")


def test_a_group_that_goes_on_keeps_its_meetings_in_calendars(source: str, tmp_path: Path) -> None:
    """Numbered anew, it would be cancelled, and another group's meetings moved to its place."""
    out = tmp_path / "out"
    assert invoke("match", source, "-o", str(out)).exit_code == ExitCode.DONE
    gone, stays = Matching.from_json((out / "matching.json").read_bytes()).groups
    uids = [str(event["UID"]) for event in _events(out / "calendars" / f"{stays.id}.ics")]
    asked = _reachable()
    fewer = written(
        tmp_path,
        asked.model_copy(
            update={
                "students": tuple(one for one in asked.students if one.id not in gone.students),
                "mentors": tuple(one for one in asked.mentors if one.id not in gone.mentors),
            }
        ),
    )
    ended = invoke("match", fewer, "-o", str(out))
    assert ended.exit_code == ExitCode.DONE, ended.stderr
    (group,) = Matching.from_json((out / "matching.json").read_bytes()).groups
    assert group.id == stays.id
    events = _events(out / "calendars" / f"{stays.id}.ics")
    assert [str(event["UID"]) for event in events] == uids
    assert {event["SEQUENCE"] for event in events} == {0 if group.slot == stays.slot else 1}
    assert b"METHOD:CANCEL" in (out / "calendars" / f"{gone.id}.ics").read_bytes()


@pytest.mark.parametrize("command", [("precheck",), ("compare", "min=3")])
def test_a_page_on_standard_output_sends_no_names_to_the_error_stream(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    """What is shown beside the page went to a log."""
    people = (*(student(name, "tue-15 wed-15") for name in ("ada", "bo")), student("di", "wed-15"))
    given = written(tmp_path, problem(people, (mentor("mia"),), "tue-15 wed-15", size=(2, 3)))
    name, *variants = command
    ended = process(name, given, *variants, "--report", "-")
    assert ended.returncode == ExitCode.DONE, ended.stderr
    assert b"<html" in ended.stdout
    assert b"di" not in ended.stderr
