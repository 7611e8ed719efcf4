"""The headline of a text that says none: its first line, past what pages put before one.

A page that was saved or pasted as text often begins with its furniture: a link past the navigation,
a menu, a section, a bare date or clock time. By such a title nobody would know the article again,
and all pages of one site would have the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import chain, islice
from typing import NamedTuple

from watcher.feeds.clean import one_line
from watcher.feeds.when import HALVES, MONTHS, ZONES
from watcher.text import tokens
from watcher.text.table import read_table

TITLE = 200
"""Code points of a headline that is taken from a text; the longest of news have about half."""

_LOOKED = 40
"""So many lines are looked at: hardly a page begins with more furniture."""
_WIDE = 2000
"""Code points of a line that are looked at; white space may stand before its words."""
_LINE = re.compile(r"[^\s\x85\u2028\u2029][^\r\n\x85\u2028\u2029]*")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_DIGITS = re.compile("[0-9]+")
_TRAIL = re.compile(r"[>»›/|•·←→]+")
_STEP = 4
"""Words of one step of a trail such as "Home > World > Middle East"."""
_STUMP = 40
"""Code points at which a word is cut rather than left out of a long headline."""
_STOPS = (".", "。", "۔", "।")


class _Furniture(NamedTuple):
    """What pages put before a headline, each line in its words.

    Attributes:
        lines: whole lines.
        menus: those of them that a trail begins with.
        days: words for days and months.
        dates: those, and what else stands in a date or a clock time.
    """

    lines: frozenset[tuple[str, ...]]
    menus: frozenset[tuple[str, ...]]
    days: frozenset[str]
    dates: frozenset[str]


@cache
def _furniture() -> _Furniture:
    """Read when a text without a title comes; most runs never see one."""
    kinds: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for row in read_table(resources.files("watcher.feeds"), "furniture"):
        kinds[row["kind"]].append(_words(row["words"]))
    days = frozenset(chain(*map(_words, MONTHS), *kinds["day"]))
    return _Furniture(
        lines=frozenset(kinds["line"] + kinds["menu"]),
        menus=frozenset(kinds["menu"]),
        days=days,
        dates=days.union(*map(_words, (*HALVES, *ZONES)), *kinds["date"]),
    )


def _words(line: str) -> tuple[str, ...]:
    return tuple(token.folded for token in tokens(line))


def headline(text: str) -> str:
    """The line of a text that is most likely its headline.

    It is the first that is no furniture: no link past the navigation, no menu, label, trail or
    address, no bare date or clock time, in any of some fifteen languages. Nor is it a single word,
    a section's name, if the next line has several and is neither a sentence nor long.

    Args:
        text: of any length; only its beginning is read.

    Returns:
        One line of at most 200 code points, without the marks that Markdown puts before a heading.
        The first line that says something if all are furniture; "" for a text without any.
    """
    found = (one_line(match[0][:_WIDE]) for match in _LINE.finditer(text))
    lines = (line for line in islice(found, _LOOKED) if line.lstrip("# "))
    first = next(lines, "")
    wanted = (line for line in chain((first,), lines) if not _is_furniture(line))
    return _cut((_past_sections(wanted) or first).lstrip("# "))


def _is_furniture(line: str) -> bool:
    if len(line) > TITLE:
        return False
    words = _words(line)
    if not words or words in _furniture().lines or _ADDRESS.fullmatch(line):
        return True
    return _is_date(words) or _is_trail(line)


def _is_date(words: tuple[str, ...]) -> bool:
    """Whether words are a date or a clock time, whoever gives it, and nothing else."""
    if not any(word in _furniture().days or _DIGITS.search(word) for word in words):
        return False
    bare = (_DIGITS.sub("", word) for word in words)
    return all(not word or word in _furniture().dates for word in bare)


def _is_trail(line: str) -> bool:
    """Whether a line is the way to the page, or a menu: "Home > World > Middle East"."""
    steps = [_words(step) for step in _TRAIL.split(line)]
    return (
        len(steps) > 1
        and steps[0] in _furniture().menus
        and all(len(step) <= _STEP for step in steps)
    )


def _past_sections(lines: Iterator[str]) -> str:
    """The first line, or behind lines of one word the next, if it may well be a headline."""
    first = next(lines, "")
    behind = next(filter(_has_several, chain((first,), lines)), "")
    may_be = len(behind) <= TITLE and not behind.endswith(_STOPS)
    return behind if behind and may_be else first


def _has_several(line: str) -> bool:
    return line.startswith("#") or len(line) > TITLE or len(_words(line)) > 1


def _cut(line: str) -> str:
    """A long line up to the end of a word, or within it if it is long itself."""
    if len(line) <= TITLE:
        return line
    words, space, rest = line[:TITLE].rpartition(" ")
    return f"{words if space and len(rest) < _STUMP else line[: TITLE - 1]}…"
