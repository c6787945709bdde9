"""What holds in every test."""

from __future__ import annotations

import zlib
from collections import Counter
from typing import Never

import pytest
from hypothesis import settings

from mentormatch.solve import match as match_module


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the choices of more than the usual suite, and of a tenth of it."""
    parser.addoption("--slow", action="store_true", help="run the tests that take long, too")
    parser.addoption("--tenth", action="store_true", help="run a fixed tenth of the tests")


def pytest_configure(config: pytest.Config) -> None:
    """Let each law look at as many cases as there is time for."""
    settings.register_profile("usual", max_examples=12)
    settings.register_profile("slow", max_examples=25)
    settings.load_profile("slow" if config.getoption("--slow") else "usual")


@pytest.fixture(scope="session")
def thorough(request: pytest.FixtureRequest) -> bool:
    """Whether a test that looks at many cases is to look at all of them (`--slow`)."""
    return bool(request.config.getoption("--slow"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave slow tests out, or keep a tenth of all, spread evenly and the same every time."""
    kept = items
    if not config.getoption("--slow"):
        kept = [item for item in kept if item.get_closest_marker("slow") is None]
    if config.getoption("--tenth"):
        kept = [item for item in kept if zlib.crc32(item.nodeid.encode()) % 10 == 0]
    if len(kept) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many rounds the laws have looked at, and how many were passed over as too slow."""
    found = Counter[str]()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", None) == "teardown":
                for name, value in report.user_properties:
                    if name == "rounds":
                        found.update(value)
    if found:
        terminalreporter.write_line(
            f"laws: {found['solved']} rounds looked at, {found['passed over']} passed over as slow"
        )


@pytest.fixture(autouse=True)
def _nothing_fails_unseen(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a search that fails be an error, though for users its best groups come back.

    A fault in the library would else pass for a matching that is merely not proven.
    """
    if request.node.get_closest_marker("survives") is None:
        monkeypatch.setattr(match_module, "_survived", _raised)


def _raised(search: object, error: BaseException) -> Never:
    raise error
