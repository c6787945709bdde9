"""Print the JSON schema of a document."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from mentormatch.cli.answering import answer_with
from mentormatch.cli.guard import UsageError
from mentormatch.cli.serving import check_extra
from mentormatch.cli.streams import write_result
from mentormatch.data.documents import JsonDocument
from mentormatch.errors import nearest
from mentormatch.exit_codes import ExitCode

OPENAPI = "openapi"
"""The one document that is no JSON schema: what the service answers to."""

Name = Annotated[
    str | None,
    typer.Argument(help="Which document; without a name all are listed.", show_default=False),
]


def run(name: Name = None) -> ExitCode:
    """Print the JSON schema of a document, or list them."""
    from mentormatch.cli.documents import Schemas

    known = documents()
    names = (*known, OPENAPI)
    if name is None:
        answer_with(Schemas(names=names))
        width = max(map(len, known))
        lines = [f"{each:<{width}}  {_about(model)}\n" for each, model in known.items()]
        lines.append(f"{OPENAPI:<{width}}  The OpenAPI document of the service.\n")
        write_result("".join(lines), None, force=False)
        return ExitCode.DONE
    if name not in names:
        near = nearest(name, names)
        hint = f" (did you mean {near}?)" if near else ""
        raise UsageError(f"There is no document {name!r}{hint}; known are {', '.join(names)}.")
    schema = _openapi() if name == OPENAPI else known[name].json_schema()
    answer_with(Schemas(names=(name,), document=schema))
    write_result(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", None, force=False)
    return ExitCode.DONE


def _openapi() -> dict[str, Any]:
    check_extra()
    from mentormatch.service.http.openapi import openapi

    return openapi()


def documents() -> Mapping[str, type[JsonDocument]]:
    """Return every document that other programs read or write, by the name in its format."""
    from mentormatch.certificates.certificate import Certificate
    from mentormatch.cli import documents as own
    from mentormatch.data.problem import Problem
    from mentormatch.exporters.purge import PurgedMatching
    from mentormatch.operations import OPERATIONS, Envelope, EventRecord

    models: list[type[JsonDocument]] = [
        Problem,
        *(operation.result for operation in OPERATIONS.values()),
        Envelope,
        EventRecord,
        PurgedMatching,
        own.Imported,
        own.HandedOut,
        own.Versions,
        own.VersionDifference,
        own.PlaceGiven,
        own.StatedRule,
        Certificate,
        own.Schemas,
    ]
    return {str(model.model_fields["format"].default).split("/")[1]: model for model in models}


def _about(model: type[JsonDocument]) -> str:
    return (model.__doc__ or "").split("\n", maxsplit=1)[0]
