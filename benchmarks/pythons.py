"""Compare matchings between versions of Python: ``python -m benchmarks.pythons python3.12 ...``.

Each interpreter named gets an environment of its own with the pinned versions, and matches the
same rounds by the command line; so does the one that runs this. What comes out must be the same
byte for byte, but for the seconds and the versions themselves.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from mentormatch.synthetic import generate

ROOT = Path(__file__).parents[1]
ROUNDS = [(size, seed) for seed, size in enumerate((12, 16, 20, 24, 28, 32, 36, 40, 50, 60))]
"""Students of each round, and its seed."""


def installed(python: str, folder: Path) -> Path:
    """Return the interpreter of a new environment in which this library is installed."""
    subprocess.run([python, "-m", "venv", str(folder)], check=True)
    inner = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    subprocess.run(
        [str(inner), "-m", "pip", "install", "--quiet", "-c", "constraints.txt", ".[cli]"],
        check=True,
        cwd=ROOT,
    )
    return inner


def matched(python: Path, rounds: Sequence[Path], seconds: float) -> tuple[str, list[str | None]]:
    """Return the version of an interpreter, and the matching of each round that no limit cut."""
    found: list[str | None] = []
    version = ""
    for path in rounds:
        done = subprocess.run(
            [str(python), "-m", "mentormatch", "match", str(path), "--time-limit", str(seconds)],
            check=True,
            capture_output=True,
            encoding="utf-8",
            cwd=path.parent,
        )
        document = json.loads(done.stdout)
        made = document["provenance"]
        version = made.pop("versions")["python"]
        for part in (made, *document["tiers"]):
            del part["seconds"]
        found.append(None if "time" in made["limits_reached"] else json.dumps(document, indent=1))
    return version, found


def main() -> int:
    """Compare interpreters and say where they differ."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pythons", nargs="+", metavar="PYTHON")
    parser.add_argument("--seconds", type=float, default=120.0, help="for each round at most")
    asked = parser.parse_args()
    differing = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rounds = []
        for size, seed in ROUNDS:
            rounds.append(folder / f"{size}-{seed}.json")
            rounds[-1].write_text(generate(size, seed=seed).to_json(), encoding="utf-8")
        version, usual = matched(Path(sys.executable), rounds, asked.seconds)
        print(f"{version}: {len(rounds) - usual.count(None)} rounds matched without a limit")
        for number, python in enumerate(asked.pythons):
            other = installed(python, folder / f"environment-{number}")
            version, found = matched(other, rounds, asked.seconds)
            pairs = list(zip(usual, found, strict=True))
            differ = [
                path.stem
                for path, (one, two) in zip(rounds, pairs, strict=True)
                if None not in (one, two) and one != two
            ]
            differing += len(differ)
            same = sum(one is not None and one == two for one, two in pairs)
            print(f"{version}: {same} the same, {len(differ)} different {' '.join(differ)}")
    return int(differing > 0)


if __name__ == "__main__":
    sys.exit(main())
