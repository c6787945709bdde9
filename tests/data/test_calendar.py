"""Slots and terms made concrete: dates over clock changes, skips, zones and absences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentormatch import InputError
from mentormatch.data.calendar import Slot, Term, all_starts, meeting_plans, overlapping, shortage
from mentormatch.data.round import GroupShape, Round

HELSINKI = ZoneInfo("Europe/Helsinki")


def slot(
    name: str = "wed-13", weekday: Any = "wednesday", start: Any = "13:00", **more: Any
) -> Slot:
    """Return a weekly slot, on Wednesdays at 13:00 unless told otherwise."""
    return Slot(id=name, weekday=weekday, start=start, **more)


def term(first: Any, last: Any, **more: Any) -> Term:
    """Return a term from its first to its last day."""
    return Term(first_day=first, last_day=last, **more)


def days(*texts: str) -> tuple[date, ...]:
    """Return the days that texts write."""
    return tuple(date.fromisoformat(text) for text in texts)


def round_(slots: tuple[Slot, ...], when: Term) -> Round:
    """Return a round of these slots."""
    return Round((), (), slots, when, GroupShape(mentors=0), ("en",))


AALTO_2023 = [
    {"first": "2023-10-16", "last": "2023-10-20", "why": "Evaluation week"},
    {"first": "2023-12-04", "last": "2023-12-08", "why": "Evaluation week"},
    "2023-12-06",
]
"""Evaluation weeks 42 and 49 of autumn 2023, and Independence Day inside the second."""


def test_local_time_stays_fixed_over_the_clock_change() -> None:
    """A group that meets on Tuesdays at 15 does so in summer and winter time alike."""
    (plan, *_) = meeting_plans(
        slot(weekday="tue", start="15:00"), term("2026-10-12", "2026-11-01", meetings=2)
    )
    assert [start.isoformat() for start in plan.starts] == [
        "2026-10-13T15:00:00+03:00",
        "2026-10-20T15:00:00+03:00",
    ]
    later = meeting_plans(
        slot(weekday="tue", start="15:00"), term("2026-10-12", "2026-11-01", meetings=2)
    )[1]
    assert [start.astimezone(UTC).hour for start in later.starts] == [12, 13]
    assert {start.time() for start in later.starts} == {time(15)}


def test_local_time_stays_fixed_when_the_clocks_go_forward() -> None:
    """Spring rounds cross a change as well, in the other direction."""
    (plan,) = meeting_plans(
        slot(weekday=2, start="15:00"), term("2027-03-22", "2027-04-04", meetings=2)
    )
    assert [start.astimezone(UTC).hour for start in plan.starts] == [13, 12]


def test_aalto_autumn_2023_weekly_fits_exactly_before_december() -> None:
    """Six Wednesdays from 25 October, none in evaluation week 42, end on 29 November."""
    plans = meeting_plans(slot(), term("2023-10-16", "2023-12-01", meetings=6, skipped=AALTO_2023))
    assert [plan.days for plan in plans] == [
        days("2023-10-25", "2023-11-01", "2023-11-08", "2023-11-15", "2023-11-22", "2023-11-29")
    ]


def test_aalto_autumn_2023_fortnightly_moves_on_over_evaluation_weeks() -> None:
    """Neither 18 October nor 6 December holds a meeting, and still there are six."""
    plans = meeting_plans(
        slot(),
        term("2023-10-04", "2023-12-27", meetings=6, every_weeks=2, skipped=AALTO_2023),
    )
    rest = ("2023-10-25", "2023-11-08", "2023-11-22", "2023-12-13", "2023-12-27")
    assert [plan.days for plan in plans] == [days("2023-10-04", *rest), days("2023-10-11", *rest)]


def test_aalto_autumn_2023_fortnightly_says_that_it_cannot_end_in_time() -> None:
    """Before the middle of December only five fit, and the coordinator is told why."""
    when = term("2023-10-04", "2023-12-15", meetings=6, every_weeks=2, skipped=AALTO_2023)
    assert meeting_plans(slot(), when) == ()
    reason = round_((slot(),), when).dropped_slots["wed-13"]
    assert reason == (
        "Wed 13:00-15:00 has room for 5 of the 6 meetings from 2023-10-04 to 2023-12-15, 2 weeks "
        "apart; skipped are 2023-10-18, 2023-12-06."
    )


def test_only_slots_without_enough_dates_are_dropped() -> None:
    """A slot outside the term is no fault of the input; it is named with its reason."""
    when = term("2026-10-05", "2026-10-16", meetings=2)
    late = Slot(id="late", sessions=["2026-10-07T10:00:00Z", "2026-12-07T10:00:00Z"])
    dropped = round_((slot(), late), when).dropped_slots
    assert list(dropped) == ["late"]
    assert "room for 1 of the 2 meetings" in dropped["late"]
    assert "1 of its sessions lie outside the term" in dropped["late"]
    assert round_((slot(), late), when).all_plans["late"] == ()


def test_a_weekly_slot_has_a_plan_for_each_week_in_which_it_can_start() -> None:
    """The choice among them is what absences are for."""
    plans = meeting_plans(slot(), term("2026-10-05", "2026-11-08", meetings=3))
    assert [plan.days[0] for plan in plans] == list(days("2026-10-07", "2026-10-14", "2026-10-21"))
    assert all(len(plan.days) == 3 for plan in plans)


def test_first_and_last_day_belong_to_the_term() -> None:
    """Both ends are included, as people read them."""
    when = term("2026-10-07", "2026-10-14", meetings=2)
    assert meeting_plans(slot(), when)[0].days == days("2026-10-07", "2026-10-14")


def test_a_start_that_the_clock_change_leaves_out_is_no_meeting() -> None:
    """At 03:30 on 28 March 2027 there is no such time in Helsinki."""
    night = slot("night", "sunday", "03:30", minutes=60)
    when = term("2027-03-21", "2027-04-04", meetings=2)
    assert [start.date() for start in all_starts(night, when)] == list(
        days("2027-03-21", "2027-04-04")
    )
    reason = shortage(night, term("2027-03-21", "2027-04-04", meetings=3))
    assert reason is not None
    assert "the clock change leaves out its hour on 2027-03-28" in reason


def test_a_start_that_the_clock_change_repeats_is_one_meeting() -> None:
    """At 03:30 on 25 October 2026 it is that time twice; the first is meant."""
    night = slot("night", "sunday", "03:30", minutes=30)
    (start,) = all_starts(night, term("2026-10-25", "2026-10-25", meetings=1))
    assert start.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_dated_sessions_are_taken_in_order_and_within_the_term() -> None:
    """Sessions may stand in any order and zone; those outside or skipped do not count."""
    dated = Slot(
        id="dated",
        sessions=[
            "2026-11-05T08:00:00Z",
            "2026-10-06T15:00:00+03:00",
            "2026-10-20T15:00:00+03:00",
            "2026-10-13T15:00:00+03:00",
            "2027-01-05T15:00:00+02:00",
        ],
    )
    when = term("2026-10-01", "2026-11-30", meetings=2, skipped=["2026-10-13"])
    plans = meeting_plans(dated, when)
    assert [plan.days for plan in plans] == [
        days("2026-10-06", "2026-10-20"),
        days("2026-10-20", "2026-11-05"),
    ]
    assert plans[1].starts[1].isoformat() == "2026-11-05T10:00:00+02:00"


def test_dated_sessions_keep_the_order_of_instants_where_the_clock_repeats_an_hour() -> None:
    """Compared by the clock alone, the second 03:30 would come before the first 03:45."""
    first, second = "2026-10-25T03:45:00+03:00", "2026-10-25T03:30:00+02:00"
    dated = Slot(id="night", minutes=30, sessions=[second, first])
    starts = all_starts(dated, term("2026-10-25", "2026-10-25", meetings=2))
    assert [start.isoformat() for start in starts] == [first, second]


def test_dated_sessions_keep_weeks_apart_only_where_several_are_asked_for() -> None:
    """Two sessions in one week suit a weekly programme, but not a fortnightly one."""
    dated = Slot(
        id="dated",
        sessions=["2026-10-06T12:00:00Z", "2026-10-08T12:00:00Z", "2026-10-20T12:00:00Z"],
    )
    weekly = meeting_plans(dated, term("2026-10-01", "2026-10-31", meetings=3))
    assert [plan.days for plan in weekly] == [days("2026-10-06", "2026-10-08", "2026-10-20")]
    fortnightly = meeting_plans(dated, term("2026-10-01", "2026-10-31", meetings=2, every_weeks=2))
    assert [plan.days for plan in fortnightly] == [days("2026-10-06", "2026-10-20")]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"weekday": 1},
        {"start": "13:00"},
        {"weekday": 1, "start": "13:00", "sessions": ["2026-10-06T12:00:00Z"]},
        {"weekday": 1, "sessions": ["2026-10-06T12:00:00Z"]},
        {"sessions": ["2026-10-06T12:00:00Z", "2026-10-06T15:00:00+03:00"]},
        {"sessions": ["2026-10-06T12:00:00Z", "2026-10-06T13:59:00Z"]},
        {"sessions": ["2026-10-06T12:00:00"]},
        {"sessions": [1_791_000_000]},
        {"weekday": 8, "start": "13:00"},
        {"weekday": True, "start": "13:00"},
        {"weekday": "tu", "start": "13:00"},
        {"weekday": 1, "start": 13},
        {"weekday": 1, "start": "13"},
        {"weekday": 1, "start": "24:00"},
        {"weekday": 1, "start": "13:00:30"},
        {"weekday": 1, "start": time(13, tzinfo=UTC)},
        {"weekday": 1, "start": "13:00", "zone": "Helsinki"},
        {"weekday": 1, "start": "13:00", "modes": []},
        {"weekday": 1, "start": "13:00", "modes": ["campus", "campus"]},
        {"weekday": 1, "start": "13:00", "minutes": 0},
        {"weekday": 1, "start": "13:00", "colour": "red"},
    ],
)
def test_a_slot_that_is_neither_weekly_nor_dated_is_refused(fields: dict[str, Any]) -> None:
    """Nobody is to guess what a number, half a time or an unknown field was meant to say."""
    with pytest.raises(InputError):
        Slot(id="one", **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"first_day": "2026-10-06", "last_day": "2026-10-05"},
        {"first_day": "2026-10-05", "last_day": "2036-10-05"},
        {"first_day": 20261005, "last_day": "2026-12-18"},
        {"first_day": "5.10.2026", "last_day": "2026-12-18"},
        {"first_day": "2026-02-30", "last_day": "2026-12-18"},
        {"first_day": datetime(2026, 10, 5, tzinfo=UTC), "last_day": "2026-12-18"},
        {"first_day": "2026-10-05", "last_day": "2026-12-18", "meetings": 4, "attendance": 5},
        {"first_day": "2026-10-05", "last_day": "2026-12-18", "meetings": "6"},
        {"first_day": "2026-10-05", "last_day": "2026-12-18", "skipped": ["2026-13-01"]},
        {
            "first_day": "2026-10-05",
            "last_day": "2026-12-18",
            "skipped": [{"first": "2026-10-20", "last": "2026-10-19"}],
        },
    ],
)
def test_a_term_that_cannot_be_is_refused(fields: dict[str, Any]) -> None:
    """A date that is read wrongly moves every meeting of every group."""
    with pytest.raises(InputError):
        Term(**fields)


@pytest.mark.parametrize("word", [3, "3", "wednesday", "Wed", " WEDNES "])
def test_a_weekday_goes_by_number_or_english_name(word: object) -> None:
    """Three letters are enough."""
    assert slot(weekday=word).weekday == 3


def test_a_slot_is_called_by_its_label_or_by_day_and_time() -> None:
    """Reports and messages name slots as people do."""
    assert str(slot()) == "Wed 13:00-15:00"
    assert str(slot(label="Library hour")) == "Library hour"
    assert str(Slot(id="dated", sessions=["2026-10-06T12:00:00Z"])) == "dated"


def test_slots_overlap_where_a_minute_is_shared_and_not_where_they_touch() -> None:
    """Somebody can go from one meeting straight to the next."""
    when = term("2026-10-05", "2026-10-18", meetings=1)
    slots = [
        slot("a", "wed", "13:00"),
        slot("b", "wed", "15:00"),
        slot("c", "wed", "14:30", minutes=31),
        slot("d", "thu", "13:00"),
    ]
    assert rivals(slots, when) == {("a", "c"), ("b", "c")}


def test_slots_overlap_by_instants_across_zones_and_past_midnight() -> None:
    """23:00 in Helsinki is 21:00 in London, and a late meeting reaches into the next day."""
    when = term("2026-11-02", "2026-11-15", meetings=1)
    slots = [
        slot("helsinki", "wed", "22:00", minutes=180),
        slot("london", "wed", "21:00", zone="Europe/London"),
        slot("next", "thu", "00:30"),
        slot("later", "thu", "02:30"),
    ]
    assert rivals(slots, when) == {
        ("helsinki", "london"),
        ("helsinki", "next"),
        ("london", "next"),
    }


def test_slots_that_meet_only_on_a_skipped_day_do_not_overlap() -> None:
    """No group meets on that day, so nobody has to be in two places."""
    dated = Slot(id="dated", sessions=["2026-10-07T13:00:00+03:00", "2026-10-08T13:00:00+03:00"])
    when = term("2026-10-05", "2026-10-18", meetings=1, skipped=["2026-10-07"])
    assert rivals([slot(), dated], when) == set()
    open_day = term("2026-10-05", "2026-10-18", meetings=1)
    assert rivals([slot(), dated], open_day) == {("wed-13", "dated")}


def test_plans_overlap_on_their_own_dates_alone() -> None:
    """Bug: two slots an hour apart were taken to overlap whatever dates their groups have."""
    when = term("2026-10-05", "2026-11-01", meetings=2)
    early, late = (meeting_plans(slot(name, "wed", at), when) for name, at in TWO_SLOTS)
    table = {
        # Weeks 1 and 2, 2 and 3, 3 and 4: only the first and the last share no week.
        (one, other): early[one].overlaps(late[other])
        for one in range(3)
        for other in range(3)
    }
    assert [pair for pair, found in table.items() if not found] == [(0, 2), (2, 0)]
    assert not early[0].overlaps(early[2])
    assert early[0].overlaps(early[1])
    plans = (*early, *late)
    assert set(overlapping(plans)) == {
        (one, other)
        for one in range(6)
        for other in range(one + 1, 6)
        if plans[one].overlaps(plans[other])
    }


TWO_SLOTS = (("a", "13:00"), ("b", "14:00"))


def rivals(slots: Sequence[Slot], when: Term) -> set[tuple[str, str]]:
    """Return the pairs of slots of which some plans overlap."""
    plans = [plan for one in slots for plan in meeting_plans(one, when)]
    found = {(plans[one].slot, plans[other].slot) for one, other in overlapping(plans)}
    return {pair for pair in found if pair[0] != pair[1]}


@given(
    weekday=st.integers(1, 7),
    first=st.dates(date(2023, 1, 1), date(2027, 12, 31)),
    length=st.integers(0, 200),
    meetings=st.integers(1, 8),
    every=st.integers(1, 4),
    skips=st.lists(st.integers(0, 200), max_size=15),
)
def test_every_plan_keeps_what_the_term_asks(
    weekday: int, first: date, length: int, meetings: int, every: int, skips: list[int]
) -> None:
    """Whatever the term: right weekday, enough dates, far enough apart, none skipped."""
    when = term(
        first,
        first + timedelta(days=length),
        meetings=meetings,
        every_weeks=every,
        skipped=[first + timedelta(days=skip) for skip in skips],
    )
    weekly = slot(weekday=weekday)
    plans = meeting_plans(weekly, when)
    assert (not plans) is (shortage(weekly, when) is not None)
    for plan in plans:
        assert len(plan.starts) == meetings
        assert all(start.isoweekday() == weekday for start in plan.days)
        assert all(when.first_day <= day <= when.last_day for day in plan.days)
        assert not any(when.skips(day) for day in plan.days)
        gaps = [later - day for day, later in zip(plan.days, plan.days[1:], strict=False)]
        assert all(gap >= timedelta(weeks=every) for gap in gaps)
        # A date is passed over only where it is skipped or too near the one before.
        for day, later in zip(plan.days, plan.days[1:], strict=False):
            between = day + timedelta(weeks=every)
            while between < later:
                assert when.skips(between)
                between += timedelta(weeks=1)
