"""Rounds in which rules on numbers, wishes, fixed places and orders make a difference."""

from __future__ import annotations

from dataclasses import replace

from mentormatch.data.round import GroupShape
from mentormatch.rules import (
    Affinity,
    Balance,
    Ban,
    EarlierGroup,
    FairShare,
    KeepCompanions,
    KeepMentors,
    KeepRange,
    KeepTime,
    KeepTogether,
    MentorAlone,
    MentorsPerGroup,
    MetBefore,
    Pin,
    PlaceClass,
    PlaceEveryone,
    PlaceOrder,
    PlacePeople,
    PreferYes,
    SlotWishes,
    Stay,
    SumCap,
    TargetSize,
    TopicWishes,
    WishApart,
    WishTogether,
    lottery_order,
)
from tests.rules.enforced import Enforced
from tests.support.build import mentor, mentors, round_, student, students

OPTICS = {"research_group": ("Optics",)}
CAMPS = round_(
    [
        student(
            "ana",
            "tue-15",
            if_need_be="wed-15",
            attributes={"year": 3, "born": 1990, "friends": "dee", "slot_wishes": "wed-15"},
            affiliations=OPTICS,
        ),
        student("bo", "tue-15", if_need_be="wed-15", attributes={"year": 3, "born": 1999}),
        student(
            "cai",
            "wed-15",
            if_need_be="tue-15",
            attributes={"year": 1, "born": 1991},
            affiliations=OPTICS,
        ),
        student("dee", "wed-15", if_need_be="tue-15", attributes={"year": 1, "born": 1998}),
    ],
    [mentor("mia", "tue-15", if_need_be="wed-15"), mentor("noa", "wed-15", if_need_be="tue-15")],
    size=(2, 2),
)
"""Ana and Bo like Tuesday, Cai and Dee Wednesday."""

PAIR = round_(
    [
        student("ana", attributes={"topics": "rest"}),
        student("bo", attributes={"more_topics": "sleep"}),
    ],
    mentors("mia noa"),
    "tue-15",
    size=(2, 2),
    topics=("sleep", "rest"),
    languages=("en", "en-GB"),
)
"""Two who are in one group, whatever else it is."""

CROWD = round_(
    students("ana bo cai dee", "tue-15"),
    [mentor("mia", "tue-15"), mentor("noa", "", if_need_be="tue-15")],
    "tue-15",
    size=(1, 4),
)
"""Four whom one mentor would take together, and the other only if need be."""

SHORT = round_(
    [
        student("ana", signed_up="2026-09-03T12:00:00+03:00", department="Physics"),
        student("bo", signed_up="2026-09-02T12:00:00+03:00", department="Physics"),
        student(
            "cai",
            "",
            if_need_be="tue-15",
            signed_up="2026-09-01T12:00:00+03:00",
            department="Design",
            attributes={"left_out_before": True},
        ),
        student("dee", "", if_need_be="tue-15", department="Design"),
    ],
    mentors("mia"),
    "tue-15",
    size=(2, 2),
)
"""Two places for four; whoever is in the mood for Tuesday came later."""

CAI_FIRST = next(
    seed
    for seed in range(1_000)
    if lottery_order(("ana", "bo", "cai", "dee"), seed)[:2] == ("cai", "dee")
)

EARLIER = (EarlierGroup(students=("ana", "cai", "gone"), mentors=("noa",), slot="wed-15"),)
"""Ana was with Cai on Wednesday."""

WISHES = [
    Enforced(KeepTime(groups=EARLIER), CAMPS, before=1),
    Enforced(KeepMentors(groups=EARLIER), CAMPS, before=1),
    Enforced(KeepCompanions(groups=EARLIER), CAMPS, before=2),
    Enforced(Stay(groups=EARLIER), CAMPS, before=1),
    Enforced(PlacePeople(people=("dee", "gone")), SHORT, before=1),
    Enforced(SumCap(attribute="year", most=4), CAMPS, before=2),
    Enforced(SumCap(attribute="year", least=3), CAMPS, before=1),
    Enforced(Balance(attribute="year"), CAMPS, before=4),
    Enforced(KeepRange(attribute="born", within=5), CAMPS, before=2),
    Enforced(KeepTogether(sets=(("ana", "cai"),)), CAMPS, before=2),
    Enforced(KeepTogether(affiliation="research_group"), CAMPS, before=2),
    Enforced(WishTogether(wishes=(("ana", "cai"),)), CAMPS, before=1),
    Enforced(WishTogether(attribute="friends"), CAMPS, before=1),
    Enforced(
        WishTogether(wishes=(("ana", "cai"), ("cai", "ana"), ("ana", "bo")), mutual_only=True),
        CAMPS,
        before=2,
    ),
    Enforced(Affinity(scores=(("ana", "cai", 3), ("dee", "bo", 2))), CAMPS, before=5),
    Enforced(WishApart(wishes=(("bo", "ana"),)), CAMPS, before=1),
    Enforced(
        MentorAlone(mentors=("mia",)),
        replace(PAIR, shape=GroupShape(min_students=2, max_students=2, mentors=2)),
        before=1,
        others=(MentorsPerGroup(tier=10),),
    ),
    Enforced(SlotWishes(), CAMPS, before=1),
    Enforced(
        TopicWishes(), PAIR, before=1, others=(TopicWishes(tier=10, attribute="more_topics"),)
    ),
    Enforced(TargetSize(target=2), CROWD, before=4),
    Enforced(
        TargetSize(),
        replace(CROWD, shape=GroupShape(min_students=1, target_students=2, mentors=1)),
        before=4,
    ),
    Enforced(MetBefore(rounds=(("ana", "bo", "long gone"), ("cai", "ana"))), CAMPS, before=1),
    Enforced(Pin(person="ana", slot="wed-15"), CAMPS, before=1),
    Enforced(Pin(person="ana", with_people=("cai", "noa")), CAMPS, before=2),
    Enforced(Pin(person="dee"), SHORT, before=1),
    Enforced(Pin(person="noa"), CROWD, before=1),
    Enforced(
        Pin(person="ana", mode="online"),
        PAIR,
        before=1,
        others=(Ban(tier=10, person="bo", mode="online"),),
    ),
    Enforced(
        Pin(person="bo", language="en-GB", topic="rest"),
        PAIR,
        before=2,
        others=(Ban(tier=10, person="ana", language="en-GB", topic="rest"),),
    ),
    Enforced(Ban(person="ana", slot="tue-15"), CAMPS, before=1),
    Enforced(Ban(person="ana", with_people=("bo", "cai")), CAMPS, before=1),
    Enforced(
        Ban(person="ana", mode="online", language="en", topic="sleep"),
        PAIR,
        before=3,
        others=(Pin(tier=10, person="bo", mode="online", language="en", topic="sleep"),),
    ),
    Enforced(PlaceOrder(), SHORT, before=3, after=1),
    Enforced(PlaceOrder(by="lottery", seed=CAI_FIRST), SHORT, before=5, after=1),
    Enforced(PlaceOrder(by="left_out_before"), SHORT, before=3),
    Enforced(FairShare(), SHORT, before=100, after=50),
    Enforced(
        PlaceClass(priority=3),
        round_(
            [student("ana", "tue-15", priority=3), *students("bo cai", "wed-15", priority=2)],
            mentors("mia", "tue-15 wed-15"),
        ),
        before=1,
        others=(PlaceEveryone(tier=2), PreferYes(tier=10)),
    ),
]
