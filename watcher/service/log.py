"""What the daemon says about itself: one line an event, for a person or for a program.

An event is a short fixed word with key=value pairs. Values come from the whole world, so a line
passes through these steps, always in this order: mask secrets, take out what steers a terminal or
forges a line, tell errors in one line, write.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterable, MutableMapping
from datetime import datetime, timedelta
from pathlib import PurePath
from traceback import extract_tb
from types import TracebackType
from typing import Any, TextIO

import structlog

from watcher.alerts import tidy
from watcher.config import LogFormat, LogLevel

Fields = MutableMapping[str, Any]
Log = structlog.typing.FilteringBoundLogger
MASK = "***"
# Webhook addresses of Slack, signing secrets, passwords inside addresses, wherever they turn up.
SECRET_SHAPES = re.compile(
    r"(?<=hooks\.slack\.com/)[\w/.%-]+|(?<=whsec_)[\w+/=-]+|(?<=://)[^\s/@]+(?=@)"
)
PLAIN = re.compile(r"[^\s\"'=]+")


class Masks:
    """The secrets that must never stand in a log; more may be added while running."""

    def __init__(self) -> None:
        self._secrets: frozenset[str] = frozenset()

    def add(self, secrets: Iterable[str]) -> None:
        """Mask these from now on, too; short ones would blot out common words and are left."""
        self._secrets |= {secret for secret in secrets if len(secret) >= 6}

    def hide(self, text: str) -> str:
        """The text with every secret replaced by ***."""
        for secret in sorted(self._secrets, key=len, reverse=True):
            text = text.replace(secret, MASK)
        return SECRET_SHAPES.sub(MASK, text)


def open_log(  # noqa: PLR0913 - each is one decision of the operator
    stream: TextIO,
    masks: Masks,
    *,
    now: Callable[[], datetime],
    form: LogFormat = LogFormat.AUTO,
    level: LogLevel = LogLevel.INFO,
    wanted: Callable[[str, str, Fields], bool] = lambda *_: True,
) -> Log:
    """A log that writes to the stream.

    Args:
        stream: text; standard error in the daemon.
        masks: what is masked in each line.
        now: the clock, aware, in UTC.
        form: AUTO writes text to a terminal and JSON to anything else.
        level: events below it are left out.
        wanted: given the level, the event and its fields, says whether it is written at all.
    """
    if form is LogFormat.AUTO:
        form = LogFormat.TEXT if stream.isatty() else LogFormat.JSON

    def steps(_: object, name: str, fields: Fields) -> str:
        error = fields.pop("error", None)
        if isinstance(error, BaseException):
            fields.update(_told(error))
        event = str(fields.pop("event"))
        if not wanted(name, event, fields):
            raise structlog.DropEvent
        fit = {key: _fit(value, masks) for key, value in fields.items()}
        return WRITERS[form](now(), name, event, fit)

    log: Log = structlog.wrap_logger(
        _Lines(stream),
        processors=[steps],
        wrapper_class=structlog.make_filtering_bound_logger(_number(level)),
        cache_logger_on_first_use=False,
    )
    return log


class Bridge(logging.Handler):
    """Sends warnings and errors of the libraries into the log, as the event `library`."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Log what a library said."""
        error = record.exc_info[1] if record.exc_info else None
        extra = {"error": error} if error else {}
        self._log.log(
            record.levelno, "library", name=record.name, says=record.getMessage(), **extra
        )


class _Lines:
    """The stream as structlog wants it; a reader who has gone must not end the daemon."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def msg(self, line: str) -> None:
        """Write one line at once."""
        try:
            self._stream.write(line + "\n")
            self._stream.flush()
        except (OSError, ValueError):
            return

    debug = info = warning = error = critical = msg


def _as_json(now: datetime, level: str, event: str, fields: Fields) -> str:
    head = {"at": _stamp(now), "level": level, "event": event}
    return json.dumps(head | dict(fields), ensure_ascii=False)


def _as_text(now: datetime, level: str, event: str, fields: Fields) -> str:
    mark = "" if level in {"info", "debug"} else f"{level.upper()} "
    pairs = "".join(f" {key}={_worded(value)}" for key, value in fields.items())
    return f"{now.astimezone():%H:%M:%S} {mark}{event}{pairs}"


WRITERS = {LogFormat.JSON: _as_json, LogFormat.TEXT: _as_text}


def _worded(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return text if PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _fit(value: object, masks: Masks) -> object:
    """A value as both writers take it: a number, or a masked text of one line."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime):
        return _stamp(value)
    if isinstance(value, timedelta):
        return round(value.total_seconds(), 3)
    return tidy(masks.hide(str(value)))


def _told(error: BaseException) -> dict[str, str]:
    """An error in one line: what it is, and where it was raised, innermost first."""
    return {
        "error": f"{type(error).__name__}: {error}" if str(error) else type(error).__name__,
        "trace": " < ".join(_places(error.__traceback__)),
    }


def _places(trace: TracebackType | None) -> list[str]:
    frames = extract_tb(trace)[-12:]
    return [f"{_short(frame.filename)}:{frame.lineno}" for frame in reversed(frames)]


def _short(filename: str) -> str:
    return "/".join(PurePath(filename).parts[-2:])


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _number(level: LogLevel) -> int:
    number: int = logging.getLevelNamesMapping()[level.upper()]
    return number
