"""JSON lines in and out: one object a line, UTF-8; a bad line is told and passed over."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NoReturn

from watcher.archive.document import LARGEST, Refused, string, too_large


@dataclass(frozen=True, slots=True)
class Line:
    """An object that stood on a line of its own; `place` as in `Refused`."""

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
        return string(self.value, key, default)


def read_lines(raw: Iterable[bytes], name: str, first: int = 1) -> Iterator[Line | Refused]:
    """Read objects from lines as they come; empty lines are passed over in silence.

    Args:
        raw: lines of bytes, such as an open file.
        name: what to call the file in messages.
        first: the number of the first of these lines.
    """
    for number, line in enumerate(raw, start=first):
        stripped = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
        if len(line) - line.endswith(b"\n") > LARGEST:
            yield too_large(f"{name}:{number}")
        elif stripped:
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


def _read(line: bytes, place: str) -> Line | Refused:
    try:
        value = _DECODER.decode(line.decode())
    except UnicodeDecodeError as error:
        return Refused(place, f"not UTF-8 at byte {error.start + 1} of the line; write it in UTF-8")
    except json.JSONDecodeError as error:
        asked = "" if line.startswith(b"{") else "; write one {…} a line"
        return Refused(place, f"not JSON at column {error.colno}: {error.msg.lower()}{asked}")
    except (ValueError, RecursionError) as error:
        return Refused(place, f"JSON that cannot be taken: {error}")
    if not isinstance(value, dict):
        return Refused(place, "not an object; write one {…} a line")
    return Line(place, value)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a number of JSON")


_DECODER = json.JSONDecoder(parse_constant=_refuse)
