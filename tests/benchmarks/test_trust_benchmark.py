"""The runner that compares all roads: a slice of it, and whether it would notice a fault."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks.trust import __main__ as running
from benchmarks.trust.__main__ import main
from benchmarks.trust.compare import compare
from benchmarks.trust.roads import nobody_placed
from benchmarks.trust.rounds import middle, searched
from benchmarks.trust.seeds import run_seed
from benchmarks.trust.shrink import shrunk
from benchmarks.trust.state import State
from benchmarks.trust.unusual import TWISTS, Document
from mentormatch.data.problem import Problem
from mentormatch.evaluate.cost import score
from mentormatch.solve.backend.bounds import Bounds
from mentormatch.solve.lagrangian.dual import LagrangianDual
from mentormatch.solve.lns import LargeNeighbourhoodSearch
from mentormatch.solve.search import Search
from tests.support.random_problems import random_problem


@pytest.mark.parametrize("seed", range(1_000_000, 1_000_060))
def test_all_roads_agree_on_tiny_rounds(seed: int) -> None:
    """Seeds that the long runs have not seen."""
    _, faults = run_seed("tiny", seed, None)
    assert faults == []


def test_all_roads_agree_on_a_round_too_large_to_search() -> None:
    """Only there do most roads have anything to do."""
    assert compare(middle(4), 4).faults == []


def test_a_bound_too_high_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """One unit too much in the bound of prices is a fault, on a round or two of a few."""
    right = LagrangianDual.bound
    monkeypatch.setattr(LagrangianDual, "bound", lambda *given: right(*given) + 1)
    faults = [fault for seed in range(4) for fault in run_seed("tiny", seed, None)[1]]
    assert any("prices and flows" in fault for fault in faults)
    assert any("prices prove" in fault for fault in faults)


def test_an_answer_that_is_not_the_best_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that stops at the matching without groups and calls it proven."""

    def lazy(search: Search, start: object = ()) -> None:
        search.offer(())
        assert search.best is not None
        for tier, value in enumerate(search.best.values):
            search.bounds.add(search.best.values[:tier], value)

    drawn = searched("random", next(filter(_worth_it, map(random_problem, range(20)))))
    monkeypatch.setattr(Search, "run", lazy)
    faults = compare(drawn, 0).faults
    assert any("is called optimal" in fault for fault in faults)
    assert any("above the best" in fault for fault in faults)


def test_a_search_that_fails_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its users are given the groups it had until then; the comparison is not content."""
    right = LargeNeighbourhoodSearch.run

    def failing(polish: LargeNeighbourhoodSearch, *given: Any) -> None:
        right(polish, *given)
        raise OverflowError

    monkeypatch.setattr(LargeNeighbourhoodSearch, "run", failing)
    faults = [fault for seed in range(20) for fault in run_seed("tiny", seed, None)[1]]
    assert any("OverflowError" in fault for fault in faults)


def _worth_it(problem: Problem) -> bool:
    """Whether the matching without groups is allowed, and not the best."""
    empty = score(problem, nobody_placed(problem))
    known = searched("random", problem).known
    return known is not None and not empty.hard and known < empty.values


def test_a_round_is_shrunk_to_what_the_fault_is_about() -> None:
    """A fault of one rule and two people needs no more than those."""
    problem = next(
        one
        for one in map(random_problem, range(100))
        if "mix" in {rule.kind for rule in one.rules} and len(one.students) > 5
    )

    def disagrees(candidate: Problem) -> bool:
        return "mix" in {rule.kind for rule in candidate.rules} and len(candidate.students) >= 2

    small = shrunk(problem, disagrees, attempts=400)
    assert [rule.kind for rule in small.rules] == ["mix"]
    assert len(small.students) == 2
    assert small.mentors == ()
    assert len(small.slots) <= 1


def test_a_run_goes_on_where_it_ended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Hours of rounds are run in parts."""
    state = tmp_path / "state.json"
    for last in ("2", "4"):
        assert main(["--seeds", "0", last, "--state", str(state)]) == 0
    found = json.loads(state.read_text(encoding="utf-8"))
    assert found["next"] == 4
    assert sum(found["commits"].values()) == 4
    assert "4 tiny rounds up to seed 4, 0 faults" in capsys.readouterr().out


def test_a_killed_run_counts_no_round_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was found after the state was written last is found again."""
    whole, part = tmp_path / "whole.json", tmp_path / "part.json"
    main(["--seeds", "0", "5", "--state", str(whole)])
    monkeypatch.setattr(running, "PAUSE", -1.0)

    def killed(state: State, path: Path) -> None:
        if state.next > 3:
            raise SystemExit("killed")
        right(state, path)

    right = State.write
    monkeypatch.setattr(State, "write", killed)
    with pytest.raises(SystemExit):
        main(["--seeds", "0", "5", "--state", str(part)])
    monkeypatch.setattr(State, "write", right)
    main(["--seeds", "0", "5", "--state", str(part)])
    assert counted(part) == counted(whole)


def test_several_processes_find_what_one_does(tmp_path: Path) -> None:
    """The seeds are the rounds, whoever works on them."""
    alone, shared = tmp_path / "alone.json", tmp_path / "shared.json"
    main(["--seeds", "0", "3", "--state", str(alone)])
    main(["--seeds", "0", "3", "--state", str(shared), "--processes", "2"])
    assert counted(shared) == counted(alone)


def test_a_state_of_another_kind_is_refused(tmp_path: Path) -> None:
    """Seeds of two kinds in one count would mean nothing."""
    state = tmp_path / "state.json"
    State("middle", 7).write(state)
    with pytest.raises(SystemExit, match="of middle rounds, not of tiny ones"):
        main(["--state", str(state)])


def counted(path: Path) -> tuple[object, ...]:
    """Return what a state file says but for when."""
    found = json.loads(path.read_text(encoding="utf-8"))
    return found["next"], found["counts"], found["faults"]


def test_what_the_roads_disagree_on_is_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault that cannot be looked at again is lost."""
    right = Bounds.certified
    monkeypatch.setattr(
        Bounds, "certified", lambda self, values: tuple(one + 1 for one in right(self, values))
    )
    _, faults = run_seed("tiny", 0, tmp_path)
    assert faults
    whole = Problem.from_json((tmp_path / "tiny-0.json").read_bytes())
    small = Problem.from_json((tmp_path / "tiny-0-small.json").read_bytes())
    assert len(small.students) <= len(whole.students)
    assert len(small.rules) <= len(whole.rules)


@pytest.mark.parametrize("twist", TWISTS, ids=lambda twist: twist.__name__)
def test_unusual_rounds_are_allowed(twist: Callable[[Random, Document], None]) -> None:
    """A twist whose rounds are all refused would leave them as usual as they were."""
    changed = 0
    for seed in range(12):
        data = random_problem(f"unusual {seed}", students=4).model_dump(mode="json")
        before = json.dumps(data)
        twist(Random(seed), data)
        Problem.model_validate(data)
        changed += json.dumps(data) != before
    assert changed >= 8
