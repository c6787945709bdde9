"""Which files are changed, and which tests are to notice it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "mentormatch"

_RULES = "tests/rules"
_VERIFIER = (
    "tests/evaluate",
    "tests/rules/test_mentors_per_group.py",
    "tests/evaluate/test_spoilt_matchings.py",
)
_OF_A_RULE = (
    f"{_RULES}/test_conformance.py::test_breaches_and_normal_forms_amount_to_the_same_on_random_groups",
    f"{_RULES}/test_wording.py::test_numbers_agree_with_what_is_counted",
    f"{_RULES}/test_wording.py::test_a_rule_says_in_a_few_words_what_it_counts",
    f"{_RULES}/test_parts.py::test_a_rule_says_what_it_asks_in_a_sentence",
    f"{_RULES}/test_parts.py::test_the_parts_of_a_rule_are_kept_exactly_when_it_is",
    f"{_RULES}/test_conformance.py::test_the_order_of_people_does_not_change_what_a_rule_means",
)
_OF_ALL_RULES = tuple(
    f"{_RULES}/{name}.py"
    for name in (
        "test_faults",
        "test_faults_of_wishes",
        "test_defaults",
        "test_fields",
        "test_sentences",
    )
)
# Shared by rules: whatever they do shows in the rules that use them.
_SHARED = ("base", "checks", "forms", "staying", "traits")


@dataclass(frozen=True)
class Changed:
    """One file and its tests, those first that are likeliest to notice."""

    part: str
    file: str
    tests: tuple[str, ...]

    @property
    def path(self) -> Path:
        """Where the file is."""
        return PACKAGE / self.file

    @property
    def module(self) -> str:
        """The name under which it is imported."""
        return ".".join(("mentormatch", *Path(self.file).with_suffix("").parts))


def files() -> Iterator[Changed]:
    """Yield the files of every part, verifier and seating first."""
    yield Changed("verifier", "evaluate/verify.py", _VERIFIER)
    yield Changed("verifier", "evaluate/cost.py", (*_VERIFIER, "tests/evaluate/test_evaluation.py"))
    yield Changed("seating", "solve/backend/bounds.py", ("tests/solve/test_bounds.py",))
    dealt = ("tests/solve/test_assign_to_groups.py", "tests/solve/test_remote_assignment.py")
    yield Changed("seating", "solve/assign/groups.py", (*dealt, "tests/solve/test_groups.py"))
    for name in ("solve/assign/round_robin.py", "solve/assign/assign_to_groups.py"):
        yield Changed("seating", name, dealt)
    for path in sorted((PACKAGE / "rules").glob("*.py")):
        if path.stem in _SHARED:
            tests = tuple(str(one.relative_to(ROOT)) for one in _tables())
            more = tuple(f"{_RULES}/test_{name}.py" for name in ("base", "forms", "parts"))
            yield Changed("rules", f"rules/{path.name}", (*_OF_ALL_RULES, *tests, *more))
        elif path.stem != "__init__":
            each = tuple(f"{test}[{path.stem}]" for test in _OF_A_RULE)
            table = f"{_RULES}/test_{path.stem}.py"
            yield Changed("rules", f"rules/{path.name}", (table, *_OF_ALL_RULES, *each))


def _tables() -> list[Path]:
    kinds = {path.stem for path in (PACKAGE / "rules").glob("*.py")}
    found = sorted((ROOT / _RULES).glob("test_*.py"))
    return [path for path in found if path.stem.removeprefix("test_") in kinds]
