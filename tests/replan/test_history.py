"""The versions of a round, on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from mentormatch import match
from mentormatch.errors import InputError
from mentormatch.replan import History
from mentormatch.synthetic import generate


def test_versions_are_kept_in_order_and_never_twice(tmp_path: Path) -> None:
    """What is published again without a change is no version."""
    problem = generate(20, 8, seed=0)
    matching = match(problem, time_limit=None)
    history = History(tmp_path)
    assert history.versions() == []
    assert history.latest() is None
    first = history.add(problem, matching, "matched")
    assert history.add(problem, matching, "matched") == first
    fewer = matching.model_copy(update={"groups": matching.groups[1:]})
    second = history.add(problem, fewer, "a group ended")
    assert [one.number for one in history.versions()] == [1, 2]
    assert history.latest() == second
    assert second.why == "a group ended"
    assert second.matching.groups == matching.groups[1:]
    assert first.problem == problem
    assert history.used_ids() == {group.id for group in matching.groups}


def test_what_was_left_half_written_is_no_version(tmp_path: Path) -> None:
    """A killed process leaves a folder that is not in place."""
    problem = generate(12, 4, seed=0)
    history = History(tmp_path)
    history.add(problem, match(problem, time_limit=None), "matched")
    (history.path / ".x.tmp").mkdir()
    assert [one.number for one in history.versions()] == [1]


def test_a_version_that_is_not_there_is_told(tmp_path: Path) -> None:
    """With the numbers of those that are."""
    with pytest.raises(InputError, match="there is no version 3; there are none"):
        History(tmp_path).version(3)
