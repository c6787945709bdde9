"""Tables, files and the page hold what was measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.outcome import Outcome, median, percent, table
from benchmarks.page import COMMANDS, PAGE, PLACE, filled

FIGURES = table("hard", "Figures", ("what", "value"), [("one", 1_234), ("second", None)])


def test_columns_stand_below_each_other() -> None:
    """The first is to the left, numbers end in one column."""
    assert FIGURES.text().splitlines() == [
        "Figures",
        "what    value",
        "one     1,234",
        "second      -",
    ]


def test_seconds_have_two_decimals_until_they_are_many() -> None:
    """More would pretend to know them."""
    assert table("t", "", ("s",), [(0.126,), (123.4,)]).rows == (("0.13",), ("123",))


def test_a_share_is_told_with_two_digits() -> None:
    """A gap of 0.013 % is not none, and 100 % is not 1e+02 %."""
    shares = [percent(part, 10_000) for part in (0, 1.3, 246, 10_000)]
    assert shares == ["0 %", "0.013 %", "2.5 %", "100 %"]


def test_the_median_is_one_of_the_values() -> None:
    """Otherwise half a pair would be left out."""
    assert [median([3, 1, 2]), median([4, 1])] == [2, 1]


def test_figures_come_back_from_their_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The page is written from files, later and maybe elsewhere."""
    outcome = Outcome("hard", "python -m benchmarks.hard", (FIGURES,), ({"seconds": 1.5},))
    outcome.tell(tmp_path / "figures" / "hard.json")
    assert Outcome.read(tmp_path / "figures" / "hard.json") == outcome
    printed = capsys.readouterr().out
    assert FIGURES.text() in printed
    assert outcome.versions["ortools"] in printed


def test_the_page_takes_each_table_in_its_place() -> None:
    """Writing it twice changes nothing, and other tables stay."""
    page = "a\n<!-- table: hard -->\nold\n<!-- end -->\nb\n<!-- table: other -->\nc\n<!-- end -->\n"
    outcome = Outcome("hard", "", (FIGURES,))
    written = filled(page, [outcome])
    assert "old" not in written
    assert "| one | 1,234 |\n| second | - |\n\n<!-- end -->\nb\n" in written
    assert written.endswith("<!-- table: other -->\nc\n<!-- end -->\n")
    assert filled(written, [outcome]) == written


def test_a_table_without_a_place_is_an_error() -> None:
    """It would be measured and never shown."""
    with pytest.raises(KeyError, match="hard"):
        filled("nothing here", [Outcome("hard", "", (FIGURES,))])


def test_the_page_tells_of_every_benchmark_how_it_was_measured() -> None:
    """Figures without date and machine are worth little."""
    page = Path(__file__).parents[2].joinpath(PAGE).read_text(encoding="utf-8")
    told = [match.group(2) for match in PLACE.finditer(page) if match.group(1) == "measured"]
    assert sorted(told) == sorted(COMMANDS)
