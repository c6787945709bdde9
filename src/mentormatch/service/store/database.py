"""Connections to SQLite and PostgreSQL, and what differs between the two."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from mentormatch.errors import Fault, InputError
from mentormatch.service.store.tables import METADATA

BUSY_SECONDS = 30
"""Seconds for which a writer of SQLite waits for another one."""


class Database:
    """A database, opened; its tables are made if they are not there.

    Raises
    ------
    InputError
        If the address is of no database that is known.
    """

    def __init__(self, address: str) -> None:
        self.engine = _engine(address)
        self.is_postgres = self.engine.dialect.name == "postgresql"
        with self.writing() as connection:
            if self.is_postgres:
                # Two processes that begin at once would both make the tables.
                connection.execute(text("SELECT pg_advisory_xact_lock(7246113)"))
            METADATA.create_all(connection)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection for reading."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction for writing; on SQLite nobody else writes meanwhile."""
        with self.engine.connect() as connection:
            writer = connection.execution_options(begin="IMMEDIATE")
            with writer.begin():
                yield writer

    def now(self, connection: Connection) -> float:
        """Return the time, in seconds since 1970, by the clock that all workers share."""
        if not self.is_postgres:
            return time.time()
        clock = text("SELECT extract(epoch FROM clock_timestamp())::float8")
        return float(connection.execute(clock).scalar_one())

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def _engine(address: str) -> Engine:
    try:
        url = make_url(address)
    except ArgumentError:
        raise _unknown() from None
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite":
        return _sqlite(url)
    if url.get_backend_name() != "postgresql":
        raise _unknown()
    try:
        return create_engine(url, pool_pre_ping=True, pool_size=20, hide_parameters=True)
    except (NoSuchModuleError, ModuleNotFoundError):
        raise InputError(
            [
                Fault(
                    "missing_extra",
                    "store",
                    'PostgreSQL needs: pip install "mentormatch[postgres]"',
                )
            ]
        ) from None


def _sqlite(url: Any) -> Engine:
    if url.database and url.database != ":memory:":
        file = Path(url.database)
        with suppress(FileExistsError):
            # The file holds personal data and is its owner's alone.
            file.touch(mode=0o600, exist_ok=False)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        # The driver would begin transactions by itself, and not those that are needed.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        # A kill loses nothing. A power failure may lose the last moments, but corrupts nothing;
        # whoever asks again then has the same job. Waiting for the disk would hold all others.
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        kind = connection.get_execution_options().get("begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {kind}")

    return engine


def _unknown() -> InputError:
    message = (
        "This must be the address of a file of SQLite (sqlite:///jobs.db) or of PostgreSQL "
        "(postgresql://user@host/name)."
    )
    return InputError([Fault("store_address", "store", message)])
