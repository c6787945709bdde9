"""Handlers besides those of jobs: health, figures, the description, demo data."""

from __future__ import annotations

from typing import get_args

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from mentormatch import __version__
from mentormatch.service import metrics
from mentormatch.service.http.asking import check_accepts, choice, whole
from mentormatch.service.http.running import off_loop, service_of
from mentormatch.synthetic import PRESETS, Difficulty, generate

MOST_STUDENTS = 5_000
"""Students of a made-up round."""

MOST_SEED = 2**31 - 1


async def health(request: Request) -> Response:
    """Tell that this process runs."""
    check_accepts(request, "application/json")
    return JSONResponse({"status": "ok", "version": __version__})


async def ready(request: Request) -> Response:
    """Tell whether jobs are taken and done."""
    check_accepts(request, "application/json")
    service = service_of(request)
    try:
        able = await off_loop(lambda: service.ready)
    except SQLAlchemyError:
        able = False
    said = "ok" if able else "unavailable"
    return JSONResponse({"status": said, "version": __version__}, 200 if able else 503)


async def figures(request: Request) -> Response:
    """Give figures for Prometheus."""
    check_accepts(request, "text/plain", "application/openmetrics-text")
    service = service_of(request)
    counts = await off_loop(service.store.counts)
    text = service.metrics.text(counts, service.streams)
    return PlainTextResponse(text, headers={"Content-Type": metrics.MEDIA_TYPE})


async def demo(request: Request) -> Response:
    """Make up a round with no real people in it."""
    check_accepts(request, "application/json")
    students = whole(request, "students", 40, least=1, most=MOST_STUDENTS)
    seed = whole(request, "seed", 0, least=0, most=MOST_SEED)
    difficulty: Difficulty = choice(request, "difficulty", get_args(Difficulty)) or "standard"  # type: ignore[assignment]
    problem = await off_loop(
        lambda: generate(students=students, seed=seed, recipe=PRESETS[difficulty]).to_json(
            indent=None
        )
    )
    return Response(problem, media_type="application/json")


async def description(request: Request) -> Response:
    """Hand out the OpenAPI document."""
    check_accepts(request, "application/json")
    return JSONResponse(request.app.state.openapi)
