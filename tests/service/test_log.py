"""Lines of the log, as a person and as a program read them."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from watcher.config import LogFormat, LogLevel
from watcher.service.log import Bridge, Log, Masks, open_log

NOON = datetime(2026, 11, 21, 12, 0, 0, 250_000, tzinfo=UTC)
SLACK = "https://hooks.slack.com/services/T000/B000/abcDEF123"


def opened(
    form: LogFormat = LogFormat.JSON, level: LogLevel = LogLevel.INFO, *secrets: str
) -> tuple[Log, io.StringIO]:
    masks, stream = Masks(), io.StringIO()
    masks.add(secrets)
    return open_log(stream, masks, now=lambda: NOON, form=form, level=level), stream


def one(stream: io.StringIO) -> Any:
    (line,) = stream.getvalue().splitlines()
    return json.loads(line)


def failure(act: Callable[[], object]) -> Exception:
    """The error that the act ends in."""
    try:
        act()
    except Exception as error:  # noqa: BLE001 - any will do
        return error
    raise AssertionError("it did not fail")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Closed(io.StringIO):
    def write(self, line: str) -> int:
        raise BrokenPipeError(line)


def test_an_event_is_one_object_for_programs() -> None:
    log, stream = opened()
    log.info("looked", source="Example", new=3, due=NOON, took=timedelta(seconds=1.25), health=None)
    assert one(stream) == {
        "at": "2026-11-21T12:00:00.250Z",
        "level": "info",
        "event": "looked",
        "source": "Example",
        "new": 3,
        "due": "2026-11-21T12:00:00.250Z",
        "took": 1.25,
        "health": None,
    }


def test_an_event_is_one_short_line_for_people() -> None:
    log, stream = opened(LogFormat.TEXT)
    log.info("looked", source="Example", new=3)
    log.warning("held", reason="same story", entity='a "b"')
    first, second = stream.getvalue().splitlines()
    assert first.endswith(" looked source=Example new=3")
    assert second.endswith(' WARNING held reason="same story" entity="a \\"b\\""')


def test_the_form_follows_the_stream() -> None:
    for stream, start in ((Terminal(), ""), (io.StringIO(), "{")):
        open_log(stream, Masks(), now=lambda: NOON).info("started")
        assert stream.getvalue().startswith(start)
        assert ("{" in stream.getvalue()) == bool(start)


def test_events_below_the_level_are_left_out() -> None:
    log, stream = opened(LogFormat.JSON, LogLevel.WARNING)
    log.info("looked")
    log.warning("dead")
    assert one(stream)["event"] == "dead"


def test_events_that_nobody_wants_are_left_out() -> None:
    stream = io.StringIO()
    log = open_log(stream, Masks(), now=lambda: NOON, wanted=lambda *told: told[2]["new"] > 0)
    for new in (0, 1):
        log.info("looked", new=new)
    assert stream.getvalue().count("looked") == 1


def test_secrets_are_masked_known_or_by_their_shape() -> None:
    log, stream = opened(LogFormat.JSON, LogLevel.INFO, "s3cret-value", "s3cret", "ab")
    log.error(
        "dead",
        reason=f"cannot post to {SLACK}",
        secret="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        url="https://user:word@example.org/x?key=s3cret-value",
        list=["s3cret-value"],
        about="about",
    )
    line = one(stream)
    assert line["reason"] == "cannot post to https://hooks.slack.com/***"
    assert line["secret"] == "whsec_***"
    assert line["url"] == "https://***@example.org/x?key=***"
    assert line["list"] == "['***']"
    assert line["about"] == "about"


def test_an_error_is_told_in_one_line_with_its_places() -> None:
    log, stream = opened()
    log.error("failed", source="Example", error=failure(lambda: int("two\nlines")))
    line = one(stream)
    assert line["error"].startswith("ValueError: invalid literal")
    assert line["trace"].startswith("service/test_log.py:")
    assert " < service/test_log.py:" in line["trace"]


def test_an_error_without_words_is_told_by_its_kind() -> None:
    log, stream = opened()
    log.error("failed", error=TimeoutError())
    assert one(stream)["error"] == "TimeoutError"


def test_what_libraries_say_is_an_event_too() -> None:
    log, stream = opened()
    library = logging.getLogger("a.library.of.the.tests")
    library.propagate = False
    library.addHandler(Bridge(log))
    library.info("below the bar")
    library.warning("took %s s", 3)
    library.error("broke", exc_info=failure(lambda: {}["x"]))
    first, second = (json.loads(line) for line in stream.getvalue().splitlines())
    assert (first["event"], first["name"], first["says"]) == ("library", library.name, "took 3 s")
    assert (second["level"], second["error"]) == ("error", "KeyError: 'x'")


def test_a_reader_who_has_gone_does_not_end_the_daemon() -> None:
    open_log(Closed(), Masks(), now=lambda: NOON).info("started")


@given(st.text(), st.sampled_from([LogFormat.JSON, LogFormat.TEXT]))
def test_no_text_forges_a_line_or_steers_a_terminal(text: str, form: LogFormat) -> None:
    log, stream = opened(form)
    log.info("looked", source=text, says=f"\x1b[2J\n{text}")
    written = stream.getvalue()
    assert written.count("\n") == 1
    assert written.endswith("\n")
    assert len(written.splitlines()) == 1
    assert all(
        letter.isprintable() or letter in "\n\u200c\u200d" or ord(letter) > 0x9F
        for letter in written
    )
    written.encode()
