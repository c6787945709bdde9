"""One round of made-up people in exports that hold codes, titles and answers in other words.

Written from descriptions of REDCap (raw data with a data dictionary), LimeSurvey (answer codes, and
answers in a form's own words), Qualtrics (numeric values), Jotform (a matrix in one cell), Typeform
(marked words in questions), Microsoft Forms in Finnish, Google Forms in Swedish, Webropol (a title,
and totals below), Moodle feedback and Framadate. Somebody answered twice and changed everything.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from openpyxl import Workbook

from tests.importers.other_forms import SLOTS, Person, Rows, answer, as_csv

DEPARTMENTS: Mapping[str, str] = {"Physics": "1", "Design": "2", "Law": "3"}
TONGUES = ("English", "Finnish")

Answered = tuple[int, str, Person]
"""Number of an answer, when it was sent, and what it says."""


def answered(people: Sequence[Person]) -> list[Answered]:
    """Return the answers as they came in: somebody answered first, and again with other times."""
    second = people[1]
    times = tuple(slot for slot in SLOTS if slot not in second.free)
    early = replace(second, free=times, perhaps=(), department="Law", languages=("English",))
    answers = [early, *people]
    return [
        (number, f"2026-09-{number + 2:02d} 10:15:00", one) for number, one in enumerate(answers, 1)
    ]


def ticks(chosen: Sequence[str], of: Sequence[str], yes: str = "1", no: str = "0") -> list[str]:
    """Return one cell for each option."""
    return [yes if option in chosen else no for option in of]


def redcap_raw(people: Sequence[Person]) -> bytes:
    """Return a code in each heading and cell; a row in the middle is empty."""
    headings = [
        "record_id", "redcap_survey_identifier", "sign_up_timestamp", "first_name", "last_name",
        "email", "dept", "sup", "langs___1", "langs___2", "avail____1", "avail___2", "avail___3",
        "avail___4", "sign_up_complete",
    ]  # fmt: skip
    rows = [headings]
    for number, when, one in answered(people):
        rows.append(
            [
                str(number), "", when, one.first, one.last, one.email, DEPARTMENTS[one.department],
                one.supervisor, *ticks(one.languages, TONGUES), *ticks(one.free, list(SLOTS)), "2",
            ]
        )  # fmt: skip
    rows.insert(4, [""] * len(headings))
    return as_csv(rows).encode()


def redcap_dictionary() -> bytes:
    """Return the data dictionary, which every project of REDCap can export."""
    times = ["-1", "2", "3", "4"]
    rows = [
        ["Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label",
         "Choices, Calculations, OR Slider Labels", "Field Note"],
        ["record_id", "sign_up", "", "text", "Record ID", "", ""],
        ["first_name", "sign_up", "", "text", "First name", "", ""],
        ["last_name", "sign_up", "", "text", "Last name", "", ""],
        ["email", "sign_up", "", "text", "E-mail", "", ""],
        ["dept", "sign_up", "", "dropdown", "Your <b>department</b>",
         " | ".join(f"{code}, {name}" for name, code in DEPARTMENTS.items()), ""],
        ["sup", "sign_up", "", "text", "Your supervisor", "", ""],
        ["langs", "sign_up", "", "checkbox", "Languages that you use", "1, English | 2, Finnish",
         ""],
        ["avail", "sign_up", "", "checkbox", "When can you meet?",
         " | ".join(map(", ".join, zip(times, SLOTS.values(), strict=True))), ""],
        ["total", "sign_up", "", "calc", "Sum", "[avail(2)] + [avail(3)], 1", ""],
    ]  # fmt: skip
    return as_csv(rows).encode()


def limesurvey_codes(people: Sequence[Person]) -> bytes:
    """Return answer codes below the codes of questions, everything in quotes."""
    headings = [
        "id", "submitdate", "lastpage", "startlanguage", "seed", "name", "email", "dept", "sup",
        "langs[SQ001]", "langs[SQ002]", *(f"times[{slot.replace('-', '')}]" for slot in SLOTS),
    ]  # fmt: skip
    rows = [headings]
    for number, when, one in answered(people):
        times = [answer(one, slot, "A1", "A2", "A3") for slot in SLOTS]
        rows.append(
            [
                str(number), when, "4", "en", str(number * 7919), one.name, one.email,
                f"D{DEPARTMENTS[one.department]}", one.supervisor,
                *ticks(one.languages, TONGUES, "Y", ""), *times,
            ]
        )  # fmt: skip
    return as_csv(rows).encode()


def limesurvey_codebook() -> bytes:
    """Return a table of column, code and meaning, as somebody writes it by hand."""
    rows = [
        ["column", "code", "meaning"],
        ["dept", "", "Your department"],
        *(["", f"D{code}", name] for name, code in DEPARTMENTS.items()),
        ["sup", "", "Your supervisor"],
        ["langs", "", "Languages that you use"],
        ["langs", "SQ001", "English"],
        ["langs", "SQ002", "Finnish"],
        ["times", "", "Which times suit you?"],
        *(["times", slot.replace("-", ""), text] for slot, text in SLOTS.items()),
        ["times", "A1", "Yes"],
        ["times", "A2", "If need be"],
        ["times", "A3", "No"],
    ]
    return as_csv(rows).encode()


def limesurvey_words(people: Sequence[Person]) -> bytes:
    """Return answers in a form's own words, with hard spaces; hardly anybody likes one time."""
    headings = [
        "Response ID", "Date submitted", "Last page", "Start language", "Seed",
        "What is your name?", "Your e-mail address:", "Your department", "Your supervisor",
        *(f"Languages that you use [{one}]" for one in TONGUES),
        *(f"Do these times suit you? [{text}]" for text in SLOTS.values()),
    ]  # fmt: skip
    rows = [headings]
    for number, when, one in answered(people):
        times = [
            answer(one, slot, "Yes, suits me well", "If need be", "No, not at all")
            for slot in SLOTS
        ]
        rows.append(
            [
                str(number), when, "4", "English", str(number * 7919), one.name, one.email,
                one.department, one.supervisor, *ticks(one.languages, TONGUES, "Yes", "No"), *times,
            ]
        )  # fmt: skip
    return as_csv(rows, separator=";").encode("utf-8-sig")


def qualtrics_numeric(people: Sequence[Person]) -> bytes:
    """Return three rows of headings above numbers; the first answer is the maker's preview."""
    columns = {
        "StartDate": "Start Date", "EndDate": "End Date", "Status": "Response Type",
        "IPAddress": "IP Address", "Progress": "Progress", "Finished": "Finished",
        "RecordedDate": "Recorded Date", "ResponseId": "Response ID",
        "Q1_1": "Please tell us who you are - First name",
        "Q1_2": "Please tell us who you are - Last name",
        "Q1_3": "Please tell us who you are - E-mail",
        "Q2": "Which department are you from?", "Q3": "Who is your supervisor?",
        "Q4_1": "Which languages can you discuss in? - English",
        "Q4_2": "Which languages can you discuss in? - Finnish",
        **{f"Q5_{number}": f"When could you meet? Select all. - {text}"
           for number, text in enumerate(SLOTS.values(), 4)},
    }  # fmt: skip
    ids = [json.dumps({"ImportId": f"QID_{code}"}) for code in columns]
    rows = [list(columns), list(columns.values()), ids]
    maker = (0, "2026-08-01 09:00:00", Person("Preview", "Maker", tuple(SLOTS)))
    for number, when, one in (maker, *answered(people)):
        rows.append(
            [
                when, when, str(int(number == 0)), "192.0.2.1", "100", "1", when, f"R_{number:09d}",
                one.first, one.last, one.email, one.department, one.supervisor,
                *ticks(one.languages, TONGUES, "1", ""), *ticks(one.free, list(SLOTS), "1", ""),
            ]
        )  # fmt: skip
    return as_csv(rows).encode("utf-8-sig")


def jotform_matrix(people: Sequence[Person]) -> bytes:
    """Return a matrix of times and answers in one cell."""
    rows = [["Submission Date", "Full Name", "E-mail", "Department", "Supervisor", "Languages",
             "Please tell us when you can meet", "Submission IP"]]  # fmt: skip
    for _, when, one in answered(people):
        times = [f"{SLOTS[slot]}: {answer(one, slot, 'Yes', 'If needed', 'No')}" for slot in SLOTS]
        rows.append(
            [when, one.name, one.email, one.department, one.supervisor, "\n".join(one.languages),
             "\n".join(times), "192.0.2.9"]
        )  # fmt: skip
    return as_csv(rows).encode()


def typeform_marked(people: Sequence[Person]) -> bytes:
    """Return questions with words marked by asterisks."""
    rows = [["#", "What's your *full name*?", "And your *email*?", "Which department are you in?",
             "Who supervises you?", *TONGUES, "Other", *SLOTS.values(), "Response Type",
             "Submit Date (UTC)", "Tags"]]  # fmt: skip
    for number, when, one in answered(people):
        times = [text if slot in one.free else "" for slot, text in SLOTS.items()]
        tongues = [tongue if tongue in one.languages else "" for tongue in TONGUES]
        rows.append(
            [f"{number}k3v", one.name, one.email, one.department, one.supervisor, *tongues, "",
             *times, "completed", when, ""]
        )  # fmt: skip
    return as_csv(rows).encode()


def moodle(people: Sequence[Person]) -> bytes:
    """Return short names before questions, choices parted by bars, dates with their weekday."""
    rows = [["ID", "Full name", "Group(s)", "Date", "Email address", "(dept) Department",
             "(sup) Supervisor", "(langs) Languages", "(times) Times that suit me"]]  # fmt: skip
    for number, when, one in answered(people):
        day = datetime.fromisoformat(when)
        sent = f"{day:%A}, {day.day} {day:%B %Y}, 10:15 AM"
        times = " | ".join(text for slot, text in SLOTS.items() if slot in one.free)
        rows.append(
            [str(number), one.name, "", sent, one.email, one.department, one.supervisor,
             " | ".join(one.languages), times]
        )  # fmt: skip
    return as_csv(rows, separator=";").encode("ascii")


_IN_SWEDISH = {"Monday": "Måndag", "Tuesday": "Tisdag", "Wednesday": "Onsdag",
               "Thursday": "Torsdag", "English": "Engelska", "Finnish": "Finska"}  # fmt: skip


def google_swedish(people: Sequence[Person]) -> bytes:
    """Return a grid of days and hours: one column for each day."""
    days = [text.split()[0] for text in SLOTS.values()]
    rows = [["Tidstämpel", "E-postadress", "Vad heter du?", "Institution", "Vem är din handledare?",
             "Vilka språk kan du använda?",
             *(f"När kan du träffas? [{_IN_SWEDISH[day]}]" for day in days)]]  # fmt: skip
    for _, when, one in answered(people):
        hours = [text.split()[1] if slot in one.free else "" for slot, text in SLOTS.items()]
        tongues = ", ".join(map(_IN_SWEDISH.__getitem__, one.languages))
        rows.append([when, one.email, one.name, one.department, one.supervisor, tongues, *hours])
    return as_csv(rows).encode()


_IN_FINNISH = {"Monday": "ma", "Tuesday": "ti", "Wednesday": "ke", "Thursday": "to",
               "English": "englanti", "Finnish": "suomi"}  # fmt: skip


def _finnish(text: str) -> str:
    day, hours = text.split()
    hours = hours.replace(":", ".").replace("-", "\N{EN DASH}")
    return f"{_IN_FINNISH[day]} klo {hours}"


def _workbook(rows: Sequence[Sequence[object]], merged: str | None = None) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    if merged is not None:
        sheet.merge_cells(merged)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def microsoft_finnish(people: Sequence[Person]) -> bytes:
    """Return a workbook with dates as cells and lists that end in semicolons."""
    rows: list[list[object]] = [
        ["Tunnus", "Aloitusaika", "Valmistumisaika", "Sähköposti", "Nimi", "Laitos", "Ohjaaja",
         "Millä kielillä voit osallistua?", "Mitkä ajat sopivat sinulle?"]
    ]  # fmt: skip
    for number, when, one in answered(people):
        sent = datetime.fromisoformat(when)
        tongues = "".join(f"{_IN_FINNISH[tongue]};" for tongue in one.languages)
        times = "".join(f"{_finnish(text)};" for slot, text in SLOTS.items() if slot in one.free)
        rows.append(
            [number, sent, sent, one.email, one.name, one.department, one.supervisor, tongues,
             times]
        )  # fmt: skip
    return _workbook(rows)


def webropol_titled(people: Sequence[Person]) -> bytes:
    """Return a workbook with a merged title above and totals below."""
    rows: list[Sequence[object]] = [
        ["Ilmoittautuminen mentorointiin, syksy 2026"],
        [],
        ["Vastaajan numero", "Vastausaika", "Etunimi", "Sukunimi", "Sähköpostiosoite", "Laitos",
         "Ohjaaja", *(f"Kielet, joilla voit keskustella: {_IN_FINNISH[one]}" for one in TONGUES),
         *(f"Mihin aikaan pääset? {_finnish(text)}" for text in SLOTS.values())],
    ]  # fmt: skip
    for number, when, one in answered(people):
        chosen = [*ticks(one.languages, TONGUES), *ticks(one.free, list(SLOTS))]
        rows.append(
            [number, datetime.fromisoformat(when), one.first, one.last, one.email, one.department,
             one.supervisor, *map(int, chosen)]
        )  # fmt: skip
    rows += [[], ["Yhteensä", "", "", "", "", "", "", *[len(people)] * (len(TONGUES) + len(SLOTS))]]
    return _workbook(rows, "A1:M1")


def framadate_days(people: Sequence[Person]) -> bytes:
    """Return days in figures above hours, one day twice."""
    days = ["2026-10-05", "2026-10-06", "2026-10-07", "2026-10-08"]
    hours = [text.split()[1].replace("-", " - ") for text in SLOTS.values()]
    rows = [["", *days, days[-1]], ["", *hours, "19:00 - 21:00"]]
    rows += [
        [one.name, *(answer(one, slot, "Yes", "Under reserve", "No") for slot in SLOTS), "No"]
        for one in people
    ]
    return as_csv(rows).encode()


Form = Callable[[Sequence[Person]], bytes]

DECODED: Mapping[str, tuple[Form, Callable[[], bytes], bool]] = {
    "redcap": (redcap_raw, redcap_dictionary, False),
    "limesurvey": (limesurvey_codes, limesurvey_codebook, True),
}
"""Exports with their codebooks, and whether they ask about a time that suits if need be."""

WORDS: Mapping[str, tuple[Form, str, bool]] = {
    "limesurvey_words": (limesurvey_words, "csv", True),
    "qualtrics_numeric": (qualtrics_numeric, "csv", False),
    "jotform_matrix": (jotform_matrix, "csv", True),
    "typeform_marked": (typeform_marked, "csv", False),
    "moodle": (moodle, "csv", False),
    "google_swedish": (google_swedish, "csv", False),
    "microsoft_finnish": (microsoft_finnish, "xlsx", False),
    "webropol_titled": (webropol_titled, "xlsx", False),
}
"""Exports that say by themselves what they mean, as which kind of file."""

__all__ = ["DECODED", "WORDS", "Form", "Rows", "framadate_days", "limesurvey_codes", "redcap_raw"]
