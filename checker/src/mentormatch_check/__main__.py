"""The command `mentormatch-check PROBLEM MATCHING PROOF`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from mentormatch_check.document import RefusedError, document_hash, read, rows, whole
from mentormatch_check.judging import judge, read_groups
from mentormatch_check.program import Program
from mentormatch_check.proof import (
    Certificate,
    Tier,
    check_infeasible,
    check_tiers,
    read_certificate,
)
from mentormatch_check.round import read_round
from mentormatch_check.rules import forms_of, rules_in_force

WORDS = {
    "certified": "proven: none costs less",
    "solver": "rests on the solver",
    "open": "open",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Check three documents, say what holds, and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="mentormatch-check",
        description="Checks the proof that comes with a matching, by itself.",
    )
    parser.add_argument("problem", type=Path)
    parser.add_argument("matching", type=Path)
    parser.add_argument("proof", type=Path)
    parser.add_argument(
        "--all", action="store_true", help="ask that the value of every tier is proven"
    )
    asked = parser.parse_args(arguments)
    try:
        documents = [read(path) for path in (asked.problem, asked.matching, asked.proof)]
    except RefusedError as refused:
        print(f"cannot be read: {refused}", file=sys.stderr)
        return 2
    try:
        report, complete = check(*documents)
    except RefusedError as refused:
        print(f"refused: {refused}")
        return 1
    for line in report:
        print(line)
    return 3 if asked.all and not complete else 0


def check(problem: Any, matching: Any, proof: Any) -> tuple[list[str], bool]:
    """Return what holds of three documents, in lines, and whether every value is proven.

    Raises
    ------
    RefusedError
        If they claim what is not so, or are not understood.
    """
    certificate = read_certificate(proof)
    if certificate.problem != document_hash(problem):
        raise RefusedError("the proof was made for another problem")
    round_ = read_round(problem)
    known, unknown = rules_in_force(round_)
    uses = [(use, forms_of(round_, use)) for use in known]
    relative = [f"not known, and so not looked at: rule {name}" for name in unknown]
    if certificate.infeasible is not None:
        if isinstance(matching, dict) and matching.get("groups"):
            raise RefusedError("the proof says that there is no matching, but there are groups")
        program = _program(round_, uses, certificate)
        leaves = check_infeasible(program, certificate)
        return [*relative, f"proven: no matching keeps the hard rules ({leaves} leaves)"], True
    groups = read_groups(round_, matching)
    judged = judge(uses, groups)
    if judged.broken:
        raise RefusedError(f"broken are the hard rules {', '.join(judged.broken)}")
    stated = _stated(matching)
    numbers = sorted(set(judged.values) | set(stated)) if unknown else sorted(judged.values)
    tiers = check_tiers(_program(round_, uses, certificate), certificate, numbers)
    for tier in tiers:
        found = judged.values.get(tier.tier, 0)
        if found > tier.value or (found < tier.value and not unknown):
            raise RefusedError(f"tier {tier.tier} costs {found}, not {tier.value}")
        if stated.get(tier.tier, tier.value) != tier.value:
            raise RefusedError(f"the matching and its proof state other values of tier {tier.tier}")
    count = "1 group keeps" if len(groups) == 1 else f"{len(groups)} groups keep"
    report = [f"{count} the hard rules that are known ({len(known)} rules)"]
    report += [*relative, *_lines(tiers)]
    return report, all(tier.standing == "certified" for tier in tiers)


def _program(round_: Any, uses: Any, certificate: Certificate) -> Program:
    return Program(round_, uses, certificate.templates, certificate.split, certificate.cliques)


def _stated(matching: Any) -> dict[int, int]:
    """Return the value of each tier that a matching states."""
    found: dict[int, int] = {}
    for row in rows(matching.get("tiers") or [], "the tiers of the matching"):
        if not isinstance(row, dict) or whole(row.get("tier"), "a tier") in found:
            raise RefusedError("a tier of the matching stands twice, or is not understood")
        found[row["tier"]] = whole(row.get("value"), "the value of a tier")
    return found


def _lines(tiers: Sequence[Tier]) -> Iterator[str]:
    for place, tier in enumerate(tiers):
        among = ", ".join(f"tier {one.tier} at most {one.value}" for one in tiers[:place])
        leaves = f"{tier.leaves} lea{'f' if tier.leaves == 1 else 'ves'}"
        yield (
            f"tier {tier.tier}: value {tier.value}, bound {tier.bound}, {WORDS[tier.standing]} "
            f"(among all matchings{' with ' + among if among else ''}; {leaves})"
        )


if __name__ == "__main__":
    raise SystemExit(main())
