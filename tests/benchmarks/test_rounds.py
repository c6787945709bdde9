"""The benchmarks by size, of the demo and of hard rounds measure what they say."""

from __future__ import annotations

from math import isclose
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from benchmarks import demo, hard, sizes
from benchmarks.measuring import Run, in_own_process, matched, peak_memory
from benchmarks.outcome import Table
from benchmarks.page import PAGE, PLACE
from benchmarks.sizes_plot import drawn
from mentormatch.rules import KeepApart
from mentormatch.synthetic import generate


def made(students: int, seed: int, seconds: float, mix: tuple[int, int] = (4, 4)) -> Run:
    """Return a run as if it had been measured."""
    status = "OPTIMAL" if mix[0] == mix[1] else "FEASIBLE"
    tiers: dict[str, tuple[int, int | None]] = {"1": (2, 2), "3": mix, "4": (7, 7)}
    return Run("standard", students, 12, seed, status, 5, tiers, seconds, 150.0)


RUNS = [made(40, 0, 1.0), made(40, 1, 3.0, (8, 6)), made(40, 2, 2.0), made(400, 0, 20.0, (8, 6))]


def test_a_run_is_verified_and_told() -> None:
    """Value and bound of each tier come with time and memory."""
    run = matched("tiny", generate(14, 4, seed=1), 1, 20.0)
    assert run.status == "OPTIMAL"
    assert list(run.tiers) == ["1", "3", "4"]
    assert all(run.gap(tier) == 0 for tier in (1, 3, 4))
    assert run.seconds > 0


def test_memory_is_that_of_an_own_process() -> None:
    """Otherwise the largest round would speak for all that come after it."""
    held = bytearray(150 * 2**20)
    ours, own = peak_memory(), in_own_process(peak_memory)
    assert ours is not None
    assert own is not None
    assert ours > len(held) / 2**20
    assert own < ours - 100


def test_medians_stand_by_size_and_tier() -> None:
    """One open run of three does not open the median, but it is counted."""
    time, gaps, runs = sizes.tables(RUNS)
    assert [row[:2] for row in time.rows] == [("40", "3"), ("400", "1")]
    assert [row[4] for row in time.rows] == ["2 of 3", "0 of 1"]
    assert [row[5:9] for row in time.rows] == [
        ("2.00", "1.00", "3.00", "-"),
        ("20.00", "20.00", "20.00", "n^1.0"),
    ]
    assert gaps.rows[0] == ("40", "3", "0 %", "3 of 3", "0 %", "2 of 3", "0 %", "3 of 3")
    assert gaps.rows[1][4:6] == ("25 %", "0 of 1")
    assert [row[4] for row in runs.rows] == ["4", "8 (6)", "4", "8 (6)"]


def test_growth_is_the_exponent_of_time() -> None:
    """Fourfold time for twofold size is n squared."""
    found = sizes.growth((10, 1.0), (20, 4.0))
    assert found is not None
    assert isclose(found, 2.0)
    assert sizes.growth((10, 1.0), (10, 4.0)) is None


def test_the_drawing_has_a_dot_for_each_run_and_follows_the_page_into_the_dark() -> None:
    """It is read on light and on dark pages."""
    svg = drawn(
        [(run.students, run.seconds) for run in RUNS],
        [(3, "mix", [(run.students, sizes.share(run, 3)) for run in RUNS])],
    )
    root = ET.fromstring(svg)
    space = "{http://www.w3.org/2000/svg}"
    above, below = root.findall(f"{space}g")
    assert len(above.findall(f"{space}circle")) == len(RUNS)
    assert len(below.findall(f".//{space}circle")) == 2
    assert "prefers-color-scheme: dark" in svg


def test_hard_rounds_have_ten_times_and_a_conflict_for_each_student() -> None:
    """That is what makes them hard."""
    asked = hard.hard_round(40, 3)
    (apart,) = (rule for rule in asked.rules if isinstance(rule, KeepApart))
    assert len(asked.slots) == 10
    assert len(set(apart.sets)) == 40
    assert len(asked.mentors) == 10
    assert asked.languages == ("en",)
    assert hard.hard_round(40, 3).fingerprint == asked.fingerprint


def test_a_planted_round_is_found_at_its_best() -> None:
    """The known answer is what the bound is checked against."""
    run, reached = demo.planted_once(16, 0, 20.0)
    assert reached
    assert run.status == "OPTIMAL"


def test_every_table_has_its_place_on_the_page() -> None:
    """What is measured is shown."""
    tables: list[Table] = [
        *sizes.tables(RUNS),
        *demo.tables([(RUNS[0], 1.5)], [(RUNS[0], True)]),
        *hard.tables(RUNS),
    ]
    page = Path(__file__).parents[2].joinpath(PAGE).read_text(encoding="utf-8")
    places = {match.group(2) for match in PLACE.finditer(page)}
    assert {each.name for each in tables} <= places


def test_one_command_prints_the_table_and_keeps_the_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Everybody can measure again."""
    file, plot = tmp_path / "sizes.json", tmp_path / "sizes.svg"
    sizes.main(["--sizes", "14", "--seeds", "1", "--json", str(file), "--plot", str(plot)])
    assert "python -m benchmarks.sizes --sizes 14 --seeds 1" in capsys.readouterr().out
    assert '"students": 14' in file.read_text(encoding="utf-8")
    assert plot.read_text(encoding="utf-8").startswith("<svg")
