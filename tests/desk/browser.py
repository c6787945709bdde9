"""Chromium from the distribution's packages, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> str:
    """Return where Chromium is; without one the test is skipped, but not where all are checked."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        message = "needs the distribution's package chromium"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


@contextmanager
def browser() -> Iterator[Browser]:
    """Yield a browser without a window."""
    path = chromium()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield opened
        finally:
            opened.close()


def page_of(opened: Browser, link: str, *, width: int = 1400, scheme: str = "light") -> Page:
    """Open a desk, and let whatever the page complains of fail the test."""
    context = opened.new_context(
        viewport={"width": width, "height": 1000},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="en-GB",
    )
    page = context.new_page()
    page.on("pageerror", _raise)
    page.goto(link)
    page.wait_for_selector("group-card")
    return page


def _raise(error: object) -> None:
    raise AssertionError(f"the page has a fault: {error}")
