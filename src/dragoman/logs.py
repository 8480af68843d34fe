"""What a command does, told while it does it: lines for a person, JSON lines for a program.

A line of the file is one JSON object (https://jsonlines.org): ``time`` (UTC, ISO 8601), ``level``, ``logger``,
``event``, and whatever else the event tells. All is ASCII, so that no name or text of a document steers the terminal of
who reads it. Passwords within addresses are left out. Nothing that a build writes depends on a log.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

__all__ = ["LOGGER", "event", "log_to_file", "log_to_terminal", "stop_logging", "without_passwords"]

LOGGER = logging.getLogger("dragoman")
"""Where the commands tell what they do: it handles what :func:`event` makes."""

_USER = re.compile(r"(?<=://)[^/?#\s@]*@")


def event(name: str, /, **fields: object) -> logging.LogRecord:
    """Something that happened, and what is to be told of it."""
    return LOGGER.makeRecord(LOGGER.name, logging.INFO, "", 0, name, (), None, extra={"fields": fields})


def log_to_file(path: Path) -> logging.Handler:
    """Add a line to the file at `path` for each event from now on; of libraries, for what they hold worth telling.

    :raises OSError: if the file cannot be written.
    """
    handler = logging.FileHandler(path, encoding="ascii")
    handler.setFormatter(_JsonLines())
    return _begun(handler)


def log_to_terminal(stream: TextIO | None = None) -> logging.Handler:
    """Print a line for each event from now on, on stderr unless another `stream` is given."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Lines())
    return _begun(handler)


def stop_logging() -> None:
    """End what :func:`log_to_file` and :func:`log_to_terminal` began."""
    root = logging.getLogger()
    for handler in root.handlers[:]:
        if isinstance(handler.formatter, _JsonLines | _Lines):
            root.removeHandler(handler)
            handler.close()
    LOGGER.setLevel(logging.NOTSET)


def without_passwords(text: str) -> str:
    """`text` with the user and password of each address in it left out.

    >>> without_passwords("https://ana:secret@example.org/store")
    'https://…@example.org/store'
    """
    return _USER.sub("…@", text)


def _begun(handler: logging.Handler) -> logging.Handler:
    handler.setLevel(logging.INFO)
    logging.getLogger().addHandler(handler)
    LOGGER.setLevel(logging.INFO)
    return handler


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """The event as a JSON object on one line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **_fields(record),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps({key: _safe(value) for key, value in line.items()})


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """The event as a line of text, without signs that steer a terminal."""
        from dragoman.report import plain

        told = ", ".join(f"{key} {value}" for key, value in _fields(record).items())
        return plain(without_passwords(f"{record.name}: {record.getMessage()}{': ' if told else ''}{told}"))


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    return getattr(record, "fields", {})


def _safe(value: Any) -> Any:
    if isinstance(value, str):
        return without_passwords(value)
    if isinstance(value, list | tuple):
        return [_safe(item) for item in value]
    return value if isinstance(value, int | float | None) else without_passwords(str(value))
