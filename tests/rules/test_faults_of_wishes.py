"""Rules that read numbers, languages or wishes from people say who stated none of these."""

from __future__ import annotations

import pytest

from mentormatch import InputError
from mentormatch.rules import (
    Affinity,
    AtLeast,
    Balance,
    Ban,
    Cluster,
    FairShare,
    KeepRange,
    KeepTogether,
    MentorAlone,
    MentorGroups,
    MentorLanguage,
    MentorsFromElsewhere,
    MetBefore,
    Mix,
    NobodyAlone,
    Pin,
    PlaceOrder,
    PreferredLanguage,
    SecondLanguage,
    SlotWishes,
    SumCap,
    TargetSize,
    TopicWishes,
    WishApart,
    WishTogether,
)
from mentormatch.rules.base import Rule
from tests.support.build import mentor, round_, student

ROUND = round_(
    [
        student(
            "ana",
            department="Physics",
            languages={"en": "C1", "sv-FI": "B2"},
            attributes={
                "year": 1,
                "theme": ("sleep", "rest"),
                "wish": "Finnish",
                "slots": ("tue-15", "wed-51"),
                "themes": ("sleep", "slep"),
                "friends": ("ben", "cia"),
                "alone": "ana",
                "rent": 1_000_000,
                "credits": "many",
                "salary": 2_000_000,
            },
        ),
        student(
            "ben",
            department="Design",
            attributes={
                "year": 2,
                "wish": ("en", "sv"),
                "credits": 12.5,
                "rent": -1_000_000,
                "left_out_before": True,
            },
        ),
    ],
    [mentor("mia", attributes={"credits": True})],
    languages=("en", "fi"),
    topics=("sleep", "rest"),
)

SOUND: list[Rule] = [
    AtLeast(values=("Physics", "Design"), least=2),
    NobodyAlone(attribute="theme", values=("rest",)),
    Mix(values=("Design",)),
    Cluster(),
    Cluster(attribute="theme", who="mentors"),
    MentorsFromElsewhere(attribute="theme"),
    SecondLanguage(language="sv"),
    MentorLanguage(),
    MentorLanguage(language="en"),
    PreferredLanguage(attribute="wish", who="mentors"),
    MentorGroups(mentors=("mia",), least=1),
    SumCap(attribute="year", most=3),
    Balance(attribute="year"),
    Balance(attribute="rent"),
    KeepRange(attribute="year", within=0),
    KeepTogether(sets=(("ana", "mia"),)),
    WishTogether(wishes=(("ana", "mia"),)),
    WishApart(wishes=(("ana", "mia"),)),
    Affinity(scores=(("ana", "mia", 4),)),
    MentorAlone(mentors=("mia",)),
    TargetSize(target=2),
    MetBefore(rounds=(("ana", "gone"),)),
    Pin(person="ana", slot="wed-15", language="fi", topic="rest", with_people=("mia",)),
    Ban(person="mia", slot="wed-15", language="fi", topic="rest", with_people=("ana",)),
    PlaceOrder(by="lottery"),
    PlaceOrder(by="left_out_before"),
    FairShare(),
]

CASES: list[tuple[Rule, list[tuple[str, str, str | None]]]] = [
    (
        AtLeast(values=("Physics", "Desing")),
        [("unknown_value", "rules[7].values[1]", "Design")],
    ),
    (
        AtLeast(attribute="yaer", values=("1",)),
        [
            ("unknown_attribute", "rules[7].attribute", "year"),
            ("unknown_value", "rules[7].values[0]", None),
        ],
    ),
    (NobodyAlone(values=("Fysics",)), [("unknown_value", "rules[7].values[0]", "Physics")]),
    (NobodyAlone(attribute="them"), [("unknown_attribute", "rules[7].attribute", "theme")]),
    (Mix(values=("physics",)), [("unknown_value", "rules[7].values[0]", "Physics")]),
    (Cluster(attribute="them"), [("unknown_attribute", "rules[7].attribute", "theme")]),
    (Cluster(attribute="theme"), [("several_values", "rules[7].attribute", None)]),
    (
        MentorsFromElsewhere(attribute="departement"),
        [("unknown_attribute", "rules[7].attribute", "department")],
    ),
    (SecondLanguage(language="da"), [("unknown_language", "rules[7].language", None)]),
    (SecondLanguage(language="sv-SE"), [("unknown_language", "rules[7].language", "sv-FI")]),
    (MentorLanguage(language="fi"), [("unknown_language", "rules[7].language", None)]),
    (
        PreferredLanguage(attribute="wish"),
        [("not_a_language", "rules[7].attribute", "fi")],
    ),
    (
        PreferredLanguage(),
        [("unknown_attribute", "rules[7].attribute", None)],
    ),
    (
        MentorGroups(mentors=("mia", "ana", "mai")),
        [
            ("unknown_mentor", "rules[7].mentors[1]", None),
            ("unknown_mentor", "rules[7].mentors[2]", "mia"),
        ],
    ),
    (
        SumCap(attribute="credits", most=3, who="everybody"),
        [("not_a_number", "rules[7].attribute", None)] * 3,
    ),
    (SumCap(attribute="yaer", most=3), [("unknown_attribute", "rules[7].attribute", "year")]),
    (Balance(attribute="salary"), [("number_too_large", "rules[7].attribute", None)]),
    (
        KeepRange(attribute="department", within=1),
        [("not_a_number", "rules[7].attribute", None)] * 2,
    ),
    (
        KeepTogether(sets=(("ana", "bne"),)),
        [("unknown_person", "rules[7].sets[0][1]", "ben")],
    ),
    (
        WishTogether(wishes=(("ana", "bne"), ("ana", "ana"))),
        [
            ("unknown_person", "rules[7].wishes[0][1]", "ben"),
            ("wish_for_self", "rules[7].wishes[1]", None),
        ],
    ),
    (
        WishTogether(wishes=(("bne", "ana"),)),
        [("unknown_person", "rules[7].wishes[0][0]", "ben")],
    ),
    (WishTogether(attribute="friends"), [("unknown_person", "rules[7].attribute", "mia")]),
    (WishTogether(attribute="frinds"), [("unknown_attribute", "rules[7].attribute", "friends")]),
    (WishTogether(attribute="alone"), [("wish_for_self", "rules[7].attribute", None)]),
    (Affinity(scores=(("ana", "ana", 1),)), [("score_with_self", "rules[7].scores[0]", None)]),
    (Affinity(scores=(("ana", "bne", 1),)), [("unknown_person", "rules[7].scores[0][1]", "ben")]),
    (Affinity(scores=(("bne", "ana", 1),)), [("unknown_person", "rules[7].scores[0][0]", "ben")]),
    (WishApart(wishes=(("ana", "ana"),)), [("wish_for_self", "rules[7].wishes[0]", None)]),
    (WishApart(wishes=(("ana", "bne"),)), [("unknown_person", "rules[7].wishes[0][1]", "ben")]),
    (WishApart(wishes=(("bne", "ana"),)), [("unknown_person", "rules[7].wishes[0][0]", "ben")]),
    (MentorAlone(mentors=("ana",)), [("unknown_mentor", "rules[7].mentors[0]", None)]),
    (SlotWishes(attribute="slots"), [("unknown_slot", "rules[7].attribute", "wed-15")]),
    (TopicWishes(attribute="themes"), [("unknown_topic", "rules[7].attribute", "sleep")]),
    (SlotWishes(attribute="slost"), [("unknown_attribute", "rules[7].attribute", "slots")]),
    (TopicWishes(attribute="thmes"), [("unknown_attribute", "rules[7].attribute", "themes")]),
    (TargetSize(), [("no_target", "rules[7].target", None)]),
    (
        Pin(person="bne", slot="tue-51", language="sv", topic="slep", with_people=("mai",)),
        [
            ("unknown_person", "rules[7].person", "ben"),
            ("unknown_slot", "rules[7].slot", "tue-15"),
            ("unknown_language", "rules[7].language", None),
            ("unknown_topic", "rules[7].topic", "sleep"),
            ("unknown_person", "rules[7].with_people[0]", "mia"),
        ],
    ),
    (
        Ban(person="ana", slot="thu-15", with_people=("ana",)),
        [
            ("unknown_slot", "rules[7].slot", "tue-15"),
            ("with_self", "rules[7].with_people[0]", None),
        ],
    ),
    (
        PlaceOrder(by="left_out_before", attribute="left_out"),
        [("unknown_attribute", "rules[7].attribute", "left_out_before")],
    ),
    (
        FairShare(attribute="departments"),
        [("unknown_attribute", "rules[7].attribute", "department")],
    ),
]


@pytest.mark.parametrize(("rule", "expected"), CASES, ids=lambda one: getattr(one, "kind", ""))
def test_what_people_did_not_state_as_asked_is_a_fault(
    rule: Rule, expected: list[tuple[str, str, str | None]]
) -> None:
    """A slip of the pen in one row of a sheet must not count as no wish."""
    faults = list(rule.faults(ROUND, "rules[7]"))
    assert sorted((fault.code, fault.where, fault.nearest or "") for fault in faults) == sorted(
        (code, where, nearest or "") for code, where, nearest in expected
    )


@pytest.mark.parametrize("rule", SOUND, ids=lambda one: one.kind)
def test_what_is_stated_as_asked_is_no_fault(rule: Rule) -> None:
    """One value of several people, a language in another region, somebody who left."""
    assert not list(rule.faults(ROUND, "rules[7]"))


@pytest.mark.parametrize(
    "rule",
    [PreferredLanguage(attribute="wish"), SumCap(attribute="credits", most=3)],
    ids=lambda one: one.kind,
)
def test_a_fault_names_the_person_and_not_their_words(rule: Rule) -> None:
    """Whoever mends the sheet needs the row; what was written there may be private."""
    texts = [str(fault) for fault in rule.faults(ROUND, "rules[7]")]
    assert "'ana'" in texts[0]
    assert not any(word in text for word in ("Finnish", "many", "12.5") for text in texts)


@pytest.mark.parametrize(
    "rule",
    [
        SlotWishes(attribute="slots"),
        TopicWishes(attribute="themes"),
        WishTogether(attribute="friends"),
    ],
    ids=lambda one: one.kind,
)
def test_a_wish_is_found_by_its_number(rule: Rule) -> None:
    """The first is number 1."""
    (fault,) = rule.faults(ROUND, "rules[7]")
    assert fault.message.startswith("wish 2 in ")


def test_a_mentor_who_is_none_is_told_where_there_are_no_students() -> None:
    """Mentors are numbered after students, of whom there may be none yet."""
    empty = round_([], [mentor("mia")])
    (fault,) = MentorAlone(mentors=("mia", "noa")).faults(empty, "rules[7]")
    assert (fault.code, fault.where) == ("unknown_mentor", "rules[7].mentors[1]")


def test_limits_that_exclude_each_other_are_refused() -> None:
    """Nothing would be between them."""
    for stated in (
        {"kind": "mentor_groups", "least": 2, "most": 1},
        {"kind": "sum_cap", "attribute": "year", "least": 2, "most": 1},
    ):
        made = MentorGroups if stated["kind"] == "mentor_groups" else SumCap
        with pytest.raises(InputError, match="1 is below least 2"):
            made.model_validate(stated)


def test_a_sum_without_any_limit_is_refused() -> None:
    """Somebody meant to write down one."""
    with pytest.raises(InputError, match="states neither most nor least"):
        SumCap(attribute="year")
