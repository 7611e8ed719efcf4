"""Writing never stands still behind a reader who does not read."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import TextIO

import pytest

from watcher.channels.stream import write

LONG = "قاسم سليماني " * 30_000


@pytest.fixture
def pipe() -> Iterator[tuple[int, TextIO]]:
    reading, writing = os.pipe()
    with os.fdopen(writing, "w", encoding="utf-8") as stream:
        yield reading, stream


def test_a_pipe_gets_the_whole_text_from_a_slow_reader(pipe: tuple[int, TextIO]) -> None:
    reading, stream = pipe
    parts: list[bytes] = []

    def read() -> None:
        while sum(map(len, parts)) < len(LONG.encode()):
            parts.append(os.read(reading, 65_536))

    reader = threading.Thread(target=read)
    reader.start()
    asyncio.run(write(stream, LONG))
    reader.join(10)
    os.close(reading)
    assert b"".join(parts).decode() == LONG


def test_while_nobody_reads_the_others_go_on(pipe: tuple[int, TextIO]) -> None:
    reading, stream = pipe
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            ticks += 1
            await asyncio.sleep(0.01)

    async def both() -> None:
        other = asyncio.create_task(tick())
        with pytest.raises(TimeoutError):
            await write(stream, LONG, patience_s=0.2)
        other.cancel()

    asyncio.run(both())
    os.close(reading)
    assert ticks > 2


def test_a_reader_who_is_gone_is_an_error(pipe: tuple[int, TextIO]) -> None:
    reading, stream = pipe
    os.close(reading)
    with pytest.raises(BrokenPipeError):
        asyncio.run(write(stream, "x"))


def test_a_file_gets_what_was_buffered_first(tmp_path: Path) -> None:
    with (tmp_path / "out").open("w", encoding="utf-8") as stream:
        stream.write("first ")
        asyncio.run(write(stream, "second"))
    assert (tmp_path / "out").read_text(encoding="utf-8") == "first second"


def test_letters_the_stream_does_not_know_become_question_marks(tmp_path: Path) -> None:
    with (tmp_path / "out").open("w", encoding="ascii") as stream:
        asyncio.run(write(stream, "قاسم ok"))
    assert (tmp_path / "out").read_text(encoding="ascii") == "???? ok"


def test_a_stream_without_descriptor_is_written_to_directly() -> None:
    stream = StringIO()
    asyncio.run(write(stream, "سليماني"))
    assert stream.getvalue() == "سليماني"
