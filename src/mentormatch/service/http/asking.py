"""Reading requests: bodies within limits, what is accepted, what is preferred."""

from __future__ import annotations

import asyncio
import math
import re

from starlette.requests import ClientDisconnect, Request

from mentormatch.errors import Fault
from mentormatch.service.http.problems import ProblemError

_WAIT = re.compile(r"(?:^|[,;\s])wait\s*=\s*\"?(\d{1,9})\"?(?:$|[,;\s])", re.IGNORECASE)


async def body_of(request: Request, *, most: int, seconds: float) -> bytes:
    """Return the body of a request that is JSON.

    Raises
    ------
    ProblemError
        If it is of another type, too large or too slow.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise ProblemError(
            415,
            "not_json",
            "The body must be JSON, with Content-Type: application/json.",
            headers={"Accept": "application/json"},
        )
    too_large = ProblemError(413, "too_large", f"The body may have {most:,} bytes at most.")
    stated = request.headers.get("content-length", "")
    if stated.isdigit() and int(stated) > most:
        raise too_large
    received = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.stream():
                received += chunk
                if len(received) > most:
                    raise too_large
    except TimeoutError:
        told = f"The body did not come within {seconds:g} seconds."
        raise ProblemError(408, "too_slow", told, headers={"Connection": "close"}) from None
    except ClientDisconnect:
        raise ProblemError(400, "broken_off", "The body was broken off.") from None
    return bytes(received)


def check_accepts(request: Request, *kinds: str) -> None:
    """Check that the client takes one of these media types.

    Raises
    ------
    ProblemError
        If it takes none of them.
    """
    stated = ",".join(request.headers.getlist("accept")).strip()
    if not stated:
        return
    for one in stated.split(","):
        wanted, *parameters = (part.strip().lower() for part in one.split(";"))
        refused = any(re.fullmatch(r"q\s*=\s*0(\.0*)?", part) for part in parameters)
        if not refused and any(_covers(wanted, kind) for kind in kinds):
            return
    raise ProblemError(406, "not_acceptable", f"The answer is of type {' or '.join(kinds)}.")


def _covers(wanted: str, kind: str) -> bool:
    return wanted in ("*/*", kind, f"{kind.partition('/')[0]}/*")


def wait_of(request: Request, most: float) -> float | None:
    """Return the seconds that ``Prefer: wait=N`` asks for; None if it does not."""
    found = _WAIT.search(",".join(request.headers.getlist("prefer")))
    return None if found is None else min(float(found.group(1)), most)


def whole(request: Request, name: str, default: int, *, least: int, most: int) -> int:
    """Return a whole number from the query.

    Raises
    ------
    ProblemError
        If it is no such number or out of its range.
    """
    stated = request.query_params.get(name)
    if stated is None:
        return default
    value = int(stated) if re.fullmatch(r"-?[0-9]{1,18}", stated) else math.nan
    if not least <= value <= most:
        message = f"This must be a whole number from {least} to {most}."
        raise refused("query", name, message)
    return int(value)


def choice(request: Request, name: str, choices: tuple[str, ...]) -> str | None:
    """Return one of some words from the query; None if it is not stated.

    Raises
    ------
    ProblemError
        If it is another word.
    """
    stated = request.query_params.get(name)
    if stated is None or stated in choices:
        return stated
    raise refused("query", name, f"This must be one of {', '.join(choices)}.")


def refused(code: str, where: str, message: str) -> ProblemError:
    """Return the answer to a parameter that cannot be used."""
    told = "1 fault in what was sent."
    return ProblemError(422, "bad_input", told, faults=[Fault(code, where, message)])
