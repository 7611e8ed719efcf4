"""What may stand in a file: the types of fields, each with the words it is refused in.

Every scalar arrives as text, so each type reads text. A reader takes an already read value as it
is, so that records can also be made in Python.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, ValidationInfo

from watcher.written.told import ANY_TEXT, LENGTH, OR_ONE, Also, shape

_LONGEST_NAME = 1000
"""Letters; the longest names of the official lists hold about 700."""

_LONGEST_TIME = timedelta(days=36_500)
"""A hundred years: twice that before or after today is still a date."""

_SHOWN = 100
"""Letters of a text that are repeated in a fault."""

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_DURATION = re.compile(r"([0-9]{1,6})([smhd])")
_BARE_ADDRESS = re.compile(r"[\w-]+(\.[\w-]+)+(:\d{1,5})?(/\S{0,100})?")
_YES = frozenset({"true", "yes", "on"})
_NO = frozenset({"false", "no", "off"})

T = TypeVar("T")


def _text(value: Any) -> str:
    """Text without what no text of ours may hold."""
    if not isinstance(value, str):
        raise ValueError(f"{describe(value)} stands where a text is expected")  # noqa: TRY004
    for char in value:
        if char not in "\t\n" and unicodedata.category(char) in {"Cc", "Cs"}:
            raise ValueError(f"an invisible character (U+{ord(char):04X}) stands in this text")
    if not value.strip():
        raise ValueError("this text is empty")
    return value


def _line(value: Any) -> str:
    """One line without spaces at its ends."""
    return " ".join(_text(value).split())


def _name(value: Any) -> str:
    """A name: one line with a letter in it."""
    name = _line(value)
    if not any(char.isalpha() for char in name):
        raise ValueError(f"{describe(name)} has no letter, so it cannot be a name")
    if len(name) > _LONGEST_NAME:
        raise ValueError(f"a name has at most {_LONGEST_NAME} letters, this one {len(name)}")
    return name


def _id(value: Any) -> str:
    """A word that other places of a file refer to."""
    word = _line(value)
    if " " in word:
        raise ValueError(f'"{word}" has a space in it; write "{word.replace(" ", "-")}"')
    return word


def _duration(value: Any) -> timedelta:
    """A length of time: digits and a unit."""
    if isinstance(value, timedelta):
        return value
    found = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        raise ValueError(f"{describe(value)} is not a length of time; write 30s, 15m, 6h or 2d")
    length = timedelta(**{_UNITS[found[2]]: int(found[1])})
    if length > _LONGEST_TIME:
        raise ValueError(f"{describe(value)} is over a hundred years; write 36500d or less")
    return length


def _score(value: Any) -> float:
    """A number from 0 to 1."""
    try:
        score = float(value)
    except (TypeError, ValueError):
        score = -1.0
    if not 0.0 <= score <= 1.0:
        raise ValueError(f"{describe(value)} is not a score; write a number from 0 to 1, like 0.85")
    return score


def _count(value: Any) -> int:
    """A whole number from 1 up."""
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    if isinstance(value, str) and re.fullmatch("[0-9]{1,9}", value) and int(value) > 0:
        return int(value)
    raise ValueError(f"{describe(value)} is not a number of things; write a whole number from 1 up")


def _flag(value: Any) -> bool:
    """Yes or no, as YAML 1.1 spells them."""
    word = str(value).lower()
    if word not in _YES | _NO:
        raise ValueError(f"{describe(value)} is neither yes nor no; write true or false")
    return word in _YES


def read_url(value: Any) -> str:
    """An http or https address with a host, as written; raises ValueError."""
    address = _line(value)
    try:
        parts = urlsplit(address)
        fine = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        raise ValueError(f"{describe(address)} is not an address of the web") from None
    if parts.scheme not in {"http", "https"}:
        whole = address if _BARE_ADDRESS.fullmatch(address) else "…"
        raise ValueError(
            f"{describe(address)} is not an http or https address; write https://{whole}"
        )
    if not fine or " " in address:
        raise ValueError(f"{describe(address)} is not an address of the web")
    return address


def _path(value: Any, info: ValidationInfo) -> Path:
    """A path, from the folder that the file stands in (`folder` of the context)."""
    folder = Path((info.context or {}).get("folder", ""))
    path = value if isinstance(value, Path) else Path(_line(value))
    if path.parts[:1] == ("~",) and not isinstance(value, Path):
        raise ValueError(
            f'"~" is not expanded here; write the whole path, or ./{value} if that is its name'
        )
    return Path(os.path.normpath(folder / path))


def listed(value: Any) -> Any:
    """A list may be one text; nothing is an empty list."""
    if value is None:
        return ()
    return [value] if isinstance(value, str) else value


def or_none(read: Callable[[Any], Any]) -> Callable[[Any, ValidationInfo], Any]:
    """A reader that takes the word `none` for None; a key left empty in a file is no such word."""

    def read_or_none(value: Any, info: ValidationInfo) -> Any:
        if value == "none" or (value is None and info.context is None):
            return None
        return read(value)

    return read_or_none


def at_least(least: timedelta, words: str) -> Callable[[timedelta], timedelta]:
    """A check that a length of time is not shorter than `least`, called `words` in the fault."""

    def check(value: timedelta) -> timedelta:
        if value < least:
            raise ValueError(f"this is too short; write {words} or more")
        return value

    return check


def describe(value: Any) -> str:
    """What a value is, to begin a sentence with: text (its beginning) in quotes, else its kind."""
    match value:
        case None:
            return "nothing"
        case dict():
            return "a block of keys"
        case list() | tuple():
            return "a list"
        case int() | float():
            return f"the number {value}"
    text = str(value)
    return f'"{text}"' if len(text) <= _SHOWN else f'"{text[:_SHOWN]}…"'


Text = Annotated[str, BeforeValidator(_text), shape("text", type=ANY_TEXT)]
"""Text as it stands, several lines if need be, not empty."""

Line = Annotated[str, BeforeValidator(_line), shape("text", type=ANY_TEXT)]
"""One line of text, not empty; runs of white space are one space."""

Name = Annotated[str, BeforeValidator(_name), shape("name", type="string")]
"""The name of somebody: one line with a letter in it."""

Id = Annotated[str, BeforeValidator(_id), shape("word", type=ANY_TEXT, pattern=r"^\s*\S+\s*$")]
"""A word that other places refer to: no spaces."""

Lines = Annotated[tuple[Line, ...], BeforeValidator(listed), OR_ONE]
"""A list of lines, which may be written as one."""

Names = Annotated[tuple[Name, ...], BeforeValidator(listed), OR_ONE]
"""A list of names, which may be written as one."""

Ids = Annotated[tuple[Id, ...], BeforeValidator(listed), OR_ONE]
"""A list of words, which may be written as one."""

_LENGTH = shape(**LENGTH)
_NUMBER = shape("whole number", type="integer", minimum=1)
_NONE = Also({"title": "none", "const": "none"})

Duration = Annotated[timedelta, BeforeValidator(_duration), _LENGTH]
"""A length of time: `30s`, `15m`, `6h`, `2d`."""

Interval = Annotated[
    timedelta,
    AfterValidator(at_least(timedelta(seconds=1), "1s")),
    BeforeValidator(_duration),
    _LENGTH,
]
"""How often something is done: a duration of a second or more."""

DurationOrNone = Annotated[timedelta | None, BeforeValidator(or_none(_duration)), _LENGTH, _NONE]
"""A duration, or `none` for no limit."""

Score = Annotated[
    float,
    BeforeValidator(_score),
    shape("number from 0 to 1", type="number", minimum=0, maximum=1),
]
"""A number from 0 to 1."""

Count = Annotated[int, BeforeValidator(_count), _NUMBER]
"""A whole number from 1 up."""

CountOrNone = Annotated[int | None, BeforeValidator(or_none(_count)), _NUMBER, _NONE]
"""A count, or `none` for no limit."""

Flag = Annotated[
    bool,
    BeforeValidator(_flag),
    shape("true or false", enum=[True, False, "yes", "no", "on", "off"]),
]
"""`true` or `false`."""

_ADDRESS = shape("address of the web", type="string", pattern=r"^\s*[Hh][Tt][Tt][Pp][Ss]?://")

Url = Annotated[str, BeforeValidator(read_url), _ADDRESS]
"""An http or https address, as written."""

FilePath = Annotated[Path, BeforeValidator(_path), shape("path", type="string")]
"""A path; a relative one counts from the folder that its file stands in."""
