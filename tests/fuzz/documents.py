"""Documents and files from which fuzzers start: sound, small, and with many kinds of fields."""

from __future__ import annotations

import io
import json
from typing import Any

from mentormatch.data.problem import Problem

PROBLEM: dict[str, Any] = {
    "students": [
        {
            "id": "ana",
            "name": "Ana Å",
            "department": "Physics",
            "languages": {"en": "C1", "pt-BR": "native"},
            "availability": {"tue-15": "yes", "dated": "if_need_be"},
            "hours": [{"weekday": "mon", "start": "09:00", "end": "00:00"}],
            "zone": "America/New_York",
            "absences": ["2026-10-20"],
            "mode": "online",
            "affiliations": {"supervisor": ["prof-1", "mia"]},
            "attributes": {"year": 2, "part": 0.5, "new": True, "themes": ["a"], "t": "x"},
            "priority": 3,
            "signed_up": "2026-09-01T12:00:00+03:00",
        },
        {
            "id": "ben",
            "availability": {"tue-15": "yes", "wed-13": "yes"},
            "languages": {"en": "B2"},
        },
        {"id": "cy", "availability": {"tue-15": "yes"}, "languages": {"en": "B1"}},
    ],
    "mentors": [
        {"id": "mia", "availability": {"tue-15": "yes"}, "languages": {"en": "C1"}, "capacity": 2},
        {"id": "nan", "hours": [{"weekday": 2, "start": "15:00", "end": "17:00"}]},
    ],
    "slots": [
        {"id": "tue-15", "weekday": 2, "start": "15:00", "max_groups": 3, "zone": "Asia/Kathmandu"},
        {"id": "wed-13", "weekday": "wednesday", "start": "13:00", "modes": ["campus"]},
        {"id": "dated", "sessions": ["2026-10-06T12:00:00Z", "2026-10-25T03:30:00+02:00"]},
    ],
    "term": {
        "first_day": "2026-10-05",
        "last_day": "2026-12-18",
        "skipped": ["2026-12-06", {"first": "2026-10-12", "last": "2026-10-16"}],
        "meetings": 3,
        "attendance": 2,
    },
    "shape": {"min_students": 2, "target_students": 3, "max_students": 4, "mentors": 1},
    "languages": ["en", "fi"],
    "topics": ["writing"],
    "missing_availability": "any_slot",
    "rules": [
        {"kind": "mix", "attribute": "year", "tier": 3, "weight": 2},
        {"kind": "keep_apart_affiliation", "affiliation": "supervisor"},
        {"kind": "keep_apart", "sets": [["ana", "ben"]], "tier": 2},
        {"kind": "wish_together", "wishes": [["ana", "cy"]], "tier": 4},
        {"kind": "place_order", "by": "first_come", "tier": 5},
    ],
}
"""A problem in which three students and a mentor can meet."""

MATCHING: dict[str, Any] = {
    "status": "FEASIBLE",
    "groups": [
        {
            "id": "g1",
            "students": ["ana", "ben", "cy"],
            "mentors": ["mia"],
            "slot": "tue-15",
            "meetings": ["2026-10-06T15:00:00+05:45", "2026-10-20T15:00:00+05:45"],
            "minutes": 120,
            "zone": "Asia/Kathmandu",
            "language": "en",
            "mode": "online",
            "topic": "writing",
        }
    ],
    "left_out": [],
    "tiers": [{"tier": 1, "name": "x", "value": 3, "bound": 0, "seconds": 0.5}],
    "messages": ["x"],
    "provenance": {
        "problem": "0" * 64,
        "seed": 3,
        "versions": {"python": "3"},
        "limits_reached": ["time"],
        "seconds": 1.5,
    },
}
"""Groups for the problem; not all of what it claims is so."""


def problem() -> Problem:
    """Return the problem above."""
    return Problem.from_json(json.dumps(PROBLEM))


CSV: tuple[bytes, ...] = (
    b"Email,Name,Department,When can you meet?\r\n"
    b'a@example.org,Aa Yksi,Physics,"Monday 13:00-15:00;Tue klo 15\xe2\x80\x9317;"\r\n'
    b"b@example.org,Bo Kaksi,Design,Wed 9-11 am;\r\n",
    "Nimi;Sähköposti;Maanantai;Tiistai\nAa;a@x.fi;8AM;9AM;noon\nBo;b@x.fi;13-17;koko dag\n".encode(
        "utf-16"
    ),
    b"sep=\t\nName\tE-mail\tMon 13-15\tTue 15-17\nAa\ta@x.org\tyes\t(OK)\nBo\tb@x.org\tno\tOK\n",
    b"When2meet,Aa,Bo\nMon 13:00,1,0\nMon 13:15,1,1\nTue 15:00,0,1\n",
    b"Name,Email,Completion time,Supervisor,Languages,Year of studies,Calendar\n"
    b"Aa,a@x.org,9/1/2026 12:00:00,Prof B,en:C1; fi:native,2,a.ics\n",
)

ROSTER = (
    b"group,role,id,name,slot,dates,language,mode,topic\r\n"
    b"g1,student,ana,Ana,tue-15,2026-10-06; 2026-10-20 15:00+05:45,en,online,writing\r\n"
    b"g1,mentor,mia,,tue-15,2026-10-06; 2026-10-20 15:00+05:45,en,online,writing\r\n"
    b",left out,ben,,,,,,\r\n"
)

FOLDER: tuple[bytes, bytes, bytes] = (
    b'languages = ["en", "fi"]\n[term]\nfirst_day = 2026-10-05\nlast_day = 2026-12-18\n'
    b'[shape]\nmin_students = 1\n[[slots]]\nid = "tue-15"\nweekday = "tuesday"\n'
    b'start = 15:00:00\n[[slots]]\nid = "w"\nsessions = [2026-10-06T12:00:00Z]\n'
    b'[sheets]\naffiliations = ["supervisor"]\nattributes = { year = "number" }\n',
    b"id,name,department,languages,tue-15,w,mode,zone,absences,priority,signed_up,supervisor,year\n"
    b"s1,S 1,Physics,en:C1; fi:native,yes,if need be,campus,Asia/Tokyo,2026-10-06,2,"
    b"2026-09-01T12:00:00Z,p1,3\n",
    b"id,languages,availability,capacity\nm1,en:C2,tue-15; w?,2\n",
)
"""Programme, students and mentors of a folder of tables."""

CALENDAR = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\nBEGIN:VTIMEZONE\r\nTZID:Own\r\n"
    b"BEGIN:STANDARD\r\nDTSTART:19701025T040000\r\nTZOFFSETFROM:+0300\r\nTZOFFSETTO:+0200\r\n"
    b"RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    b"BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260901T000000Z\r\nDTSTART;TZID=Own:20261006T150000\r\n"
    b"DTEND;TZID=Own:20261006T170000\r\nRRULE:FREQ=WEEKLY;BYDAY=TU,WE;UNTIL=20261201T000000Z\r\n"
    b"EXDATE;TZID=Own:20261013T150000\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:2\r\n"
    b"DTSTAMP:20260901T000000Z\r\nDTSTART;VALUE=DATE:20261008\r\nDURATION:P1D\r\n"
    b"TRANSP:OPAQUE\r\nRDATE;VALUE=DATE:20261010\r\nEND:VEVENT\r\nBEGIN:VFREEBUSY\r\nUID:f\r\n"
    b"DTSTAMP:20260901T000000Z\r\n"
    b"FREEBUSY;FBTYPE=BUSY:20261006T120000Z/20261006T130000Z,20261007T060000Z/PT1H\r\n"
    b"END:VFREEBUSY\r\nEND:VCALENDAR\r\n"
)

TIMES: tuple[str, ...] = (
    "Tuesday 15:00-17:00",
    "October 2026 | Tue 6 | 1-3 pm",
    "ti klo 9.00\N{EN DASH}11",
    "tors kl 13 till 15",
    "2026-10-06 noon",
    "keskiviikko 7.10.2026 aamupäivä",
    "When can you come? [Mon 8 a.m. to 10 a.m.]",
    "fredag: 24:00",
)


def workbook() -> dict[str, bytes]:
    """Return the parts of a small workbook with a formula, a date, a link and two sheets."""
    import zipfile
    from datetime import UTC, datetime

    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Email", "Times", "When", "Sum"])
    sheet.append(["a@example.org", "Mon 13-15;", datetime(2026, 9, 1, tzinfo=UTC).date(), "=1+1"])
    sheet.append([True, 0.5, "#N/A", None])
    book.create_sheet("Notes").append(["x"])
    stream = io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
