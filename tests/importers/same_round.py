"""One round of four people as many forms, polls, grids and calendars would export it."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
from openpyxl import Workbook

from mentormatch.importers import Grid, grid_of_frame, read_grid

SLOTS = ("mon-13", "mon-15", "tue-13", "tue-15", "wed-09")
DAYS = {"mon": 0, "tue": 1, "wed": 2}
PEOPLE: Mapping[str, tuple[str, ...]] = {
    "Ärla Ett": ("mon-13", "mon-15", "tue-15"),
    "Bo Kaksi": ("tue-13", "wed-09"),
    "Cy Tre": SLOTS,
    "Di Neljä": ("mon-15",),
}
"""Slots at which each can come."""

PROGRAMME: Mapping[str, Any] = {
    "term": {"first_day": "2026-10-05", "last_day": "2026-11-01", "meetings": 4},
    "shape": {"min_students": 1, "max_students": 4, "mentors": 0},
    "rules": [{"kind": "common_language", "tier": "off"}],
    "slots": [
        {"id": slot, "weekday": slot[:3], "start": f"{slot[4:]}:00", "minutes": 120}
        for slot in SLOTS
    ],
}

EXPECTED = {
    name: {slot: "yes" if slot in free else "no" for slot in SLOTS} for name, free in PEOPLE.items()
}

ENGLISH = ("Monday", "Tuesday", "Wednesday")
FINNISH = ("Maanantai", "Tiistai", "Keskiviikko")
SWEDISH = ("Måndag", "Tisdag", "Onsdag")

Rows = Sequence[Sequence[str]]


def email(name: str) -> str:
    """Return an address made of the first name."""
    return f"{name.split(maxsplit=1)[0].lower().replace('ä', 'a')}@example.org"


def option(slot: str, days: Sequence[str], form: str = "{day} {start}:00-{end}:00") -> str:
    """Return how a form words a slot."""
    start = int(slot[4:])
    return form.format(day=days[DAYS[slot[:3]]], start=start, end=start + 2)


def hours(name: str, day: int) -> list[int]:
    """Return the hours of a day at which somebody is free."""
    slots = [slot for slot in PEOPLE[name] if DAYS[slot[:3]] == day]
    return [hour for slot in slots for hour in (int(slot[4:]), int(slot[4:]) + 1)]


def text(rows: Rows, separator: str = ",") -> str:
    """Return rows as CSV with the line ends of Windows."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return stream.getvalue()


def write(folder: Path, data: bytes, name: str = "export.csv") -> Grid:
    """Write a file and return its cells."""
    path = folder / name
    path.write_bytes(data)
    return read_grid(path)


def workbook(folder: Path, rows: Iterable[Sequence[Any]], name: str = "export.xlsx") -> Grid:
    """Write a workbook and return its cells."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    book.save(folder / name)
    return read_grid(folder / name)


def microsoft_rows() -> list[list[str]]:
    """Return an export of Microsoft Forms in English: one question, options end in ``;``."""
    rows = [
        [
            "ID",
            "Start time",
            "Completion time",
            "Email",
            "Name",
            "When\u00a0could you meet? ",
        ]
    ]
    for number, (name, free) in enumerate(PEOPLE.items(), 1):
        chosen = "".join(f"{option(slot, ENGLISH)};" for slot in free)
        done = f"2026-09-0{number} 12:00:00"
        rows.append([str(number), done, done, email(name), name, chosen])
    return rows


def microsoft_english(folder: Path) -> Grid:
    """Return an XLSX with a no-break space in a heading."""
    return workbook(folder, microsoft_rows())


def microsoft_finnish(folder: Path) -> Grid:
    """Return Unicode text with tabs, as Excel saves it, in Finnish."""
    rows = [["ID", "Aloitusaika", "Valmistumisaika", "Sähköposti", "Nimi", "Milloin pääset?"]]
    for number, (name, free) in enumerate(PEOPLE.items(), 1):
        words = (option(slot, FINNISH, "{day} klo {start}.00\N{EN DASH}{end}.00") for slot in free)
        chosen = "".join(f"{word};" for word in words)
        rows.append([str(number), "1.9.2026 9.00", "1.9.2026 9.05", email(name), name, chosen])
    return write(folder, text(rows, "\t").encode("utf-16"))


def google_with_commas(folder: Path) -> Grid:
    """Return options joined by comma that hold a comma themselves."""
    rows = [["Timestamp", "Email Address", "Your name", "Times that suit"]]
    for name, free in PEOPLE.items():
        chosen = ", ".join(option(slot, ENGLISH, "{day}, {start}:00 - {end}:00") for slot in free)
        rows.append(["2026/09/01 3:04:05 PM EET", email(name).upper(), name, chosen])
    return write(folder, text(rows).encode())


def hours_available(folder: Path) -> Grid:
    """Return a column for each weekday with single hours of the twelve-hour clock."""
    words = {hour: f"{(hour - 1) % 12 + 1}{'AM' if hour < 12 else 'PM'}" for hour in range(24)}
    words[12] = "noon"
    rows = [["Name", "Email", *(f"Hours you are free [{day}]" for day in ENGLISH)]]
    for name in PEOPLE:
        cells = [";".join(words[hour] for hour in hours(name, day)) for day in range(3)]
        rows.append([name, email(name), *cells])
    return write(folder, text(rows).encode())


def hours_unavailable(folder: Path) -> Grid:
    """Return the reverse: busy hours, ending in a semicolon, with a BOM and split letters."""
    rows = [["Name", "E-mail", *(f"When are you UNAVAILABLE? [{day}]" for day in ENGLISH)]]
    for name in PEOPLE:
        cells = []
        for day in range(3):
            busy = [hour for hour in range(9, 17) if hour not in hours(name, day)]
            cells.append("".join(f"{hour}:00;" for hour in busy))
        rows.append([unicodedata.normalize("NFD", name), email(name), *cells])
    return write(folder, text(rows).encode("utf-8-sig"))


def ranges_in_finnish(folder: Path) -> Grid:
    """Return Webropol's CSV from a Finnish Windows, with ranges of hours."""
    rows = [["Nimi", "Sähköposti", *(f"Milloin pääset: {day}" for day in FINNISH)]]
    for name in PEOPLE:
        cells = []
        for day in range(3):
            free = [int(s[4:]) for s in PEOPLE[name] if DAYS[s[:3]] == day]
            cells.append(
                ", ".join(f"klo {start}.00\N{EN DASH}{start + 2}.00" for start in free) or "-"
            )
        rows.append([name, email(name), *cells])
    return write(folder, text(rows, ";").encode("cp1252"))


def matrix(
    days: Sequence[str], yes: str, no: str, heading: str, form: str, top: Sequence[str]
) -> list[list[str]]:
    """Return a matrix with a column for each slot."""
    rows = [[*top, *(heading.format(option(slot, days, form)) for slot in SLOTS)]]
    for name, free in PEOPLE.items():
        rows.append([name, email(name), *(yes if slot in free else no for slot in SLOTS)])
    return rows


def google_grid(folder: Path) -> Grid:
    """Return a grid question of Google Forms."""
    rows = matrix(
        ENGLISH, "Yes", "No", "Can you come? [{}]", "{day} {start}-{end}", ["Name", "E-mail"]
    )
    return write(folder, text(rows).encode())


def webropol_finnish(folder: Path) -> Grid:
    """Return Webropol's matrix with question and option in one heading."""
    form = "{day} klo {start}\N{EN DASH}{end}"
    rows = matrix(FINNISH, "Kyllä", "Ei", "Mikä sopii?: {}", form, ["Nimi", "Sähköpostiosoite"])
    return write(folder, text(rows, ";").encode("utf-16-le"))


def webropol_codes(folder: Path) -> Grid:
    """Return Webropol's matrix with codes, and with question and option in two rows."""
    rows = matrix(ENGLISH, "1", "0", "{}", "{day} {start}.00-{end}.00", ["Name", "Email"])
    options = rows[0][2:]
    questions = ["Name", "Email", "Which of these times suit you?", *[""] * (len(options) - 1)]
    return write(folder, text([questions, ["", "", *options], *rows[1:]], ";").encode())


def matrix_in_swedish(folder: Path) -> Grid:
    """Return a matrix in Swedish."""
    rows = matrix(
        SWEDISH, "Ja", "Nej", "{}", "{day} kl. {start}\N{EN DASH}{end}", ["Namn", "E-post"]
    )
    return write(folder, text(rows).encode())


def doodle(folder: Path) -> Grid:
    """Return Doodle's workbook: title, link, and month, day and time in rows; a row of counts."""
    dates = ("Mon 5", "", "Tue 6", "", "Wed 7")
    times = ("1:00 PM \N{EN DASH} 3:00 PM", "3:00 PM \N{EN DASH} 5:00 PM") * 2 + (
        "9:00 AM \N{EN DASH} 11:00 AM",
    )
    rows: list[list[Any]] = [
        ["Poll 'Times'"],
        ["https://poll.example.org/x"],
        [],
        ["", "October 2026"],
        ["", *dates],
        ["", *times],
    ]
    for name, free in PEOPLE.items():
        rows.append([name, *("OK" if slot in free else None for slot in SLOTS)])
    rows.append(["Count", *(sum(slot in free for free in PEOPLE.values()) for slot in SLOTS)])
    return workbook(folder, rows)


def when2meet(folder: Path) -> Grid:
    """Return a grid whose rows are quarters of an hour, columns are people."""
    rows = [["Day", "Time", *PEOPLE]]
    for day, word in enumerate(ENGLISH):
        for quarter in range(8 * 4, 18 * 4):
            hour, minute = divmod(15 * quarter, 60)
            clock = f"{(hour - 1) % 12 + 1:02d}:{minute:02d} {'AM' if hour < 12 else 'PM'}"
            marks = [str(int(hour in hours(name, day))) for name in PEOPLE]
            rows.append([word, clock, *marks])
    return write(folder, text(rows).encode())


def calendars(folder: Path) -> Grid:
    """Return people with calendars, whose busy times recur every week over the clock change."""
    for name, free in PEOPLE.items():
        events = []
        for slot in SLOTS:
            if slot not in free:
                day, hour = 5 + DAYS[slot[:3]], int(slot[4:])
                events += [
                    "BEGIN:VEVENT",
                    f"UID:{slot}",
                    "DTSTAMP:20260901T000000Z",
                    f"DTSTART;TZID=Europe/Helsinki:202610{day:02d}T{hour:02d}3000",
                    f"DTEND;TZID=Europe/Helsinki:202610{day:02d}T{hour + 1:02d}0000",
                    "RRULE:FREQ=WEEKLY;COUNT=4",
                    "END:VEVENT",
                ]
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//x//EN", *events, "END:VCALENDAR"]
        (folder / f"{email(name)}.ics").write_text("\r\n".join([*lines, ""]))
    rows = [["Name", "Email", "Calendar"]]
    rows += [[name, email(name), f"{email(name)}.ics"] for name in PEOPLE]
    return write(folder, text(rows).encode())


def parquet(folder: Path) -> Grid:
    """Return the first export as Parquet."""
    head, *rows = microsoft_rows()
    frame = pl.DataFrame([dict(zip(head, row, strict=True)) for row in rows])
    frame.write_parquet(folder / "export.parquet")
    return read_grid(folder / "export.parquet")


def frame_of_pandas(_folder: Path) -> Grid:
    """Return the first export in memory, with times as times."""
    head, *rows = microsoft_rows()
    frame = pd.DataFrame(rows, columns=head)
    frame["Completion time"] = pd.to_datetime(frame["Completion time"])
    return grid_of_frame(frame)


def frame_of_polars(_folder: Path) -> Grid:
    """Return the first export in memory and lazy, with the options as a list."""
    head, *rows = microsoft_rows()
    data = [dict(zip(head, row, strict=True)) for row in rows]
    chosen = pl.col(head[-1]).str.strip_chars(";").str.split(";")
    return grid_of_frame(pl.DataFrame(data).lazy().with_columns(chosen))


EXPORTS: tuple[Callable[[Path], Grid], ...] = (
    microsoft_english,
    microsoft_finnish,
    google_with_commas,
    hours_available,
    hours_unavailable,
    ranges_in_finnish,
    google_grid,
    webropol_finnish,
    webropol_codes,
    matrix_in_swedish,
    doodle,
    when2meet,
    calendars,
    parquet,
    frame_of_pandas,
    frame_of_polars,
)
