"""What the server counts about itself, under the names of OpenTelemetry, in the text format of Prometheus."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterator, Mapping

# the bounds that OpenTelemetry advises for http.server.request.duration, in seconds
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0)
MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
Key = tuple[str, str, int]


class Metrics:
    """The counters of one process."""

    def __init__(self) -> None:
        self.active = 0
        self.sockets = 0
        self._counts: dict[Key, list[int]] = {}
        self._seconds: dict[Key, float] = {}

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request that has been answered."""
        key = (method if method in METHODS else "_OTHER", route, status)
        counts = self._counts.get(key)
        if counts is None:
            counts = self._counts[key] = [0] * (len(BOUNDS) + 1)
            self._seconds[key] = 0.0
        counts[bisect_left(BOUNDS, seconds)] += 1
        self._seconds[key] += seconds

    def text(self, *, deprecated: Mapping[str, int]) -> str:
        """Everything counted so far, here and of what operations use though it is deprecated."""
        return "\n".join([*self._histogram(), *self._gauges(), *_deprecated(deprecated), ""])

    def _histogram(self) -> Iterator[str]:
        name = "http_server_request_duration_seconds"
        yield f"# HELP {name} Duration of HTTP requests."
        yield f"# TYPE {name} histogram"
        for key, counts in self._counts.items():
            labels = _labels(*key)
            total = 0
            for bound, count in zip((*map(str, BOUNDS), "+Inf"), counts, strict=True):
                total += count
                yield f'{name}_bucket{{{labels},le="{bound}"}} {total}'
            yield f"{name}_sum{{{labels}}} {self._seconds[key]:.6f}"
            yield f"{name}_count{{{labels}}} {total}"

    def _gauges(self) -> Iterator[str]:
        worker = f'process_pid="{os.getpid()}"'
        for name, meaning, value in (
            ("http_server_active_requests", "HTTP requests that are being answered.", self.active),
            ("graphql_server_active_sockets", "WebSockets that are open.", self.sockets),
        ):
            yield f"# HELP {name} {meaning}"
            yield f"# TYPE {name} gauge"
            yield f"{name}{{{worker}}} {value}"


def _deprecated(counts: Mapping[str, int]) -> Iterator[str]:
    name = "graphql_server_deprecated_uses_total"
    yield f"# HELP {name} Operations that used something deprecated, by its coordinate in the schema."
    yield f"# TYPE {name} counter"
    for coordinate, count in sorted(counts.items()):
        yield f'{name}{{coordinate="{coordinate}",process_pid="{os.getpid()}"}} {count}'


def _labels(method: str, route: str, status: int) -> str:
    return (
        f'http_request_method="{method}",http_route="{route}",'
        f'http_response_status_code="{status}",process_pid="{os.getpid()}"'
    )
