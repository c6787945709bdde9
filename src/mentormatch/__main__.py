"""The command ``mentormatch``."""

from __future__ import annotations

import signal
import sys
from importlib.util import find_spec
from types import FrameType

NEEDED = ("typer", "rich", "jinja2")
"""What the extra ``cli`` brings."""


def main() -> None:
    """Run the command line, or say what to install for it."""
    if any(find_spec(package) is None for package in NEEDED):
        sys.stderr.write('The command line needs more packages: pip install "mentormatch[cli]"\n')
        raise SystemExit(2)
    from mentormatch.cli.app import app
    from mentormatch.cli.terminal import never_fail_to_encode

    never_fail_to_encode()
    # Containers and batch systems end a job so; the best matching found is then still written.
    signal.signal(signal.SIGTERM, _interrupt)
    app(prog_name="mentormatch")


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
