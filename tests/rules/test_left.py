"""People who have left and are named in rules: what the rules ask of the others stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from mentormatch.data.problem import Problem
from mentormatch.errors import InputError
from mentormatch.evaluate.verify import verify
from mentormatch.exit_codes import ExitCode
from mentormatch.explain import explain_infeasible, precheck
from mentormatch.messages.catalogue import LOCALES
from mentormatch.rules import (
    Ban,
    KeepApart,
    KeepTogether,
    MentorAlone,
    MentorGroups,
    Pin,
    WishApart,
    WishTogether,
)
from mentormatch.rules.base import Rule
from mentormatch.solve.match import match
from tests.cli.running import invoke, written
from tests.support.build import mentors, problem, students

LEFT = ("eve", "max")
"""A student and a mentor who signed up and have left."""

CASES: list[tuple[Rule, Rule | None]] = [
    (KeepApart(sets=(("ana", "eve"),)), None),
    (
        KeepApart(sets=(("ana", "eve", "bo"), ("eve", "cy"))),
        KeepApart(sets=(("ana", "bo"),)),
    ),
    (KeepTogether(sets=(("ana", "eve"),)), None),
    (KeepTogether(sets=(("ana", "eve", "bo"),)), KeepTogether(sets=(("ana", "bo"),))),
    (
        KeepTogether(sets=(("ana", "eve"),), affiliation="lab"),
        KeepTogether(sets=(), affiliation="lab"),
    ),
    (WishApart(wishes=(("eve", "ana"),)), None),
    (WishApart(wishes=(("ana", "eve"), ("ana", "bo"))), WishApart(wishes=(("ana", "bo"),))),
    (WishTogether(wishes=(("ana", "eve"),)), None),
    (WishTogether(wishes=(("ana", "max"), ("bo", "cy"))), WishTogether(wishes=(("bo", "cy"),))),
    (MentorAlone(mentors=("max",)), None),
    (MentorAlone(mentors=("mia", "max")), MentorAlone(mentors=("mia",))),
    # About nobody is not the same as about every mentor.
    (MentorGroups(mentors=("max",), least=1), None),
    (MentorGroups(least=1), MentorGroups(least=1)),
    (Pin(person="eve", slot="tue-15"), None),
    (Pin(person="ana", with_people=("eve", "bo")), Pin(person="ana", with_people=("bo",))),
    # Without its only person it would be a pin or ban of another kind.
    (Ban(person="ana", with_people=("eve",)), None),
    (Pin(person="ana", with_people=("eve",)), None),
    (Ban(person="ana", slot="tue-15", with_people=("eve",)), Ban(person="ana", slot="tue-15")),
    (Pin(person="ana"), Pin(person="ana")),
]


def after(*rules: Rule, left: tuple[str, ...] = LEFT) -> Problem:
    """Return a round that two people have left."""
    both = "tue-15 wed-15"
    return problem(
        students("ana bo cy di", both, affiliations={"lab": ("x",)}),
        mentors("mia noa", both),
        both,
        *rules,
        size=(1, 4),
        left=left,
    )


@pytest.mark.parametrize(("rule", "expected"), CASES)
def test_a_rule_asks_of_the_others_what_it_asked(rule: Rule, expected: Rule | None) -> None:
    """By hand; the rule itself stays as it is stated, in case somebody comes back."""
    assert rule.without(LEFT) == expected
    given = after(rule)
    assert rule in given.rules
    assert [one for one in given.active_rules if one.kind == rule.kind] == (
        [] if expected is None else [expected]
    )
    assert Problem.from_json(given.to_json()) == given


@pytest.mark.parametrize(("rule", "expected"), CASES)
def test_a_round_is_matched_as_if_the_rule_had_never_named_them(
    rule: Rule, expected: Rule | None
) -> None:
    """Nobody has to edit every rule because somebody withdrew."""
    found = match(after(rule), time_limit=None)
    plain = match(after(*([] if expected is None else [expected]), left=()), time_limit=None)
    assert verify(after(rule), found).ok
    assert (found.status, found.placed) == (plain.status, plain.placed)
    assert [tier.value for tier in found.tiers] == [tier.value for tier in plain.tiers]


def test_a_name_that_nobody_has_is_refused_as_before() -> None:
    """Only who is said to have left may be missing: a slip of the pen would lift a rule."""
    with pytest.raises(
        InputError, match=r"names 'evw'.*whoever has left is listed in 'left'"
    ) as refused:
        after(KeepApart(sets=(("anna", "evw"), ("ana", "eve"))))
    assert [fault.where for fault in refused.value.faults] == [
        "rules[0].sets[0][0]",
        "rules[0].sets[0][1]",
    ]


def test_somebody_who_is_there_has_not_left() -> None:
    """Else a rule about them would be lifted."""
    with pytest.raises(InputError, match="'ana' is said to have left, but is among the people"):
        after(left=("ana",))


def test_the_pre_check_warns_of_each_rule_with_whom() -> None:
    """In every language; nothing is warned of where nobody is named."""
    given = after(
        KeepApart(sets=(("ana", "eve"),)), Pin(person="bo"), MentorAlone(mentors=LEFT[1:])
    )
    warned = [notice for notice in precheck(given).notices if notice.code == "precheck.left"]
    assert [notice.facts for notice in warned] == [
        {"person": "eve", "rule": "keep_apart"},
        {"person": "max", "rule": "mentor_alone"},
    ]
    assert {notice.level for notice in warned} == {"warning"}
    assert len({warned[0].text(locale) for locale in LOCALES}) == len(LOCALES)


def test_a_contradiction_names_the_rule_by_its_place() -> None:
    """It is trimmed there, and would not be found among the stated ones."""
    rules = (
        KeepTogether(sets=(("ana", "eve", "bo"),)),
        Pin(person="ana", slot="tue-15"),
        Pin(person="bo", slot="wed-15"),
    )
    found = explain_infeasible(after(*rules))
    assert found is not None
    assert [(one.rule, one.place) for one in found.requirements] == [
        ("keep_together", 0),
        ("pin", 1),
        ("pin", 2),
    ]


def test_a_problem_that_nobody_left_keeps_its_fingerprint() -> None:
    """What was matched before is still known to be its matching."""
    given = after(left=())
    assert "left" not in given.to_json()
    assert given.fingerprint != after().fingerprint
    assert after().fingerprint == after(left=LEFT[::-1]).fingerprint


def test_the_command_line_matches_it(tmp_path: Path) -> None:
    """It was refused whole, with exit code 2."""
    file = written(tmp_path, after(KeepApart(sets=(("ana", "eve"),))))
    assert invoke("match", file).exit_code == ExitCode.DONE
    shown = invoke("precheck", file)
    assert "eve has left" in " ".join(shown.stdout.split())
