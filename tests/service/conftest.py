"""Services and stores for tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mentormatch.service import Settings
from tests.service.asking import Listening, listening
from tests.service.postgres import new_database, running_postgres


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listening]:
    """Return a service without a token that does two jobs at a time."""
    file = tmp_path_factory.mktemp("service") / "jobs.db"
    settings = Settings(
        store=f"sqlite:///{file}",
        slots=2,
        max_body=1_000_000,
        max_people=500,
        heartbeat_seconds=0.2,
        body_seconds=0.5,
        lease_seconds=5,
    )
    with listening(settings) as found:
        yield found


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Return the folder of a PostgreSQL server's socket."""
    with running_postgres() as folder:
        yield folder


@pytest.fixture(params=["sqlite", "postgres"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty store, of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'jobs.db'}"
    return new_database(request.getfixturevalue("postgres"))
