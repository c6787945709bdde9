"""One round of made-up people as the exports of other form tools would hold it.

Written from descriptions of Qualtrics (three rows of headings, a matrix), LimeSurvey (codes and
texts in one heading, levels of languages, ranks), REDCap (a choice in each heading, checked or not)
and SurveyMonkey (two rows of headings, chosen options repeated in their columns).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SLOTS: Mapping[str, str] = {
    "mon-13": "Monday 13:00-15:00",
    "tue-09": "Tuesday 9:00-11:00",
    "wed-15": "Wednesday 15:00-17:00",
    "thu-13": "Thursday 13:00-15:00",
}


@dataclass(frozen=True)
class Person:
    """Somebody made up, and what they answered."""

    first: str
    last: str
    free: tuple[str, ...]
    perhaps: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("English",)
    department: str = "Physics"
    supervisor: str = ""

    @property
    def email(self) -> str:
        """An address that nobody has."""
        return f"{self.first}.{self.last}@example.org".lower()

    @property
    def name(self) -> str:
        """First name and last name."""
        return f"{self.first} {self.last}"


def _people(count: int, kind: str) -> list[Person]:
    slots = list(SLOTS)
    return [
        Person(
            first=f"{kind}{chr(ord('a') + number)}",
            last=f"Madeup{chr(ord('a') + number)}",
            free=(slots[number % 2], slots[2 + number % 2]),
            perhaps=(slots[(number + 1) % 2],) if number % 3 == 0 else (),
            languages=("English", "Finnish") if number % 2 else ("English",),
            department=("Physics", "Design", "Law")[number % 3],
            supervisor=f"Professor {kind} {number // 2}",
        )
        for number in range(count)
    ]


STUDENTS = _people(12, "Stu")
MENTORS = _people(4, "Men")

PROGRAMME: Mapping[str, Any] = {
    "term": {"first_day": "2026-10-05", "last_day": "2026-12-11", "meetings": 5},
    "shape": {"min_students": 4, "max_students": 8, "mentors": 2},
    "slots": [
        {"id": slot, "weekday": slot[:3], "start": f"{slot[4:]}:00", "minutes": 120}
        for slot in SLOTS
    ],
}

Rows = Sequence[Sequence[str]]


def as_csv(rows: Rows, *, separator: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> str:
    """Return rows as CSV."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, quoting=quoting, lineterminator="\n").writerows(rows)  # type: ignore[arg-type]  # One of the module's own numbers.
    return stream.getvalue()


def answer(person: Person, slot: str, yes: str, perhaps: str, no: str) -> str:
    """Return what somebody answered about a slot."""
    return yes if slot in person.free else perhaps if slot in person.perhaps else no


def qualtrics(people: Sequence[Person]) -> bytes:
    """Return codes, texts and import ids above the answers; previews and unfinished ones too."""
    columns = {
        "StartDate": "Start Date",
        "EndDate": "End Date",
        "Status": "Response Type",
        "Progress": "Progress",
        "Duration (in seconds)": "Duration (in seconds)",
        "Finished": "Finished",
        "RecordedDate": "Recorded Date",
        "ResponseId": "Response ID",
        "RecipientEmail": "Recipient Email",
        "DistributionChannel": "Distribution Channel",
        "UserLanguage": "User Language",
        "Q1_1": "Who are you? - First name",
        "Q1_2": "Who are you? - Last name",
        "Q1_3": "Who are you? - E-mail address",
        "Q2": "Which department are you in?",
        "Q3": "Who is your supervisor?",
        "Q4": "Which languages can you use in a group? - Selected Choice",
        **{
            f"Q5_{number}": f"When could you meet every week? - {text}"
            for number, text in enumerate(SLOTS.values(), 1)
        },
        "Q6": "Anything else?",
    }
    rows = [list(columns), list(columns.values())]
    rows.append([f'{{"ImportId":"QID{number}"}}' for number in range(len(columns))])
    for number, one in enumerate(people):
        when = f"2026-09-{number + 1:02d} 10:15:00"
        rows.append(
            [
                when, when, "IP Address", "100", "187", "True", when, f"R_{number}x7", "",
                "anonymous", "EN", one.first, one.last, one.email, one.department, one.supervisor,
                ",".join(one.languages),
                *(answer(one, slot, "Yes", "If need be", "No") for slot in SLOTS), "",
            ]
        )  # fmt: skip
    return as_csv(rows).encode("utf-8-sig")


def qualtrics_with_trials(people: Sequence[Person]) -> bytes:
    """Return the same with a preview of the form's maker and an answer that was left early."""
    rows = list(csv.reader(io.StringIO(qualtrics(people).decode("utf-8-sig"))))
    preview, early = list(rows[3]), list(rows[4])
    preview[2], preview[11], preview[13] = "Survey Preview", "Tryout", "tryout@example.org"
    early[3], early[5], early[11], early[13] = "61", "False", "Early", "early@example.org"
    return as_csv([*rows, preview, early]).encode("utf-8-sig")


def limesurvey(people: Sequence[Person]) -> bytes:
    """Return codes and texts in one heading, every cell in quotes, languages with levels."""
    headings = [
        "id. Response ID",
        "submitdate. Date submitted",
        "lastpage. Last page",
        "startlanguage. Start language",
        "seed. Seed",
        "name. Your name",
        "mail. Your e-mail address",
        "dept. Department",
        "sup. Your supervisor",
        "lang[en]. How well do you use these languages? [English]",
        "lang[fi]. How well do you use these languages? [Finnish]",
        *(
            f"time[SQ{number:03d}]. At which times can you come? [{text}]"
            for number, text in enumerate(SLOTS.values(), 1)
        ),
        "time[other]. At which times can you come? [Other]",
    ]
    rows = [headings]
    for number, one in enumerate(people):
        rows.append(
            [
                str(number + 17), f"2026-09-{number + 1:02d} 08:00:00", "3", "en", "1186540261",
                one.name, one.email, one.department, one.supervisor, "C1",
                "B2" if "Finnish" in one.languages else "not at all",
                *(answer(one, slot, "Yes", "Uncertain", "No") for slot in SLOTS), "",
            ]
        )  # fmt: skip
    return as_csv(rows, quoting=csv.QUOTE_ALL).encode("utf-8-sig")


def redcap(people: Sequence[Person]) -> bytes:
    """Return a choice in each heading, checked or not, and the state of each instrument."""
    headings = [
        "Record ID",
        "Survey Identifier",
        "Survey Timestamp",
        "First name:",
        "Last name:",
        "E-mail:",
        "School or department:",
        "Supervisor:",
        "Which languages can you use? (choice=English)",
        "Which languages can you use? (choice=Finnish)",
        *(f"At which times can you come? (choice={text})" for text in SLOTS.values()),
        "Complete?",
    ]
    rows = [headings]
    for number, one in enumerate(people, 1):
        rows.append(
            [
                str(number), "", f"2026-09-{number:02d} 19:05:12", one.first, one.last, one.email,
                one.department, one.supervisor,
                *("Checked" if tongue in one.languages else "Unchecked" for tongue in
                  ("English", "Finnish")),
                *(answer(one, slot, "Checked", "Unchecked", "Unchecked") for slot in SLOTS),
                "Complete",
            ]
        )  # fmt: skip
    return as_csv(rows).encode()


def surveymonkey(people: Sequence[Person]) -> bytes:
    """Return questions above options; a chosen option stands in its column again."""
    questions = [
        "Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address",
        "First Name", "Last Name", "What is your name?", "What is your e-mail address?",
        "Which department are you in?", "Who supervises you?",
        "Which languages can you use?", "", "Which times suit you?", *[""] * (len(SLOTS) - 1),
    ]  # fmt: skip
    options = [
        *[""] * 8, "Open-Ended Response", "Open-Ended Response", "Response", "Open-Ended Response",
        "English", "Finnish", *SLOTS.values(),
    ]  # fmt: skip
    rows = [questions, options]
    for number, one in enumerate(people):
        when = f"09/{number + 1:02d}/2026 10:15:00 AM"
        rows.append(
            [
                str(118_000_000_000 + 7919 * number), "4711", when, when, "192.0.2.1", "", "", "",
                one.name, one.email, one.department, one.supervisor,
                *(tongue if tongue in one.languages else "" for tongue in ("English", "Finnish")),
                *(text if slot in one.free else "" for slot, text in SLOTS.items()),
            ]
        )  # fmt: skip
    return as_csv(rows).encode()


def typeform(people: Sequence[Person]) -> bytes:
    """Return options as headings without their question, and the option again where chosen."""
    headings = [
        "#", "What's your first name?", "And your last name?", "Your email, please",
        "Your department", "Your supervisor", "English", "Finnish", *SLOTS.values(), "Other",
        "Response Type", "Start Date (UTC)", "Submit Date (UTC)", "Network ID", "Tags",
    ]  # fmt: skip
    rows = [headings]
    for number, one in enumerate(people, 1):
        when = f"2026-09-{number:02d} 10:15:00"
        rows.append(
            [
                f"{number:02d}k3v0q9w2", one.first, one.last, one.email, one.department,
                one.supervisor,
                *(tongue if tongue in one.languages else "" for tongue in ("English", "Finnish")),
                *(text if slot in one.free else "" for slot, text in SLOTS.items()), "",
                "completed", when, when, f"{number}f5e", "",
            ]
        )  # fmt: skip
    return as_csv(rows).encode()


def tally(people: Sequence[Person]) -> bytes:
    """Return chosen options in one cell and again in a column each, true or false."""
    headings = [
        "Submission ID", "Respondent ID", "Submitted at", "Name", "Email", "Department",
        "Supervisor", "Languages", "Languages (English)", "Languages (Finnish)",
        "Times", *(f"Times ({text})" for text in SLOTS.values()),
    ]  # fmt: skip
    rows = [headings]
    for number, one in enumerate(people, 1):
        rows.append(
            [
                f"w{number}Bq", f"z{number}", f"2026-09-{number:02d} 10:15:00", one.name, one.email,
                one.department, one.supervisor, ", ".join(one.languages),
                *(str(tongue in one.languages).upper() for tongue in ("English", "Finnish")),
                ", ".join(text for slot, text in SLOTS.items() if slot in one.free),
                *(str(slot in one.free).upper() for slot in SLOTS),
            ]
        )  # fmt: skip
    return as_csv(rows).encode()


def webropol_numbered(people: Sequence[Person]) -> bytes:
    """Return numbered questions, semicolons, 1 for a chosen option and nothing for others."""
    headings = [
        "Respondent number", "Submitted", "1. Name", "2. Email address", "3. Faculty or department",
        "4. Name of your supervisor", "5. Languages: English", "5. Languages: Finnish",
        *(f"6. Times that suit you: {text}" for text in SLOTS.values()),
    ]  # fmt: skip
    rows = [headings]
    for number, one in enumerate(people, 1):
        rows.append(
            [
                str(number), f"{number}.9.2026 12.30", one.name, one.email, one.department,
                one.supervisor,
                *("1" if tongue in one.languages else "" for tongue in ("English", "Finnish")),
                *("1" if slot in one.free else "" for slot in SLOTS),
            ]
        )  # fmt: skip
    return as_csv(rows, separator=";").encode("cp1252")


def jotform(people: Sequence[Person]) -> bytes:
    """Return chosen options below each other in one cell, names in one, dates in words."""
    headings = [
        "Submission Date", "Full Name", "E-mail", "Department", "Thesis supervisor(s)",
        "Which languages do you speak?", "When are you available for meetings?",
    ]  # fmt: skip
    rows = [headings]
    for number, one in enumerate(people, 1):
        rows.append(
            [
                f"Sep {number}, 2026", one.name, one.email, one.department, one.supervisor,
                "\n".join(one.languages),
                "\n".join(text for slot, text in SLOTS.items() if slot in one.free),
            ]
        )  # fmt: skip
    return as_csv(rows).encode()


def framadate(people: Sequence[Person]) -> bytes:
    """Return dates above times, an empty column at the end, and French-made English answers."""
    days = {"mon": "Monday 5 October 2026", "tue": "Tuesday 6 October 2026",
            "wed": "Wednesday 7 October 2026", "thu": "Thursday 8 October 2026"}  # fmt: skip
    rows = [
        ["", *(days[slot[:3]] for slot in SLOTS), ""],
        ["", *(f"{slot[4:]}h-{int(slot[4:]) + 2}h" for slot in SLOTS), ""],
    ]
    rows += [
        [one.name, *(answer(one, slot, "Yes", "Under reserve", "No") for slot in SLOTS), ""]
        for one in people
    ]
    return as_csv(rows, quoting=csv.QUOTE_ALL).encode()


def rallly(people: Sequence[Person]) -> bytes:
    """Return one heading for each date with its hours."""
    days = {"mon": "Mon, Oct 5, 2026", "tue": "Tue, Oct 6, 2026",
            "wed": "Wed, Oct 7, 2026", "thu": "Thu, Oct 8, 2026"}  # fmt: skip
    clock = {9: "9:00 AM", 11: "11:00 AM", 13: "1:00 PM", 15: "3:00 PM", 17: "5:00 PM"}
    rows = [
        [
            "Participants",
            *(
                f"{days[slot[:3]]} {clock[int(slot[4:])]} - {clock[int(slot[4:]) + 2]}"
                for slot in SLOTS
            ),
        ]
    ]
    rows += [
        [one.name, *(answer(one, slot, "Yes", "If need be", "No") for slot in SLOTS)]
        for one in people
    ]
    return as_csv(rows).encode()


def one_form(
    students: Sequence[Person], mentors: Sequence[Person], question: str, words: tuple[str, str]
) -> bytes:
    """Return one export of everybody, with a question on what they sign up as."""
    rows = [
        ["Timestamp", "Email Address", "Your name", question, "Department", "Supervisor",
         "Languages", "How many groups could you lead?", "When can you meet?"],
    ]  # fmt: skip
    for people, word in ((students, words[0]), (mentors, words[1])):
        rows += [
            [
                f"2026/09/{number:02d} 3:04:05 PM EET", one.email, one.name, word, one.department,
                one.supervisor, ", ".join(one.languages), "1",
                ", ".join(text for slot, text in SLOTS.items() if slot in one.free),
            ]
            for number, one in enumerate(people, 1)
        ]  # fmt: skip
    return as_csv([rows[0], *rows[:0:-1]]).encode()


POLLS: tuple[Callable[[Sequence[Person]], bytes], ...] = (framadate, rallly)
"""Polls, which know names and answers only."""

FORMS: tuple[tuple[Callable[[Sequence[Person]], bytes], bool], ...] = (
    (qualtrics, True),
    (limesurvey, True),
    (redcap, False),
    (surveymonkey, False),
    (typeform, False),
    (tally, False),
    (webropol_numbered, False),
    (jotform, False),
)
"""Exports, and whether they know an answer between yes and no."""
