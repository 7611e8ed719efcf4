"""What a text says of itself before it begins: the front matter of Markdown and its kin.

Programs that keep articles as text write title and date there, between two lines of three hyphens,
a key a line. Only what an article needs is read, and the text stays as it is, so that places
found in it hold in the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import NamedTuple

from watcher.text.html import LANGUAGE, parse_moment

_LONGEST = 10_000
"""Code points that are looked at; real ones have some hundred."""
_PREFACE = re.compile(
    r"\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t\r]*$", re.DOTALL | re.MULTILINE
)
_OPENING = re.compile(r"\ufeff?---[ \t]*\r?\n")
_FORM = re.compile(r"""[\w"'].{0,60}?:(?:[ \t].*)?|[ \t#\]}-].*|""")
"""What each line there looks like: a key, or what belongs to the one before."""
_PAIR = re.compile(r"^(\w+)[ \t]*:[ \t]+(\S.*(?:\n[ \t]+\S.*)*)$", re.MULTILINE)
"""A key with its value, which goes on in the lines that stand further in."""
_REMARK = re.compile(r"\s#.*")
_DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_SINGLE = re.compile(r"'(?:[^']|'')*'")
_BLOCK = re.compile(r"[|>][-+0-9]*\n(.*)", re.DOTALL)
_NOTHING = re.compile(r"~|null|Null|NULL|\[.*\]|\{.*\}|[|>][-+0-9]*|#.*|", re.DOTALL)
"""What is no one value: nothing, a list, a mapping."""
_ESCAPE = re.compile(r"\\(?:x(..)|U(.{8})|(\n[ \t]*)|.)", re.DOTALL)
"""One of YAML; the third is a line that ends for its length."""
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What no title holds, and what an escape may stand for all the same."""
_PUBLISHED = ("published", "date", "pubdate", "datepublished")
_LANGUAGE = ("language", "lang")
_SHOWN = 40
"""Letters of a value that are told; a longer one is known by its line."""
_READ = frozenset({"title", *_PUBLISHED, *_LANGUAGE})


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


class Doubt(NamedTuple):
    """Something that front matter says and nobody understands.

    Attributes:
        line: in the text, from 1.
        message: what it is, and what to write instead.
    """

    line: int
    message: str


def parse_preface(text: str) -> Preface:
    """What stands before a text proper; nothing if it begins at once.

    Of YAML that is read which programs write for one value: quotes and what is escaped in them,
    values over several lines, remarks. A value of another sort, such as a list, is not said.
    """
    found = _PREFACE.match(text[:_LONGEST])
    head = found[1].replace("\r\n", "\n") if found else ""
    pairs = _PAIR.findall(head)
    if found is None or not _is_preface(head, [key for key, _ in pairs]):
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


def preface_doubts(text: str) -> tuple[Doubt, ...]:
    """What `parse_preface` passes over though it was meant to be read, in the order of the lines.

    That is a date that is not in ISO 8601 and a language that is no tag, unless another key says
    it; and front matter that does not end, which counts as text.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return ()
    said = parse_preface(text)
    if said.end:
        return tuple(_unread(text[opening.end() : said.end], said))
    rest = text[opening.end() : _LONGEST].replace("\r\n", "\n").split("\n")
    head = "\n".join(takewhile(_FORM.fullmatch, rest))
    if any(key.lower() in _READ for key, _ in _PAIR.findall(head)):
        return (Doubt(1, 'the front matter has no end; write "---" in a line behind its keys'),)
    return ()


def _unread(head: str, said: Preface) -> Iterator[Doubt]:
    """Dates and languages of front matter, if none of them could be read."""
    head = head.replace("\r\n", "\n")
    for found in _PAIR.finditer(head):
        key, value = found[1], _bare(found[2])
        line = 2 + head.count("\n", 0, found.start())
        shown = f'"{key}: {value[:_SHOWN]}" is not read'
        if value and said.published is None and key.lower() in _PUBLISHED:
            yield Doubt(line, f"{shown}; write the day as {key}: 2020-01-31")
        if value and not said.language and key.lower() in _LANGUAGE:
            yield Doubt(line, f"{shown}; write the code of the language, as in {key}: ru")


def _is_preface(head: str, keys: Sequence[str]) -> bool:
    """Whether lines between two rules are keys, rather than a headline: "Baghdad: three killed"."""
    if not any(key.islower() or key.lower() in _READ for key in keys):
        return False
    return all(_FORM.fullmatch(line) for line in head.split("\n"))


def _first(said: Mapping[str, str], keys: tuple[str, ...]) -> str:
    return next(filter(None, (said.get(key, "") for key in keys)), "")


def _bare(value: str) -> str:
    """What a value says, in one line; "" if it says nothing, or more than one thing."""
    for quotes, read in ((_DOUBLE, _unescaped), (_SINGLE, _undoubled)):
        quoted = quotes.match(value)
        # Where more stands behind them, they are of the title: "Hero" is dead
        if quoted and not _REMARK.sub("", value[quoted.end() :]).strip():
            return " ".join(read(quoted[0]).split())
    value = _REMARK.sub("", value).strip()
    if block := _BLOCK.fullmatch(value):
        value = block[1]
    return "" if _NOTHING.fullmatch(value) else " ".join(value.split())


def _unescaped(quoted: str) -> str:
    """What stands between double quotes; as it stands, if its escapes are none of those known."""
    try:
        plain = str(json.loads(_ESCAPE.sub(_as_json, quoted), strict=False))
    except (ValueError, OverflowError):
        return quoted[1:-1]
    return _STEERING.sub(" ", plain)


def _as_json(escape: re.Match[str]) -> str:
    """An escape as JSON has it.

    Raises:
        ValueError, OverflowError: it stands for no character.
    """
    two, eight, ended = escape.groups()
    if two:
        return f"\\u00{two}"
    if eight:
        return json.dumps(chr(int(eight, 16)))[1:-1]
    return "" if ended else escape[0].replace("\\ ", " ")


def _undoubled(quoted: str) -> str:
    """What stands between single quotes."""
    return quoted[1:-1].replace("''", "'")
