"""The page of a job in a browser."""

from __future__ import annotations

from tests.desk.browser import browser
from tests.service.asking import Listening, long_round, request


def test_the_page_of_a_job_shows_value_and_bound_until_it_is_ended(service: Listening) -> None:
    """Followed by server-sent events, and ended with its button; the best so far is the result."""
    wanted = request(long_round(), time_limit=600.0, seed=90)
    job = service.ask("POST", "/v1/jobs", wanted).data["id"]
    complaints: list[str] = []
    with browser() as opened:
        page = opened.new_page()
        page.on("console", lambda told: complaints.append(told.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"http://{service.host}:{service.port}/jobs/{job}")
        page.wait_for_selector("#tiers tr", timeout=60_000)
        shown: set[str] = set()
        while len(shown) < 2:
            page.wait_for_timeout(100)
            rows = page.locator("#tiers tr").all_inner_texts()
            shown.update(row for row in rows if "-" not in row)
        assert page.inner_text("#status") == "running"
        page.click("#end")
        page.wait_for_selector("#result:not([hidden])", timeout=60_000)
        assert page.inner_text("#status") == "cancelled (interrupted)"
        page.click("#result")
        assert '"status": "interrupted"' in page.inner_text("body")
    assert complaints == []
