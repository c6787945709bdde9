"""Busy times of calendars: recurrences, zones, and calendars that cannot be read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mentormatch.importers import Export, import_round, mapping_of
from mentormatch.importers.availability.busy_times import CalendarError, busy_times
from tests.importers.same_round import PROGRAMME, text, write

FIRST, LAST = date(2026, 10, 5), date(2026, 11, 1)


def calendar(*events: str, extra: str = "") -> bytes:
    """Return a calendar of events, each given by its lines after the first."""
    blocks = [
        f"BEGIN:VEVENT\nUID:{number}\nDTSTAMP:20260901T000000Z\n{event}\nEND:VEVENT"
        for number, event in enumerate(events)
    ]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//x//EN", *blocks, extra]
    return "\r\n".join("\n".join([*filter(None, lines), "END:VCALENDAR", ""]).split("\n")).encode()


def starts(data: bytes) -> list[str]:
    """Return the starts of the busy times in UTC."""
    return sorted(
        f"{one.start:%m-%dT%H:%M}" for one in busy_times(data, FIRST, LAST, "Europe/Helsinki")
    )


def test_a_weekly_event_keeps_its_local_time_over_the_clock_change() -> None:
    """The clocks of Helsinki go back on 25 October."""
    weekly = (
        "DTSTART;TZID=Europe/Helsinki:20261006T150000\n"
        "DTEND;TZID=Europe/Helsinki:20261006T170000\nRRULE:FREQ=WEEKLY"
    )
    assert starts(calendar(weekly)) == [
        "10-06T12:00",
        "10-13T12:00",
        "10-20T12:00",
        "10-27T13:00",
    ]


def test_exceptions_moved_and_single_events_count_as_they_stand() -> None:
    """A deleted date is free, a moved one is busy elsewhere."""
    weekly = "DTSTART:20261006T120000Z\nDTEND:20261006T130000Z\nRRULE:FREQ=WEEKLY;COUNT=3"
    assert starts(calendar(f"{weekly}\nEXDATE:20261013T120000Z")) == ["10-06T12:00", "10-20T12:00"]
    floating = "DTSTART:20261007T090000\nDURATION:PT1H"
    whole_day = "DTSTART;VALUE=DATE:20261008"
    assert starts(calendar(floating, whole_day)) == ["10-07T06:00", "10-07T21:00"]


@pytest.mark.parametrize("line", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED"])
def test_what_is_cancelled_or_marked_as_free_is_not_busy(line: str) -> None:
    """Birthdays and reminders stand in calendars as well."""
    event = f"DTSTART:20261006T120000Z\nDTEND:20261006T130000Z\n{line}"
    assert starts(calendar(event)) == []


def test_busy_times_that_are_stated_as_such_are_read() -> None:
    """Some programs publish no events but when their owner is busy."""
    stated = (
        "BEGIN:VFREEBUSY\nUID:f\nDTSTAMP:20260901T000000Z\n"
        "FREEBUSY;FBTYPE=BUSY:20261006T120000Z/20261006T130000Z,20261007T060000Z/PT1H\n"
        "FREEBUSY;FBTYPE=FREE:20261008T060000Z/PT1H\nEND:VFREEBUSY"
    )
    assert starts(calendar(extra=stated)) == ["10-06T12:00", "10-07T06:00"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a calendar"),
        (b"\x00\xff\xfe", "not a calendar"),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "not a calendar"),
        (calendar("DTSTART:20261006T120000Z\nRRULE:FREQ=SECONDLY"), "more often than hourly"),
        (calendar("DTSTART:20261006T120000Z\nRRULE:FREQ=MINUTELY"), "more often than hourly"),
        (calendar("DTSTART:19000101T120000Z\nRRULE:FREQ=HOURLY"), "recur more than"),
        (
            calendar(
                "DTSTART:20261006T120000Z\nRRULE:FREQ=DAILY;BYHOUR="
                + ",".join(map(str, range(24)))
                + ";BYMINUTE="
                + ",".join(map(str, range(60)))
                + ";BYSECOND="
                + ",".join(map(str, range(60)))
            ),
            "recur more than",
        ),
        (calendar(*["DTSTART:20261006T120000Z"] * 5_001), "more than 5,000 events"),
    ],
    ids=["empty", "noise", "cut", "secondly", "minutely", "since 1900", "each second", "many"],
)
def test_a_calendar_that_cannot_be_read_is_refused_with_the_reason(
    data: bytes, reason: str
) -> None:
    """A rule that recurs every second would keep a computer busy for hours."""
    with pytest.raises(CalendarError, match=reason):
        starts(data)


def test_somebody_whose_calendar_is_missing_or_outside_the_folder_is_told(tmp_path: Path) -> None:
    """A name such as ../other.ics must not be followed."""
    busy_in_october = calendar(
        "DTSTART;TZID=Europe/Helsinki:20261006T150000\nDTEND;TZID=Europe/Helsinki:20261006T160000"
    )
    inside = tmp_path / "calendars"
    inside.mkdir()
    (inside / "a.ics").write_bytes(busy_in_october)
    (tmp_path / "other.ics").write_bytes(busy_in_october)
    rows = [["Email", "File"], *([f"{n}@example.org", f] for n, f in FILES.items())]
    grid = write(tmp_path, text(rows).encode())
    mapping = mapping_of(
        {
            "columns": {"email": "Email"},
            "availability": {"shape": "calendars", "column": "File"},
        }
    )
    term = {**PROGRAMME["term"], "meetings": 2}
    found = import_round({**PROGRAMME, "term": term}, Export(grid, mapping, inside))
    assert [(one.code, one.row) for one in found.report.findings] == [
        ("partly_busy", 2),
        ("no_availability", 3),
        ("wrong_calendar", 3),
        ("no_availability", 4),
        ("wrong_calendar", 4),
    ]
    assert found.problem is not None
    (one,) = found.problem.students
    assert one.availability is not None
    assert [slot for slot, said in one.availability.items() if said == "no"] == ["tue-15"]


FILES = {"a": "a.ics", "b": "../other.ics", "c": "missing.ics"}


def test_an_event_that_ends_before_it_starts_does_not_take_for_ever() -> None:
    """The years between were searched for recurrences, however many; found by the fuzzer."""
    weekly = "DTSTART:20261006T150000Z\nDTEND:10130503T170000Z\nRRULE:FREQ=DAILY"
    with pytest.raises(CalendarError, match="recur more than"):
        busy_times(calendar(weekly), FIRST, LAST, "Europe/Helsinki")


def test_single_dates_of_an_event_count_as_recurrences() -> None:
    """A list of dates is as long as somebody likes."""
    dates = ",".join(f"2026100{day}T{hour:02}0000Z" for day in range(1, 9) for hour in range(24))
    lines = "\n".join([f"RDATE:{dates}"] * 110)
    with pytest.raises(CalendarError, match="recur more than 20,000 times"):
        busy_times(
            calendar(f"DTSTART:20261006T150000Z\nDURATION:PT1H\n{lines}"), FIRST, LAST, "UTC"
        )
    few = f"DTSTART:20261006T150000Z\nDURATION:PT1H\nRDATE:{dates}"
    assert len(starts(calendar(few))) > 70


def test_a_zone_with_a_name_longer_than_that_of_any_file_is_refused() -> None:
    """Zones are looked up as files, and the system's own error came out; found by the fuzzer."""
    with pytest.raises(CalendarError, match="is not a calendar"):
        busy_times(
            calendar(f"DTSTART;TZID=Own{'x' * 300}:20261006T150000\nDURATION:PT1H"),
            FIRST,
            LAST,
            "Europe/Helsinki",
        )
