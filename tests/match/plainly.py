"""Texts cut up word by word, without anything remembered: what the arrays of pages must say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from watcher.match.index import Index
from watcher.match.listed import SPACELESS
from watcher.match.trait import ends_in_ya, is_namelike
from watcher.match.unit import CASED, Gap, Unit, gaps, units
from watcher.text import Token, script_of, tokens

_PREPOSITIONS = frozenset(("على", "إلى", "الى", "وعلى", "وإلى", "والى"))


class Plain(NamedTuple):
    """A text cut up."""

    words: list[Token]
    between: list[Gap]
    units: list[list[Unit]]


def read_plainly(text: str, index: Index) -> Plain:
    """Cut a text up and leave the units that may be part of a listed name."""
    words = tokens(text)
    between = gaps(text, words)
    started = units(words, between)
    for place, word in enumerate(words):
        if script_of(word.folded) in SPACELESS:
            started[place].extend(_spaceless(words, place, index))
    cased = any(word.capital for word in words)
    plain = _prepositions(text)
    started = [
        [u for u in here if _may_name(words, u, cased=cased) and not plain(words[u.head])]
        for here in started
    ]
    return Plain(words, between, started)


def _prepositions(text: str) -> Callable[[Token], bool]:
    if not ends_in_ya(text):
        return lambda _: False
    return lambda token: text[token.start : token.end] in _PREPOSITIONS


def _may_name(words: Sequence[Token], unit: Unit, *, cased: bool) -> bool:
    if cased and unit.script in CASED:
        return words[unit.head].capital or words[unit.last].capital
    return is_namelike(unit.folded, unit.script)


def _spaceless(words: Sequence[Token], place: int, index: Index) -> Iterator[Unit]:
    for listed in index.spaceless(words[place].folded):
        run = words[place : place + len(listed)]
        if len(run) == len(listed) and "".join(word.folded for word in run) == listed:
            yield Unit(place, place + len(run) - 1, place, listed, listed, script_of(listed))
