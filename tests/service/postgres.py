"""A PostgreSQL of the distribution's package, started in a temporary folder by an ordinary user."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

PLACES = ("/usr/lib/postgresql", "/usr/local/pgsql", "/opt/homebrew/opt/postgresql@17")
OPTIONS = "-c listen_addresses='' -c fsync=off -c max_connections=60 -c shared_buffers=32MB"

_NUMBERS = count()


@contextmanager
def running_postgres() -> Iterator[str]:
    """Start a server that only this machine's processes reach, and give its folder."""
    binaries = _binaries()
    if binaries is None:
        if os.environ.get("CI") == "true":
            pytest.fail("PostgreSQL is not installed: apt-get install postgresql")
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="mentormatch-pg-"))
    who = _ordinary_user(folder)
    data = folder / "data"
    try:
        _run([str(binaries / "initdb"), "-D", str(data), "-A", "trust", "-U", "tests"], who)
        control = [str(binaries / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log")]
        _run([*control, "-o", f"{OPTIONS} -k {folder}", "start"], who)
        try:
            yield str(folder)
        finally:
            _run([*control, "-m", "immediate", "stop"], who)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_database(folder: str) -> str:
    """Make a database and return its address."""
    name = f"t{next(_NUMBERS)}"
    server = f"postgresql://tests@/postgres?host={folder}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return f"postgresql://tests@/{name}?host={folder}"


def _binaries() -> Path | None:
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).parent
    for place in map(Path, PLACES):
        for one in sorted(place.glob("**/bin/initdb"), reverse=True):
            return one.parent
    return None


def _ordinary_user(folder: Path) -> dict[str, Any]:
    """Return how to run as an ordinary user; the server refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, user.pw_uid, user.pw_gid)
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    pytest.fail("PostgreSQL does not run as root, and there is no user postgres or nobody")


def _run(command: list[str], who: dict[str, Any]) -> None:
    # The server inherits what is open; a pipe would never be closed.
    done = subprocess.run(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        cwd="/",
        check=False,
        timeout=60,
        **who,
    )
    assert done.returncode == 0, f"{Path(command[0]).name} ended with {done.returncode}"
