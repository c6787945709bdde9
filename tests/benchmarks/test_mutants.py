"""The runner that puts faults into the code: which, and whether it sees who notices them."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from benchmarks.mutants.__main__ import Judged, drawn, report
from benchmarks.mutants.equivalents import EQUIVALENT
from benchmarks.mutants.mutations import mutants
from benchmarks.mutants.parts import ROOT, files

SOURCE = '''
"""A docstring, which is not changed."""

from typing import Annotated

LIMIT = 7


class Thing:
    """Another."""

    size: Annotated[int, Field(ge=1)] = 2

    @cached(3)
    def within(self, one: int) -> bool | None:
        if not one and self.size < LIMIT:
            return min(one, self.size) == one
        for other in [each for each in self if each in one]:
            self.size += other * 2
            continue
        return None


def told(names):
    if names:
        print("one" + names)
'''


@cache
def made() -> dict[str, list[str]]:
    """Return the names of all mutants of every file."""
    return {one.file: changes(one.path.read_text(encoding="utf-8")) for one in files()}


def changes(source: str) -> list[str]:
    """Return the names of a program's mutants."""
    return [mutant.name for mutant in mutants(source)]


def test_every_kind_of_change_is_made_once() -> None:
    """By hand: a comparison, a constant, a word of logic, a call, a result, a statement, a filter.

    Texts, decorators, imports and types stay; so does what only a type says.
    """
    assert changes(SOURCE) == [
        "module: 7 -> 8",
        "module: 7 -> 6",
        "Thing: 1 -> 2",
        "Thing: 1 -> 0",
        "Thing: 2 -> 3",
        "Thing: 2 -> 1",
        "Thing.within: not one and self.size < LIMIT -> not one or self.size < LIMIT",
        "Thing.within: not one -> one",
        "Thing.within: self.size < LIMIT -> self.size <= LIMIT",
        "Thing.within: self.size < LIMIT -> self.size >= LIMIT",
        "Thing.within: return min(one, self.size) == one -> return None",
        "Thing.within: min(one, self.size) == one -> min(one, self.size) != one",
        "Thing.within: min(one, self.size) -> max(one, self.size)",
        "Thing.within: each in one -> each not in one",
        "Thing.within: each in one -> nothing",
        "Thing.within: self.size += other * 2 -> pass",
        "Thing.within: self.size += other * 2 -> self.size -= other * 2",
        "Thing.within: other * 2 -> other // 2",
        "Thing.within: 2 -> 3",
        "Thing.within: 2 -> 1",
        "Thing.within: continue -> break",
        "told: names -> not names",
        "told: print('one' + names) -> pass",
    ]


def test_each_mutant_is_the_program_with_one_change() -> None:
    """Two changes at once could hide each other."""
    right = ast.unparse(ast.parse(SOURCE)).splitlines()
    right = [line for line in right if '"""' not in line]
    for mutant in mutants(SOURCE):
        changed = [line for line in mutant.source.splitlines() if line.strip()]
        kept = [line for line in right if line.strip()]
        differing = [
            number
            for number, pair in enumerate(zip(changed, kept, strict=True))
            if len({*pair}) > 1
        ]
        assert len(differing) == 1, mutant.name


def test_names_are_told_apart() -> None:
    """An equivalent mutant is known by its name, which must not fit another."""
    for names in made().values():
        assert len(set(names)) == len(names)


def test_what_is_drawn_follows_the_seed() -> None:
    """A sample is the same each time, and a part of the whole."""
    changed = next(files())
    some = drawn(changed, 5, 1)
    assert some == drawn(changed, 5, 1)
    assert len(some) == 5
    assert set(some) <= set(drawn(changed, None, 0))


def test_all_tests_that_are_named_exist() -> None:
    """A file that was moved would leave its mutants to nobody."""
    for changed in files():
        assert changed.path.exists()
        assert all((ROOT / test.partition("::")[0]).exists() for test in changed.tests)


def test_every_equivalent_mutant_is_one_that_is_made() -> None:
    """Code that changes takes its excuses with it."""
    assert set(EQUIVALENT) <= {f"{file} {name}" for file, names in made().items() for name in names}


def test_a_survivor_without_a_reason_is_a_fault(capsys: pytest.CaptureFixture[str]) -> None:
    """Else a run would look the same with and without it."""
    changed = next(files())
    killed, alive, late = mutants("a = 1 + 2\n")[:3]
    two = [Judged(changed, killed, "killed"), Judged(changed, late, "late")]
    assert report(two)
    assert not report([*two, Judged(changed, alive, "survived")])
    said = capsys.readouterr().out.splitlines()
    assert said[-1].split()[:6] == ["verifier", "3", "1", "1", "0", "1"]
    assert "66.7 %" in said[-1]


def test_a_program_that_computes_for_ever_is_late_and_no_other() -> None:
    """Bug: a busy machine made mutants late, among them one that no test notices."""
    program = (
        "from benchmarks.mutants.running import _outcome\n"
        "def for_ever():\n"
        "    while True:\n"
        "        pass\n"
        "print(_outcome(for_ever, ['--version'], 1))\n"
        "print(_outcome(int, ['--version'], 600))\n"
        "print(_outcome(int, ['gone'], 600))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.stdout.split() == ["late", "survived", "killed"], done.stderr


def test_a_run_tells_the_noticed_from_the_rest(tmp_path: Path) -> None:
    """The real thing on a small file: a changed bound is noticed."""
    state = tmp_path / "state.json"
    command = [sys.executable, "-m", "benchmarks.mutants", "--files", "solve/backend/bounds.py"]
    command += ["--most", "3", "--seed", "4", "--state", str(state)]
    first = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert "solve/backend/bounds.py: 3 mutants" in first.stdout, first.stderr
    solution = first.stdout.splitlines()[-1].split()
    assert solution[:2] == ["seating", "3"]
    assert int(solution[2]) > 0
    again = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert again.stdout.splitlines()[-1] == first.stdout.splitlines()[-1]
