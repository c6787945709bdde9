"""The application: routes from the table of endpoints, pages, and what others add."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from mentormatch.service.core import Service
from mentormatch.service.http.endpoint import Endpoint, Handler
from mentormatch.service.http.endpoints import ENDPOINTS
from mentormatch.service.http.guard import ON_ERROR, Guard
from mentormatch.service.http.openapi import openapi
from mentormatch.service.http.pages import PAGES, PUBLIC_PAGES
from mentormatch.service.settings import Settings


def create_app(
    settings: Settings,
    *,
    extra_routes: Sequence[BaseRoute] = (),
    public_paths: Iterable[str] = (),
) -> Starlette:
    """Return the service as an ASGI application.

    Handlers find the service as ``request.app.state.service``, and who asks, a digest, as
    ``request.state.client``.

    Parameters
    ----------
    settings
        Everything that can be chosen.
    extra_routes
        Further routes, such as pages, which come first. They need a token as all others do;
        a browser sends it as a cookie after ``/login``.
    public_paths
        Paths of theirs that need no token; one that ends in ``/`` stands for all below it.

    Raises
    ------
    InputError
        If the store's address is of no database that is known.
    """
    service = Service(settings)
    free = [endpoint.path for endpoint in ENDPOINTS if endpoint.public]
    guard = Middleware(Guard, service=service, public=[*free, *PUBLIC_PAGES, *public_paths])
    app = Starlette(
        routes=[*extra_routes, *_routes(), *PAGES],
        middleware=[guard],
        exception_handlers=ON_ERROR,  # type: ignore[arg-type]
        lifespan=_lifespan,
    )
    app.router.redirect_slashes = False
    app.state.service = service
    app.state.openapi = openapi()
    return app


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    service: Service = app.state.service
    service.start()
    try:
        yield
    finally:
        service.stop()


def _routes() -> list[Route]:
    by_path: dict[str, list[Endpoint]] = {}
    for endpoint in ENDPOINTS:
        by_path.setdefault(endpoint.path, []).append(endpoint)
    return [Route(path, _Resource(path, endpoints)) for path, endpoints in by_path.items()]


class _Resource:
    """Everything at one path, so that a wrong method is told which ones are right."""

    def __init__(self, path: str, endpoints: Sequence[Endpoint]) -> None:
        self._path = path
        self._handlers: dict[str, Handler] = {one.method: one.handler for one in endpoints}
        self._allowed = ", ".join(sorted(self._handlers))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["state"]["pattern"] = self._path
        handler = self._handlers.get(scope["method"])
        if handler is None:
            raise HTTPException(405, headers={"Allow": self._allowed})
        request: Any = Request(scope, receive, send)
        response = await handler(request)
        await response(scope, receive, send)
