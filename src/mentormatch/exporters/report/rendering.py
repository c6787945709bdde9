"""Making the report's page."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import MissingExtraError
from mentormatch.exporters.group_details import NO_DETAILS, Details
from mentormatch.files import write_atomically
from mentormatch.text import visible

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = ("page.html.jinja", "comparison.html.jinja", "explanation.html.jinja")
"""The pages that there are."""


def render_report(problem: Problem, matching: Matching, details: Details = NO_DETAILS) -> str:
    """Return the report of a matching as one HTML page that needs nothing else.

    The page names people, their departments and languages of groups, and counts answers. It
    tells nobody's own availability, absences, needs or conflicts.

    Parameters
    ----------
    problem
        The problem that was matched.
    matching
        Its matching.
    details
        Names, places and links of groups.

    Raises
    ------
    InputError
        If the matching names somebody or a slot that the problem does not have.
    MissingExtraError
        If the packages of the extra ``cli`` are not installed.
    """

    def gathered() -> Any:
        from mentormatch.exporters.report.contents import contents

        return contents(problem, matching, details)

    return rendered("page.html.jinja", gathered)


def rendered(template: str, contents: Callable[[], Any]) -> str:
    """Return a page of one of the templates, with the style sheet and policy of all of them.

    What it shows is gathered only when it is sure that there are the packages to show it.

    Raises
    ------
    MissingExtraError
        If the packages of the extra ``cli`` are not installed.
    """
    page = _environment().get_template(template)
    style = _part("style.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return page.render(
        it=contents(),
        style=style,
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'",
    )


def write_report(
    problem: Problem, matching: Matching, path: str | Path, *, overwrite: bool = False
) -> None:
    """Write the report of a matching to a file that only its owner can read.

    Parameters
    ----------
    problem
        The problem that was matched.
    matching
        Its matching.
    path
        Where the page is to stand.
    overwrite
        Whether a file that is there already may be replaced.

    Raises
    ------
    FileExistsError
        If the file is there and may not be replaced.
    InputError
        If the matching names somebody or a slot that the problem does not have.
    MissingExtraError
        If the packages of the extra ``cli`` are not installed.
    """
    write_atomically(path, render_report(problem, matching), overwrite=overwrite)


def _part(name: str) -> str:
    return (files("mentormatch.exporters.report") / "page" / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    try:
        from jinja2 import DictLoader, Environment, StrictUndefined
    except ImportError:
        raise MissingExtraError(
            'The report needs more packages: pip install "mentormatch[cli]"'
        ) from None
    return Environment(
        autoescape=True,
        loader=DictLoader({name: _part(name) for name in TEMPLATES}),
        undefined=StrictUndefined,
        finalize=_without_control_characters,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _without_control_characters(value: Any) -> Any:
    # Markup is this package's own and is text with a different type.
    return visible(value) if type(value) is str else value
