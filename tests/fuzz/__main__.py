"""Fuzz one reader: ``python -m tests.fuzz NAME [options of libFuzzer] [folders of inputs]``.

It needs atheris (``pip install atheris``), which has wheels for Linux. For instance

    python -m tests.fuzz calendar -max_total_time=600

An input on which a promise is broken, or that takes longer than ten seconds or more than two
gigabytes, ends it and is left as a file.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

USUAL = {"-timeout": "10", "-rss_limit_mb": "2048", "-max_len": "20000"}


def main(arguments: list[str]) -> None:
    """Fuzz the reader that the first argument names."""
    try:
        import atheris
    except ImportError:
        sys.exit("Fuzzing needs a package: pip install atheris")
    # Only what is imported in here is watched, so nothing of it is imported before.
    with atheris.instrument_imports(include=["mentormatch", "openpyxl", "icalendar"]):
        from tests.fuzz.targets import TARGETS
    if not arguments or arguments[0] not in TARGETS:
        sys.exit(f"{__doc__}\nNAME is one of: {', '.join(TARGETS)}")
    name, *given = arguments
    target = TARGETS[name]
    for option, value in USUAL.items():
        if not any(one.startswith(f"{option}=") for one in given):
            given.append(f"{option}={value}")
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(target.seeds()):
            Path(folder, f"seed-{number}").write_bytes(seed)
        if all(one.startswith("-") for one in given):
            given.append(folder)
        atheris.Setup([sys.argv[0], *given, folder], target.attempt)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
