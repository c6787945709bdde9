"""Figures for Prometheus, in its text format; no personal data and no ids of jobs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from threading import Lock

from mentormatch import __version__
from mentormatch.service.store import JobStatus

MEDIA_TYPE = "text/plain; version=0.0.4"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Upper ends of the histogram of answer times, in seconds."""


class Metrics:
    """Counts of what this process has answered since it began."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._buckets: dict[str, list[int]] = defaultdict(lambda: [0] * (len(BUCKETS) + 1))
        self._seconds: dict[str, float] = defaultdict(float)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answer; the route is the path's pattern."""
        place = next((n for n, end in enumerate(BUCKETS) if seconds <= end), len(BUCKETS))
        with self._lock:
            self._requests[method, route, status] += 1
            self._buckets[route][place] += 1
            self._seconds[route] += seconds

    def text(self, jobs: Mapping[JobStatus, int], streams: int) -> str:
        """Return all figures."""
        with self._lock:
            return "\n".join([*self._lines(jobs, streams), ""])

    def _lines(self, jobs: Mapping[JobStatus, int], streams: int) -> Iterator[str]:
        yield from _head("mentormatch_build_info", "gauge", "The version that runs.")
        yield f'mentormatch_build_info{{version="{__version__}"}} 1'
        yield from _head("mentormatch_jobs", "gauge", "Jobs in the store, by status.")
        for status, count in jobs.items():
            yield f'mentormatch_jobs{{status="{status}"}} {count}'
        yield from _head("mentormatch_event_streams", "gauge", "Open streams of events.")
        yield f"mentormatch_event_streams {streams}"
        yield from _head("mentormatch_http_requests_total", "counter", "Requests answered.")
        for (method, route, code), count in sorted(self._requests.items()):
            labels = f'method="{method}",route="{route}",status="{code}"'
            yield f"mentormatch_http_requests_total{{{labels}}} {count}"
        name = "mentormatch_http_request_seconds"
        yield from _head(name, "histogram", "Time until an answer began.")
        for route, counts in sorted(self._buckets.items()):
            total = 0
            for end, count in zip((*BUCKETS, "+Inf"), counts, strict=True):
                total += count
                yield f'{name}_bucket{{route="{route}",le="{end}"}} {total}'
            yield f'{name}_sum{{route="{route}"}} {self._seconds[route]:.6f}'
            yield f'{name}_count{{route="{route}"}} {total}'


def _head(name: str, kind: str, meaning: str) -> Iterator[str]:
    yield f"# HELP {name} {meaning}"
    yield f"# TYPE {name} {kind}"
