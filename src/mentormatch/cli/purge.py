"""Forget the people of a round that is over, and find them again without names."""

from __future__ import annotations

import json
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from mentormatch.cli.answering import answer_with, current
from mentormatch.cli.guard import UsageError
from mentormatch.cli.options import Force, Output, ProblemSource
from mentormatch.cli.streams import (
    STANDARD,
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
Delete = Annotated[
    bool,
    typer.Option("--delete", help="Delete the sign-ups, results and versions, once you agree."),
]
Yes = Annotated[bool, typer.Option("--yes", help="Agree to it without being asked.")]
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
    delete: Delete = False,
    yes: Yes = False,
    force: Force = False,
) -> ExitCode:
    """Keep of a matching only counts and who met whom, by keyed hashes, with no names.

    What still names people (sign-ups, results, versions) is listed, and with --delete deleted for
    good after you have agreed. It is deleted as a whole, or not at all.
    """
    from mentormatch.cli.removal import Remains, finish, remains, remove
    from mentormatch.exporters.purge import purge as purge_matching

    check_targets("-" if is_standard(output) else output, force=force)
    if delete:
        if output is None or is_standard(output):
            raise UsageError("With --delete, name a file for what is kept with --output.")
        if STANDARD in (source, matching):
            raise UsageError("What comes from standard input cannot be deleted.")
        if not yes and not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise UsageError("Nobody can be asked here whether to delete; --yes agrees.")
        if finish((Path(source), Path(source).parent, Path(matching).parent.parent)):
            say("What an earlier purge had not come to delete was deleted.")
    problem = read_problem(source)
    found = read_matching(matching, problem)
    if not key.exists():
        write_atomically(key, secrets.token_hex(32) + "\n")
        say(f"A new key is in {key}; keep it for the next rounds, and apart from the rest.")
    kept = purge_matching(problem, found, _key(key))
    stays = [key, *([] if output is None or is_standard(output) else [Path(output)])]
    there = (
        Remains((), ())
        if STANDARD in (source, matching)
        else remains(problem, source, matching, stays)
    )
    if delete:
        _refuse_to_delete(stays, there.named)
    answer_with(kept, problem=problem.fingerprint)
    write_result(kept.to_json() + "\n", output, force=force)
    if delete and (yes or _agreed(there.named)):
        remove(there.named)
        _list("Deleted for good:", there.named)
    else:
        _list("People are still named in these; --delete deletes them for good:", there.named)
    _list("These may name people and were not touched; look at them yourself:", there.unsure)
    return ExitCode.DONE


def _list(heading: str, places: Sequence[Path]) -> None:
    if places:
        say("\n".join([heading, *(f"  {place}" for place in places)]))


def _agreed(places: Sequence[Path]) -> bool:
    _list("These name people:", places)
    return typer.confirm("Delete them for good?", default=False, err=True)


def _refuse_to_delete(stays: Sequence[Path], named: Sequence[Path]) -> None:
    """Refuse to delete what holds the key or what is kept."""
    for one in stays:
        for place in named:
            if place.resolve() in (one.resolve(), *one.resolve().parents):
                raise UsageError(f"{one} would be deleted with {place}; put it somewhere else.")


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
    if current().wanted:
        from mentormatch.cli.documents import StatedRule

        answer_with(StatedRule(rule=rule), problem=problem.fingerprint)
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
