"""Log lines as text for people or as JSON for machines, each with the id of the request it belongs to."""

from __future__ import annotations

import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime

import orjson

from xrm.settings import Settings

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
# what a log call may add to its line beside the message
FACTS = ("method", "path", "status", "duration_ms", "client", "worker")


class TextFormatter(logging.Formatter):
    """`2026-11-25T09:30:00Z INFO xrm.access message [request id]`."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        request = REQUEST_ID.get()
        head = f"{_moment(record)} {record.levelname} {record.name} {record.getMessage()}"
        trace = f"\n{self.formatException(record.exc_info)}" if record.exc_info else ""
        return f"{head} [{request}]{trace}" if request else head + trace


class JsonFormatter(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        entry = {"time": _moment(record), "level": record.levelname, "logger": record.name}
        entry["message"] = record.getMessage()
        entry |= {name: getattr(record, name) for name in FACTS if hasattr(record, name)}
        if request := REQUEST_ID.get():
            entry["requestId"] = request
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return orjson.dumps(entry, default=str).decode()


def configure(settings: Settings) -> None:
    """Send every log line of this process to standard error in the form that is set."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if settings.log_format == "json" else TextFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    # the driver tells every retry, uvicorn every socket: their warnings are enough
    for name in ("neo4j", "uvicorn", "uvicorn.error", "uvicorn.access", "websockets"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
