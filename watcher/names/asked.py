"""The words of a text as they are asked for in a list: spelled out, with all that they may be.

Nearly every word has no form but its own. That is told by its edges and a few letters, many times
sooner than by the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple, TypeAlias

import numpy as np

from watcher.names.alike import ARTICLES, EASTERN_ENDS, EASTERN_LETTERS, UL, turns
from watcher.names.compound import EDGES, canon
from watcher.names.grid import Places
from watcher.names.key import LAST, has_classes, spelled
from watcher.names.known import is_known
from watcher.names.slots import names_of
from watcher.text import Script

More: TypeAlias = tuple[list[str], list[str]]
"""Other forms of a word, and its names."""


class _Edges(NamedTuple):
    """How words begin and end, or which letters they hold, that may have another form."""

    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    letters: frozenset[str] = frozenset()


def _edges(script: Script) -> _Edges:
    begins, ends = EDGES[script]
    return _Edges(
        (begins, *ARTICLES[script]),
        (*ends, *(f"{end}e" for end in ends), *_ENDS.get(script, ())),
        _LETTERS.get(script, frozenset()),
    )


_ENDS = {
    Script.ARABIC: ("هاي",),
    Script.LATIN: ("ova", UL[Script.LATIN]),
    Script.CYRILLIC: (UL[Script.CYRILLIC], *EASTERN_ENDS),
}
_LETTERS = {
    Script.LATIN: frozenset("'"),
    Script.CYRILLIC: frozenset("'") | EASTERN_LETTERS,
}
_EDGES = {script: _edges(script) for script in EDGES}
_BEYOND = chr(LAST + 1)


class Asked:
    """Words of a text, of one script.

    Attributes:
        words: folded.
        script: theirs.
        owners: by word who asks for it, rising.
    """

    def __init__(self, words: Sequence[str], script: Script, owners: Places | None = None) -> None:
        """Owners: each its own if None."""
        self.words, self.script = words, script
        self.owners = np.arange(len(words)) if owners is None else owners

    @cached_property
    def spelled(self) -> tuple[list[str], dict[int, More]]:
        """The words as the compiled loops look them up.

        As `watcher.names.key.spelled` has them; and by number, of those of which that does not tell
        all, their other forms and the names that they bear: any other bears "=" and itself.
        """
        return _spelled(self.words, self.script)


def _spelled(words: Sequence[str], script: Script) -> tuple[list[str], dict[int, More]]:
    found, more = list(words), {}
    for number in _unusual(words, script):
        own = canon(words[number], script)
        found[number] = spelled(own, script)
        others = turns(own, script)
        if others or is_known(own) or found[number] != own:
            forms = [spelled(canon(form, script), script) for form in others]
            more[number] = forms, names_of(own, others)
    return found, more


def _unusual(words: Sequence[str], script: Script) -> Iterable[int]:
    """The numbers of the words that may have another form, and of some more."""
    if not has_classes(script):
        return range(len(words))
    begins, ends, letters = _EDGES.get(script, _Edges())
    return [
        number
        for number, word in enumerate(words)
        if word.startswith(begins)
        or word.endswith(ends)
        or not (word < _BEYOND and word[:1].isalpha())
        or not letters.isdisjoint(word)
        or is_known(word)
    ]
