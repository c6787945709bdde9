"""Forget the people of a round that is over, and find them again without names."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Annotated

import typer

from mentormatch.cli.guard import UsageError
from mentormatch.cli.options import Force, Output, ProblemSource
from mentormatch.cli.streams import (
    check_targets,
    is_standard,
    read_matching,
    read_problem,
    write_result,
)
from mentormatch.cli.terminal import say
from mentormatch.cli.verify import MatchingSource
from mentormatch.exit_codes import ExitCode
from mentormatch.files import write_atomically

KeyFile = Annotated[
    Path,
    typer.Option(
        "--key",
        metavar="FILE",
        help="Secret by which people are hashed. It is made if it is not there; keep it apart from "
        "what is hashed, and use it for all rounds.",
        show_default=False,
    ),
]
UsedKey = Annotated[
    Path,
    typer.Option(
        "--key", metavar="FILE", help="The key of the purge.", show_default=False, exists=True
    ),
]
PurgedFiles = Annotated[
    list[Path],
    typer.Argument(metavar="PURGED...", help="Files that purge wrote.", show_default=False),
]


def purge(
    source: ProblemSource,
    matching: MatchingSource,
    key: KeyFile,
    output: Output = None,
    force: Force = False,
) -> ExitCode:
    """Keep of a matching only counts and who met whom, by keyed hashes, with no names.

    Nothing is deleted: what still names people is listed, for you to delete.
    """
    from mentormatch.exporters.purge import purge as purge_matching

    check_targets("-" if is_standard(output) else output, force=force)
    problem = read_problem(source)
    found = read_matching(matching, problem)
    if not key.exists():
        write_atomically(key, secrets.token_hex(32) + "\n")
        say(f"A new key is in {key}; keep it for the next rounds, and apart from the rest.")
    kept = purge_matching(problem, found, _key(key))
    write_result(kept.to_json() + "\n", output, force=force)
    say("People are still named in these; delete them when they are no longer needed:")
    for place in _naming(source, matching):
        say(f"  {place}")
    return ExitCode.DONE


def met_before(source: ProblemSource, purged: PurgedFiles, key: UsedKey) -> ExitCode:
    """Print the rule that keeps people from those they met in rounds that were purged.

    It is in TOML for a folder of tables, to add to its programme, else in JSON, to add to the
    problem's rules.
    """
    from mentormatch.exporters.purge import PurgedMatching
    from mentormatch.exporters.purge import met_before as rule_of

    problem = read_problem(source)
    earlier = [PurgedMatching.from_json(path.read_bytes()) for path in purged]
    rule = rule_of(problem, earlier, _key(key))
    rounds = json.dumps([list(people) for people in rule.rounds], ensure_ascii=False)
    if Path(source).is_dir():
        text = f'[[rules]]\nkind = "{rule.kind}"\nrounds = {rounds}\n'
    else:
        text = f'{{"kind": "{rule.kind}", "rounds": {rounds}}}\n'
    write_result(text, None, force=False)
    return ExitCode.DONE


def _key(path: Path) -> bytes:
    text = path.read_bytes().strip()
    if not text:
        raise UsageError(f"{path}: is empty, and no key.")
    return text


def _naming(problem: str, matching: str) -> list[str]:
    """Return what names people: the sign-ups, and the results around the matching."""
    around = Path(matching).parent
    results = str(around) if (around / ".mentormatch-output.json").exists() else matching
    return list(dict.fromkeys((problem, results)))
