"""A coordinator's day at the desk, in a real browser, with the program killed in the middle."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from mentormatch import Matching, verify
from mentormatch.importers import read_round
from tests.desk.browser import browser, page_of
from tests.desk.conftest import OpenDesk

NEWCOMER = "Late Newcomer"


def _groups_of(page: Page, name: str) -> list[str]:
    """Return the ids of the groups on whose cards somebody stands."""
    found: list[str] = page.evaluate(
        """name => [...document.querySelectorAll('group-card')]
            .filter(card => [...card.querySelectorAll('.person span:first-child')]
                .some(one => one.textContent === name))
            .map(card => card.group.id)""",
        name,
    )
    return found


def _solve(page: Page) -> None:
    page.get_by_role("button", name="Solve the rest", exact=True).click()
    page.get_by_label("At most so many seconds").fill("15")
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_role("heading", name="Proposal").or_(page.get_by_text("Nothing has to")).wait_for(
        timeout=60_000
    )


def test_a_day_at_the_desk(desk: OpenDesk) -> None:
    """Search, move, undo, exchange by keyboard, lock, lose a mentor, solve, hand out."""
    sheets = {path.name: path.read_bytes() for path in desk.folder.glob("*.csv")}
    with browser() as opened:
        page = page_of(opened, desk.link)
        # Somebody is found.
        page.get_by_label("Search").fill("Student 04")
        expect(page.locator(".person.match")).to_have_count(1)
        page.get_by_label("Search").fill("")

        # Somebody is moved, the page says what that breaks, and it is undone.
        name = page.locator("group-card .person:not(.mentor) span:first-child").first.text_content()
        assert name
        own = _groups_of(page, name)
        page.locator(".person", has_text=name).first.click()
        page.wait_for_selector("group-card[data-verdict]")
        target = page.locator("group-card[data-verdict]").first
        there = target.evaluate("card => card.group.id")
        verdict = target.get_attribute("data-verdict")
        target.get_by_role("button", name="Put here").click()
        expect(page.locator("#said")).to_have_text(f"{name} is now in {there}.")
        assert _groups_of(page, name) == [there]
        assert (verdict == "no") == ("broken" in page.locator("#broken").inner_text())
        page.keyboard.press("Control+z")
        expect(page.locator("#said")).to_have_text("Undone.")
        assert _groups_of(page, name) == own

        # Two change places, by keyboard alone.
        swapped = None
        for one in page.locator("group-card .person:not(.mentor)").all():
            one.focus()
            page.keyboard.press("Enter")
            page.wait_for_selector("#panel table")
            page.wait_for_function(
                "() => !document.querySelector('#panel').textContent.includes('One moment')"
            )
            exchange = page.locator("#panel button[data-key^='swap']").first
            if exchange.count():
                swapped = one.locator("span").first.text_content()
                exchange.focus()
                page.keyboard.press("Enter")
                break
            page.keyboard.press("Escape")
        if swapped is not None:
            expect(page.locator("#said")).to_contain_text("have changed places")
        expect(page.locator("#broken")).to_have_text("")

        # A time is locked, and the program dies.
        lock = page.get_by_role("button", name="Keep this time").first
        lock.click()
        page.get_by_role("button", name="Time may change").wait_for()
        before = page.locator("#days").text_content()
    desk.kill()
    desk.program = (reopened := desk.again()).program
    with browser() as opened:
        page = page_of(opened, reopened.link)
        assert page.locator("#days").text_content() == before

        # Somebody joins late, and a mentor is lost.
        page.get_by_role("button", name="Something happened").click()
        form = page.locator("form", has=page.get_by_text("Somebody joins late"))
        form.get_by_label("Id or e-mail").fill("late@example.org")
        form.get_by_label("Name", exact=True).fill(NEWCOMER)
        for choice in form.locator("select[name^='time']").all():
            choice.select_option("yes")
        form.get_by_role("button", name="Record it").click()
        expect(page.locator("#said")).to_have_text("Recorded.")
        assert not _groups_of(page, NEWCOMER)
        mentor = page.locator("group-card .person.mentor span:first-child").last.text_content()
        assert mentor
        page.get_by_role("button", name="Something happened").click()
        gone = page.locator("form", has=page.get_by_text("Somebody has left"))
        gone.locator("select").select_option(label=f"{mentor} (mentor)")
        gone.get_by_role("button", name="Record it").click()
        expect(page.locator("#said")).to_have_text("Recorded.")
        expect(page.locator("#broken")).to_contain_text("broken")
        page.get_by_role("button", name="Hand out").click()
        expect(page.locator("#broken")).to_contain_text("mend that first")

        # The rest is solved, accepted and handed out.
        _solve(page)
        page.get_by_role("button", name="Take all").click()
        expect(page.locator("#said")).to_have_text("Saved.")
        expect(page.locator("#broken")).to_have_text("")
        assert not _groups_of(page, mentor)
        page.get_by_role("button", name="Changes", exact=True).click()
        page.locator("#panel li").first.wait_for()
        page.get_by_role("button", name="Hand out").click()
        page.locator("#panel").get_by_text("The sign-ups do not say this yet").wait_for(
            timeout=60_000
        )
    reopened.kill()
    assert {path.name: path.read_bytes() for path in desk.folder.glob("*.csv")} == sheets
    handed = Matching.from_json((desk.folder / "out/matching.json").read_text(encoding="utf-8"))
    versions = sorted((desk.folder / "versions").iterdir())
    assert len(versions) == 2
    known = {name for group in handed.groups for name in (*group.students, *group.mentors)}
    signed_up = {one.id for one in read_round(desk.folder).round.people}
    assert known - signed_up <= {"late@example.org"}
    assert any((desk.folder / "out/changes").iterdir())


@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (820, "dark"), (390, "light")])
def test_no_page_has_a_fault_of_access(desk: OpenDesk, width: int, scheme: str) -> None:
    """Every panel passes axe-core, and nothing scrolls sideways."""
    axe = Axe()
    with browser() as opened:
        page = page_of(opened, desk.link, width=width, scheme=scheme)
        page.locator("group-card .person").first.click()
        page.wait_for_selector("group-card[data-verdict]")
        faults = _faults(axe, page)
        for button in ("Solve the rest", "Something happened", "Changes"):
            page.get_by_role("button", name=button, exact=True).click()
            faults += _faults(axe, page)
        page.locator("#language").select_option("fi")
        page.get_by_role("button", name="Jaa tulokset").wait_for()
        faults += _faults(axe, page)
        assert not faults
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def _faults(axe: Axe, page: Page) -> list[str]:
    found = axe.run(page)["violations"]
    return [
        f"{one['id']}: {json.dumps([node['html'][:160] for node in one['nodes'][:3]])}"
        for one in found
    ]


def test_without_the_token_nothing_is_told(desk: OpenDesk) -> None:
    """Another user of the machine, or a page of another site, gets nothing."""
    from urllib.error import HTTPError
    from urllib.request import Request, urlopen

    base = desk.link.partition("/desk")[0]
    for path in ("/desk", "/desk/round", "/desk/places?person=s01", "/desk/enter?token=wrong"):
        with pytest.raises(HTTPError) as refused:
            urlopen(base + path, timeout=10)
        assert refused.value.code == 401
        refused.value.close()
    with pytest.raises(HTTPError) as refused:
        urlopen(Request(base + "/desk/round", headers={"Host": "elsewhere.example"}), timeout=10)
    assert refused.value.code == 421
    refused.value.close()


def test_the_verifier_agrees_with_what_was_handed_out(matched_folder: Path) -> None:
    """The groups with which the desk begins pass the verifier."""
    problem = read_round(matched_folder)
    found = Matching.from_json((matched_folder / "out/matching.json").read_text(encoding="utf-8"))
    assert verify(problem, found).ok
