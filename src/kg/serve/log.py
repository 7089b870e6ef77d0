"""The server's log: one JSON object a line. It holds no query, no token, and nothing of a request but its path."""

from __future__ import annotations

import json
import logging
import sys
import time
from typing import TextIO

from kg.serve.messages import Request, Response

NAME = "kg.serve"


class Lines(logging.Formatter):
    """A record as JSON: when (UTC), how grave, and either the fields of a request or a message."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        when = f"{self.formatTime(record, '%Y-%m-%dT%H:%M:%S')}.{int(record.msecs):03d}Z"
        fields = getattr(record, "fields", None) or {"message": " ".join(record.getMessage().split())}
        if record.exc_info and (error := record.exc_info[1]):
            fields = {**fields, "error": f"{type(error).__name__}: {' '.join(str(error).split())}"}
        return json.dumps({"time": when, "level": record.levelname.lower(), **fields}, ensure_ascii=False)


class Traced(Lines):
    """The same with the traceback of an error, for `--debug`."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, then the traceback as it is."""
        line = super().format(record)
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def begun(stream: TextIO | None = None, *, debug: bool = False, quiet: bool = False) -> logging.Logger:
    """The log, on stderr; `quiet` leaves out requests that went well."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Traced() if debug else Lines())
    for name in (NAME, "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(logging.WARNING if quiet or name != NAME else logging.INFO)
    return logging.getLogger(NAME)


def told(log: logging.Logger, request: Request, response: Response, seconds: float) -> None:
    """A line on a request. The query string is left out: it may say what somebody is looking for."""
    fields = {
        "peer": request.peer,
        "method": request.method,
        "path": request.path,
        "status": response.status,
        "bytes": len(response.body),
        "ms": round(seconds * 1000, 1),
    }
    cause = response.cause
    error = (type(cause), cause, cause.__traceback__) if cause else None
    level = logging.ERROR if response.status == 500 else logging.WARNING if cause else logging.INFO
    log.log(level, "request", extra={"fields": fields}, exc_info=error)
