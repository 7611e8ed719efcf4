"""JSON lines in and out: one object a line, UTF-8; a bad line is told and passed over."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NoReturn


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that could not be taken.

    Attributes:
        place: the file's name and the line's number, "names.jsonl:14".
        message: what is wrong and what is expected.
    """

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Line:
    """An object that stood on a line of its own; `place` as in `BadLine`."""

    place: str
    value: dict[str, object]

    def text(self, key: str, default: str | None = None) -> str:
        """The string under a key.

        Args:
            key: the key.
            default: what stands for a key that is missing or null; None if it must be there.

        Raises:
            ValueError: there is no such key, or its value is no string; the message says which.
        """
        value = self.value.get(key)
        if value is None and default is not None:
            return default
        if isinstance(value, str):
            return value
        what = f'"{key}" is no string' if key in self.value else f'there is no "{key}"'
        raise ValueError(f'{what}; write "{key}": "…"')


def read_lines(raw: Iterable[bytes], name: str) -> Iterator[Line | BadLine]:
    """Read objects from lines as they come; empty lines are passed over in silence.

    Args:
        raw: lines of bytes, such as an open file.
        name: what to call the file in messages.
    """
    for number, line in enumerate(raw, start=1):
        stripped = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
        if stripped:
            yield _read(stripped, f"{name}:{number}")


def write_line(value: dict[str, object]) -> str:
    """One object as a line without its newline; letters stand as they are.

    A lone surrogate, which UTF-8 cannot hold, makes the line be written in ASCII escapes.
    """
    line = json.dumps(value, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(value)
    return line


def _read(line: bytes, place: str) -> Line | BadLine:
    try:
        value = json.loads(line.decode(), parse_constant=_refuse)
    except UnicodeDecodeError as error:
        return BadLine(place, f"not UTF-8 at byte {error.start + 1} of the line; write it in UTF-8")
    except json.JSONDecodeError as error:
        return BadLine(place, f"not JSON at column {error.colno}: {error.msg.lower()}")
    except (ValueError, RecursionError) as error:
        return BadLine(place, f"JSON that cannot be taken: {error}")
    if not isinstance(value, dict):
        return BadLine(place, "not an object; write one {…} a line")
    return Line(place, value)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a number of JSON")
