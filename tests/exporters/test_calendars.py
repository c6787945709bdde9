from __future__ import annotations

import re
import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from mentormatch.data.calendar import Slot
from mentormatch.data.matching import Group, Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import InputError, MissingExtraError
from mentormatch.exporters import calendars
from mentormatch.exporters.zones import described
from tests.support.build import mentors, problem, slot, student, students, term
from tests.support.matched import grouped, made_up_problem

Event = dict[str, Any]


def _by_icalendar(data: bytes) -> list[Event]:
    """Return the meetings as the first library reads them."""
    return [
        {
            "uid": str(event["UID"]),
            "start": event.decoded("DTSTART").astimezone(UTC),
            "end": event.decoded("DTEND").astimezone(UTC),
            "sequence": event["SEQUENCE"],
            "status": str(event["STATUS"]),
            "summary": str(event["SUMMARY"]),
            "description": str(event["DESCRIPTION"]),
        }
        for event in icalendar.Calendar.from_ical(data).walk("VEVENT")
    ]


def _by_vobject(data: bytes) -> list[Event]:
    """Return the same as the second library reads it, which knows zones from the file alone."""
    # It remembers zones of files that it read before.
    vars(vobject.icalendar)["__tzidMap"].clear()
    return [
        {
            "uid": event.uid.value,
            "start": event.dtstart.value.astimezone(UTC),
            "end": event.dtend.value.astimezone(UTC),
            "sequence": int(event.sequence.value),
            "status": event.status.value,
            "summary": event.summary.value,
            "description": event.description.value,
        }
        for event in vobject.readOne(data.decode()).vevent_list
    ]


def _method(data: bytes) -> str:
    return str(icalendar.Calendar.from_ical(data)["METHOD"])


def _round(*groups: Group, **fields: Any) -> tuple[Problem, Matching]:
    asked = problem(
        (student("s1", name="Ada", languages={"en": "C1", "fi": "C1"}), *students("s2 s3 s4")),
        mentors("mia noa ossi", "tue-15 wed-15"),
        **fields,
    )
    return asked, Matching(status="FEASIBLE", groups=groups)


def _group(name: str, asked_slot: str = "tue-15", **fields: Any) -> Group:
    return Group(
        **{"id": name, "students": ("s1",), "mentors": ("mia",), "slot": asked_slot, **fields}
    )


@pytest.mark.parametrize("read", [_by_icalendar, _by_vobject])
def test_meetings_are_at_the_right_instants_on_both_sides_of_the_clock_change(read: Any) -> None:
    """Three in the afternoon stays three in the afternoon, which is another hour of UTC."""
    asked, matching = _round(_group("g1"), term=term(meetings=4))
    events = read(calendars(asked, matching)["g1.ics"])
    assert [event["start"] for event in events] == [
        datetime(2026, 10, 6, 12, tzinfo=UTC),
        datetime(2026, 10, 13, 12, tzinfo=UTC),
        datetime(2026, 10, 20, 12, tzinfo=UTC),
        datetime(2026, 10, 27, 13, tzinfo=UTC),
    ]
    assert {event["end"] - event["start"] for event in events} == {timedelta(hours=2)}


@pytest.mark.parametrize("read", [_by_icalendar, _by_vobject])
def test_a_spring_term_and_other_zones_are_right_as_well(read: Any) -> None:
    """The clocks of New York change on other days than those of Helsinki."""
    spring = term(first_day=date(2027, 3, 8), last_day=date(2027, 4, 4), meetings=4)
    slots = (slot("tue-15"), slot("wed-15", zone="America/New_York"))
    asked = problem(students("s1 s2"), mentors("mia noa"), slots, term=spring)
    matching = Matching(status="FEASIBLE", groups=(_group("g1"), _group("g2", "wed-15")))
    files = calendars(asked, matching)
    assert [event["start"].isoformat() for event in read(files["g1.ics"])] == [
        "2027-03-09T13:00:00+00:00",
        "2027-03-16T13:00:00+00:00",
        "2027-03-23T13:00:00+00:00",
        "2027-03-30T12:00:00+00:00",
    ]
    assert [event["start"].isoformat() for event in read(files["g2.ics"])] == [
        "2027-03-10T20:00:00+00:00",
        "2027-03-17T19:00:00+00:00",
        "2027-03-24T19:00:00+00:00",
        "2027-03-31T19:00:00+00:00",
    ]


@pytest.mark.parametrize("read", [_by_icalendar, _by_vobject])
def test_both_passes_of_the_repeated_hour_are_told_apart(read: Any) -> None:
    """A wall clock time alone would mean the first of the two."""
    sessions = ["2026-10-25T03:15:00+03:00", "2026-10-25T03:15:00+02:00"]
    slots = (Slot(id="night", sessions=sessions, minutes=60),)
    asked = problem(students("s1", "night"), mentors("mia", "night"), slots, term=term(meetings=2))
    matching = Matching(status="FEASIBLE", groups=(_group("g1", "night"),))
    events = read(calendars(asked, matching)["g1.ics"])
    assert [(event["start"].hour, event["end"].hour) for event in events] == [(0, 1), (1, 2)]


def test_the_file_names_its_zone_and_describes_it() -> None:
    """Calendars that do not know a zone by name need its rules, and others its name."""
    asked, matching = _round(_group("g1"))
    text = calendars(asked, matching)["g1.ics"].decode()
    assert "DTSTART;TZID=Europe/Helsinki:20261006T150000" in text
    assert text.count("BEGIN:VTIMEZONE") == 1
    assert "TZID:Europe/Helsinki" in text
    assert text.index("END:VTIMEZONE") < text.index("BEGIN:VEVENT")
    assert "METHOD:PUBLISH" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")


@pytest.mark.parametrize(
    "zone",
    [
        *("Europe/Helsinki", "Europe/Dublin", "America/New_York", "Australia/Lord_Howe"),
        *("Africa/Casablanca", "Asia/Tokyo", "Asia/Kathmandu", "America/Caracas", "Asia/Gaza"),
    ],
)
@pytest.mark.parametrize("year", [2016, 2026])
def test_the_description_of_a_zone_is_true_on_every_day(zone: str, year: int) -> None:
    """A calendar that knows no zones has nothing else to go by."""
    text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
    text += described(zone, year - 1, year + 1).to_ical().decode()
    first = datetime(year, 1, 1, 12)  # noqa: DTZ001  # The zone is what is tested.
    days = [first + timedelta(days=day) for day in range(365)]
    for day in days:
        text += (
            f"BEGIN:VEVENT\r\nUID:{day:%j}\r\nDTSTART;TZID={zone}:{day:%Y%m%dT%H%M%S}\r\n"
            "END:VEVENT\r\n"
        )
    vars(vobject.icalendar)["__tzidMap"].clear()
    read = vobject.readOne(f"{text}END:VCALENDAR\r\n")
    for day, event in zip(days, read.vevent_list, strict=True):
        assert event.dtstart.value.utcoffset() == day.replace(tzinfo=ZoneInfo(zone)).utcoffset()


def test_the_clocks_change_at_the_right_minute() -> None:
    """Meetings at night are rare, and late by an hour they would be missed."""
    text = described("Europe/Helsinki", 2025, 2027).to_ical().decode()
    assert "DTSTART:20250330T030000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in text
    assert "DTSTART:20251026T040000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in text
    text = described("America/New_York", 2025, 2027).to_ical().decode()
    assert "DTSTART:20250309T020000\r\nRRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3" in text


def test_the_same_matching_gives_the_same_file_and_so_does_the_next_export() -> None:
    """Nobody is told of a change where there is none."""
    asked = made_up_problem()
    first = calendars(asked, grouped(asked))
    assert calendars(asked, grouped(asked)) == first
    assert calendars(asked, grouped(asked), previous=first) == first
    assert calendars(asked, grouped(asked), previous=grouped(asked)) == first


def test_every_meeting_has_an_identifier_of_its_own() -> None:
    """Two meetings with one identifier would be one in a calendar."""
    asked = made_up_problem()
    files = calendars(asked, grouped(asked))
    uids = [event["uid"] for data in files.values() for event in _by_icalendar(data)]
    assert len(set(uids)) == len(uids) == 6 * len(grouped(asked).groups)
    spring = asked.model_copy(
        update={"term": term(first_day=date(2027, 3, 1), last_day=date(2027, 5, 30), meetings=6)}
    )
    other = Problem.from_json(spring.to_json())
    for data in calendars(other, grouped(other)).values():
        assert not {event["uid"] for event in _by_icalendar(data)} & set(uids)


@pytest.mark.parametrize("as_matching", [False, True])
def test_a_change_keeps_the_identifier_and_raises_the_sequence(as_matching: bool) -> None:
    """A calendar then moves the meeting instead of adding a second one."""
    asked, before = _round(_group("g1"), _group("g2", "wed-15", mentors=("noa",)))
    _, after = _round(_group("g1", "wed-15"), _group("g2", "wed-15", mentors=("noa",)))
    first = calendars(asked, before)
    second = calendars(asked, after, previous=before if as_matching else first)
    old, new = _by_vobject(first["g1.ics"]), _by_vobject(second["g1.ics"])
    assert [event["uid"] for event in old] == [event["uid"] for event in new]
    assert [event["sequence"] for event in old] == [0, 0]
    assert [event["sequence"] for event in new] == [1, 1]
    assert [event["start"].weekday() for event in new] == [2, 2]
    assert second["g2.ics"] == first["g2.ics"]
    third = calendars(asked, before, previous=second)
    assert [event["sequence"] for event in _by_vobject(third["g1.ics"])] == [2, 2]
    assert [event["start"] for event in _by_vobject(third["g1.ics"])] == [
        event["start"] for event in old
    ]


def test_a_new_mentor_is_a_change() -> None:
    """What a calendar shows has changed, although the time has not."""
    asked, before = _round(_group("g1"))
    _, after = _round(_group("g1", mentors=("noa",)))
    found = _by_icalendar(calendars(asked, after, previous=calendars(asked, before))["g1.ics"])
    assert [event["sequence"] for event in found] == [1, 1]
    assert "noa" in found[0]["description"]


def test_a_group_that_is_gone_is_cancelled_and_stays_so() -> None:
    """Its members must not wait in an empty room, also those who open the file late."""
    asked, before = _round(_group("g1"), _group("g2", "wed-15", mentors=("noa",)))
    _, after = _round(_group("g1"))
    first = calendars(asked, before)
    second = calendars(asked, after, previous=first)
    assert _method(first["g2.ics"]) == "PUBLISH"
    assert _method(second["g2.ics"]) == "CANCEL"
    gone = _by_vobject(second["g2.ics"])
    assert {event["status"] for event in gone} == {"CANCELLED"}
    assert {event["sequence"] for event in gone} == {1}
    assert [event["uid"] for event in gone] == [
        event["uid"] for event in _by_vobject(first["g2.ics"])
    ]
    assert second["g1.ics"] == first["g1.ics"]
    third = calendars(asked, after, previous=second)
    assert third == second
    back = calendars(asked, before, previous=third)
    assert _method(back["g2.ics"]) == "PUBLISH"
    assert {(event["status"], event["sequence"]) for event in _by_vobject(back["g2.ics"])} == {
        ("CONFIRMED", 2)
    }


def test_a_meeting_that_falls_away_is_cancelled_alone() -> None:
    """The other meetings of the group take place."""
    asked, before = _round(_group("g1"), term=term(meetings=3))
    fewer, after = _round(_group("g1"), term=term(meetings=2))
    found = calendars(fewer, after, previous=calendars(asked, before))["g1.ics"]
    assert _method(found) == "PUBLISH"
    assert [(event["status"], event["sequence"]) for event in _by_icalendar(found)] == [
        ("CONFIRMED", 1),
        ("CONFIRMED", 1),
        ("CANCELLED", 1),
    ]


def test_people_and_slots_that_are_gone_do_not_hinder_the_next_export() -> None:
    """A mentor who withdrew is no longer in the problem, but was in the matching before."""
    before = Matching(
        status="FEASIBLE",
        groups=(
            _group(
                "g1",
                "thu-09",
                mentors=("gone",),
                meetings=("2026-10-08T09:00:00+03:00",),
                minutes=90,
                zone="Europe/Helsinki",
                language="en",
                mode="online",
            ),
        ),
    )
    asked, after = _round(_group("g2"))
    found = calendars(asked, after, previous=before)
    assert _method(found["g1.ics"]) == "CANCEL"
    assert _by_icalendar(found["g1.ics"])[0]["start"] == datetime(2026, 10, 8, 6, tzinfo=UTC)


def test_another_terms_export_is_left_alone() -> None:
    """Meetings of last autumn took place; nobody may cancel them in spring."""
    asked, before = _round(_group("g1"), _group("g2", "wed-15"))
    spring, after = _round(
        _group("g1"), term=term(first_day=date(2027, 3, 1), last_day=date(2027, 4, 30))
    )
    assert calendars(spring, after, previous=calendars(asked, before)) == calendars(spring, after)


def test_a_shifted_term_is_the_same_round() -> None:
    """The meetings move by a week; none is doubled."""
    asked, before = _round(_group("g1"))
    later, after = _round(_group("g1"), term=term(first_day=date(2026, 10, 12)))
    first = _by_icalendar(calendars(asked, before)["g1.ics"])
    second = _by_icalendar(calendars(later, after, previous=calendars(asked, before))["g1.ics"])
    assert [event["uid"] for event in first] == [event["uid"] for event in second]
    assert second[0]["start"] - first[0]["start"] == timedelta(weeks=1)


@pytest.mark.parametrize("group", ["../../g", "g/1", "con", "G1 \u00e4", ".hidden", "a" * 190])
def test_no_group_is_named_out_of_its_folder(group: str) -> None:
    """Ids are anything that people type."""
    asked, matching = _round(_group(group), _group(group.upper() + "-", "wed-15"))
    names = list(calendars(asked, matching))
    assert len({name.casefold() for name in names}) == 2
    assert all(re.fullmatch(r"[A-Za-z0-9@+_-][A-Za-z0-9@+._-]{0,90}\.ics", name) for name in names)
    assert not {"con.ics", "CON.ics"} & set(names)


def test_hostile_names_stay_in_their_field() -> None:
    """A name is text, whatever lines it would like to add."""
    evil = "Eve\r\nATTACH:http://example.org\r\nEND:VEVENT\u202e;,\\"
    asked = problem(students("s1"), mentors("mia", name=evil))
    data = calendars(asked, Matching(status="FEASIBLE", groups=(_group("g1"),)))["g1.ics"]
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert len(events) == 2
    assert all("ATTACH" not in event for event in events)
    assert "Eve ATTACH:http://example.org END:VEVENT\ufffd;,\\" in str(events[0]["DESCRIPTION"])


def test_a_finnish_group_has_a_finnish_calendar() -> None:
    """It is read by those who chose to meet in Finnish."""
    asked, matching = _round(_group("g1", language="fi"), languages=("en", "fi"))
    event = _by_icalendar(calendars(asked, matching)["g1.ics"])[0]
    assert event["summary"] == "Mentorointiryhm\u00e4 g1"
    assert "Mentorit: mia" in event["description"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        b"\xff\xfe\x00",
        b"BEGIN:VCALENDAR\r\nX-MENTORMATCH-TERM:2026-10-05\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nX-MENTORMATCH-TERM:2026-10-05/2026-11-01\r\nBEGIN:VEVENT\r\n"
        b"UID:1@elsewhere\r\nDTSTART:20261006T120000Z\r\nDTEND:20261006T130000Z\r\n"
        b"END:VEVENT\r\nEND:VCALENDAR\r\n",
    ],
)
def test_what_was_not_exported_before_is_refused(data: bytes) -> None:
    """Cancelling somebody else's meetings would be worse than stopping."""
    asked, matching = _round(_group("g1"))
    with pytest.raises(InputError, match="was exported before"):
        calendars(asked, matching, previous={"g1.ics": data})


def test_without_its_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line is enough to go on."""
    asked, matching = _round(_group("g1"))
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(MissingExtraError, match="mentormatch\\[ics\\]"):
        calendars(asked, matching)
