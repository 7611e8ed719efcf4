"""Bytes to the text of a file, and the lines that faults show."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from watcher.written.fault import Fault, Place

LIMIT_BYTES = 16 * 1024 * 1024
"""The largest file that is read as YAML: about a hundred thousand entities."""

_SHOWN = 10
"""Stray characters reported in one file; more would hide the rest."""

# What YAML 1.2 (production c-printable) does not allow, and the line separators besides \n and \r:
# editors do not count those as lines, so every later place would be off.
_STRAY = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_BREAK = re.compile("\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Source:
    """A file's name and text.

    Attributes:
        file: the path as people know it.
        text: the whole text, without a byte order mark.
        lines: the text cut at its line ends.
    """

    file: str
    text: str
    lines: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lines", tuple(_BREAK.split(self.text)))

    def place(self, line: int, column: int) -> Place:
        """The place at a line and column, both from 1; beyond the end means the end."""
        line = min(line, len(self.lines))
        text = self.lines[line - 1]
        return Place(file=self.file, line=line, column=min(column, len(text) + 1), line_text=text)

    def place_at(self, offset: int) -> Place:
        """The place of a code point of the text."""
        before = _BREAK.split(self.text[:offset])
        return self.place(len(before), len(before[-1]) + 1)


def read_source(file: str, data: bytes | str) -> tuple[Source, tuple[Fault, ...]]:
    """The text of a file, and why it cannot be read as YAML (nothing if it can).

    Refused: more than `LIMIT_BYTES`, bytes that are not UTF-8, characters that YAML forbids.
    """
    if len(data) > LIMIT_BYTES:
        fault = Place(file=file).fault(
            f"the file is larger than {LIMIT_BYTES // 1024**2} MB",
            "split it into several files",
        )
        return Source(file, ""), (fault,)
    if isinstance(data, str):
        source = Source(file, data.removeprefix("\ufeff"))
        return source, _strays(source)
    return _decode(file, data)


def _decode(file: str, data: bytes) -> tuple[Source, tuple[Fault, ...]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        fault = Place(file=file).fault("the file is UTF-16", "save it as UTF-8")
        return Source(file, ""), (fault,)
    bare = data.removeprefix(b"\xef\xbb\xbf")
    try:
        source = Source(file, bare.decode())
    except UnicodeDecodeError as error:
        return _not_utf8(file, bare, error.start, len(data) - len(bare))
    return source, _strays(source)


def _not_utf8(file: str, data: bytes, start: int, skipped: int) -> tuple[Source, tuple[Fault, ...]]:
    source = Source(file, data.decode(errors="replace"))
    fault = source.place_at(len(data[:start].decode())).fault(
        f"byte 0x{data[start]:02X} (offset {start + skipped}) is not UTF-8",
        "save the file as UTF-8",
    )
    return source, (fault,)


def _strays(source: Source) -> tuple[Fault, ...]:
    found = [match for _, match in zip(range(_SHOWN), _STRAY.finditer(source.text), strict=False)]
    return tuple(
        source.place_at(match.start()).fault(
            f"an invisible character (U+{ord(match[0]):04X}) stands here", "delete it"
        )
        for match in found
    )
