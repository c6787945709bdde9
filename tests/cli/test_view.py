from __future__ import annotations

import io

import pytest
from rich.console import Console

from mentormatch import match
from mentormatch.cli.solving import goals_of, in_words
from mentormatch.cli.view import DETAILED_GROUPS, matching_view
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.exporters.report.wording import compact_dates
from mentormatch.progress import Progress
from tests.cli.running import impossible
from tests.support.matched import grouped, made_up_problem


def _shown(problem: Problem, matching: Matching, width: int) -> str:
    console = Console(file=io.StringIO(), width=width, markup=False, highlight=False)
    console.print(matching_view(problem, matching, width=width))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_everybody_of_a_small_round_is_seen_at_any_width(width: int) -> None:
    """Nobody is dropped from the table, and no line is broken."""
    problem = made_up_problem()
    matching = grouped(problem)
    lines = _shown(problem, matching, width).splitlines()
    assert max(map(len, lines)) <= width
    words = " ".join(" ".join(lines).split()) + " "
    people = {name for group in matching.groups for name in (*group.students, *group.mentors)}
    for person in problem.round.people:
        if person.id in people or person.id in matching.left_out:
            assert f"{person.name} " in words


def test_wide_terminals_show_departments_in_full() -> None:
    """Room is used before anything is shortened."""
    problem = made_up_problem()
    shown = _shown(problem, grouped(problem), 120)
    assert "Electrical Engineering and Automation" in shown
    assert "\u2026" not in shown


def test_a_large_round_is_summed_up() -> None:
    """A thousand names on a terminal help nobody; the sums must still add up."""
    problem = made_up_problem(1000, 300)
    matching = grouped(problem)
    assert len(matching.groups) > DETAILED_GROUPS
    lines = _shown(problem, matching, 80).splitlines()
    assert len(lines) < 60
    rows = [line.split() for line in lines if " en " in line]
    assert sum(int(row[-3]) for row in rows) == len(matching.groups)
    assert sum(int(row[-2]) for row in rows) == matching.placed


def test_tiers_show_value_bound_and_gap() -> None:
    """What is not proven must not look as if it were."""
    problem = made_up_problem()
    matching = grouped(problem, status="FEASIBLE", gap=2)
    shown = _shown(problem, matching, 80)
    assert "not proven" in shown
    for tier in matching.tiers:
        table = shown[shown.index(" goal ") :]
        row = next(line for line in table.splitlines() if tier.name in line)
        assert row.split()[-3:] == [str(tier.value), str(tier.bound), str(tier.gap)]
    proven = grouped(problem)
    for line in _shown(problem, proven, 80).splitlines()[-len(proven.tiers) :]:
        assert line.split()[-1] == "proven"


def test_what_ended_the_search_early_is_told() -> None:
    """Whoever sees "not proven" wants to know whether more time would help."""
    problem = made_up_problem()
    found = grouped(problem, status="FEASIBLE", gap=2)
    assert found.provenance is not None
    stopped = found.provenance.model_copy(update={"limits_reached": ("time",)})
    shown = _shown(problem, found.model_copy(update={"provenance": stopped}), 80)
    assert "the time limit was reached" in shown
    assert "limit" not in _shown(problem, found, 80)


def test_an_answer_without_groups_says_so_and_where_to_look() -> None:
    """Proven optimal is not what a coordinator sees in a round in which nobody has a group."""
    problem = made_up_problem()
    solved = match(problem.evolve(mentors=()))
    assert solved.status == "OPTIMAL"
    assert "Nobody has a group: `mentormatch explain` says why" in " ".join(
        _shown(problem, solved, 80).split()
    )
    assert "Nobody has a group" not in _shown(problem, grouped(problem), 80)


def test_an_infeasible_problem_shows_why_and_no_groups() -> None:
    """The reason stands where the groups would."""
    matching = Matching(status="INFEASIBLE", messages=("The hard rules contradict each other.",))
    shown = _shown(impossible(), matching, 80)
    assert "Proven infeasible" in shown
    assert "contradict" in shown


def test_dates_name_each_month_and_year_once() -> None:
    """Six dates fit into one line, across the turn of the year as well."""
    problem = made_up_problem()
    plan = problem.round.all_plans["tue-15"][0]
    assert compact_dates(plan.days) == "6, 13, 27 Oct, 3, 10, 17 Nov 2026"
    turn = [plan.days[0], plan.days[0].replace(year=2027, month=1)]
    assert compact_dates(turn) == "6 Oct 2026, 6 Jan 2027"


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (Progress("planning", None, None, None, 0.1), "planning"),
        (Progress("planning", 1, 3, 1, 0.5), "planning · students left out · 3 · not below 1"),
        (Progress("planning", 1, 1, 1, 0.5), "planning · students left out · 1 · proven"),
        (Progress("planning", 9, None, 0, 0.5), "planning · tier 9 · not below 0"),
    ],
)
def test_progress_is_told_in_the_words_of_the_goals(event: Progress, words: str) -> None:
    """The number of a tier says nothing to a coordinator."""
    assert in_words(event, goals_of(made_up_problem(5, 2))) == words
