"""What each rule asks, in the words that a coordinator reads."""

from __future__ import annotations

import pytest

from mentormatch.data.round import Round
from mentormatch.rules import (
    RULES,
    Affinity,
    AtLeast,
    AtMost,
    Balance,
    Ban,
    Cluster,
    CommonLanguage,
    CommonMode,
    CommonSlot,
    FairShare,
    GroupSize,
    KeepApart,
    KeepApartAffiliation,
    KeepCompanions,
    KeepMentors,
    KeepRange,
    KeepTime,
    KeepTogether,
    MentorAlone,
    MentorGroups,
    MentorLanguage,
    MentorLoad,
    MentorsFirstCome,
    MentorsFromElsewhere,
    MentorsPerGroup,
    MetBefore,
    Mix,
    NativeSpeakers,
    NobodyAlone,
    Pin,
    PlaceClass,
    PlaceEveryone,
    PlaceOrder,
    PlacePeople,
    PreferredLanguage,
    PreferYes,
    SecondLanguage,
    SlotWishes,
    Stay,
    SumCap,
    TargetSize,
    TopicWishes,
    WishApart,
    WishTogether,
)
from mentormatch.rules.base import Rule
from tests.rules.test_conformance import kind_of
from tests.support.build import mentor, mentors, round_, student, students, term

PEOPLE = [student("ana", name="Ana Example"), *students("bo cai")]
GUIDES = [mentor("mia", name="Mia Example"), *mentors("noa oli")]
ROUND = round_(PEOPLE, GUIDES, size=(2, 3), term=term(meetings=3, attendance=2))
OF_ALL = round_(PEOPLE, GUIDES, size=(2, 3), count_mentors=True, mentors_each=2)
EXACT = round_(PEOPLE, GUIDES, size=(3, 3))

# A rule, its few words, and its sentence.
SAID: list[tuple[Rule, str, str]] = [
    (
        AtLeast(attribute="year", values=("1", "2"), least=2),
        "at least 2 of year 1 or 2",
        "Every group has 2 or more students with year 1 or 2.",
    ),
    (
        AtMost(who="everybody"),
        "at most 2 of one department",
        "No group has more than 2 people of one department.",
    ),
    (
        Balance(attribute="year", who="mentors"),
        "means of year apart",
        "In every group the mean year of the mentors is that of all.",
    ),
    (
        Ban(person="ana", mode="online", with_people=("mia",)),
        "places ruled out",
        "Ana Example is in no group with the mode online, and in none with Mia Example.",
    ),
    (
        Cluster(),
        "pairs without a shared department",
        "Any two students of a group share a department.",
    ),
    (
        CommonLanguage(level="B2"),
        "common language at B2",
        "Everybody in a group reaches B2 in its language.",
    ),
    (
        CommonMode(),
        "campus or online",
        "Everybody in a group can take part as it meets, on campus or online.",
    ),
    (
        CommonSlot(),
        "everybody can come",
        "Everybody in a group can attend 2 of its 3 meetings.",
    ),
    (
        FairShare(),
        "places shared out fairly by department",
        "Hardly anybody of one department is left out.",
    ),
    (GroupSize(), "group size", "Every group has 2 to 3 students."),
    (
        KeepApart(sets=(("ana", "bo"), ("cai", "mia"))),
        "keep apart by name",
        "No two of Ana Example and bo share a group. No two of cai and Mia Example share a group.",
    ),
    (KeepApart(sets=()), "keep apart by name", "Keep apart by name."),
    *(
        (
            KeepApartAffiliation(affiliation="lab", between=between),
            "keep apart by lab",
            f"{whom} with one lab share a group.",
        )
        for between, whom in (
            ("everybody", "No two people"),
            ("students", "No two students"),
            ("students_and_mentors", "No student and mentor"),
        )
    ),
    (
        KeepRange(attribute="year", within=1),
        "year within 1",
        "No two students of a group differ by more than 1 in year.",
    ),
    (
        KeepTogether(sets=(("ana", "bo"),), affiliation="lab"),
        "keep together by lab",
        "Ana Example and bo are in one group or in none. "
        "People who share a lab are in one group or in none.",
    ),
    (
        KeepTogether(sets=(("ana", "bo", "cai"),)),
        "keep together by name",
        "Ana Example, bo and cai are in one group or in none.",
    ),
    (KeepTogether(), "keep together by name", "Keep together by name."),
    (
        MentorAlone(mentors=("mia", "mia")),
        "co-mentors of mentors who wish to be alone",
        "Mia Example leads alone.",
    ),
    (
        MentorAlone(mentors=("mia", "noa")),
        "co-mentors of mentors who wish to be alone",
        "Mia Example and noa each lead alone.",
    ),
    (
        MentorAlone(mentors=()),
        "co-mentors of mentors who wish to be alone",
        "Co-mentors of mentors who wish to be alone.",
    ),
    (
        MentorGroups(least=1),
        "groups of each mentor",
        "The groups of all mentors are at least 1 each.",
    ),
    (
        MentorGroups(mentors=("mia", "noa"), most=2),
        "groups of each mentor",
        "The groups of Mia Example and noa are at least 0 and at most 2 each.",
    ),
    (
        MentorLanguage(language="fi", level="C1", least=2),
        "mentors with fi at C1",
        "Every group has 2 or more mentors who reach C1 in fi.",
    ),
    (
        MentorLanguage(level="C1"),
        "mentors with the language of the group at C1",
        "Every group has 1 or more mentors who reach C1 in its language.",
    ),
    (MentorLoad(), "even load of mentors", "No mentor leads more than one group."),
    (
        MentorsFirstCome(),
        "mentors first come, first served",
        "Only mentors who signed up first lead groups.",
    ),
    (
        MentorsFromElsewhere(most=1),
        "mentors from another department",
        "Of a mentor's own department a group has no more than 1 of the students.",
    ),
    (MentorsPerGroup(), "mentors per group", "Every group has exactly 1 mentor."),
    (
        MetBefore(rounds=(("ana", "bo"),)),
        "pairs who met before",
        "Nobody shares a group with somebody of an earlier group of theirs.",
    ),
    (Mix(), "pairs of one department", "No two students of one department share a group."),
    (
        NativeSpeakers(most=3),
        "at most 3 native speakers",
        "No group has more than 3 students native in its language.",
    ),
    (
        NobodyAlone(least=3),
        "nobody alone of their department",
        "Of each department a group has no students or at least 3.",
    ),
    (Pin(person="bo"), "places as pinned", "bo is in a group."),
    (
        Pin(person="ana", slot="tue-15", with_people=("mia",)),
        "places as pinned",
        "Ana Example is in a group with the slot tue-15 with Mia Example.",
    ),
    (
        PlaceClass(priority=3),
        "students of priority 3 or more left out",
        "No student of priority 3 or more is left out.",
    ),
    (PlaceEveryone(), "students left out", "No student is left out."),
    (
        PlaceOrder(by="lottery", seed=7),
        "lottery (seed 7)",
        "Only the last in the order (lottery (seed 7)) is left out.",
    ),
    (
        PlaceOrder(by="first_come"),
        "first come, first served",
        "Only the last in the order (first come, first served) is left out.",
    ),
    (
        PlaceOrder(by="left_out_before"),
        "left out last time first",
        "Only the last in the order (left out last time first) is left out.",
    ),
    (
        PreferYes(who="everybody"),
        'times used "if need be"',
        'No people meet at a time to which they said "if need be".',
    ),
    (
        PreferredLanguage(attribute="wish"),
        "groups in a language not wished for",
        "All people in groups meet in a language that they prefer, if any.",
    ),
    (
        SecondLanguage(language="sv", level="B1"),
        "sv at B1",
        "All people in groups reach B1 in sv.",
    ),
    (
        SlotWishes(attribute="slots"),
        "wishes for slots passed over",
        "All students in groups meet at the first slot of their list, if any.",
    ),
    (
        SumCap(attribute="year", most=9),
        "year adds up to at most 9",
        "In every group, of the students, the year adds up to at most 9.",
    ),
    (
        SumCap(attribute="year", least=0, most=9, who="everybody"),
        "year adds up to at least 0 and at most 9",
        "In every group, of the people, the year adds up to at least 0 and at most 9.",
    ),
    (
        TargetSize(target=3),
        "sizes off the target",
        "In every group the number of students is 3.",
    ),
    (
        TopicWishes(attribute="themes"),
        "wishes for topics passed over",
        "All students in groups have the first topic of their list, if any.",
    ),
    (
        WishApart(wishes=(("bo", "ana"), ("ana", "cai"))),
        "wishes to be apart not met",
        "Ana Example and bo do not share a group. Ana Example and cai do not share a group.",
    ),
    (
        KeepTime(groups=()),
        "people who meet at another time than before",
        "Whoever had a group meets in the slot that they had.",
    ),
    (KeepMentors(groups=()), "mentors lost", "Whoever had a group keeps its mentors."),
    (KeepCompanions(groups=()), "companions lost", "Whoever had a group keeps its students."),
    (Stay(groups=()), "students moved to another group", "Whoever had a group stays in it."),
    (
        PlacePeople(people=()),
        "of those named, people without a group",
        "Everybody who is named has a group.",
    ),
    (
        PlacePeople(people=(), because="had_a_group"),
        "people who had a group and have none",
        "Everybody who is named has a group.",
    ),
    (
        PlacePeople(people=(), because="newcomers"),
        "newcomers without a group",
        "Everybody who is named has a group.",
    ),
    (
        Affinity(scores=(("bo", "ana", 2), ("ana", "cai", -1))),
        "scores missed",
        "Ana Example and bo share every group. Ana Example and cai do not share a group.",
    ),
    (
        Affinity(scores=(("bo", "ana", 2),), aim="small"),
        "scores of pairs in groups",
        "Ana Example and bo do not share a group.",
    ),
    (WishApart(wishes=()), "wishes to be apart not met", "Wishes to be apart not met."),
    (
        WishTogether(wishes=(("bo", "ana"),), attribute="friends"),
        "wishes to be together not met",
        "bo is with Ana Example. All people in groups are with those of their friends.",
    ),
    (
        WishTogether(mutual_only=True),
        "mutual wishes to be together not met",
        "Mutual wishes to be together not met.",
    ),
]


def test_every_kind_of_rule_is_in_the_table() -> None:
    """The words of a new rule are read by somebody before they are sent to coordinators."""
    assert {rule.kind for rule, _, _ in SAID} == {kind_of(rule) for rule in RULES}


@pytest.mark.parametrize(
    ("rule", "words", "sentence"), SAID, ids=lambda one: getattr(one, "kind", "")
)
def test_a_rule_says_what_it_asks(rule: Rule, words: str, sentence: str) -> None:
    """The words name a tier, and the sentence tells what contradicts something."""
    assert rule.describe() == words
    assert rule.sentence(ROUND) == sentence


@pytest.mark.parametrize(
    ("rule", "asked", "sentence"),
    [
        (GroupSize(), OF_ALL, "Every group has 2 to 3 people."),
        (GroupSize(), EXACT, "Every group has exactly 3 students."),
        (MentorsPerGroup(), OF_ALL, "Every group has exactly 2 mentors."),
        (CommonSlot(), EXACT, "Everybody in a group can attend 2 of its 2 meetings."),
    ],
)
def test_a_rule_on_the_shape_of_a_group_says_the_shape(
    rule: Rule, asked: Round, sentence: str
) -> None:
    """It has no fields of its own to tell."""
    assert rule.sentence(asked) == sentence
