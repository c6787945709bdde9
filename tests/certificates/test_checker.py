"""The checker stands alone, accepts what is proven by hand, and refuses what is not."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from mentormatch_check.__main__ import check, main
from mentormatch_check.document import RefusedError

from benchmarks.certificates.mutants import MUTATIONS, mutants
from tests.certificates.test_certify import standard

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "checker" / "src" / "mentormatch_check"
SIX = ROOT / "docs" / "examples" / "six"
NAMES = ("problem.json", "matching.json", "proof.json")


def six() -> list[Any]:
    """Return the documents of the six students, whose proof was made by hand."""
    return [json.loads((SIX / name).read_text(encoding="utf-8")) for name in NAMES]


def test_the_checker_imports_the_standard_library_and_itself_alone() -> None:
    """Whoever trusts it need not trust mentormatch, numpy or a solver."""
    known = sys.stdlib_module_names | {"mentormatch_check"}
    for path in SOURCE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                assert {name.name.split(".")[0] for name in node.names} <= known, path
            elif isinstance(node, ast.ImportFrom):
                assert node.module is not None
                assert node.level == 0
                assert node.module.split(".")[0] in known, path


def test_it_runs_where_nothing_else_is_installed() -> None:
    """An interpreter without any packages checks three files."""
    files = [str(SIX / name) for name in NAMES]
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _ALONE.format(source=str(SOURCE.parent)), *files],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "tier 1: value 2, bound 2, proven" in done.stdout


_ALONE = """
import sys
sys.path.insert(0, {source!r})
from mentormatch_check.__main__ import main
code = main([*sys.argv[1:], "--all"])
assert not {{"mentormatch", "numpy", "pydantic"}} & set(sys.modules)
raise SystemExit(code)
"""


def test_the_proof_by_hand_is_tight() -> None:
    """Each dual of the six students' proof, one off to either side, proves no more; most fail."""
    refused = 0
    for place in (1, 2):
        for which in range(len(six()[2]["tiers"][0]["nodes"][place]["duals"])):
            for shift in (1, -1):
                documents = six()
                documents[2]["tiers"][0]["nodes"][place]["duals"][which][-1] += shift
                try:
                    check(*documents)
                except RefusedError:
                    refused += 1
    assert refused >= 40


@pytest.mark.parametrize("seed", range(3))
def test_false_proofs_are_refused(seed: int) -> None:
    """Documents that claim what is not so, each spoilt in another way."""
    round_, matching, proof = standard(40, 12, 1)
    names = set()
    for name, *documents in mutants(round_, matching, proof, seed=seed):
        names.add(name)
        with pytest.raises(RefusedError):
            check(*documents)
    assert len(names) >= len(MUTATIONS) - 2, names


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("tiers", 0, "nodes", 1, "duals", 0, 1), "mix.0"),
        (("tiers", 0, "nodes", 1, "duals", 0), []),
        (("tiers", 0, "nodes", 1, "duals", 0), ["groups", "prefer_yes.0", 0, -9]),
        (("tiers", 0, "nodes", 1, "duals", 0), ["whole", "mentors_per_group.0", -9]),
        (("tiers", 0, "nodes", 1, "duals", 0), ["row", -9]),
        (("tiers", 0, "nodes", 1, "duals", 0), ["tier", 1, -9]),
        (("tiers", 0, "nodes", 1, "duals", 0), ["slot", "mon", -9]),
        (("tiers", 0, "nodes", 0, "split"), ["x", 2, 0]),
        (("tiers", 0, "nodes", 0, "split"), ["z", "group_size.0", 0]),
        (("tiers", 0, "nodes", 0, "at"), 1),
        (("tiers", 0, "nodes", 0, "at"), -1),
        (("tiers", 0, "nodes", 0, "below"), 0),
        (("tiers", 0, "nodes", 0, "above"), 3),
        (("tiers", 0, "nodes", 1, "bound"), None),
        (("tiers", 0, "nodes", 1, "bound"), 1),
        (("tiers", 0, "nodes"), []),
        (("tiers", 0, "standing"), "open"),
        (("tiers",), []),
        (("scale",), 2),
        (("infeasible",), [{"duals": []}]),
        (("format",), "mentormatch/certificate/2"),
        (("more",), 1),
    ],
)
def test_a_spoilt_proof_by_hand_is_refused(path: tuple[str | int, ...], value: Any) -> None:
    """Each place of the format at which a proof can lie."""
    documents = six()
    there = documents[2]
    for step in path[:-1]:
        there = there[step]
    there[path[-1]] = value
    with pytest.raises(RefusedError):
        check(*documents)


def test_files_that_cannot_be_read_end_with_two(tmp_path: Path) -> None:
    """A file cut short, with a field twice, or with a number too long is no document."""
    whole = (SIX / "proof.json").read_text(encoding="utf-8")
    for number, text in enumerate((whole[:-20], '{"a": 1, "a": 2}', f"[{'9' * 5000}]", "[NaN]")):
        path = tmp_path / f"{number}.json"
        path.write_text(text, encoding="utf-8")
        assert main([*(str(SIX / name) for name in NAMES[:2]), str(path)]) == 2


def test_what_it_does_not_know_it_says() -> None:
    """A rule that the checker does not know is named, and the rest is still checked."""
    problem, matching, proof = six()
    problem["rules"].append({"kind": "wish_together", "wishes": [["ana", "bo"]]})
    from mentormatch.certificates.certificate import document_hash

    proof["problem"] = document_hash(problem)
    matching["tiers"].append({"tier": 5, "name": "", "value": 0, "bound": 0, "seconds": 0.0})
    proof["tiers"].append(
        {
            "tier": 5,
            "value": 0,
            "bound": 0,
            "standing": "certified",
            "nodes": [{"bound": 0, "duals": []}],
        }
    )
    report, _ = check(problem, matching, proof)
    assert any("wish_together" in line and "not known" in line for line in report)
