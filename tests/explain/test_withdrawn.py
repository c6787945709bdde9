"""Somebody has left the round since its groups were made: told by name wherever it matters."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import InputError
from mentormatch.evaluate.fairness import fairness
from mentormatch.explain import bottlenecks, explain_left_out, explain_placement
from mentormatch.exporters import calendars, roster_csv, round_files, texts
from mentormatch.exporters.report import render_report
from mentormatch.solve.match import match
from mentormatch.whatif import Variant, alternatives, compare
from tests.support.build import mentors, problem, student, students

Use = Callable[[Problem, Matching], object]

USES: dict[str, Use] = {
    "alternatives": lambda now, found: alternatives(now, found, time_limit=5),
    "bottlenecks": lambda now, found: bottlenecks(now, found, time_limit=5),
    "calendars": calendars,
    "compare": lambda now, found: compare(now, [Variant(name="same")], start=found, time_limit=5),
    "explain_left_out": explain_left_out,
    "explain_placement": lambda now, found: explain_placement(now, found, "ada"),
    "fairness": fairness,
    "match": lambda now, found: match(now, start=found, time_limit=5),
    "render_report": render_report,
    "roster_csv": roster_csv,
    "round_files": round_files,
    "texts": texts,
}


def before_and_now() -> tuple[Problem, Matching, Problem]:
    """Return a round, its matching, and the round after Eve and a mentor have withdrawn."""
    stayed = students("ada bo cy di")
    was = problem([*stayed, student("eve")], mentors("mia noa"), "tue-15", size=(2, 5))
    return was, match(was, time_limit=None), problem(stayed, mentors("mia"), "tue-15", size=(2, 5))


@pytest.mark.parametrize("use", USES)
def test_a_person_who_left_is_a_fault_by_name(use: str) -> None:
    """It is ordinary life, and no fault of the library."""
    _, found, now = before_and_now()
    assert [sorted(group.students) for group in found.groups] == [["ada", "bo", "cy", "di", "eve"]]
    gone = {name for group in found.groups for name in (*group.students, *group.mentors)}
    gone -= set(now.round.position)
    assert "eve" in gone
    with pytest.raises(InputError) as refused:
        USES[use](now, found)
    assert {fault.code for fault in refused.value.faults} == {"unknown_person"}
    told = str(refused.value)
    assert all(repr(name) in told for name in gone)
    assert all("groups[0]" in fault.where for fault in refused.value.faults)


def test_who_was_left_out_and_has_left_is_nowhere_in_the_roster() -> None:
    """They had no group, so that nothing changes for anybody else."""
    now = problem(students("ada bo"), mentors("mia"), "tue-15", size=(2, 5))
    found = match(now, time_limit=None).model_copy(update={"left_out": ("eve",)})
    assert "eve" not in roster_csv(now, found)
    assert explain_left_out(now, found).people == ()
    assert render_report(now, found)
