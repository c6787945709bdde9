"""A round of tables through its term: sign-ups change, and one command does the rest."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import vobject

from mentormatch.cli import replan
from mentormatch.data.matching import Matching
from mentormatch.exit_codes import ExitCode
from mentormatch.replan import Frontier
from mentormatch.replan.policy import DEFAULT_ORDER
from tests.cli.running import invoke

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "round"


def published(folder: Path) -> Path:
    """Return a folder with the example's round, matched once."""
    source = folder / "round"
    shutil.copytree(EXAMPLE, source, ignore=shutil.ignore_patterns("out", "versions"))
    done = invoke("match", str(source))
    assert done.exit_code == ExitCode.DONE, done.output
    return source


def drop(source: Path, table: str, person: str) -> None:
    """Take somebody's row out of a table."""
    path = source / table
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(f"{person},")]
    assert len(kept) == len(lines) - 1
    path.write_text("".join(kept), encoding="utf-8")


def student_leaves(source: Path) -> None:
    """Let a student leave whom no rule names."""
    drop(source, "students.csv", "s10")


def mentor_leaves(source: Path) -> None:
    """Let a mentor leave."""
    drop(source, "mentors.csv", "m2")


def student_joins(source: Path) -> None:
    """Let somebody sign up late, with the answers of another."""
    path = source / "students.csv"
    text = path.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("s02,"))
    path.write_text(text + row.replace("s02,Student 02", "s99,Student 99") + "\n", encoding="utf-8")


def events(folder: Path) -> dict[str, tuple[str, Any, str, int]]:
    """Return each meeting in the calendars of a folder, by its identifier, read by vobject."""
    found = {}
    for path in sorted(folder.glob("*.ics")):
        calendar = vobject.readOne(path.read_text(encoding="utf-8"))
        method = calendar.method.value
        for event in calendar.vevent_list:
            sequence = int(event.sequence.value)
            found[event.uid.value] = (path.stem, event.dtstart.value, method, sequence)
    return found


def read(source: Path) -> Matching:
    """Return the matching that is handed out."""
    return Matching.from_json((source / "out" / "matching.json").read_bytes())


@pytest.mark.parametrize("event", [student_leaves, mentor_leaves, student_joins])
def test_one_command_goes_from_changed_sign_ups_to_texts_and_calendars(
    tmp_path: Path, event: Callable[[Path], None]
) -> None:
    """Who is concerned gets a text; a calendar moves the meetings of a group that goes on."""
    source = published(tmp_path)
    before, calendars = read(source), events(source / "out" / "calendars")
    event(source)
    done = invoke("replan", str(source))
    assert done.exit_code == ExitCode.DONE, done.output
    assert "no less is possible" in done.output
    after, now = read(source), events(source / "out" / "calendars")
    old = {group.id: group for group in before.groups}
    new = {group.id: group for group in after.groups}
    for uid, (name, start, _, sequence) in calendars.items():
        assert uid in now, "a meeting that somebody has in a calendar is never forgotten"
        if name not in new:
            assert now[uid][2] == "CANCEL"
            assert now[uid][3] > sequence
        elif old[name].meetings == new[name].meetings and old[name].mentors == (new[name].mentors):
            assert now[uid] == (name, start, "PUBLISH", sequence)
        else:
            assert now[uid][0] == name
            assert now[uid][3] > sequence
    texts = {path.stem for path in (source / "out" / "changes").glob("*.txt")}
    where = {one: group for group in before.groups for one in (*group.students, *group.mentors)}
    then = {one: group for group in after.groups for one in (*group.students, *group.mentors)}
    for person, group in where.items():
        same = person in then and (
            (then[person].id, then[person].slot, then[person].mentors, then[person].students)
            == (group.id, group.slot, group.mentors, group.students)
        )
        assert not (same and person in texts), f"{person} is told though nothing changed"
        if person in then and (then[person].id, then[person].slot) != (group.id, group.slot):
            assert person in texts


def test_with_nothing_new_nothing_changes(tmp_path: Path) -> None:
    """A second look publishes no version and tells nobody."""
    source = published(tmp_path)
    before = read(source)
    done = invoke("replan", str(source))
    assert done.exit_code == ExitCode.DONE, done.output
    assert "Nothing changes." in done.output
    assert read(source).groups == before.groups
    assert not (source / "out" / "changes").exists()
    assert len(list((source / "versions").iterdir())) == 1


def test_matching_anew_keeps_the_ids_of_groups_that_go_on(tmp_path: Path) -> None:
    """An earlier day in the week must not rename every group after it."""
    source = published(tmp_path)
    before = read(source)
    student_leaves(source)
    assert invoke("match", str(source)).exit_code == ExitCode.DONE
    after = {group.id: group for group in read(source).groups}
    same = [group for group in before.groups if group.id in after]
    assert same
    for group in same:
        other = after[group.id]
        assert set(group.students) & set(other.students) or set(group.mentors) & set(other.mentors)


def test_history_lists_diff_tells_and_undo_goes_back(tmp_path: Path) -> None:
    """Nothing that was published is ever lost."""
    source = published(tmp_path)
    first = read(source)
    mentor_leaves(source)
    assert invoke("replan", str(source)).exit_code == ExitCode.DONE
    listed = invoke("history", str(source))
    assert re.search(r"^ +1 .*matched", listed.output, re.MULTILINE)
    assert re.search(r"^ +2 .*matched again", listed.output, re.MULTILINE)
    told = invoke("diff", str(source), "1", "2")
    assert "mentor m2 has left" in told.output
    assert invoke("undo", str(source)).exit_code == ExitCode.DONE
    assert read(source).groups == first.groups
    assert "went back to version 1" in invoke("history", str(source)).output


def test_the_frontier_shows_what_each_move_gains_and_one_row_is_taken(tmp_path: Path) -> None:
    """A coordinator weighs people moved against people placed."""
    source = published(tmp_path)
    mentor_leaves(source)
    shown = invoke("replan", str(source), "--frontier")
    assert shown.exit_code == ExitCode.DONE, shown.output
    rows = re.findall(r"^ +(\d+) +(\d+) +(\d+)  ", shown.output, re.MULTILINE)
    assert rows[0][0] == "0"
    lost = [int(row[2]) for row in rows]
    assert lost == sorted(lost, reverse=True)
    taken = invoke("replan", str(source), "--row", rows[1][0])
    assert taken.exit_code == ExitCode.DONE, taken.output
    refused = invoke("replan", str(source), "--row", "77")
    assert refused.exit_code == ExitCode.BAD_INPUT


def test_a_measure_that_is_none_is_told_with_the_nearest(tmp_path: Path) -> None:
    """A typing mistake must not change the order silently."""
    source = published(tmp_path)
    done = invoke("replan", str(source), "--order", "places,mentor")
    assert done.exit_code == ExitCode.BAD_INPUT
    assert "mentors" in done.output


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    """First look, then act."""
    source = published(tmp_path)
    before = (source / "out" / "matching.json").read_bytes()
    mentor_leaves(source)
    assert invoke("replan", str(source), "--dry-run").exit_code == ExitCode.DONE
    assert (source / "out" / "matching.json").read_bytes() == before
    assert len(list((source / "versions").iterdir())) == 1


def test_the_default_order_is_that_of_the_library() -> None:
    """The command line states it in words, so that it need not load the library for its help."""
    assert ",".join(DEFAULT_ORDER) == replan.DEFAULT_MEASURES


def test_what_is_not_in_the_tables_is_stated_as_events(tmp_path: Path) -> None:
    """The command says what it understood, does it, and says what the tables lack."""
    source = published(tmp_path)
    before = read(source)
    (gone, *_) = before.groups[0].students
    file = tmp_path / "events.json"
    file.write_text('{"events": [{"kind": "slot_lost", "id": "nowhere"}]}', encoding="utf-8")
    refused = invoke("replan", str(source), "--event", "student_left:nobody", "--events", str(file))
    assert refused.exit_code == ExitCode.BAD_INPUT
    assert "'nobody'" in refused.output
    assert "'nowhere'" in refused.output
    done = invoke("replan", str(source), "--event", f"student_left:{gone}")
    assert done.exit_code == ExitCode.DONE, done.output
    assert done.output.count(f"{gone} has left") >= 3
    assert "The tables do not say this yet" in done.output
    assert gone not in str(read(source))


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("student_leaft:s10", "did you mean student_left"),
        ("slot_lost:tue-15:now", "says more than an id"),
        ("room_lost:tue-15:two", "rooms"),
        ("{", "JSON"),
    ],
)
def test_an_event_that_cannot_be_read_is_refused(tmp_path: Path, stated: str, said: str) -> None:
    """A slip of the pen changes nobody's group."""
    source = published(tmp_path)
    done = invoke("replan", str(source), "--event", stated)
    assert done.exit_code == ExitCode.BAD_INPUT
    assert said in done.output


def test_the_frontier_is_drawn_too(tmp_path: Path) -> None:
    """The drawing has a bar for each row in each panel, and says itself in words."""
    source = published(tmp_path)
    mentor_leaves(source)
    plot = tmp_path / "frontier.svg"
    shown = invoke("replan", str(source), "--frontier", "--plot", str(plot), "--json")
    assert shown.exit_code == ExitCode.DONE, shown.output
    rows = Frontier.from_json(shown.stdout).rows
    drawing = ET.fromstring(plot.read_text(encoding="utf-8"))
    bars = [
        one for one in drawing.iterfind(".//{*}rect") if one.get("class") in ("good", "bad", "cost")
    ]
    assert len(bars) == len(rows) * (2 + len(rows[0].tiers))
    said = drawing.get("aria-label") or ""
    assert said.count(" moved: ") == len(rows)
    assert f"{len(rows[0].lost)} people who lose their place" in said
    refused = invoke("replan", str(source), "--plot", str(plot))
    assert refused.exit_code == ExitCode.BAD_INPUT
    before = read(source).groups
    taken = invoke("replan", str(source), "--row", str(len(rows[-1].moved)))
    assert taken.exit_code == ExitCode.DONE, taken.output
    assert read(source).groups != before
    assert read(source).groups == rows[-1].matching.groups


def test_in_the_middle_of_a_term_what_was_held_stays(tmp_path: Path) -> None:
    """In the groups, in the calendars, and for every command after it."""
    source = published(tmp_path)
    before, calendars = read(source), events(source / "out" / "calendars")
    mentor_leaves(source)
    moment = "2026-11-01T12:00"
    done = invoke("replan", str(source), "--now", moment)
    assert done.exit_code == ExitCode.DONE, done.output
    after = read(source)
    assert after.now is not None
    known = {group.id: group for group in before.groups}
    for group in after.groups:
        held = [start for start in known[group.id].meetings if start < after.now]
        assert held
        assert list(group.meetings[: len(held)]) == held
    for uid, (name, start, _, sequence) in events(source / "out" / "calendars").items():
        if start < after.now:
            assert (name, start, sequence) == (calendars[uid][0], calendars[uid][1], 0)
    answer = str(source / "out" / "matching.json")
    assert invoke("verify", str(source), answer).exit_code == ExitCode.DONE
    assert invoke("waiting-list", str(source)).exit_code == ExitCode.DONE
    again = invoke("replan", str(source))
    assert "Nothing changes." in again.output


def test_a_text_names_who_has_left(tmp_path: Path) -> None:
    """People know each other by names, and not by ids of a table."""
    source = published(tmp_path)
    mentor_leaves(source)
    assert invoke("replan", str(source)).exit_code == ExitCode.DONE
    texts = [path.read_text("utf-8") for path in (source / "out" / "changes").iterdir()]
    assert any("No longer with the group: Mentor 02" in text for text in texts)
    assert not any("m2" in text for text in texts)
