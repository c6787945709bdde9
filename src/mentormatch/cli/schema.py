"""Print the JSON schema of a document."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

import typer

from mentormatch.cli.serving import check_extra
from mentormatch.cli.streams import write_result
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.exit_codes import ExitCode


class Document(StrEnum):
    """The documents that have a schema."""

    PROBLEM = "problem"
    MATCHING = "matching"
    OPENAPI = "openapi"


DOCUMENTS: Mapping[Document, type[Problem | Matching]] = {
    Document.PROBLEM: Problem,
    Document.MATCHING: Matching,
}


def run(
    document: Annotated[Document, typer.Argument(help="Which document.")] = Document.PROBLEM,
) -> ExitCode:
    """Print the JSON schema of problems or matchings, or the service's OpenAPI document."""
    if document is Document.OPENAPI:
        check_extra()
        from mentormatch.service.http.openapi import openapi

        schema = openapi()
    else:
        schema = DOCUMENTS[document].json_schema()
    write_result(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", None, force=False)
    return ExitCode.DONE
