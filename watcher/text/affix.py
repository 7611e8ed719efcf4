"""A word without what grammar added to it: clitics, case endings, possessives.

وقاسم is "and Qasem", Путиным is Putin in the instrumental, Soleimani's is Soleimani. Only the words
of a text are read so; the names of a watchlist stand in their plain form.

Source: table `affix`, written by hand after the grammars: Swan, A Grammar of Contemporary Polish
(2002); Naughton, Czech (2005); Herrity, Slovene (2000); Wade, A Comprehensive Russian Grammar
(2010); Ryding, Modern Standard Arabic (2005). An ending that changes the stem is a row of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib import resources
from itertools import chain
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


def _by_letters(
    affixes: dict[Script, tuple[_Affix, ...]],
) -> dict[Script, dict[str, tuple[tuple[int, _Affix], ...]]]:
    """The affixes of a script by their letters, numbered: a word is asked for few of hundreds."""
    found: dict[Script, dict[str, tuple[tuple[int, _Affix], ...]]] = {}
    for script, several in affixes.items():
        own = found.setdefault(script, {})
        for number, affix in enumerate(several):
            own[affix.letters] = (*own.get(affix.letters, ()), (number, affix))
    return found


_FRONT = _affixes("front")
_BACK = _affixes("back")
_STARTS, _ENDS = _by_letters(_FRONT), _by_letters(_BACK)
_SIZES = range(1, 1 + max(len(a.letters) for own in (_FRONT, _BACK) for a in chain(*own.values())))


@lru_cache(maxsize=1 << 12)
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
    if script in _STARTS:
        for affix in _fitting(_STARTS[script], [stem[:size] for size in _SIZES], len(stem)):
            form = affix.restore + stem[len(affix.letters) :]
            found.setdefault(form, Reading(form, len(affix.letters), len(word) - len(stem)))
    if script in _ENDS:
        for affix in _fitting(_ENDS[script], [stem[-size:] for size in _SIZES], len(stem)):
            rest = len(stem) - len(affix.letters)
            form = stem[:rest] + affix.restore
            found.setdefault(form, Reading(form, 0, len(word) - rest))
    return tuple(found.values())


def _fitting(
    affixes: Mapping[str, tuple[tuple[int, _Affix], ...]], edges: Iterable[str], size: int
) -> list[_Affix]:
    """The affixes at an edge of a stem that leave enough of its letters, in their order."""
    found = [
        row for edge in edges for row in affixes.get(edge, ()) if size - len(edge) >= row[1].least
    ]
    return [affix for _, affix in sorted(found)]


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
