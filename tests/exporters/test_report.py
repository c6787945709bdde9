from __future__ import annotations

import base64
import hashlib
import re
import sys
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from mentormatch.data.calendar import Slot
from mentormatch.data.matching import Group, Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import InputError, MissingExtraError
from mentormatch.exporters.group_details import GroupDetails
from mentormatch.exporters.report import render_report, write_report
from mentormatch.exporters.report.drawing import gauge, mix_bar, share_bar
from mentormatch.exporters.report.rendering import _environment
from mentormatch.exporters.report.shares import _percent
from mentormatch.rules import KeepApart, KeepApartAffiliation
from tests.support.build import mentors, problem, student, students
from tests.support.matched import grouped, judged, made_up_problem

VOID = {"meta", "link", "br", "img", "input", "hr"}
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><b>",
    "{{ 7 * 7 }}",
    "&lt;b&gt;",
    "\x1b[31mred\u202e",
)


class Page(HTMLParser):
    """What stands in a page; it fails on tags that do not close each other."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.names: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note what opens."""
        names = [name for name, _ in attributes]
        assert len(names) == len(set(names)), f"{tag} repeats an attribute"
        self.tags.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)
        if dict(attributes).get("class") == "name":
            self.names.append("")

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note what opens and closes at once."""
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened last."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note what is read."""
        if self.open and self.open[-1] != "style":
            self.words.append(data)
        if self.open and self.open[-1] == "bdi" and self.names and not self.names[-1]:
            self.names[-1] = data

    @property
    def text(self) -> str:
        """What is read, with one space between words."""
        return " ".join(" ".join(self.words).split())

    def values(self, attribute: str) -> list[str]:
        """Return every value that an attribute has in the page."""
        return [found for _, had in self.tags if (found := had.get(attribute)) is not None]


def _with_hostile_names() -> Problem:
    people = [
        student(f"s{number}", name=name, department=name) for number, name in enumerate(HOSTILE)
    ]
    return problem(people, mentors("m", name=HOSTILE[0]), size=(2, 8))


def _pages() -> list[tuple[Problem, Matching]]:
    small, large = made_up_problem(), made_up_problem(300, 90)
    hostile = _with_hostile_names()
    return [
        (small, grouped(small)),
        (large, grouped(large, status="FEASIBLE", gap=3)),
        (hostile, grouped(hostile)),
        (small, Matching(status="INFEASIBLE", messages=("The hard rules contradict.",))),
        (small, Matching(status="UNKNOWN")),
    ]


@pytest.mark.parametrize("number", range(5))
def test_the_page_is_well_formed_and_needs_nothing_else(number: int) -> None:
    """It is sent by mail and opened without a network, perhaps years later."""
    text = render_report(*_pages()[number])
    page = Page(text)
    assert "://" not in text
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
    assert not [name for _, had in page.tags for name in had if name.startswith("on")]
    assert page.values("style") == []
    assert not re.search(r"url\(|@import", text)


def test_the_policy_allows_the_pages_own_style_and_nothing_more() -> None:
    """Should a name ever get past escaping, the browser still refuses to obey it."""
    text = render_report(*_pages()[0])
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = next(
        had["content"]
        for _, had in Page(text).tags
        if had.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None
    assert policy.split("; ")[:2] == ["default-src 'none'", f"style-src 'sha256-{digest}'"]


def test_hostile_names_are_shown_and_not_obeyed() -> None:
    """Sign-up forms are open to anybody."""
    asked = _with_hostile_names()
    page = Page(render_report(asked, grouped(asked)))
    for name in HOSTILE[:-1]:
        assert name in page.names
    assert "\ufffd[31mred\ufffd" in page.names
    assert "49" not in page.text


def test_everybody_is_named_once() -> None:
    """The report is the roster: nobody may be lost in it, or stand in two places."""
    asked = made_up_problem()
    page = Page(render_report(asked, grouped(asked)))
    students_named = sorted(name for name in page.names if name.startswith("Student"))
    assert students_named == sorted(one.label for one in asked.students)


def test_it_tells_when_where_and_in_which_language_each_group_meets() -> None:
    """These are what a participant is invited with."""
    asked = made_up_problem()
    matching = grouped(asked)
    page = Page(render_report(asked, matching))
    times = page.values("datetime")
    for group in matching.groups:
        assert len(group.meetings) == 6
        assert {start.isoformat() for start in group.meetings} <= set(times)
    assert len(times) == 6 * len(matching.groups)
    assert "Friday 09:00\u201311:00" in page.text
    assert page.text.count("English") == page.text.count("On campus") == len(matching.groups)


def test_names_places_and_links_of_groups_are_shown_and_not_obeyed() -> None:
    """What was filled in by hand reached calendars and texts, and not the page that is shared."""
    asked = made_up_problem()
    matching = grouped(asked)
    first, second, *_ = (group.id for group in matching.groups)
    details = {
        first: GroupDetails("Otters", "Room 5", "https://example.org/room?a=1&b=2"),
        second: GroupDetails(HOSTILE[0], HOSTILE[1]),
    }
    page = Page(render_report(asked, matching, details))
    text = " ".join(page.words)
    for word in ("Otters", "Room 5", HOSTILE[0], HOSTILE[1]):
        assert word in text
    links = [said.get("href") or "" for tag, said in page.tags if tag == "a"]
    assert [one for one in links if not one.startswith("#")] == ["https://example.org/room?a=1&b=2"]
    assert "script" not in {tag for tag, _ in page.tags}
    assert "Otters" not in render_report(asked, matching)


def test_reasons_needs_absences_and_conflicts_stay_out() -> None:
    """The coordinator may pass the page on; whom somebody avoids is not for everybody."""
    people = (
        *students("ada bo cy di", affiliations={"supervisor": ("Prof. Secret",)}),
        student(
            "eve",
            absences=(date(2026, 10, 13),),
            attributes={"need": "step-free secret"},
            languages={"en": "C1", "fa": "native"},
        ),
    )
    asked = problem(
        people,
        mentors("mia noa", affiliations={"manager": ("Boss Secret",)}),
        "tue-15 wed-15",
        KeepApart(sets=(("ada", "eve"),)),
        KeepApartAffiliation(tier=5),
        size=(2, 4),
    )
    found = grouped(asked)
    matching = found.model_copy(update={"messages": ("eve was dropped: secret",)})
    text = render_report(asked, matching)
    assert "ada" in Page(text).names
    for secret in ("ecret", "native", "C1", "2026-10-13T00", "dropped"):
        assert secret not in text


def test_it_tells_who_found_a_place_and_hides_what_would_tell_of_few() -> None:
    """A coordinator is asked whether it was fair, and may pass the answer on."""
    people = (
        *(student(f"a{n}", department="Arts") for n in range(8)),
        *(student(f"b{n}", "wed-15", department="Biology") for n in range(6)),
        *(student(f"c{n}", department="Chemistry") for n in range(7)),
        *(student(f"d{n}", department="Design") for n in range(9)),
    )
    asked = problem(people, mentors("mia noa ossi"), size=(8, 12))
    groups = (
        Group(id="g1", students=tuple(f"a{n}" for n in range(8)), mentors=("mia",), slot="tue-15"),
        Group(
            id="g2",
            students=tuple(f"{of}{n}" for of in "cd" for n in range(6)),
            mentors=("noa",),
            slot="tue-15",
        ),
    )
    text = Page(render_report(asked, judged(asked, groups, status="FEASIBLE"))).text
    table = text[text.index("By department") : text.index("By how many times")]
    for row in ("Arts 8 100 %", "Biology 6 0 %", "Chemistry 7 hidden", "Design 9 hidden"):
        assert row in table
    offered = text[text.index("By how many times") : text.index("By language")]
    assert "too few, or too much alike" in offered
    empty = Page(render_report(asked, Matching(status="UNKNOWN"))).text
    assert "Who found a place" not in empty


def test_rates_are_rounded_without_promising_all_or_nobody() -> None:
    """One of 300 left out is not "100 %"."""
    assert [_percent(rate) for rate in (0.0, 0.001, 0.5, 299 / 300, 1.0)] == [
        *("0 %", "1 %", "50 %", "99 %", "100 %")
    ]


def test_a_bar_shows_no_more_than_the_numbers_beside_it() -> None:
    """What is hidden in the table must not be measured in the picture."""
    piece = r'class="(\w+)" x="([\d.]+)%" y="0.5" width="([\d.]+)%"'
    assert re.findall(piece, share_bar(20, None, 40)) == [("hidden", "0.00", "50.00")]
    assert re.findall(piece, share_bar(20, 15, 40)) == [
        ("placed", "0.00", "37.50"),
        ("left", "37.50", "12.50"),
    ]


def test_the_week_counts_who_can_come() -> None:
    """The heat map is what a coordinator asks mentors for more times with."""
    asked = problem(
        [*students("ada bo"), student("cy", if_need_be="wed-15")],
        mentors("mia", "tue-15 wed-15"),
        size=(2, 4),
    )
    text = Page(render_report(asked, grouped(asked))).text
    assert "students: 3 yes, 0 if need be; mentors: 1 yes, 0 if need be; 1 group meets here" in text
    assert "students: 0 yes, 1 if need be; mentors: 1 yes, 0 if need be" in text


def test_a_time_without_enough_dates_and_dated_sessions_are_told() -> None:
    """Not every slot is a weekly one that the term can hold."""
    sessions = [f"2026-10-{day:02}T18:00:00+03:00" for day in (6, 13, 20)]
    slots = (
        Slot(id="tue-15", weekday=2, start="15:00"),
        Slot(id="evenings", label="Three evenings", sessions=sessions),
        Slot(id="far", label="Next year", sessions=["2027-10-05T18:00:00+03:00"]),
    )
    asked = problem(students("ada bo"), mentors("mia"), slots, size=(2, 4))
    text = Page(render_report(asked, grouped(asked))).text
    assert "Three evenings" in text
    assert "not enough dates in the term" in text


def test_unproven_goals_are_not_called_proven() -> None:
    """A page that promises too much is worse than none."""
    asked = made_up_problem()
    proven = Page(render_report(asked, grouped(asked))).text
    open_ = Page(render_report(asked, grouped(asked, status="FEASIBLE", gap=2))).text
    assert "Proven optimal" in proven
    assert "Could be better" not in proven
    assert "Valid, not proven optimal" in open_
    assert "Proven optimal" not in open_
    assert open_.count("Could be better by 2 at most.") == 3


def test_the_foot_says_how_to_make_the_matching_again() -> None:
    """Problem, seed and versions together give the same groups."""
    asked = made_up_problem()
    text = Page(render_report(asked, grouped(asked))).text
    for part in (asked.fingerprint, "Seed 0", "ortools 9.15"):
        assert part in text


def test_the_same_matching_gives_the_same_page() -> None:
    """There is no clock and no chance in it."""
    one, other = made_up_problem(), made_up_problem()
    assert render_report(one, grouped(one)) == render_report(other, grouped(other))


@pytest.mark.parametrize("number", range(5))
def test_structure_serves_those_who_hear_the_page(number: int) -> None:
    """Headings go down one step at a time, tables have headers, links and labels lead home."""
    page = Page(render_report(*_pages()[number]))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    targets = [link.removeprefix("#") for link in page.values("href")]
    assert set(targets) | set(page.values("aria-labelledby")) <= set(ids)
    assert all("scope" in had for tag, had in page.tags if tag == "th")
    assert all(had.get("aria-hidden") == "true" for tag, had in page.tags if tag == "svg")
    tables = sum(tag == "table" for tag, _ in page.tags)
    assert tables == sum(tag == "caption" for tag, _ in page.tags)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_text_stands_out_from_its_ground(scheme: int) -> None:
    """WCAG asks for a contrast of 4.5; the page keeps it in light and in dark."""
    text = render_report(*_pages()[0])
    block = re.findall(r":root \{(.*?)\}", text, re.DOTALL)[scheme]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
    pairs = [
        *(
            (ink, ground)
            for ink in ("ink", "soft", "accent", "warm")
            for ground in ("ground", "sheet")
        ),
        ("accent", "accent-wash"),
        ("warm", "warm-wash"),
        *(("ink", f"level-{level}") for level in range(1, 6)),
    ]
    for ink, ground in pairs:
        light, dark = sorted((_luminance(colours[ink]), _luminance(colours[ground])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, ground)


def test_bars_fill_their_width() -> None:
    """Pieces are as long as their people are many."""
    widths = [float(found) for found in re.findall(r'width="([\d.]+)%" height', mix_bar([1, 2, 1]))]
    assert widths[1:] == [23.95, 49.3, 23.95]
    assert re.findall(r'class="sure"[^>]* width="(\d+)"', gauge(0, 0) + gauge(4, 1)) == [
        "120",
        "30",
    ]


def test_a_file_is_written_and_not_overwritten(tmp_path: Path) -> None:
    """The page is personal data: whole, for its owner, and never by accident."""
    asked = problem(students("ada bo"), mentors("mia"), size=(2, 4))
    matching = judged(asked, grouped(asked).groups)
    target = tmp_path / "report.html"
    write_report(asked, matching, target)
    assert target.read_text(encoding="utf-8") == render_report(asked, matching)
    with pytest.raises(FileExistsError):
        write_report(asked, matching, target)
    write_report(asked, matching, target, overwrite=True)


def test_without_its_packages_the_report_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The library itself is of use without them."""
    asked = made_up_problem(20, 6)
    _environment.cache_clear()
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(MissingExtraError, match="mentormatch\\[cli\\]"):
        render_report(asked, grouped(asked))


def test_a_matching_of_other_people_is_refused() -> None:
    """A page that mixes two rounds would be believed."""
    asked = made_up_problem(20, 6)
    with pytest.raises(InputError, match="is not among the 26 people"):
        render_report(asked, grouped(made_up_problem(40, 12)))
