"""Requests generated from the OpenAPI document, right and wrong ones, against a service."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable

UNKNOWN = "0" * 64

HOSTILE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=40),
    st.sampled_from(
        ["", " ", "\0", "\u202e", "a" * 5000, "../../etc/passwd", "'; DROP TABLE jobs; --"]
    ),
    st.sampled_from([[], {}, [[]], {"": {}}, [None] * 300, [{}] * 3, {"$ref": "#"}]),
)
"""What programs send that are broken or mean no good."""


def checked_calls(
    schemathesis: Any,
    address: str,
    chosen: settings,
    *,
    jobs: tuple[str, ...] = (UNKNOWN,),
    valid: Mapping[str, Any],
) -> int:
    """Send generated requests and check every answer against the document.

    Parameters
    ----------
    schemathesis
        The module; it is only of the extra ``dev``.
    address
        Where the service listens.
    chosen
        How many requests for each operation and mode, and how they are drawn.
    jobs
        Ids that are used besides generated ones.
    valid
        A request for a job that is right; others are made from it, each wrong in one place.

    Returns
    -------
    int
        How many requests were answered.
    """
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_headers_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

    checks = [
        not_a_server_error,
        status_code_conformance,
        content_type_conformance,
        response_headers_conformance,
        response_schema_conformance,
    ]
    schema = schemathesis.openapi.from_url(f"{address}/openapi.json")
    made = 0
    for strategy in _strategies(schemathesis, schema, jobs, valid):

        @chosen
        @given(strategy)
        def call(case: Any) -> None:
            nonlocal made
            response = case.call(base_url=address, timeout=60)
            case.validate_response(response, checks=checks)
            made += 1

        try:
            call()
        except Unsatisfiable:
            # An operation without parameters cannot be asked wrongly.
            continue
    return made


def _strategies(
    schemathesis: Any, schema: Any, jobs: tuple[str, ...], valid: Mapping[str, Any]
) -> Iterator[Any]:
    modes = schemathesis.GenerationMode
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in (modes.POSITIVE, modes.NEGATIVE):
            yield operation.as_strategy(generation_mode=mode)
        if "{id}" in operation.path:
            for job in jobs:
                yield operation.as_strategy(path_parameters={"id": job})
        if operation.method.upper() == "POST":
            yield st.builds(
                partial(operation.Case, media_type="application/json"), body=_spoilt(valid)
            )


@st.composite
def _spoilt(draw: st.DrawFn, valid: Mapping[str, Any]) -> Any:
    """Return the request with one value of it replaced by another one, or left out."""
    request: Any = json.loads(json.dumps(valid))
    place: Any = request
    while True:
        keys = sorted(place) if isinstance(place, dict) else list(range(len(place)))
        key = draw(st.sampled_from(keys))
        inner = place[key]
        if isinstance(inner, dict | list) and inner and draw(st.integers(0, 4)):
            place = inner
            continue
        if draw(st.integers(0, 5)):
            place[key] = draw(HOSTILE)
        else:
            del place[key]
        return request
