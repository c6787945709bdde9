"""One service for all tests that only ask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mentormatch.service import Settings
from tests.service.asking import Listening, listening


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
