"""The families are sound, each of its make, and what is reported of them is what was measured."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from benchmarks.families import command, gaps, ours, plot
from benchmarks.families.catalogue import ALONE, BY_NAME, FAMILIES, SIZES
from benchmarks.families.course import course_teams
from benchmarks.families.knobs import Knobs
from benchmarks.families.people import made_round, slots
from benchmarks.families.record import OURS, RELAXATION, Record, TierFigures, append, latest
from mentormatch.rules import RULES


def record(family: str, students: int, *tiers: tuple[int, int], status: str = "FEASIBLE") -> Record:
    """Return a run as if it had been measured."""
    figures = tuple(
        TierFigures(number, f"goal {number}", value, bound, 1.0)
        for number, (value, bound) in enumerate(tiers, 1)
    )
    trace = ((0.5, 1, 9, 0), (2.0, 1, 7, 3))
    return Record(family, students, 0, OURS, 20.0, status, 10.0, figures, trace=trace)


@pytest.mark.parametrize("name", list(BY_NAME))
def test_a_family_makes_the_same_round_of_a_seed_and_another_of_the_next(name: str) -> None:
    """Every family makes valid rounds; a problem with a fault would raise."""
    family = BY_NAME[name]
    first = family.make(40, 3)
    assert len(first.students) == 40
    assert first.fingerprint == family.make(40, 3).fingerprint
    assert first.fingerprint != family.make(40, 4).fingerprint


def test_every_rule_of_the_catalogue_has_a_family_of_its_own() -> None:
    """A rule that nobody measures would be one whose gaps nobody knows."""
    kinds = {rule.model_fields["kind"].default for rule in RULES}
    missing = [f"alone.{kind}" for kind in kinds if f"alone.{kind}" not in BY_NAME]
    assert not missing, "add a maker for it to benchmarks/families/rules.py"
    for family in ALONE:
        asked = family.make(40, 0).active_rules
        stated = {rule.kind for rule in asked if not rule.foundation}
        assert stated <= {family.name[len("alone.") :]}
        assert family.name[len("alone.") :] in {rule.kind for rule in asked}


def test_there_are_at_least_fourteen_families_of_which_most_have_all_sizes() -> None:
    """They are what a figure is told for."""
    assert len(FAMILIES) >= 14
    assert sum(family.most == SIZES[-1] for family in FAMILIES) >= 10


def test_knobs_turn_what_they_say() -> None:
    """Departments, capacity, times and languages are as many as asked for."""
    knobs = Knobs(
        departments=3,
        department_skew=2.0,
        slots=60,
        minutes=90,
        offered=(2, 2),
        capacity=(0.0, 0.0, 1.0),
        enough=2.0,
        languages=5,
        sizes=(3, 15),
        topics=2,
    )
    problem = made_round("knobs", knobs, 300, 0)
    counts = [
        sum(student.department == f"d{number:02d}" for student in problem.students)
        for number in (1, 2, 3)
    ]
    assert sum(counts) == 300
    assert counts[0] > 2 * counts[1] > 2 * counts[2]
    assert {mentor.capacity for mentor in problem.mentors} == {3}
    # Forty groups of fifteen give two places for each: two mentors a group, three groups each.
    assert len(problem.mentors) == round(40 * 2 / 3)
    assert all(len(student.availability or {}) == 2 for student in problem.students)
    assert len(slots(knobs)) == len({slot.id for slot in slots(knobs)}) == 60
    assert len(problem.languages) == 5
    assert problem.topics == ("writing", "careers")


def test_popular_times_are_offered_oftener() -> None:
    """With a skew of 0 nearly alike, with 2 mostly one of them."""

    def most_offered(skew: float) -> int:
        problem = made_round("times", Knobs(slots=10, slot_skew=skew, offered=(2, 2)), 400, 0)
        offers = [slot for student in problem.students for slot in student.availability or {}]
        return max(offers.count(slot.id) for slot in problem.slots)

    assert most_offered(0.0) < 130
    assert most_offered(2.0) > 300


def test_a_course_has_one_template_and_ten_tiers() -> None:
    """Everybody meets at once, so that nothing but who is with whom is asked."""
    problem = course_teams(105, 1)
    assert len(problem.round.templates) == 1
    assert problem.tiers == tuple(range(1, 11))


def test_a_run_is_measured_and_read_again(tmp_path: Path) -> None:
    """What stands in the file is what was reached, with the last run of a round only."""
    problem = BY_NAME["peers"].make(12, 0)
    run = ours.run("peers", problem, 0, 20.0)
    assert run.status == "OPTIMAL"
    assert [tier.tier for tier in run.tiers] == list(problem.tiers)
    file = tmp_path / "log.jsonl"
    append(file, replace(run, seconds=99.0))
    append(file, run)
    append(file, replace(run, seed=1))
    assert latest(file) == [run, replace(run, seed=1)]


def test_a_run_that_fails_is_a_record_of_its_own() -> None:
    """One round that cannot be run must not take the others' figures with it."""
    failed = command.watched(OURS, "no such family", 40, 0, 5.0)
    assert failed is not None
    assert failed.status == "ERROR"
    assert failed.note == "KeyError: 'no such family'"
    assert gaps.worst(failed) == 1.0


def test_large_gaps_come_first() -> None:
    """A gap of one at a value of one is not the largest: it is one student of a hundred."""
    runs = [
        record("good", 300, (3, 3), (5, 5), status="OPTIMAL"),
        record("small", 300, (1, 0), (5, 5)),
        record("large", 300, (100, 40), (5, 0)),
    ]
    families, open_, _ = gaps.tables(runs)
    assert [row[0] for row in families.rows] == ["large", "small", "good"]
    assert [row[4] for row in families.rows] == ["100 %", "33 %", "0 %"]
    assert families.rows[0][6] == "1: 100 (40); 2: 5 (0)"
    assert [(row[0], row[3]) for row in open_.rows] == [
        ("large", "1 (goal 1)"),
        ("large", "2 (goal 2)"),
        ("small", "1 (goal 1)"),
    ]


def test_the_relaxation_is_shown_where_it_speaks_of_the_run() -> None:
    """It was held to what an earlier run reached, which a later one may have missed."""
    mine = record("one", 300, (5, 3), (6, 0))
    bound = replace(
        record("one", 300, (0, 4), (0, 2)), method=RELAXATION, held={"1": 5, "2": 6}, status="BOUND"
    )
    _, open_, _ = gaps.tables([mine, bound])
    assert [row[6] for row in open_.rows] == ["4", "2"]
    _, open_, _ = gaps.tables([mine, replace(bound, held={"1": 4, "2": 6})])
    assert [row[6] for row in open_.rows] == ["4", "-"]


def test_who_is_better_in_strict_order_beats_us() -> None:
    """A later tier never makes up for an earlier one, and a broken answer beats nobody."""
    mine = record("one", 300, (5, 3), (5, 0))
    later = replace(record("one", 300, (6, 0), (0, 0)), method="later")
    sooner = replace(record("one", 300, (4, 0), (9, 0)), method="sooner")
    broken = replace(record("one", 300, (0, 0), (0, 0), status="ERROR"), method="broken")
    assert gaps.better_elsewhere(mine, [mine, later, broken]) is None
    assert gaps.better_elsewhere(mine, [mine, later, sooner, broken]) is sooner
    families, _, methods = gaps.tables([mine, later, sooner])
    assert families.rows[0][3] == "1 of 1"
    assert [(row[4], row[6]) for row in methods.rows] == [("sooner", "sooner"), ("later", OURS)]


def test_the_drawing_shows_the_first_open_tier_of_the_worst_runs() -> None:
    """It is an image that every browser reads, with a line for the value and one for the bound."""
    runs = [
        record("good", 300, (3, 3), (5, 5), status="OPTIMAL"),
        record("one", 300, (7, 3), (5, 0)),
        record("two", 300, (7, 7), (5, 0)),
    ]
    image = ET.fromstring(plot.drawn(runs))
    titles = [element.text for element in image.iter() if element.get("class") == "title"]
    assert titles == ["one, 300: tier 1", "two, 300: tier 2"]
    lines = [element.get("class") for element in image.iter() if element.tag.endswith("polyline")]
    assert lines == ["value", "bound", "value", "bound"]


def test_sizes_beyond_a_family_are_left_out() -> None:
    """A course of a hundred thousand in one room has no sense."""
    families = command.chosen(["course_teams", "twelve"])
    made = [(family.name, size) for family, size, _ in command.runs(families, SIZES, [0])]
    assert ("twelve", SIZES[-1]) in made
    assert ("course_teams", SIZES[-1]) not in made
    assert made == sorted(made, key=lambda one: one[1])


def test_names_of_families_are_checked() -> None:
    """A misspelt name must not run nothing."""
    assert command.chosen(["alone"]) == list(ALONE)
    with pytest.raises(SystemExit, match="there is no family twelwe"):
        command.chosen(["twelwe"])
