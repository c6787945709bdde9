"""Services and workers as processes of their own, which can be killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.service.asking import PATIENCE, Listening


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


class Programs:
    """Processes of the command line; all are ended at the end."""

    def __init__(self, folder: Path, store: str) -> None:
        self._folder, self._store = folder, store
        self._started: list[subprocess.Popen[bytes]] = []

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a command of a service."""
        log = self._folder / f"log{len(self._started)}"
        with log.open("wb") as stream:
            started = subprocess.Popen(
                [sys.executable, "-m", "mentormatch", *arguments, "--store", self._store],
                stdout=stream,
                stderr=stream,
                cwd=self._folder,
                env={**os.environ, "MENTORMATCH_TOKENS": ""},
            )
        self._started.append(started)
        return started

    def serve(self, port: int, *arguments: str) -> tuple[subprocess.Popen[bytes], Listening]:
        """Start a service and wait until it answers."""
        process = self.start("serve", "--port", str(port), "--lease", "3", *arguments)
        listening = Listening("127.0.0.1", port)

        def answers() -> bool:
            assert process.poll() is None, self.log()
            try:
                return listening.ask("GET", "/ready").status == 200
            except OSError:
                return False

        eventually(answers)
        return process, listening

    def work(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a worker."""
        return self.start("work", "--lease", "3", *arguments)

    def log(self) -> str:
        """Return what all of them have written."""
        return "".join(one.read_text() for one in sorted(self._folder.glob("log*")))

    def end(self) -> None:
        """End all that still run."""
        for process in self._started:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self._started:
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def programs(folder: Path, store: str) -> Iterator[Programs]:
    """Return where programs are started, and end them all."""
    made = Programs(folder, store)
    try:
        yield made
    finally:
        made.end()


def killed(process: subprocess.Popen[bytes]) -> None:
    """Kill a program at once, as a failing machine does."""
    process.kill()
    process.wait()


def eventually(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.05)
