"""Sentences of change mean the same in every language, by a table of meaning made by hand."""

from __future__ import annotations

from typing import get_args

import pytest

from mentormatch.messages.catalogue import LOCALES, Locale, catalogue
from mentormatch.messages.wording import Message, words
from mentormatch.rules import RULES
from mentormatch.whatif import AnyChange, Change, Effect, TierChange
from mentormatch.whatif.changes import (
    AddLanguage,
    AddMentors,
    AddRoom,
    AddSlot,
    DropMentors,
    DropSlot,
    MaxStudents,
    MentorsInGroup,
    MinStudents,
    OfferSlot,
    RelaxRule,
)
from tests.support.build import mentors, problem, slot, students

KINDS = sorted(rule.model_fields["kind"].default for rule in RULES)

BETTER: dict[Locale, str] = {"en": "better by", "fi": "paranee", "sv": "bättre med"}
WORSE: dict[Locale, str] = {"en": "worse by", "fi": "huononee", "sv": "sämre med"}
"""What says which way a tier goes. Names of rules say what is wished for, and costs count what
is not, so that neither "more" nor "fewer" would."""

PLACED: dict[int, dict[Locale, str]] = {
    2: {
        "en": "+2 students with a group",
        "fi": "+2 ryhmän saanutta opiskelijaa",
        "sv": "+2 studenter med grupp",
    },
    1: {
        "en": "+1 student with a group",
        "fi": "+1 ryhmän saanut opiskelija",
        "sv": "+1 student med grupp",
    },
    -1: {
        "en": "-1 student with a group",
        "fi": "-1 ryhmän saanut opiskelija",
        "sv": "-1 student med grupp",
    },
    -3: {
        "en": "-3 students with a group",
        "fi": "-3 ryhmän saanutta opiskelijaa",
        "sv": "-3 studenter med grupp",
    },
}
GROUPS: dict[int, dict[Locale, str]] = {
    2: {"en": "+2 groups", "fi": "+2 ryhmää", "sv": "+2 grupper"},
    1: {"en": "+1 group", "fi": "+1 ryhmä", "sv": "+1 grupp"},
    -1: {"en": "-1 group", "fi": "-1 ryhmä", "sv": "-1 grupp"},
}

CHANGES: list[tuple[Change, dict[Locale, str]]] = [
    (
        OfferSlot(person="ana", slot="tue-15"),
        {
            "en": "ana also comes at Tuesday 15:00-17:00",
            "fi": "ana pääsee myös aikaan ti 15:00-17:00",
            "sv": "ana kommer också tisdag 15:00-17:00",
        },
    ),
    (
        AddMentors(slot="tue-15", count=2),
        {
            "en": "mentors at Tuesday 15:00-17:00: 2 more",
            "fi": "mentoreita aikaan ti 15:00-17:00: 2 lisää",
            "sv": "mentorer tisdag 15:00-17:00: 2 till",
        },
    ),
    (
        DropMentors(count=2),
        {"en": "fewer mentors: 2", "fi": "vähemmän mentoreita: 2", "sv": "färre mentorer: 2"},
    ),
    (
        AddRoom(slot="tue-15"),
        {
            "en": "room for one more group at Tuesday 15:00-17:00",
            "fi": "tilaa yhdelle ryhmälle lisää aikaan ti 15:00-17:00",
            "sv": "rum för en grupp till tisdag 15:00-17:00",
        },
    ),
    (
        MaxStudents(to=9),
        {
            "en": "a group may have up to 9 students",
            "fi": "ryhmässä saa olla enintään 9 opiskelijaa",
            "sv": "en grupp får ha upp till 9 studenter",
        },
    ),
    (
        MaxStudents(to=1),
        {
            "en": "a group may have 1 student",
            "fi": "ryhmässä saa olla 1 opiskelija",
            "sv": "en grupp får ha 1 student",
        },
    ),
    (
        MinStudents(to=4),
        {
            "en": "4 students are enough for a group",
            "fi": "ryhmään riittää 4 opiskelijaa",
            "sv": "4 studenter räcker för en grupp",
        },
    ),
    (
        MinStudents(to=1),
        {
            "en": "1 student is enough for a group",
            "fi": "ryhmään riittää 1 opiskelija",
            "sv": "1 student räcker för en grupp",
        },
    ),
    (
        MentorsInGroup(to=1),
        {
            "en": "mentors in each group: 1",
            "fi": "mentoreita ryhmässä: 1",
            "sv": "mentorer i varje grupp: 1",
        },
    ),
    (
        RelaxRule(rule="keep_apart"),
        {
            "en": "a rule may give way: keep apart",
            "fi": "sääntö saa joustaa: pidä erillään",
            "sv": "en regel får ge vika: håll isär",
        },
    ),
    (
        AddLanguage(language="fi"),
        {
            "en": "groups may also meet in Finnish",
            "fi": "ryhmä voi kokoontua myös kielellä suomi",
            "sv": "grupper får också träffas på finska",
        },
    ),
    (
        AddSlot(slot=slot("wed-10")),
        {
            "en": "one more time: Wednesday 10:00-12:00",
            "fi": "yksi aika lisää: ke 10:00-12:00",
            "sv": "en tid till: onsdag 10:00-12:00",
        },
    ),
    (
        DropSlot(slot="tue-15"),
        {
            "en": "one time fewer: Tuesday 15:00-17:00",
            "fi": "yksi aika vähemmän: ti 15:00-17:00",
            "sv": "en tid färre: tisdag 15:00-17:00",
        },
    ),
]


def said(message: Message) -> dict[Locale, str]:
    """Return a message in every language."""
    return {locale: message.text(locale) for locale in LOCALES}


@pytest.mark.parametrize("kind", KINDS)
def test_a_cost_that_falls_is_better_and_one_that_rises_is_worse(kind: str) -> None:
    """Two more people placed once were "a place for everyone: 2 fewer"."""
    for before, after, right, other in ((4, 2, BETTER, WORSE), (2, 3, WORSE, BETTER)):
        change = TierChange(tier=1, name="goal", rules=(kind,), before=before, after=after)
        message = change.message()
        assert message is not None
        for locale, text in said(message).items():
            assert text.endswith(f": {right[locale]} {abs(after - before)} ({before} -> {after})")
            assert other[locale] not in text


def test_a_cost_that_stays_is_not_told() -> None:
    """Nothing is better or worse by nothing."""
    assert TierChange(tier=1, name="goal", before=2, after=2).message() is None


@pytest.mark.parametrize("count", PLACED)
def test_students_with_a_group_are_counted_up_and_down(count: int) -> None:
    """The sign says which way, and one student is one in every language."""
    placed, *_ = Effect(placed=count, groups=0, tiers=()).messages()
    assert said(placed) == PLACED[count]


@pytest.mark.parametrize("count", GROUPS)
def test_groups_are_counted_up_and_down(count: int) -> None:
    """As students are."""
    _, groups = Effect(placed=0, groups=count, tiers=()).messages()
    assert said(groups) == GROUPS[count]


@pytest.mark.parametrize(("change", "expected"), CHANGES)
def test_a_change_is_said_alike_in_every_language(
    change: Change, expected: dict[Locale, str]
) -> None:
    """Who reads Finnish or Swedish is asked for the same as who reads English."""
    given = problem(students("ana bo"), mentors("mia"), "tue-15")
    assert said(change.message(given)) == expected


def test_every_kind_of_change_is_in_the_table() -> None:
    """A new kind that nobody looked at would be said by whoever wrote it alone."""
    kinds = {kind.model_fields["kind"].default for kind in get_args(get_args(AnyChange)[0])}
    assert {change.kind for change, _ in CHANGES} == kinds


@pytest.mark.parametrize("locale", LOCALES)
def test_words_for_one_stand_only_where_something_is_counted(locale: Locale) -> None:
    """They are chosen by a number, so the words for several have to state that number."""
    messages = catalogue(locale).messages
    several = [code.removesuffix("_one") for code in messages if code.endswith("_one")]
    assert several
    for code in several:
        assert any(
            f"{{{name}" in messages[code] for name in ("count", "to", "others", "equal", "groups")
        )


def test_one_other_group_and_equal_groups_are_said_without_a_lottery() -> None:
    """Nobody drew lots, and nobody writes "each of the other 1 groups"."""
    one = words("placement.best_group", {"others": 1})
    assert one == "The only other group they could go to costs more."
    assert "2 groups" in words("placement.best_group", {"others": 2})
    lottery: dict[Locale, tuple[str, ...]] = {
        "en": ("lot", "chance", "drew"),
        "fi": ("arpa", "arva"),
        "sv": ("lott",),
    }
    for locale, forbidden in lottery.items():
        for code, facts in (
            ("left_out.lost_on_lottery", {}),
            ("placement.equal_groups", {"equal": 1}),
            ("placement.equal_groups", {"equal": 3}),
        ):
            text = words(code, facts, locale).casefold()
            assert not any(word in text.split() or f" {word}" in text for word in forbidden)
