"""Logs of the service: one JSON object a line, with ids and figures and no names."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

FIELDS = (
    "job",
    "attempt",
    "worker",
    "status",
    "stored",
    "count",
    "method",
    "route",
    "milliseconds",
    "client",
    "error",
    "address",
)
"""What may stand in a line; other fields of a record, and its traceback, are not written."""


class JsonLines(logging.Formatter):
    """Writes each record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname.lower(), "event": record.msg}
        line.update(
            (name, value) for name in FIELDS if (value := getattr(record, name, None)) is not None
        )
        return json.dumps(line, ensure_ascii=False)


def log_to_stderr(level: int = logging.INFO) -> None:
    """Write the service's log to standard error; only programs that are the service do that."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("mentormatch.service")
    logger.handlers[:] = [handler]
    logger.setLevel(level)
    logger.propagate = False
