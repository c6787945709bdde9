"""Pages for people: signing in with a token, and a job that is followed as it runs."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from mentormatch.service.http.asking import check_accepts
from mentormatch.service.http.guard import COOKIE
from mentormatch.service.http.problems import ProblemError
from mentormatch.service.http.running import job_of_path, service_of

HTML = "text/html"
MOST_FORM_BYTES = 10_000

_SHELL = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="/assets/icon.svg">
<link rel="stylesheet" href="/assets/page.css">
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
{scripts}
</body>
</html>
"""

_JOB = """<dl id="job" data-events="/v1/jobs/{id}/events" data-job="/v1/jobs/{id}">
<dt>Kind</dt><dd>{kind}</dd>
<dt>People</dt><dd>{people:,}</dd>
<dt>Status</dt><dd id="status" aria-live="polite">{status}</dd>
<dt>Doing</dt><dd id="phase">-</dd>
<dt>Time</dt><dd><span id="elapsed">0</span> s of at most {seconds:g} s</dd>
</dl>
<table>
<caption>Cost of each tier so far, and the least that is proven possible</caption>
<thead><tr><th scope="col">Tier</th><th scope="col">Value</th><th scope="col">Bound</th>
<th scope="col">Gap</th></tr></thead>
<tbody id="tiers"></tbody>
</table>
<p><button id="end" type="button"{ended}>End it and keep the best so far</button>
<a id="result" href="/v1/jobs/{id}/result"{unfinished}>Result (JSON)</a></p>
<noscript><p>Reload this page to see how the job stands.</p></noscript>
"""

_LOGIN = """<form method="post" action="/login">
<p><label for="token">Token</label>
<input id="token" name="token" type="password" autocomplete="current-password" required></p>
<input name="next" type="hidden" value="{next}">
<p><button>Sign in</button></p>
{wrong}
</form>
"""

_ASSETS = {"icon.svg": "image/svg+xml", "page.css": "text/css", "job.js": "text/javascript"}


async def job_page(request: Request) -> Response:
    """Show a job and follow it."""
    check_accepts(request, HTML)
    job = await job_of_path(request)
    body = _JOB.format(
        id=job.id,
        kind=escape(job.kind),
        people=job.people,
        status=job.status,
        seconds=job.seconds,
        ended=" hidden" if job.over else "",
        unfinished="" if job.over else " hidden",
    )
    scripts = '<script src="/assets/job.js" defer></script>'
    return _page(f"Job {job.id[:12]}", body, scripts)


async def login_form(request: Request) -> Response:
    """Ask for the token."""
    return _login(request.query_params.get("next", "/"), wrong=False)


async def login(request: Request) -> Response:
    """Keep a token in the browser that sent it, out of reach of scripts."""
    if request.headers.get("content-type", "").partition(";")[0] != (
        "application/x-www-form-urlencoded"
    ):
        raise ProblemError(415, "not_a_form", "This takes a form.")
    sent = bytearray()
    async for chunk in request.stream():
        sent += chunk
        if len(sent) > MOST_FORM_BYTES:
            raise ProblemError(413, "too_large", "The form is too large.")
    fields = parse_qs(sent.decode(errors="replace"))
    token, target = fields.get("token", [""])[0], fields.get("next", ["/"])[0]
    if service_of(request).client_of(token) is None:
        return _login(target, wrong=True)
    response = RedirectResponse(_inside(target), 303)
    response.set_cookie(
        COOKIE,
        token,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
        path="/",
    )
    return response


async def asset(request: Request) -> Response:
    """Hand out a stylesheet or a script."""
    name = request.path_params["name"]
    if name not in _ASSETS:
        raise ProblemError(404, "not_found", "There is nothing at this path.")
    content = files("mentormatch.service").joinpath("assets", name).read_bytes()
    return Response(content, media_type=_ASSETS[name], headers={"Cache-Control": "no-cache"})


async def icon(_request: Request) -> Response:
    """Answer browsers that look for an icon beside documents that name none."""
    return RedirectResponse("/assets/icon.svg", 301)


def _login(target: str, *, wrong: bool) -> Response:
    told = '<p role="alert">This token is not known here.</p>' if wrong else ""
    body = _LOGIN.format(next=escape(_inside(target), quote=True), wrong=told)
    return _page("mentormatch: sign in", body, status=401 if wrong else 200)


def _inside(target: str) -> str:
    """Return a path of this service: what leads elsewhere leads to the start."""
    safe = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if safe and target.isprintable() else "/"


def _page(title: str, body: str, scripts: str = "", *, status: int = 200) -> Response:
    text = _SHELL.format(title=escape(title), body=body, scripts=scripts)
    return HTMLResponse(text, status, headers={"Cache-Control": "no-store"})


PAGES = [
    Route("/jobs/{id}", job_page, methods=["GET"]),
    Route("/login", login_form, methods=["GET"]),
    Route("/login", login, methods=["POST"]),
    Route("/assets/{name}", asset, methods=["GET"]),
    Route("/favicon.ico", icon, methods=["GET"]),
]
PUBLIC_PAGES = ("/login", "/assets/", "/favicon.ico")
