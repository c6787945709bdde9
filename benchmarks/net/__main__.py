"""A net below a change that is to change nothing computed: written before, compared after.

    python -m benchmarks.net --write net.json
    python -m benchmarks.net --compare net.json
    python -m benchmarks.net --compare net.json --only 'rounds.large*'
    python -m benchmarks.net --compare net.json --rename capacity=most --allow '*.problem'

The file holds rounds of 6 to 1,200 students with every rule and every status, broken documents,
and commands with the files that they read; and what came of each: the matching with its values
and bounds, what `verify` says of it and of a spoilt copy, faults, schemas, the words of messages,
and what commands print and write. Comparing replays the stored inputs, and not what once drew
them, and uses nothing but public names, documents and the command line. It ends with 1 if
anything differs, and with a line for each place.

A name that changes in documents is told with `--rename`, and holds for keys and for texts that
are just the old name, in the inputs as in what is expected. What else may differ is told with
`--allow`, a pattern of paths, in which `*` also stands for dots.
"""

from __future__ import annotations

import argparse
import json
import platform
from base64 import b85decode, b85encode
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from importlib.metadata import version
from lzma import compress, decompress
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.net.answers import answers
from benchmarks.net.differences import differences, is_allowed, renamed

FORMAT = "mentormatch-net/1"
MOST_SHOWN = 100


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the net or compare with it; return 1 if something differs."""
    parser = argparse.ArgumentParser(description="What is computed, before and after a change.")
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--write", type=Path, metavar="FILE")
    action.add_argument("--compare", type=Path, metavar="FILE")
    parser.add_argument("--allow", action="append", default=[], metavar="PATTERN")
    parser.add_argument("--rename", action="append", default=[], metavar="OLD=NEW")
    parser.add_argument("--only", default="*", metavar="PATTERN", help="such as rounds.large*")
    options = parser.parse_args(arguments)
    began = perf_counter()
    if options.write is not None:
        from benchmarks.net.inputs import inputs

        made = inputs()
        write(options.write, made, answers(made))
        print(f"written in {perf_counter() - began:.0f} s")
        return 0
    names = dict(one.split("=", 1) for one in options.rename)
    given, expected = read(options.compare, names)
    found = answers(given, options.only)
    left = compared(chosen(expected, options.only), found, options.allow)
    print(f"compared in {perf_counter() - began:.0f} s")
    return 1 if left else 0


def write(file: Path, given: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    """Write inputs and what came of them, packed."""
    text = json.dumps({"inputs": given, "expected": expected}, ensure_ascii=False)
    packed = b85encode(compress(text.encode("utf-8"), preset=9)).decode("ascii")
    data = {"format": FORMAT, "versions": _versions(), "packed": packed}
    file.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def read(file: Path, names: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the inputs and what is expected, with new names for old ones.

    Raises
    ------
    SystemExit
        If the file is not one that `write` has written.
    """
    data = json.loads(file.read_text(encoding="utf-8"))
    if data.get("format") != FORMAT:
        raise SystemExit(f"{file} does not hold a net of the format {FORMAT}")
    if data["versions"] != _versions():
        print(f"written with {data['versions']}, compared with {_versions()}")
    whole = json.loads(decompress(b85decode(data["packed"])))
    if names:
        # Names of rounds and commands are no words of documents.
        for part in ("inputs", "expected"):
            whole[part] = {
                group: {name: renamed(one, names) for name, one in members.items()}
                for group, members in whole[part].items()
            }
    return whole["inputs"], whole["expected"]


def chosen(expected: Mapping[str, Any], only: str) -> dict[str, Any]:
    """Return what is expected of the chosen inputs."""
    return {
        part: {name: one for name, one in members.items() if fnmatchcase(f"{part}.{name}", only)}
        for part, members in expected.items()
    }


def compared(expected: Any, found: Any, allowed: Sequence[str]) -> int:
    """Print what differs, but for what is allowed to; return how many places those are."""
    every = list(differences(expected, found))
    left = [one for one in every if not is_allowed(one.path, allowed)]
    for one in left[:MOST_SHOWN]:
        print(one)
    if len(left) > MOST_SHOWN:
        print(f"... and {len(left) - MOST_SHOWN} more")
    print(f"{len(left)} differences, and {len(every) - len(left)} that are allowed")
    return len(left)


def _versions() -> dict[str, str]:
    return {"python": platform.python_version(), "ortools": version("ortools")}


if __name__ == "__main__":
    raise SystemExit(main())
