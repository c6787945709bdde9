"""Templates: the library's own and those of a programme, found by language and filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from mentormatch.errors import Fault, InputError, MissingExtraError, nearest
from mentormatch.exporters.phrases import DEFAULT, PHRASES
from mentormatch.text import one_line

if TYPE_CHECKING:
    from jinja2 import Environment, Template

Kind = Literal["group", "person", "left_out", "change"]
KINDS: tuple[Kind, ...] = get_args(Kind)

ENDING = ".txt"
MAX_TEMPLATE = 100_000
"""Most bytes of a template."""

_NAME = re.compile(r"(group|person|left_out|change)(?:\.([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*))?\.txt")


class Templates:
    """The templates in force.

    Parameters
    ----------
    folder
        Own templates, or None if there are none.

    Raises
    ------
    InputError
        If the folder or a template in it cannot be read, or a template is none.
    MissingExtraError
        If the package of the extra ``cli`` that fills in templates is not installed.
    """

    def __init__(self, folder: Path | None) -> None:
        environment = _environment()
        self._found: dict[tuple[Kind, str | None], tuple[str, Template]] = {}
        for kind in KINDS:
            for language in PHRASES:
                self._found[kind, language] = _compiled(environment, *_built_in(kind, language))
        files_found = [] if folder is None else list(_own(folder))
        for kind in KINDS:
            own = {language: path for each, language, path in files_found if each == kind}
            if own:
                # A programme's own words come before ours in every language.
                for language in PHRASES:
                    self._found.pop((kind, language))
            for language_of_file, path in own.items():
                template = _compiled(environment, path.name, _text(path))
                self._found[kind, language_of_file] = template

    def language(self, kind: Kind, tag: str) -> str:
        """Return the language of the template for a group's language."""
        language = self._chosen(kind, tag)
        return tag if language is None else language

    def fill(self, kind: Kind, tag: str, **given: Any) -> str:
        """Return the text that a template makes.

        Raises
        ------
        InputError
            If the template fails.
        """
        name, template = self._found[kind, self._chosen(kind, tag)]
        try:
            text = template.render(**given)
        except Exception as error:  # noqa: BLE001  # A template can raise anything that its filters raise.
            message = f"fails: {type(error).__name__}: {one_line(str(error))[:200]}"
            raise InputError([Fault("wrong_template", name, message)]) from None
        return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"

    def _chosen(self, kind: Kind, tag: str) -> str | None:
        for language in (tag, tag.split("-", maxsplit=1)[0], None, DEFAULT):
            if (kind, language) in self._found:
                return language
        return min(language for each, language in self._found if each == kind and language)


def check_templates(folder: str | Path | None) -> None:
    """Refuse templates that cannot be read or are none.

    Raises
    ------
    InputError
        With what is wrong.
    MissingExtraError
        If the package of the extra ``cli`` that fills in templates is not installed.
    """
    Templates(None if folder is None else Path(folder))


def _own(folder: Path) -> Iterator[tuple[Kind, str | None, Path]]:
    """Yield the templates in a folder, each with its kind and language."""
    try:
        paths = [path for path in sorted(folder.iterdir()) if path.suffix == ENDING]
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise InputError([Fault("no_templates", str(folder), message)]) from None
    if not paths:
        message = f"holds no template such as person{ENDING} or person.fi{ENDING}"
        raise InputError([Fault("no_templates", str(folder), message)])
    for path in paths:
        match = _NAME.fullmatch(path.name)
        kind = next((kind for kind in KINDS if match and match[1] == kind), None)
        if match is None or kind is None:
            near = nearest(path.name, [f"{kind}{ENDING}" for kind in KINDS])
            message = "is not the name of a template"
            raise InputError([Fault("unknown_template", path.name, message, near)])
        yield kind, match[2], path


def _text(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_TEMPLATE + 1)
        if len(data) > MAX_TEMPLATE:
            raise _fault(path.name, f"is larger than {MAX_TEMPLATE:,} bytes")
        return data.decode("utf-8-sig")
    except OSError as error:
        raise _fault(path.name, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise _fault(path.name, "is not UTF-8 text") from None


def _built_in(kind: Kind, language: str) -> tuple[str, str]:
    name = f"{kind}.{language}.txt.jinja"
    path = files("mentormatch.exporters") / "templates" / name
    return name, path.read_text(encoding="utf-8")


def _compiled(environment: Environment, name: str, text: str) -> tuple[str, Template]:
    from jinja2 import TemplateSyntaxError

    try:
        return name, environment.from_string(text)
    except TemplateSyntaxError as error:
        message = f"is not a template: {error.message}"
        raise _fault(f"{name} line {error.lineno}", message) from None


def _fault(where: str, message: str) -> InputError:
    return InputError([Fault("wrong_template", where, message)])


@lru_cache(maxsize=1)
def _environment() -> Environment:
    try:
        from jinja2 import StrictUndefined
        from jinja2.sandbox import ImmutableSandboxedEnvironment
    except ImportError:
        message = 'Texts need a package: pip install "mentormatch[cli]"'
        raise MissingExtraError(message) from None
    return ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # The texts are plain; nothing in them is markup.
        autoescape=False,
    )
