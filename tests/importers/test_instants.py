"""When a form was sent, in every way that the usual forms write it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from mentormatch.importers.cleaning.instants import day_comes_first, is_instant, order, read_instant

HELSINKI = timezone(timedelta(hours=3))

READ = [
    ("2026-09-01", None, "2026-09-01T00:00:00"),
    ("2026/9/1 14:05", None, "2026-09-01T14:05:00"),
    ("2026-09-01T14:05:09Z", None, "2026-09-01T14:05:09+00:00"),
    ("2026-09-01 14:05:09.250 +03:00", None, "2026-09-01T14:05:09+03:00"),
    ("2026-09-01 14:05-0430", None, "2026-09-01T14:05:00-04:30"),
    ("2026/09/01 2:05:09 PM EEST", None, "2026-09-01T14:05:09"),
    ("1.9.2026 klo 14.05", None, "2026-09-01T14:05:00"),
    ("13/9/2026 8:30", None, "2026-09-13T08:30:00"),
    ("9/13/2026, 2:05 p.m.", None, "2026-09-13T14:05:00"),
    ("5/5/2026", None, "2026-05-05T00:00:00"),
    ("5/6/2026", None, None),
    ("5/6/2026", True, "2026-06-05T00:00:00"),
    ("5/6/26", False, "2026-05-06T00:00:00"),
    ("12/31/2026 12:00 AM", None, "2026-12-31T00:00:00"),
    ("12/31/2026 12:30 PM", None, "2026-12-31T12:30:00"),
    ("13/5/2026", False, None),
    ("14/13/2026", None, None),
    ("13/13/2026", None, None),
    ("31.2.2026", None, None),
    ("2026-09-01 25:00", None, None),
    ("next week", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("text", "day_first", "expected"), READ)
def test_an_instant_is_what_the_form_meant(
    text: str, day_first: bool | None, expected: str | None
) -> None:
    """Places may be given in the order of sign-ups, so none may be guessed."""
    found = read_instant(text, day_first)
    assert (found and found.isoformat()) == expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["5/6/2026", "13/9/2026"], True),
        (["9/13/2026 14:05", "5/6/2026"], False),
        (["13/9/2026", "9/13/2026"], None),
        (["5/6/2026", "2026-09-13", "13/13/2026"], None),
        ([], None),
    ],
)
def test_a_file_tells_by_any_of_its_dates_which_number_is_the_day(
    texts: list[str], expected: bool | None
) -> None:
    """A form writes all of them alike; where two differ, it tells nothing."""
    assert day_comes_first(texts) is expected


def test_what_looks_like_an_instant_is_told_from_other_text() -> None:
    """A column of sign-ups is found by its cells; a day that never was is none the less a date."""
    assert all(is_instant(text) for text in ("2026-09-01", "1.9.2026", "5/6/26 1:00", "31.2.2026"))
    assert not any(is_instant(text) for text in ("", "2026", "1.9.", "5/6", "Mon 14:00"))


def test_instants_with_and_without_a_zone_can_be_put_in_order() -> None:
    """Python refuses to compare them."""
    bare = datetime.fromisoformat("2026-09-01T12:00")
    there = datetime(2026, 9, 1, 14, tzinfo=HELSINKI)
    assert order(there) is there
    assert order(bare) == datetime(2026, 9, 1, 12, tzinfo=UTC)
    assert sorted([bare, there], key=order) == [there, bare]
