"""What stands before every handler: the host, the token, the log, and errors nobody expected."""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Callable, Iterable
from time import monotonic
from urllib.parse import quote

from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mentormatch.service.core import Service
from mentormatch.service.http.problems import ProblemError, answer

LOG = logging.getLogger("mentormatch.service")

COOKIE = "mentormatch_token"
"""Where a browser keeps the token, out of reach of scripts and of other sites."""

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
METHODS = (*SAFE_METHODS, "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT")

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; form-action 'self'",
}


class Guard:
    """Wraps the application.

    Parameters
    ----------
    app
        What answers those who may ask.
    service
        Whose tokens and hosts are right.
    public
        Paths that need no token; one that ends in ``/`` stands for all below it.
    """

    def __init__(self, app: ASGIApp, service: Service, public: Iterable[str]) -> None:
        self._app, self._service = app, service
        self._public = frozenset(path for path in public if not path.endswith("/"))
        self._below = tuple(path for path in public if path.endswith("/"))
        self._hosts = frozenset(
            {
                "localhost",
                service.settings.host.lower(),
                *(h.lower() for h in service.settings.hosts),
            }
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check a request, hand it on, and log what became of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, told = monotonic(), _Told(send)
        try:
            await self._checked(scope, receive, told)
        except Exception as error:  # noqa: BLE001  # The last place where it can be told.
            problem = _unexpected(error)
            if told.status is None:
                await answer(problem)(scope, receive, told)
        finally:
            self._log(scope, told, (told.began or monotonic()) - began)

    async def _checked(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            self._check_host(request.headers)
            scope.setdefault("state", {})["client"] = self._client_of(request)
        except ProblemError as error:
            await self._refusal(request, error)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _check_host(self, headers: Headers) -> None:
        """Refuse names that are not ours: a page elsewhere may have rebound its own name to us."""
        stated = headers.get("host", "")
        name = _name_of(stated).lower().rstrip(".")
        if name in self._hosts or _is_address(name):
            return
        raise ProblemError(421, "wrong_host", "This service is not known under this name.")

    def _client_of(self, request: Request) -> str:
        headers, path = request.headers, request.url.path
        public = path in self._public or path.startswith(self._below or ("\0",))
        scheme, _, value = headers.get("authorization", "").partition(" ")
        token = value.strip() if scheme.lower() == "bearer" else None
        from_cookie = token is None
        if from_cookie:
            token = request.cookies.get(COOKIE)
        client = self._service.client_of(token)
        if client is None and not public:
            raise ProblemError(
                401,
                "no_token",
                "A bearer token is needed that this service knows.",
                headers={"WWW-Authenticate": 'Bearer realm="mentormatch"'},
            )
        # What a browser sends by itself must not act for a page of another site.
        if from_cookie and request.method not in SAFE_METHODS and _from_elsewhere(headers):
            raise ProblemError(403, "other_site", "A page of another site sent this request.")
        return client or "anybody"

    def _refusal(self, request: Request, error: ProblemError) -> Response:
        wants_page = "text/html" in request.headers.get("accept", "")
        if error.status == 401 and wants_page and request.method in SAFE_METHODS:
            return RedirectResponse(f"/login?next={quote(request.url.path)}", 303)
        return answer(error)

    def _log(self, scope: Scope, told: _Told, seconds: float) -> None:
        # The pattern and not the path: in a path could stand anything, such as a name.
        pattern = scope.get("state", {}).get("pattern", "other")
        method = scope["method"] if scope["method"] in METHODS else "OTHER"
        status = told.status or 499
        self._service.metrics.answered(method, pattern, status, seconds)
        fields = {
            "method": method,
            "route": pattern,
            "status": status,
            "milliseconds": round(seconds * 1000, 1),
            "client": scope.get("state", {}).get("client", "nobody"),
        }
        LOG.info("request", extra=fields)


class _Told:
    """Passes an answer on, and notes its status and when it began."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status: int | None = None
        self.began: float | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.began = message["status"], monotonic()
            stated = {name.lower() for name, _ in message.get("headers", ())}
            message["headers"] = [
                *message.get("headers", ()),
                *(
                    (name.lower().encode(), value.encode())
                    for name, value in HEADERS.items()
                    if name.lower().encode() not in stated
                ),
            ]
        await self._send(message)


def _unexpected(error: Exception) -> ProblemError:
    if isinstance(error, SQLAlchemyError):
        LOG.error("store out of reach", extra={"error": type(error).__name__})
        return ProblemError(
            503, "no_store", "The store is out of reach.", headers={"Retry-After": "5"}
        )
    # Its text may repeat what was sent.
    LOG.error("internal error", extra={"error": type(error).__name__})
    return ProblemError(500, "internal", "This is a fault of the service.")


async def on_problem(_request: Request, error: Exception) -> Response:
    """Answer a request that a handler refuses."""
    if not isinstance(error, ProblemError):
        raise error
    return answer(error)


async def on_http(_request: Request, error: Exception) -> Response:
    """Answer a path or a method that there is not."""
    if not isinstance(error, HTTPException):
        raise error
    told = {
        404: ("not_found", "There is nothing at this path."),
        405: ("wrong_method", "This path does not take this method."),
    }
    code, detail = told.get(error.status_code, ("refused", "The request is refused."))
    return answer(ProblemError(error.status_code, code, detail, headers=error.headers))


ON_ERROR: dict[type[Exception], Callable[..., object]] = {
    ProblemError: on_problem,
    HTTPException: on_http,
}


def _name_of(host: str) -> str:
    """Return the name in a Host header without its port."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0] if host.count(":") == 1 else host


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _from_elsewhere(headers: Headers) -> bool:
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] != headers.get("host")
