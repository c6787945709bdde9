"""What is kept of a round when its people are forgotten."""

from __future__ import annotations

import json
import stat
from itertools import combinations
from pathlib import Path

import pytest

from mentormatch.data.problem import Problem
from mentormatch.errors import InputError
from mentormatch.exit_codes import ExitCode
from mentormatch.exporters.purge import PurgedMatching, met_before, purge
from mentormatch.rules import RULES
from tests.cli.running import invoke, written
from tests.support.build import mentor, problem, student
from tests.support.matched import grouped, made_up_problem

KEY = b"0123456789abcdef-secret"


def _round(renamed: str = "") -> Problem:
    """Return a round whose people have addresses, but for bo, with ids as a form numbers them."""
    names = ("ada", "bo", "cy")
    people = tuple(
        student(
            "bo" if name == "bo" else f"{name}{renamed}",
            name=f"Name of {name}",
            email=None if name == "bo" else f"{name}@Example.org",
        )
        for name in names
    )
    guide = mentor(f"mia{renamed}", email="mia@example.org")
    return problem(people, (guide,), size=(1, 4))


def test_nothing_that_names_anybody_is_left() -> None:
    """Neither ids nor names, addresses, departments, times nor languages."""
    for asked in (_round(), made_up_problem()):
        matching = grouped(asked)
        text = purge(asked, matching, KEY).to_json()
        data = json.loads(text)
        assert set(data) == {"format", "key", "counts", "groups"}
        for person in asked.round.people:
            for word in filter(None, (person.name, person.email, person.department)):
                assert word not in text
        assert all(len(one) == 32 for group in data["groups"] for one in group)
        assert data["counts"]["placed"] == matching.placed
        assert data["counts"]["groups"] == len(matching.groups)


def test_people_are_found_again_by_their_address_or_else_their_id() -> None:
    """Next term's form gives everybody another id."""
    before = _round()
    kept = PurgedMatching.from_json(purge(before, grouped(before), KEY).to_json())
    rule = met_before(_round("-2027"), [kept], KEY)
    assert rule.rounds == (("ada-2027", "bo", "cy-2027", "mia-2027"),)
    assert type(rule) in RULES


def test_who_met_whom_is_what_the_matching_said() -> None:
    """Pair by pair, on a larger round."""
    asked = made_up_problem()
    matching = grouped(asked)
    rule = met_before(asked, [purge(asked, matching, KEY)], KEY)
    found = {frozenset(pair) for one in rule.rounds for pair in combinations(one, 2)}
    assert found == {
        frozenset(pair)
        for group in matching.groups
        for pair in combinations((*group.students, *group.mentors), 2)
    }


def test_another_key_finds_nobody_and_says_so() -> None:
    """An empty rule would pass for a round of strangers."""
    asked = _round()
    kept = purge(asked, grouped(asked), KEY)
    assert purge(asked, grouped(asked), KEY + b"x").groups != kept.groups
    with pytest.raises(InputError, match="another key"):
        met_before(asked, [kept], KEY + b"x")
    with pytest.raises(InputError, match="at least 16"):
        purge(asked, grouped(asked), b"short")


def test_the_command_makes_a_key_once_and_prints_the_rule(tmp_path: Path) -> None:
    """From a matching of this term to the rule of the next."""
    asked = _round()
    source = written(tmp_path, asked)
    matching, key, kept = (tmp_path / name for name in ("matching.json", "key", "kept.json"))
    matching.write_text(grouped(asked).to_json(), encoding="utf-8")
    command = ("purge", source, str(matching), "--key", str(key), "-o", str(kept))
    ended = invoke(*command)
    assert ended.exit_code == ExitCode.DONE, ended.output
    assert str(matching) in ended.stderr
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    secret = key.read_bytes()
    assert invoke(*command, "--force").exit_code == ExitCode.DONE
    assert key.read_bytes() == secret
    printed = invoke("met-before", source, str(kept), "--key", str(key))
    assert printed.exit_code == ExitCode.DONE, printed.output
    rule = json.loads(printed.stdout)
    data = json.loads(asked.to_json())
    data["rules"].append(rule)
    assert Problem.from_json(json.dumps(data)).rules[-1].kind == "met_before"
