"""Keys that the spellings of one part share, so that a dictionary look-up proposes candidates.

A key is the word's consonants by classes of sound common to all scripts: q, g and k are one class,
so are s, z, ts and sh. Vowels are left out but for the mark of one at the beginning, and so are
letters that may be silent. A letter that stands for sounds of several classes gives several keys
(ج is j or g, c is k or s); so does an article written with the word (السليماني).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

from watcher.names.compound import canon
from watcher.names.core import BUILT, compiled
from watcher.names.roman import romanise
from watcher.names.spelling import SILENT
from watcher.text import Script
from watcher.text.table import read_table

MOST = 48
"""A part has at most so many keys; the likeliest readings of its letters are kept."""
_LETTERS = 24
"""A key looks no further into a word than this."""
_NO_CONSONANT = "0"
_SILENT = ("",)
LAST = 0x2E80
"""Letters behind this are signs of whole syllables."""
_GLUED = {
    Script.ARABIC: re.compile("ال(?=...)"),
    Script.LATIN: re.compile("[ae]l(?=....)"),
    Script.CYRILLIC: re.compile("[аэ]ль?(?=....)"),
    Script.HEBREW: re.compile("אל(?=...)"),
}


def _classes() -> dict[Script, dict[str, tuple[str, ...]]]:
    """By script and one to four letters, the classes they may stand for, likeliest first."""
    found: dict[Script, dict[str, tuple[str, ...]]] = {}
    for row in read_table(resources.files("watcher.names"), "keys"):
        classes = tuple("" if c == SILENT else c for c in row["classes"].split())
        found.setdefault(Script(row["script"]), {})[row["letters"]] = classes
    return found


def _sizes(classes: dict[str, tuple[str, ...]]) -> dict[str, tuple[int, ...]]:
    """By first letter, how many letters the runs have, longest first."""
    found: dict[str, set[int]] = {}
    for letters in classes:
        found.setdefault(letters[0], set()).add(len(letters))
    return {letter: tuple(sorted(sizes, reverse=True)) for letter, sizes in found.items()}


def _onset(letters: str, classes: dict[str, tuple[str, ...]]) -> int:
    """How many letters of a run stand before its consonant: the u of -ul."""
    voiced = [bool(classes.get(letter, _SILENT)[0]) for letter in letters]
    return voiced.index(True) if any(voiced) and letters[0] != "^" else 0


_CLASSES = _classes()
_SIZES = {script: _sizes(classes) for script, classes in _CLASSES.items()}
_RUNS = {
    script: {letters: (choices, _onset(letters, classes)) for letters, choices in classes.items()}
    for script, classes in _CLASSES.items()
}


class Cut(NamedTuple):
    """A key of a word, and the slots of the word that its classes begin.

    Attributes:
        key: the key.
        slots: as many as the key has classes, together the framed word as far as a key looks: each
            holds the letters of its class and all letters behind them that have none of their own.
    """

    key: str
    slots: tuple[str, ...]


def letters(script: Script) -> compiled.Letters:
    """The letters of a script as the compiled loops read them, or Latin ones where it has none."""
    return _LETTERED[script if script in _CLASSES else Script.LATIN]


@lru_cache(maxsize=1 << 10)
def keys(folded: str, script: Script) -> frozenset[str]:
    """The keys of a folded part; two spellings of one part share at least one, nearly always.

    Source: table `keys`. How many pairs share a key, and how many parts a key proposes, is
    measured in benchmarks/.

    Returns:
        One to `MOST` keys; for letters without a romanisation, the word itself.
    """
    word, script = _spelled(folded, script)
    if not _is_spelled(word):
        return frozenset({word or folded})
    article = _GLUED[script].match(word) if script in _GLUED else None
    bare = _readings(word[article.end() :], script) if article else {}
    return frozenset(_readings(word, script)) | frozenset(bare)


def cuts(folded: str, script: Script, most: int = MOST) -> list[Cut]:
    """The keys of a word as it stands, with the slots that they cut it into, likeliest first.

    Returns:
        Up to `most`; for letters without a romanisation "=" and the word itself, without slots.
    """
    framed, found = places(canon(folded, script), script, most)
    return [
        Cut(key, tuple([framed[a:b] for a, b in pairwise((*starts, len(framed)))]))
        for key, starts in found.items()
    ]


def places(word: str, script: Script, most: int) -> tuple[str, Mapping[str, tuple[int, ...]]]:
    """A word, as `canon` has it, framed; and what `cuts` tells, by key the places of its slots."""
    own = spelled(word, script)
    if own[0] == "=":
        return "", {own: ()}
    framed = _framed(own)
    return framed, _READ(framed, script if script in _CLASSES else Script.LATIN, most)


def has_classes(script: Script) -> bool:
    """Whether the letters of a script stand for classes of sound as they are."""
    return script in _CLASSES


def spelled(word: str, script: Script) -> str:
    """A word, as `canon` has it, in letters that have classes; else "=" and the word itself."""
    own = word if script in _CLASSES else romanise(word, script)
    return own if _is_spelled(own) else f"={own or word}"


def _spelled(folded: str, script: Script) -> tuple[str, Script]:
    """A word in a script that has classes."""
    word = canon(folded, script)
    return (word, script) if script in _CLASSES else (romanise(word, script), Script.LATIN)


def _is_spelled(word: str) -> bool:
    return bool(word) and word[0].isalpha() and ord(word[0]) <= LAST


def _framed(word: str) -> str:
    return f"^{word[:_LETTERS]}$"


def _readings(word: str, script: Script) -> dict[str, tuple[int, ...]]:
    """The keys of a word as it stands, each with the places where the framed word is cut."""
    return _READ(_framed(word), script, MOST)


def _read(framed: str, script: Script, most: int) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, tuple[int, ...]]] = {"": (0, (0,))}
    for place, choices in _steps(framed, script):
        longer: dict[str, tuple[int, tuple[int, ...]]] = {}
        for rank, more in enumerate(choices):
            for head, (ranks, starts) in found.items():
                # A class is never repeated.
                new = more[1:] if head[-1:] == more[:1] else more
                if not new:
                    longer.setdefault(head, (ranks + rank, starts))
                else:
                    begin = place + len(more) - len(new)
                    begun = _begun(head, starts, begin, len(new))
                    longer.setdefault(head + new, (ranks + rank, begun))
        found = longer if len(longer) <= most else _likeliest(longer, most)
    return {key or _NO_CONSONANT: starts for key, (_, starts) in found.items()}


def _likeliest(
    readings: dict[str, tuple[int, tuple[int, ...]]], most: int
) -> dict[str, tuple[int, tuple[int, ...]]]:
    """The readings that least often take a letter for what it seldom is."""
    return dict(sorted(readings.items(), key=lambda reading: reading[1][0])[:most])


def _begun(head: str, starts: tuple[int, ...], place: int, many: int) -> tuple[int, ...]:
    """Where slots begin, with so many more; the first begins with the word."""
    if many == 1:
        return (*starts, place) if head else starts
    return (*starts, *range(place + (not head), place + many))


def _steps(word: str, script: Script) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The choices of classes along a word, longest runs of letters first, with their places."""
    runs, sizes = _RUNS[script], _SIZES[script]
    place, end = 0, len(word)
    while place < end:
        for size in sizes.get(word[place], ()):
            run = runs.get(word[place : place + size])
            if run is not None:
                choices, onset = run
                if choices != _SILENT:
                    yield place + onset, choices
                place += size
                break
        else:
            place += 1


def _paths(
    runs: dict[str, tuple[tuple[str, ...], int]],
) -> tuple[dict[int, int], list[int], list[list[bytes]]]:
    """Runs of letters as paths, letter by letter, for the compiled loops.

    Returns:
        From a place on a path and a letter the next place; by place the onset of the run that ends
        there, -1 if none does; its choices, none if it is silent.
    """
    paths: dict[int, int] = {}
    onsets: list[int] = [-1]
    choices: list[list[bytes]] = [[]]
    for letters, (classes, onset) in runs.items():
        place = 0
        for letter in letters:
            place = paths.setdefault(place << 21 | ord(letter), len(onsets))
            if place == len(onsets):
                onsets.append(-1)
                choices.append([])
        onsets[place] = onset
        choices[place] = [] if classes == _SILENT else [one.encode() for one in classes]
    return paths, onsets, choices


def _read_compiled(framed: str, script: Script, most: int) -> dict[str, tuple[int, ...]]:
    return _LETTERED[script].readings(framed, most)


_READ = _read_compiled if BUILT else _read
_LETTERED = {script: compiled.Letters(*_paths(_RUNS[script])) for script in _CLASSES if BUILT}
