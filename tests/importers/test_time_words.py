"""Weekdays and times as people write them in three languages."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentormatch.importers.availability.candidates import Candidates, candidate_slots
from mentormatch.importers.availability.time_words import (
    When,
    question_part,
    read_when,
    weekday_named,
)
from mentormatch.importers.availability.times import Span, clock
from mentormatch.importers.words import DAYS, DayLanguage

H = 60


@pytest.mark.parametrize(
    ("text", "languages", "expected"),
    [
        ("Tue 15-17", ["en"], When(2, 15 * H, 17 * H)),
        ("Tuesday 15:00 \N{EN DASH} 17:00", ["en"], When(2, 15 * H, 17 * H)),
        ("Tuesdays, 3 PM - 5 PM", ["en"], When(2, 15 * H, 17 * H)),
        ("Tues. 3-5 p.m.", ["en"], When(2, 15 * H, 17 * H)),
        ("Tue 11-1 pm", ["en"], When(2, 11 * H, 13 * H)),
        ("Tue 15 to 17", ["en"], When(2, 15 * H, 17 * H)),
        ("tiistaisin klo 15.00-17.30", ["fi"], When(2, 15 * H, 17 * H + 30)),
        ("ti 15-17", ["fi"], When(2, 15 * H, 17 * H)),
        ("to klo 9", ["fi"], When(4, 9 * H)),
        ("tisdagar kl. 15\N{EN DASH}17", ["sv"], When(2, 15 * H, 17 * H)),
        ("ons 8.15-10", ["sv"], When(3, 8 * H + 15, 10 * H)),
        ("Tiistai / Tuesday 15-17", ["en", "fi"], When(2, 15 * H, 17 * H)),
        ("Monday", ["en"], When(1)),
        ("8AM", ["en"], When(None, 8 * H)),
        ("12AM", ["en"], When(None, 0)),
        ("12 PM", ["en"], When(None, 12 * H)),
        ("noon", ["en"], When(None, 12 * H)),
        ("22-24", ["en"], When(None, 22 * H, 24 * H)),
        ("10 PM - midnight", ["en"], When(None, 22 * H, 24 * H)),
        ("Tue 6 October 2026 15:00-17:00", ["en"], When(2, 15 * H, 17 * H)),
        ("Tue 6 October 15-17", ["en"], When(2, 15 * H, 17 * H)),
        ("Tue October 6, 2026, 3-5 pm", ["en"], When(2, 15 * H, 17 * H)),
        ("tiistai 6. lokakuuta klo 15-17", ["fi"], When(2, 15 * H, 17 * H)),
        ("2026-10-06 15:00-17:00", ["en"], When(2, 15 * H, 17 * H)),
        ("ti 6.10.2026 klo 15-17", ["fi"], When(2, 15 * H, 17 * H)),
        ("October 2026 | Tue 6 | 3:00 PM - 5:00 PM", ["en"], When(2, 15 * H, 17 * H)),
        ("October 2026 | Tue 6", ["en"], None),
        ("Tue or Wed 15-17", ["en"], None),
        ("Wed 6 October 2026 | 15-17", ["en"], None),
        ("whenever", ["en"], None),
        ("Tue 25-26", ["en"], None),
        ("Tue 17-15", ["en"], None),
        ("Tue 13 PM", ["en"], None),
        ("Tue 15:75", ["en"], None),
        ("", ["en"], None),
        ("tiistai 15-17", ["en"], None),
        ("on 15", ["en"], None),
        ("8-10 and sometimes later", ["en"], None),
    ],
)
def test_times_are_read_only_where_nothing_else_is_said(
    text: str, languages: Sequence[DayLanguage], expected: When | None
) -> None:
    """A word that is passed over may say 'not'."""
    assert read_when(text, languages) == expected


@pytest.mark.parametrize("language", DAYS)
@pytest.mark.parametrize("day", range(7))
def test_every_weekday_is_read_in_full_and_in_short(language: DayLanguage, day: int) -> None:
    """A weekday that is missing from a list would lose a whole column."""
    for word in DAYS[language][day]:
        assert read_when(f"{word.upper()} 9-11", [language]) == When(day + 1, 9 * H, 11 * H)


@given(text=st.text(max_size=40))
def test_any_text_is_a_time_or_none(text: str) -> None:
    """Cells hold anything."""
    when = read_when(text, ("en", "fi", "sv"))
    assert when is None or when.start is None or 0 <= when.start <= 24 * H


@pytest.mark.parametrize(
    ("heading", "languages", "expected"),
    [
        ("Check the times [Monday]", ["en"], 1),
        ("Hours: Monday", ["en"], 1),
        ("Monday: which hours?", ["en"], 1),
        ("Milloin p\N{LATIN SMALL LETTER A WITH DIAERESIS}set maanantaina?", ["fi"], 1),
        ("Monday or Tuesday?", ["en"], None),
        ("What do you wear on a sunny day", ["en"], None),
    ],
)
def test_a_question_names_a_weekday_or_none(
    heading: str, languages: Sequence[DayLanguage], expected: int | None
) -> None:
    """Short names are read only where they stand alone: 'sun' is in many words."""
    assert weekday_named(heading, languages) == expected


def test_the_option_of_a_question_is_found_in_the_form_of_each_survey_tool() -> None:
    """Each writes it another way."""
    assert question_part("When? [Mon 9]")[0] == "Mon 9"
    assert question_part("When?: Mon 9")[0] == "Mon 9"
    assert question_part("When? | Mon 9")[0] == "Mon 9"


def starts(asked: Sequence[Span], minutes: int = 120, every: int = 60) -> list[str]:
    """Return the ids of the candidate slots."""
    return [
        slot["id"] for slot in candidate_slots([asked], Candidates(minutes=minutes, every=every))
    ]


def span(weekday: int, start: float, end: float) -> Span:
    """Return a stretch in hours."""
    return Span(weekday, int(start * H), int(end * H))


def test_consecutive_hours_become_slots_of_the_wished_length() -> None:
    """A meeting of two hours needs two hours one after the other, within what was asked."""
    asked = [span(1, 9, 10), span(1, 10, 11), span(1, 11, 12), span(1, 14, 15), span(2, 14, 15)]
    assert starts(asked) == ["mon-09", "mon-10"]
    assert starts(asked, 60) == ["mon-09", "mon-10", "mon-11", "mon-14", "tue-14"]
    assert starts(asked, 180) == ["mon-09"]
    assert starts(asked, 240) == []


def test_slots_that_were_asked_about_as_such_stay_as_they_are() -> None:
    """Two options one after the other make no third slot in between."""
    assert starts([span(2, 13, 15), span(2, 15, 17)]) == ["tue-13", "tue-15"]


def test_quarters_of_an_hour_give_a_slot_every_hour() -> None:
    """A grid in quarters would else give four times as many slots as anybody needs."""
    quarters = [span(3, 9 + n / 4, 9 + (n + 1) / 4) for n in range(16)]
    assert starts(quarters) == ["wed-09", "wed-10", "wed-11"]
    assert starts(quarters, every=30) == ["wed-09", "wed-0930", "wed-10", "wed-1030", "wed-11"]


def test_a_long_stretch_holds_several_slots() -> None:
    """Somebody may ask about whole mornings."""
    assert starts([span(1, 8, 12)]) == ["mon-08", "mon-09", "mon-10"]


def test_a_clock_shows_minutes_from_midnight() -> None:
    """The end of a day is shown as 24:00."""
    assert [clock(0), clock(570), clock(24 * H)] == ["00:00", "09:30", "24:00"]
