"""Running tests on a changed program, each time in a process of its own.

Most changes are within a function. A process that has imported the package and the tests already
is forked, and there the function's code is exchanged, which takes no time. Whatever is changed
elsewhere, or survives, is run in a process that imports everything afresh.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import resource
import signal
import sys
import types
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from benchmarks.mutants.mutations import Mutant
from benchmarks.mutants.parts import ROOT, Changed

KILLED, SURVIVED, LATE = "killed", "survived", "late"
_ELSEWHERE = 71
"""Exit status of a process that cannot exchange a function's code."""
PATIENCE = 10
"""A changed program may compute so many times as long as the right one, and some seconds more."""
_WAITING = 20
"""The clock on the wall may go so many times as far as the processor's."""
_ENDED = (signal.SIGXCPU, signal.SIGALRM)


class _Instead(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives a changed program to whoever imports one module."""

    def __init__(self, changed: Changed, source: str) -> None:
        self._module, self._path, self._source = changed.module, changed.path, source

    def find_spec(
        self,
        fullname: str,
        path: object,  # noqa: ARG002 - as imported
        target: object = None,  # noqa: ARG002 - as imported
    ) -> importlib.machinery.ModuleSpec | None:
        """Say that the module is here."""
        if fullname != self._module:
            return None
        return importlib.util.spec_from_file_location(fullname, self._path, loader=self)

    def exec_module(self, module: types.ModuleType) -> None:
        """Run the changed program as the module."""
        exec(compile(self._source, str(self._path), "exec"), module.__dict__)


def warm_up() -> None:
    """Import what the tests need besides the package, so that each process need not."""
    os.chdir(ROOT)
    # No test that is run here needs a plugin, and loading them all takes longer than most tests.
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    for name in ("networkx", "numpy", "ortools.sat.python.cp_model", "pydantic"):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    assert not any(name.split(".")[0] == "mentormatch" for name in sys.modules)


def results(changed: Changed, tried: Sequence[Mutant]) -> Iterator[tuple[Mutant, str]]:
    """Yield for each mutant of a file whether the tests notice it.

    Nothing of the package may have been imported in this process.

    Raises
    ------
    ValueError
        If the tests fail on the file as it is.
    """
    lines = _in_child(lambda told: _among_the_imported(changed, tried, told))
    head = json.loads(next(lines, "null"))
    if head is None:
        raise ValueError(f"{changed.file}: its tests fail as it is")
    for mutant, line in zip(tried, lines, strict=True):
        result = json.loads(line)
        if result in (SURVIVED, _ELSEWHERE):

            def afresh(source: str = mutant.source) -> None:
                sys.meta_path.insert(0, _Instead(changed, source))

            result = _outcome(afresh, changed.tests, 10 + PATIENCE * head)
        yield mutant, result


def _in_child(work: Callable[[Callable[[object], None]], None]) -> Iterator[str]:
    """Yield the lines that work in a process of its own tells."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            work(lambda value: _tell(writing, value))
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as lines:
        yield from lines
    os.waitpid(child, 0)


def _tell(writing: int, value: object) -> None:
    os.write(writing, f"{json.dumps(value)}\n".encode())


def _among_the_imported(
    changed: Changed, tried: Sequence[Mutant], told: Callable[[object], None]
) -> None:
    """Import package and tests, and tell how long the tests take and what becomes of mutants."""
    _quiet()
    _pytest("--collect-only", *changed.tests)
    began = _computed()
    if _outcome(lambda: None, changed.tests, 600) != SURVIVED:
        return
    took = _computed() - began
    told(took)
    for mutant in tried:

        def exchanged(mutant: Mutant = mutant) -> None:
            if not _exchange(changed, mutant):
                os._exit(_ELSEWHERE)

        told(_outcome(exchanged, changed.tests, 5 + PATIENCE * took))


def _computed() -> float:
    """Return the processor time of the child processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _outcome(change: Callable[[], None], tests: Sequence[str], seconds: float) -> str | int:
    """Return what the tests say in a process of its own after a change.

    The seconds are of processor time, so that a busy machine makes no mutant late.
    """
    child = os.fork()
    if child == 0:
        # Either ends the process whatever it is doing, also within a solver; the alarm is for
        # one that waits for ever.
        limit = max(1, round(seconds))
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(_WAITING * limit)
        code = 1
        try:
            _quiet()
            change()
            # Most faults are noticed by the first tests, and the others need not be collected.
            code = _pytest(*tests[:1]) or (_pytest(*tests[1:]) if tests[1:] else 0)
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) in _ENDED:
        return LATE
    code = os.waitstatus_to_exitcode(status)
    if code == _ELSEWHERE:
        return code
    return SURVIVED if code == 0 else KILLED


def _quiet() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _pytest(*arguments: str) -> int:
    options = ["-x", "-q", "-p", "no:cacheprovider", "--tb=no"]
    # The usual options name a plugin that spreads tests over processes.
    options += ["-o", "addopts=--import-mode=importlib"]
    # Its plugins are imported already where tests are run a second time.
    options += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
    return int(pytest.main([*options, *arguments]))


def _exchange(changed: Changed, mutant: Mutant) -> bool:
    """Give a function of the imported module the code of the changed program, if it is in one."""
    module = sys.modules.get(changed.module)
    if module is None or not mutant.function:
        return False
    other = types.ModuleType(changed.module)
    exec(compile(mutant.source, str(changed.path), "exec"), other.__dict__)
    old, new = _function(vars(module), mutant.function), _function(vars(other), mutant.function)
    if old is None or new is None or old.__code__.co_freevars != new.__code__.co_freevars:
        return False
    old.__code__ = new.__code__
    old.__defaults__, old.__kwdefaults__ = new.__defaults__, new.__kwdefaults__
    return True


def _function(namespace: Any, path: str) -> types.FunctionType | None:
    """Return the outermost function on a path of names such as ``Class.method.inner``."""
    for name in path.split("."):
        found: Any = namespace.get(name)
        if isinstance(found, property):
            found = found.fget
        elif isinstance(found, functools.cached_property):
            found = found.func
        elif isinstance(found, classmethod | staticmethod):
            found = found.__func__
        if isinstance(found, types.FunctionType):
            return found
        namespace = vars(found) if isinstance(found, type) else {}
    return None
