"""The page of all rules says what the rules say."""

from __future__ import annotations

import json
import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from mentormatch.rules import RULES
from tests.rules.test_conformance import kind_of
from tests.support.build import problem_of

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "rules.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    """Return the script that writes the page."""
    spec = spec_from_file_location("build_rules", DOCS / "build_rules.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_what_the_rules_say_today(builder: ModuleType) -> None:
    """A page of last month is worse than none; python docs/build_rules.py writes it anew."""
    assert builder.build() == PAGE


def test_every_rule_has_one_section_and_one_line_of_contents() -> None:
    """Whoever looks for a rule finds it once."""
    kinds = sorted(map(kind_of, RULES))
    assert sorted(re.findall(r"^### (\w+)$", PAGE, re.MULTILINE)) == kinds
    assert sorted(re.findall(r"^\| \[`(\w+)`\]\(#\1\)", PAGE, re.MULTILINE)) == kinds


def test_every_example_can_be_stated_in_a_problem(builder: ModuleType) -> None:
    """People copy examples; these are read back, all of them in one problem without a fault."""
    stated = [json.loads(text) for text in re.findall(r"^```json\n(.*?)\n```$", PAGE, re.MULTILINE)]
    examples = [rule for rules in builder.CHAPTERS.values() for rule in rules]
    assert [type(rule)(**one) for rule, one in zip(examples, stated, strict=True)] == examples
    problem = problem_of(builder.ROUND, examples)
    assert problem.rules == tuple(examples)


def test_every_example_shows_what_a_breach_sounds_like(builder: ModuleType) -> None:
    """The words are the rule's own, and none is shown without any."""
    said = re.findall(r"^> (.+\.) \*Amount ([1-9][0-9]*)\.\*$", PAGE, re.MULTILINE)
    examples = [rule for rules in builder.CHAPTERS.values() for rule in rules]
    assert len(said) == len(examples)
    for rule, (message, amount) in zip(examples, said, strict=True):
        found = [
            (one.message, one.amount) for one in rule.violations(builder.ROUND, builder.GROUPS)
        ]
        assert (message, int(amount)) in found
