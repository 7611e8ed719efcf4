"""A word without what grammar added to it: clitics, case endings, possessives.

وقاسم is "and Qasem", Путиным is Putin in the instrumental, Soleimani's is Soleimani. Only the words
of a text are read so; the names of a watchlist stand in their plain form.

Source: table `affix`, written by hand after the grammars: Swan, A Grammar of Contemporary Polish
(2002); Naughton, Czech (2005); Herrity, Slovene (2000); Wade, A Comprehensive Russian Grammar
(2010); Ryding, Modern Standard Arabic (2005). An ending that changes the stem is a row of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from watcher.text.script import Script, script_of
from watcher.text.table import read_table


class Reading(NamedTuple):
    """One way to read a word.

    Attributes:
        form: the word without its affixes, folded.
        front: how many folded letters of the word stand before the form.
        back: how many folded letters of the word stand behind it; letters that an ending replaced
            count too.
    """

    form: str
    front: int = 0
    back: int = 0


class _Affix(NamedTuple):
    letters: str
    restore: str
    least: int


def _affixes(side: str) -> dict[Script, tuple[_Affix, ...]]:
    found: dict[Script, list[_Affix]] = {}
    for row in read_table(resources.files("watcher.text"), "affix"):
        if row["side"] == side:
            affix = _Affix(row["affix"], row["restore"], int(row["least"]))
            found.setdefault(Script(row["script"]), []).append(affix)
    return {script: tuple(affixes) for script, affixes in found.items()}


def _head(letters: str, size: int) -> str:
    return letters[:size]


def _tail(letters: str, size: int) -> str:
    return letters[-size:]


def _by_edge(
    affixes: dict[Script, tuple[_Affix, ...]], edge: Callable[[str, int], str]
) -> dict[Script, dict[str, tuple[_Affix, ...]]]:
    """The affixes of a script by the two letters at their edge: of hundreds a word has few.

    With those that have no more than the one at the very edge, which stand by that one as well.
    """
    return {
        script: {
            own: tuple(a for a in several if edge(a.letters, 2) in {own, edge(own, 1)})
            for own in {edge(a.letters, 2) for a in several}
        }
        for script, several in affixes.items()
    }


_FRONT = _affixes("front")
_BACK = _affixes("back")
_STARTS, _ENDS = _by_edge(_FRONT, _head), _by_edge(_BACK, _tail)


@lru_cache(maxsize=1 << 9)
def readings(word: str, script: Script) -> tuple[Reading, ...]:
    """The ways to read a folded word, the word itself first.

    Returns:
        One to about a dozen readings, no form twice. An apostrophe ends a name where at least three
        letters stand before it (Soleimani's, Süleymani'nin), whatever the language.
    """
    stem, found = word, {word: Reading(word)}
    cut = word.find("'", 3)
    if cut > 0 and script is not Script.HEBREW:
        stem = word[:cut]
        found[stem] = Reading(stem, 0, len(word) - cut)
    back = len(word) - len(stem)
    if script in _STARTS:
        affixes = _STARTS[script]
        for letters, restore, least in affixes.get(stem[:2]) or affixes.get(stem[:1], ()):
            if stem.startswith(letters) and len(stem) - len(letters) >= least:
                form = restore + stem[len(letters) :]
                found.setdefault(form, Reading(form, len(letters), back))
    if script in _ENDS:
        affixes = _ENDS[script]
        for letters, restore, least in affixes.get(stem[-2:]) or affixes.get(stem[-1:], ()):
            rest = len(stem) - len(letters)
            if stem.endswith(letters) and rest >= least:
                form = stem[:rest] + restore
                found.setdefault(form, Reading(form, 0, len(word) - rest))
    return tuple(found.values())


def inflected(form: str) -> Iterator[str]:
    """The words that may be read as a form: itself, then others that have no apostrophe."""
    yield form
    for script, affixes in _FRONT.items():
        for affix in affixes:
            stem = form[len(affix.restore) :]
            if form.startswith(affix.restore) and len(stem) >= affix.least:
                yield from _written(affix.letters + stem, script)
    for script, affixes in _BACK.items():
        for affix in affixes:
            stem = form[: len(form) - len(affix.restore)]
            if form.endswith(affix.restore) and len(stem) >= affix.least:
                yield from _written(stem + affix.letters, script)


def _written(word: str, script: Script) -> Iterator[str]:
    """A word, if it counts as one of the script and has no apostrophe."""
    if script_of(word) is script and "'" not in word:
        yield word
