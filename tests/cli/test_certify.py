"""The command that writes proofs, and the program that checks them, one after the other."""

from __future__ import annotations

import json
from pathlib import Path

from mentormatch_check.__main__ import main as check

from mentormatch.exit_codes import ExitCode
from tests.cli.running import invoke

SIX = Path(__file__).parents[2] / "docs" / "examples" / "six"


def test_a_written_proof_is_accepted_by_the_checker(tmp_path: Path) -> None:
    """Two files in, a third out, and all three make sense together."""
    problem, matching, proof = SIX / "problem.json", SIX / "matching.json", tmp_path / "proof.json"
    result = invoke("certify", str(problem), str(matching), "-o", str(proof))
    assert result.exit_code == ExitCode.DONE
    assert "tier 1: value 2, bound 2, certified" in result.stdout
    assert check([str(problem), str(matching), str(proof), "--all"]) == 0


def test_a_problem_from_standard_input_is_certified_as_it_would_be_written(tmp_path: Path) -> None:
    """The proof names the document that `to_json` makes of it."""
    from mentormatch import Problem
    from mentormatch.certificates.certificate import problem_hash

    text = (SIX / "problem.json").read_text(encoding="utf-8")
    result = invoke("certify", "-", str(SIX / "matching.json"), given=text.encode())
    assert result.exit_code == ExitCode.DONE
    assert json.loads(result.stdout)["problem"] == problem_hash(Problem.from_json(text))


def test_both_from_standard_input_is_refused() -> None:
    """There is one standard input."""
    result = invoke("certify", "-", "-", given=b"{}")
    assert result.exit_code == ExitCode.BAD_INPUT
