"""The task for other packages, its scorer, and whose licence lets them take part."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from benchmarks.peers.comparison import Trial, ours, tables
from benchmarks.peers.environment import licence_of, may_run
from benchmarks.peers.task import Task, Verdict, as_problem, draw_task, judged

TASK = Task(
    free=((0, 1), (1, 2), (1,), (1, 3), (0, 1), (0,), (0,), (0,), (0,), (2,)),
    departments=(0, 1, 2, 3, 3, 0, 1, 2, 3, 4),
)


def test_the_scorer_counts_what_anybody_can_count() -> None:
    """By hand: the first five share slot 1, and two are of department 3; the others share none."""
    assert judged(TASK, [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]) == Verdict(
        groups=2, sharing=1, mix=0.9, pairs=1, without=0
    )
    assert judged(TASK, [[5, 6, 7, 8]]) == Verdict(2, 0, 1.0, 0, 6)


def test_nobody_counts_twice() -> None:
    """A person in two groups would fill both."""
    with pytest.raises(ValueError, match="two groups"):
        judged(TASK, [[0, 1], [1, 2]])


def test_the_task_is_as_described() -> None:
    """Twenty slots, each person free in 4 to 10, twelve departments of different sizes."""
    task = draw_task(600, 1)
    assert {len(free) for free in task.free} == set(range(4, 11))
    assert {slot for free in task.free for slot in free} == set(range(20))
    sizes = [task.departments.count(number) for number in range(12)]
    assert min(sizes) > 0
    assert sizes[0] > 3 * sizes[11]
    assert draw_task(600, 1) == task
    problem = as_problem(task)
    assert len(problem.round.templates) == 20
    assert problem.shape.mentors == 0


def test_we_place_everybody_of_a_small_task() -> None:
    """Groups share a slot by the neutral scorer, not by our own word."""
    trial = ours(40, 0, 30.0)
    assert trial.verdict is not None
    assert (trial.verdict.sharing, trial.verdict.without) == (8, 0)
    assert trial.proven


def test_a_peer_that_gave_nothing_is_told_as_such() -> None:
    """A row of noughts would say that it failed at something it never ended."""
    gave = Trial("mentormatch", 40, 0, Verdict(8, 8, 1.0, 0, 0), True, 0.5)
    none = Trial("other", 40, 0, None, None, 50.0, "stopped, had not ended")
    rows = tables([gave, none])[0].rows
    assert rows[0] == ("40", "mentormatch", "1", "8 of 8", "0", "1.000", "0", "1 of 1", "0.50")
    assert rows[1][3:5] == ("stopped, had not ended", "-")


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT License", True),
        ("BSD-3-Clause", True),
        ("Apache Software License", True),
        ("GNU Affero General Public License v3", False),
        ("AGPL-3.0-only", False),
        ("MIT OR GPL-2.0", False),
        ("Permitted for evaluation", False),
        ("not stated", False),
    ],
)
def test_only_permissive_licences_take_part(licence: str, allowed: bool) -> None:
    """Whoever says nothing has granted nothing."""
    assert may_run(licence) is allowed


def test_the_licence_is_read_from_the_wheel_before_it_is_installed(tmp_path: Path) -> None:
    """Installing can run code."""
    wheel = tmp_path / "some-1.0-py3-none-any.whl"
    metadata = "Metadata-Version: 2.1\nName: some\nLicense: AGPL-3.0\nClassifier: License :: OSI\n"
    with ZipFile(wheel, "w") as archive:
        archive.writestr("some-1.0.dist-info/METADATA", metadata)
    assert licence_of(wheel) == "AGPL-3.0; OSI"
