"""A word without what grammar added to it: clitics, case endings, possessives.

وقاسم is "and Qasem", Путиным is Putin in the instrumental, Soleimani's is Soleimani. Only the words
of a text are read so; the names of a watchlist stand in their plain form.

Source: table `affix`, written by hand after the grammars: Swan, A Grammar of Contemporary Polish
(2002); Naughton, Czech (2005); Herrity, Slovene (2000); Wade, A Comprehensive Russian Grammar
(2010); Ryding, Modern Standard Arabic (2005). An ending that changes the stem is a row of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
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


def _by_last_letter(
    affixes: dict[Script, tuple[_Affix, ...]],
) -> dict[tuple[Script, str], tuple[_Affix, ...]]:
    """The endings of a script that end in one letter: a word is asked for few of the hundreds."""
    found: dict[tuple[Script, str], tuple[_Affix, ...]] = {}
    for script, endings in affixes.items():
        for letter in {affix.letters[-1] for affix in endings}:
            ours = tuple(affix for affix in endings if affix.letters[-1] == letter)
            found[script, letter] = ours
    return found


_FRONT = _affixes("front")
_BACK = _by_last_letter(_affixes("back"))


@lru_cache(maxsize=1 << 16)
def readings(word: str, script: Script) -> tuple[Reading, ...]:
    """The ways to read a folded word, the word itself first.

    Returns:
        One to about a dozen readings, no form twice. An apostrophe ends a name where at least three
        letters stand before it (Soleimani's, Süleymani'nin), whatever the language.
    """
    found: dict[str, Reading] = {}

    def add(reading: Reading) -> None:
        found.setdefault(reading.form, reading)

    add(Reading(word))
    stem = word
    cut = word.find("'", 3)
    if cut > 0 and script is not Script.HEBREW:
        stem = word[:cut]
        add(Reading(stem, 0, len(word) - cut))
    for affix in _FRONT.get(script, ()):
        rest = len(stem) - len(affix.letters)
        if rest >= affix.least and stem.startswith(affix.letters):
            form = affix.restore + stem[len(affix.letters) :]
            add(Reading(form, len(affix.letters), len(word) - len(stem)))
    for affix in _BACK.get((script, stem[-1:]), ()):
        rest = len(stem) - len(affix.letters)
        if rest >= affix.least and stem.endswith(affix.letters):
            add(Reading(stem[:rest] + affix.restore, 0, len(word) - rest))
    return tuple(found.values())


def inflected(form: str) -> Iterator[str]:
    """The words that may be read as a form: itself, then others that have no apostrophe."""
    yield form
    for script, affixes in _FRONT.items():
        for affix in affixes:
            stem = form[len(affix.restore) :]
            if form.startswith(affix.restore) and len(stem) >= affix.least:
                yield from _written(affix.letters + stem, script)
    for (script, _), affixes in _BACK.items():
        for affix in affixes:
            stem = form[: len(form) - len(affix.restore)]
            if form.endswith(affix.restore) and len(stem) >= affix.least:
                yield from _written(stem + affix.letters, script)


def _written(word: str, script: Script) -> Iterator[str]:
    """A word, if it counts as one of the script and has no apostrophe."""
    if script_of(word) is script and "'" not in word:
        yield word
