"""The desk over HTTP: the page, and what it asks for.

Python judges every move; the page shows what it is told. The routes are added to those of the
service, which looks after tokens, hosts and headers.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from importlib.resources import files
from typing import Any

from anyio.to_thread import run_sync
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.responses import StreamingResponse as Stream
from starlette.routing import Route

from mentormatch.desk.actions import Accepting, read_action
from mentormatch.desk.parts import with_parts
from mentormatch.desk.session import OutdatedError, Session
from mentormatch.desk.solving import Mode, Solve
from mentormatch.desk.view import (
    changes_view,
    exchanges_view,
    person_view,
    places_view,
    round_view,
    solve_view,
)
from mentormatch.errors import Fault, InputError
from mentormatch.evaluate.verify import verify
from mentormatch.messages.catalogue import LOCALES, Locale
from mentormatch.service.http.guard import COOKIE
from mentormatch.service.http.problems import ProblemError, bad_input
from mentormatch.whatif.wording import changes_text

MOST_BODY = 4 * 2**20
"""Largest body of a request, in bytes."""

LONGEST_SOLVE = 600.0
"""Longest time limit of a search, in seconds."""

POLL_SECONDS = 0.25
"""How often a stream looks whether a search has got on."""

TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}

HandOut = Callable[[Session], Sequence[str]]
"""Writes everything that is handed out, and says what was written."""


class Desk:
    """The handlers of one round's desk.

    Parameters
    ----------
    session
        The round.
    hand_out
        What writes the files that are handed out.
    """

    def __init__(self, session: Session, hand_out: HandOut) -> None:
        self._session = session
        self._hand_out = hand_out
        self._solve: Solve | None = None

    def routes(self) -> list[Route]:
        """Return what the desk answers."""
        return [
            Route("/", self._to_page, methods=["GET"]),
            Route("/desk", self._page, methods=["GET"]),
            Route("/desk/enter", self._enter, methods=["GET"]),
            Route("/desk/files/{name}", self._file, methods=["GET"]),
            Route("/desk/round", self._round, methods=["GET"]),
            Route("/desk/actions", self._act, methods=["POST"]),
            Route("/desk/undo", self._undo, methods=["POST"]),
            Route("/desk/redo", self._redo, methods=["POST"]),
            Route("/desk/places", self._places, methods=["GET"]),
            Route("/desk/exchanges", self._exchanges, methods=["GET"]),
            Route("/desk/people/{person:path}", self._person, methods=["GET"]),
            Route("/desk/left-out", self._left_out, methods=["GET"]),
            Route("/desk/changes", self._changes, methods=["GET"]),
            Route("/desk/solve", self._solve_begin, methods=["POST"]),
            Route("/desk/solve", self._solve_state, methods=["GET"]),
            Route("/desk/solve", self._solve_stop, methods=["DELETE"]),
            Route("/desk/solve/events", self._solve_events, methods=["GET"]),
            Route("/desk/accept", self._accept, methods=["POST"]),
            Route("/desk/hand-out", self._hand_out_files, methods=["POST"]),
        ]

    async def _to_page(self, _request: Request) -> Response:
        return RedirectResponse("/desk", 303)

    async def _page(self, request: Request) -> Response:
        text = _resource("desk.html").decode()
        locale = _locale(request)
        html = text.replace('lang="en"', f'lang="{locale}"', 1)
        return HTMLResponse(html, headers={"Cache-Control": "no-store"})

    async def _enter(self, request: Request) -> Response:
        """Keep the token of a link in the browser, out of reach of scripts, and of the address."""
        token = request.query_params.get("token", "")
        service = request.app.state.service
        if service.client_of(token) is None:
            raise ProblemError(401, "no_token", "This link is not of the desk that is open now.")
        response = RedirectResponse("/desk", 303)
        response.set_cookie(COOKIE, token, httponly=True, samesite="strict", path="/")
        return response

    async def _file(self, request: Request) -> Response:
        name = request.path_params["name"]
        ending = name.rpartition(".")[2]
        if ending not in TYPES or name not in _names():
            raise HTTPException(404)
        return Response(
            _resource(name), media_type=TYPES[ending], headers={"Cache-Control": "no-cache"}
        )

    async def _round(self, request: Request) -> Response:
        return await self._told(request)

    async def _act(self, request: Request) -> Response:
        body = await _body(request)
        return await self._changed(
            request, lambda: self._session.do(read_action(body.get("action")), _after(body))
        )

    async def _undo(self, request: Request) -> Response:
        body = await _body(request)
        return await self._changed(request, lambda: self._session.undo(_after(body)))

    async def _redo(self, request: Request) -> Response:
        body = await _body(request)
        return await self._changed(request, lambda: self._session.redo(_after(body)))

    async def _places(self, request: Request) -> Response:
        person = request.query_params.get("person", "")
        leaving = request.query_params.get("leaving") or None

        def found() -> Any:
            with self._session.lock:
                judge = self._session.judge
                return {
                    "revision": self._session.revision,
                    "places": places_view(
                        judge.problem, judge.places(person, leaving), _locale(request)
                    ),
                }

        return await _asked(found)

    async def _exchanges(self, request: Request) -> Response:
        person = request.query_params.get("person", "")

        def found() -> Any:
            judge = self._session.judge
            return exchanges_view(judge.problem, judge.exchanges(person), _locale(request))

        return await _asked(found)

    async def _person(self, request: Request) -> Response:
        person = request.path_params["person"]
        return await _asked(lambda: person_view(self._session.state, person, _locale(request)))

    async def _left_out(self, request: Request) -> Response:
        from mentormatch.explain.left_out import explain_left_out

        locale = _locale(request)

        def found() -> Any:
            state = self._session.state
            # Without a solve: what single steps from the groups as they are show.
            report = explain_left_out(state.problem, state.matching, time_limit=0.0, repairs=1)
            return [
                {
                    "person": one.person,
                    "reason": one.reason.text(locale),
                    "repair": changes_text(state.problem, one.repairs[0].changes, locale)
                    if one.repairs
                    else "",
                }
                for one in report.people
            ]

        return await _asked(found)

    async def _changes(self, request: Request) -> Response:
        session = self._session
        return await _asked(lambda: changes_view(session.start, session.state, _locale(request)))

    async def _solve_begin(self, request: Request) -> Response:
        body = await _body(request)
        mode: Mode = "best" if body.get("mode") == "best" else "least"
        seconds = body.get("seconds", 20.0)
        if not isinstance(seconds, int | float) or not 0 < seconds <= LONGEST_SOLVE:
            message = f"must be a number of seconds, more than 0 and at most {LONGEST_SOLVE:g}"
            raise bad_input(InputError([Fault("wrong_value", "seconds", message)]))
        if self._solve is not None and self._solve.stage == "running":
            raise ProblemError(409, "busy", "A search is running already; end it first.")
        with self._session.lock:
            state, revision = self._session.state, self._session.revision
        self._solve = Solve(state, revision, mode, float(seconds))
        self._solve.begin()
        return JSONResponse(solve_view(self._solve, _locale(request)), 202)

    async def _solve_state(self, request: Request) -> Response:
        solve = self._running()
        return await _asked(lambda: solve_view(solve, _locale(request)))

    async def _solve_stop(self, _request: Request) -> Response:
        self._running().stop()
        return Response(status_code=204)

    async def _solve_events(self, request: Request) -> Response:
        solve = self._running()
        locale = _locale(request)

        async def told() -> AsyncIterator[str]:
            seen = -1
            while True:
                stage, count = solve.stage, len(solve.events)
                if count != seen or stage != "running":
                    seen = count
                    view = await run_sync(lambda: solve_view(solve, locale))
                    yield f"data: {json.dumps(view)}\n\n"
                if stage != "running" or await request.is_disconnected():
                    return
                await asyncio.sleep(POLL_SECONDS)

        return Stream(told(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def _accept(self, request: Request) -> Response:
        body = await _body(request)
        solve = self._running()
        proposal = solve.proposal
        if proposal is None or not proposal.matching.groups:
            raise ProblemError(409, "no_proposal", "There are no proposed groups to take.")
        wanted = body.get("parts")
        known = [part.number for part in proposal.parts]
        taken = known if wanted is None else [one for one in wanted if one in known]
        groups = with_parts(solve.state.matching, proposal.matching, taken)
        return await self._changed(
            request, lambda: self._session.do(Accepting(groups=groups), solve.revision)
        )

    async def _hand_out_files(self, request: Request) -> Response:
        body = await _body(request)

        def written() -> Any:
            with self._session.lock:
                if _after(body) not in (None, self._session.revision):
                    raise OutdatedError("the round was changed in another window since")
                state = self._session.state
                report = verify(state.problem, state.matching)
                if not report.ok:
                    count = len(report.findings)
                    raise ProblemError(
                        409, "not_valid", f"{count} hard rules are broken; mend that first."
                    )
                return {"written": list(self._hand_out(self._session))}

        return await _asked(written)

    async def _changed(self, request: Request, change: Callable[[], object]) -> Response:
        await _in_thread(change)
        return await self._told(request)

    async def _told(self, request: Request) -> Response:
        def view() -> Any:
            with self._session.lock:
                return round_view(self._session, _locale(request))

        return await _asked(view)

    def _running(self) -> Solve:
        if self._solve is None:
            raise ProblemError(404, "no_search", "No search has been begun.")
        return self._solve


async def _asked(found: Callable[[], Any]) -> Response:
    content = await _in_thread(found)
    return JSONResponse(content, headers={"Cache-Control": "no-store"})


async def _in_thread(function: Callable[[], Any]) -> Any:
    """Call a function in a thread, and tell its faults as problem details."""
    try:
        return await run_sync(function)
    except InputError as error:
        raise bad_input(error) from None
    except OutdatedError as error:
        raise ProblemError(409, "outdated", str(error)) from None


async def _body(request: Request) -> Mapping[str, Any]:
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise ProblemError(415, "not_json", "This takes JSON.")
    sent = bytearray()
    async for chunk in request.stream():
        sent += chunk
        if len(sent) > MOST_BODY:
            raise ProblemError(413, "too_large", "That is too large.")
    try:
        read = json.loads(sent)
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        raise ProblemError(400, "not_json", "This is no JSON object.")
    return read


def _after(body: Mapping[str, Any]) -> int | None:
    after = body.get("after")
    if after is None:
        return None
    if not isinstance(after, int) or isinstance(after, bool):
        raise InputError([Fault("wrong_value", "after", "must be a revision, a whole number")])
    return after


def _locale(request: Request) -> Locale:
    """Return the language that the address or else the browser asks for, of those there are."""
    wished = request.query_params.get("lang")
    for locale in LOCALES:
        if wished == locale:
            return locale
    for part in request.headers.get("accept-language", "").split(","):
        tag = part.partition(";")[0].strip().partition("-")[0].lower()
        for locale in LOCALES:
            if tag == locale:
                return locale
    return "en"


def _resource(name: str) -> bytes:
    return files("mentormatch.desk").joinpath("page", name).read_bytes()


def _names() -> set[str]:
    return {each.name for each in files("mentormatch.desk").joinpath("page").iterdir()}
