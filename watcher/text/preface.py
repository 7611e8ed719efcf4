"""What a text says of itself before it begins: the front matter of Markdown and its kin.

Programs that keep articles as text write title and date there, between two lines of three hyphens,
a key a line. Only what an article needs is read, and the text stays as it is, so that places
found in it hold in the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from watcher.text.html import LANGUAGE, parse_moment

_LONGEST = 10_000
"""Code points that are looked at; real ones have some hundred."""
_PREFACE = re.compile(
    r"\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t\r]*$", re.DOTALL | re.MULTILINE
)
_LINE = re.compile(r"^(\w+)[ \t]*:[ \t]*(\S.*)$", re.MULTILINE)
_PUBLISHED = ("published", "date", "pubdate", "datepublished")
_LANGUAGE = ("language", "lang")


@dataclass(frozen=True, slots=True)
class Preface:
    """What a text says of itself.

    Attributes:
        title: one line; "" if not said.
        published: in UTC; None if not said, or not in ISO 8601.
        language: a BCP 47 tag; "" if not said.
        end: where the text proper begins; 0 if nothing stands before it.
    """

    title: str = ""
    published: datetime | None = None
    language: str = ""
    end: int = 0


def parse_preface(text: str) -> Preface:
    """What stands before a text proper; nothing if it begins at once."""
    found = _PREFACE.match(text[:_LONGEST])
    pairs = [line.groups() for line in _LINE.finditer(found[1])] if found else []
    if found is None or not pairs:
        return Preface()
    said = {key.lower(): _bare(value) for key, value in reversed(pairs)}
    moments = map(parse_moment, (said.get(key, "") for key in _PUBLISHED))
    language = _first(said, _LANGUAGE).replace("_", "-")
    return Preface(
        title=said.get("title", ""),
        published=next(filter(None, moments), None),
        language=language if LANGUAGE.fullmatch(language) else "",
        end=found.end(),
    )


def _first(said: Mapping[str, str], keys: tuple[str, ...]) -> str:
    return next(filter(None, (said.get(key, "") for key in keys)), "")


def _bare(value: str) -> str:
    """A value without the quotes around it."""
    value = value.rstrip()
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1].strip() if quoted else value
