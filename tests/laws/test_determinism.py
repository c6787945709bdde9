"""The same problem, seed and versions give the same matching, byte for byte."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from mentormatch import match
from mentormatch.data.problem import Problem
from mentormatch.synthetic import generate
from tests.support.random_problems import random_problem

ROUNDS: dict[str, Callable[[], Problem]] = {
    **{f"random {seed}": lambda seed=seed: random_problem(seed) for seed in (3, 5, 6, 7, 8)},  # type: ignore[misc]  # A lambda's default has no type.
    "forty": lambda: generate(40, seed=5),
    "many slots": lambda: random_problem("many", most_students=30, most_mentors=10),
    "lagrangian": lambda: generate(450, seed=1),
}
SMALL = [name for name in ROUNDS if name != "lagrangian"]


@cache
def drawn(name: str) -> Problem:
    """Return a round, made once."""
    return ROUNDS[name]()


@cache
def answer(name: str) -> str:
    """Return the matching of a round, without the seconds it took."""
    return written(drawn(name), workers=1)


def written(problem: Problem, *, workers: int, seed: int = 3) -> str:
    """Return a matching that no limit cut short, as text."""
    matching = match(problem, time_limit=None, seed=seed, workers=workers)
    assert matching.provenance is not None
    assert matching.provenance.limits_reached == ()
    return matching.to_json(times=False)


def shuffled(problem: Problem, seed: int) -> Problem:
    """Return the same problem with rows, rules and the fields of people in another order."""
    rng = Random(seed)
    data: dict[str, Any] = problem.model_dump(mode="json")
    for rows in ("students", "mentors", "slots", "rules", "languages", "topics"):
        rng.shuffle(data[rows])
    for person in (*data["students"], *data["mentors"]):
        for name in ("availability", "languages", "attributes"):
            if person[name]:
                person[name] = dict(rng.sample(list(person[name].items()), len(person[name])))
    return Problem.model_validate(data)


@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize("order", [1, 2])
def test_the_order_of_the_rows_changes_nothing(name: str, order: int) -> None:
    """Whoever exports a table sorts it as they like; nobody gains by signing up first."""
    assert written(shuffled(drawn(name), order), workers=1) == answer(name)


@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize("workers", [1, 2, 3])
def test_runs_and_numbers_of_workers_change_nothing(name: str, workers: int) -> None:
    """A matching made on a laptop is the one made on a server."""
    assert written(drawn(name), workers=workers) == answer(name)


def test_another_seed_is_another_lottery() -> None:
    """Otherwise equality above would say nothing about ties."""
    found = {written(drawn("forty"), workers=1, seed=seed) for seed in (3, 4, 5)}
    assert len(found) > 1


SCRIPT = """
import sys
from tests.laws.test_determinism import drawn, shuffled, written
for name in sys.argv[2:]:
    print(written(shuffled(drawn(name), 9), workers=int(sys.argv[1])))
"""


@pytest.mark.parametrize(
    ("hashing", "workers", "names"),
    [("1", "1", SMALL), ("4711", "2", SMALL), ("2", "3", ["lagrangian"])],
    ids=["one worker", "two workers", "a round of 450 students"],
)
def test_another_process_with_other_hashes_finds_the_same(
    hashing: str, workers: str, names: list[str]
) -> None:
    """Sets of strings have another order in every process; no answer may follow it."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, workers, *names],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONHASHSEED": hashing, "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "".join(answer(name) + "\n" for name in names)
