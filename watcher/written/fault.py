"""What is wrong with a file, told so that its writer finds the place and knows what to write."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

_WINDOW = 100
"""Cells of a source line that are shown; a longer line is cut around the column."""


_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


TOLD = 200
"""Faults of one file that are told one by one; nobody mends more at a time, and a file that is
wrong in every line shall cost no more than one that is right."""


class Severity(StrEnum):
    """Whether a file can be taken in spite of a fault."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong in one file.

    Attributes:
        file: the path as people know it.
        line: counted from 1; 0 if the fault is about the file as a whole.
        column: counted from 1 in code points; 0 if the fault is about the file as a whole.
        message: what is wrong, in plain words.
        line_text: the line as it stands in the file; "" if there is none to show.
        hint: what to write instead; "" if the message says it all.
        severity: an error stops the file from being taken, a warning does not.
    """

    file: str
    message: str
    line: int = 0
    column: int = 0
    line_text: str = ""
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """`file:line:column: message`, one line without control characters."""
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        mark = "warning: " if self.severity is Severity.WARNING else ""
        return visible(f"{place}: {mark}{self.message}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands: what a fault needs to know about the file.

    Attributes:
        file: the path as people know it.
        line: counted from 1; 0 for the file as a whole.
        column: counted from 1 in code points; 0 for the file as a whole.
        line_text: the line as it stands in the file.
    """

    file: str
    line: int = 0
    column: int = 0
    line_text: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def fault(self, message: str, hint: str = "") -> Fault:
        """An error at this place."""
        return self._told(message, hint, Severity.ERROR)

    def warning(self, message: str, hint: str = "") -> Fault:
        """A warning at this place."""
        return self._told(message, hint, Severity.WARNING)

    def _told(self, message: str, hint: str, severity: Severity) -> Fault:
        return Fault(
            file=self.file,
            line=self.line,
            column=self.column,
            line_text=self.line_text,
            message=message,
            hint=hint,
            severity=severity,
        )


def render(fault: Fault) -> str:
    """The fault in up to four lines: place and message, source line, caret, what to write."""
    lines = [str(fault)]
    if fault.line_text.strip():
        before, shown = _window(fault.line_text, fault.column - 1)
        lines += [f"    {shown}", f"    {' ' * cells(before)}^"]
    if fault.hint:
        lines.append(visible(f"    {fault.hint}"))
    return "\n".join(lines)


def cells(text: str) -> int:
    """How many columns of a terminal a text takes.

    Marks and format characters take none, wide East Asian letters two (UAX #11), others one.
    """
    return sum(_width(char) for char in text)


def visible(text: str) -> str:
    """The text with U+FFFD for each character that could disturb a terminal.

    These are the control characters, lone surrogates, and what overrides the direction of text.
    """
    return "".join("\ufffd" if _is_unruly(char) else char for char in text)


def order(fault: Fault) -> tuple[str, int, int]:
    """A sort key: by file, then by place."""
    return fault.file, fault.line, fault.column


def cap(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The first `TOLD` faults of each file, in order of place, and how many more there are."""
    by_file: dict[str, list[Fault]] = {}
    for fault in sorted(faults, key=order):
        by_file.setdefault(fault.file, []).append(fault)
    return tuple(told for each in by_file.values() for told in _capped(each))


def _capped(faults: list[Fault]) -> Iterator[Fault]:
    yield from faults[:TOLD]
    if len(faults) > TOLD:
        first = faults[TOLD]
        called = "faults" if first.severity is Severity.ERROR else "warnings"
        message = f"from here on there are {len(faults) - TOLD:,} more {called}; mend these first"
        yield replace(first, message=message, hint="", line_text="")


def _is_unruly(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs"} or char in _OVERRIDES


def _width(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def _window(line: str, column: int) -> tuple[str, str]:
    """What is shown of a line, and the part of that before the column."""
    start = max(0, column - _WINDOW // 2) if len(line) > _WINDOW else 0
    head = "…" if start else ""
    tail = "…" if len(line) > start + _WINDOW else ""
    shown = line[start : start + _WINDOW].replace("\t", " ")
    return head + visible(shown[: column - start]), head + visible(shown).rstrip() + tail
