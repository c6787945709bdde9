"""Whatever fails inside: a verified answer, no answer, or an error; never a wrong answer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from threading import Event, Thread, Timer
from typing import Any

import pytest

from mentormatch import SolveParams, match, verify
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import InternalError
from mentormatch.evaluate.findings import Report
from mentormatch.solve import lns, search
from mentormatch.solve.assign import assign_to_groups
from mentormatch.solve.backend.cpsat import Solved
from mentormatch.solve.plan import branch_and_bound, lexicographic, portfolio
from mentormatch.synthetic import generate
from tests.support.exhaustive import best_of_all
from tests.support.random_problems import random_problem

TINY = random_problem(4)
"""The best has five groups and is not found without the solver; see the test below."""

CALLERS = (branch_and_bound, assign_to_groups, lns, portfolio, lexicographic)
"""Modules that ask CP-SAT."""


def sound(problem: Problem, matching: Matching) -> None:
    """Fail unless a matching is valid, its values are true, and its bounds could be."""
    if matching.status in ("INFEASIBLE", "UNKNOWN"):
        assert matching.groups == ()
        return
    report = verify(problem, matching)
    assert report.ok, str(report)
    assert list(report.tiers.values()) == [tier.value for tier in matching.tiers]
    assert all(tier.bound <= tier.value for tier in matching.tiers)


def put_in_place_of_cpsat(
    monkeypatch: pytest.MonkeyPatch, answer: Callable[..., Solved]
) -> list[object]:
    """Let another function answer instead of CP-SAT; return the list of models it was asked."""
    asked: list[object] = []

    def solve(model: object, variables: Any, *given: Any, **settings: Any) -> Solved:
        asked.append(model)
        return answer(model, variables)

    for module in CALLERS:
        monkeypatch.setattr(module, "solve", solve)
    return asked


@cache
def best() -> tuple[int, ...]:
    """Return what the best matching of the tiny problem costs, worked out once."""
    found = best_of_all(TINY)
    assert found is not None
    return found.values


def test_the_solver_is_needed_for_the_tiny_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the tests below would pass whatever the solver says."""
    assert match(TINY, time_limit=None).status == "OPTIMAL"
    asked = put_in_place_of_cpsat(monkeypatch, lambda model, variables: Solved("UNKNOWN"))
    assert match(TINY, time_limit=1).status == "FEASIBLE"
    assert asked


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(lambda model, variables: Solved("UNKNOWN"), id="nothing"),
        pytest.param(lambda model, variables: Solved("INFEASIBLE"), id="infeasible"),
        pytest.param(
            lambda model, variables: Solved("FEASIBLE", tuple(1 for _ in variables), 0, 0),
            id="everybody everywhere",
        ),
        pytest.param(
            lambda model, variables: Solved("OPTIMAL", tuple(0 for _ in variables), 0, 0),
            id="nobody anywhere",
        ),
        pytest.param(
            lambda model, variables: Solved("FEASIBLE", tuple(1 for _ in variables), None, None),
            id="no bound",
        ),
    ],
)
@pytest.mark.survives
@pytest.mark.parametrize("large", [400, 0], ids=["plan", "lagrangian"])
def test_wrong_answers_of_the_solver_never_come_out(
    monkeypatch: pytest.MonkeyPatch, answer: Callable[..., Solved], large: int
) -> None:
    """What the solver found is judged by the rules' own meaning; what was sound before stays."""
    put_in_place_of_cpsat(monkeypatch, answer)
    matching = match(TINY, time_limit=1, params=SolveParams(large_round_students=large))
    assert matching.groups
    sound(TINY, matching)
    values = tuple(tier.value for tier in matching.tiers)
    assert values >= best()


@pytest.mark.survives
def test_an_answer_that_does_not_pass_verification_is_not_returned(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The last gate holds even where the search itself is deceived."""
    from mentormatch.solve import match as match_module

    right = verify

    def spoilt(problem: Problem, matching: Matching) -> Report:
        first, *others = matching.groups
        less = first.model_copy(update={"students": first.students[1:]})
        return right(problem, matching.model_copy(update={"groups": (less, *others)}))

    monkeypatch.setattr(match_module, "verify", spoilt)
    with pytest.raises(InternalError, match="verification"):
        match(TINY, time_limit=None)


@pytest.mark.parametrize("large", [400, 0], ids=["plan", "lagrangian"])
def test_a_solver_that_raises_is_an_error_and_not_an_answer(
    monkeypatch: pytest.MonkeyPatch, large: int
) -> None:
    """The caller's thread hears of it, though the search runs in another."""
    params = SolveParams(large_round_students=large)

    def broken(*given: Any, **settings: Any) -> Any:
        raise MemoryError("no more memory")

    monkeypatch.setattr(search, "greedy", broken)
    monkeypatch.setattr("mentormatch.solve.lagrangian.pipeline.LagrangianMethod.openings", broken)
    with pytest.raises(MemoryError, match="no more memory"):
        match(TINY, time_limit=None, params=params)


def test_without_the_relaxation_the_answer_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a bound by another road; where it fails, CP-SAT proves by itself."""
    from mentormatch.solve.plan.relaxation import Relaxation

    problem = random_problem("relaxed", most_students=16, most_mentors=6)
    params = SolveParams(tree_min_variables=0)
    usual = match(problem, time_limit=None, workers=1, params=params)
    monkeypatch.setattr(Relaxation, "solve", lambda self, clock: None)
    alone = match(problem, time_limit=None, workers=1, params=params)
    assert usual.status == alone.status == "OPTIMAL"
    assert [tier.value for tier in usual.tiers] == [tier.value for tier in alone.tiers]
    sound(problem, alone)


@pytest.mark.parametrize("seconds", [0, 0.001, 0.01, 0.05, 0.1, 0.2, 0.4, 0.8])
@pytest.mark.parametrize("large", [400, 0], ids=["plan", "lagrangian"])
def test_out_of_time_in_any_phase_leaves_a_true_answer(seconds: float, large: int) -> None:
    """Valid groups, true values, and bounds that no longer run reaches below."""
    params = SolveParams(large_round_students=large)
    problem = generate(36, seed=2)
    matching = match(problem, time_limit=seconds, workers=1, params=params)
    sound(problem, matching)
    assert matching.provenance is not None
    if matching.status == "OPTIMAL":
        assert matching.provenance.limits_reached == ()
    elif large:
        assert matching.provenance.limits_reached == ("time",)
    else:
        assert matching.provenance.limits_reached in [("time",), ("effort",)]
    for tier, least in zip(matching.tiers, least_values(), strict=True):
        assert tier.bound <= least <= tier.value
        if tier.value > least:
            # What is least in the next tier depends on this one.
            break


@cache
def least_values() -> tuple[int, ...]:
    """Return what the round above costs at least, found when there is time."""
    matching = match(generate(36, seed=2), time_limit=None)
    assert matching.status == "OPTIMAL"
    return tuple(tier.value for tier in matching.tiers)


@pytest.mark.parametrize("moment", [0.0, 0.05, 0.2, 0.5])
@pytest.mark.parametrize("large", [400, 0], ids=["plan", "lagrangian"])
def test_a_run_in_another_thread_can_be_stopped_at_any_moment(moment: float, large: int) -> None:
    """A service runs it in a worker thread, where no signal arrives."""
    params = SolveParams(large_round_students=large)
    problem = generate(60, seed=3)
    cancel = Event()
    found: list[Matching] = []

    def work() -> None:
        found.append(match(problem, time_limit=None, cancel=cancel, workers=1, params=params))

    thread = Thread(target=work)
    timer = Timer(moment, cancel.set)
    thread.start()
    timer.start()
    thread.join(60)
    timer.join()
    assert not thread.is_alive()
    sound(problem, found[0])
    assert found[0].provenance is not None
    if found[0].status != "OPTIMAL":
        assert found[0].provenance.limits_reached == ("interrupt",)


SCRIPT = """
import signal, sys, threading, os, time
from mentormatch import SolveParams, match, verify
from mentormatch.synthetic import generate
before = signal.getsignal(signal.SIGINT)
problem = generate(int(sys.argv[2]), seed=4)
print("ready", flush=True)
threading.Timer(float(sys.argv[1]), os.kill, (os.getpid(), signal.SIGINT)).start()
matching = match(problem, time_limit=None, workers=1)
assert verify(problem, matching).ok or matching.status == "UNKNOWN"
print(matching.status, ",".join(matching.provenance.limits_reached))
assert signal.getsignal(signal.SIGINT) is before
try:
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(5)
except KeyboardInterrupt:
    print("still heard")
"""


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signal to send.")
@pytest.mark.parametrize("moment", [0.1, 0.6, 1.5])
def test_control_c_ends_the_search_and_is_heard_afterwards(moment: float) -> None:
    """The best so far comes back, and the next Ctrl-C ends the program as ever."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(moment), "150"],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    ready, status, heard = done.stdout.split("\n")[:3]
    assert ready == "ready"
    assert status in ("FEASIBLE interrupt", "UNKNOWN interrupt", "OPTIMAL ", "OPTIMAL interrupt")
    assert heard == "still heard"


WRITER = """
import os, signal, sys
from mentormatch.files import write_atomically
def die(descriptor):
    os.kill(os.getpid(), signal.SIGKILL)
os.fsync = die
write_atomically(sys.argv[1], "new" * 100_000, overwrite=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signal to send.")
def test_killed_while_writing_the_old_file_stands(tmp_path: Path) -> None:
    """Power cuts and impatient administrators come at any moment."""
    target = tmp_path / "matching.json"
    target.write_text("old", encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", WRITER, str(target)], check=False, timeout=600)
    assert done.returncode == -signal.SIGKILL
    assert target.read_text(encoding="utf-8") == "old"
