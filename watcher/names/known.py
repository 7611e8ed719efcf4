"""Names that people know: spellings too far apart for letters, and names too near for them.

Vladimir is Uladzimir and Mohammed is Mehmet, whatever their letters say; Hassan is not Hussein. Two
words of the table `known` are one name if a row holds both, else two. It holds given names that
many people bear, and nobody's family name.
"""

from __future__ import annotations

from importlib import resources

from watcher.names.compound import canon
from watcher.text import Script, fold, script_of
from watcher.text.table import read_table


def _read() -> tuple[dict[str, frozenset[str]], dict[str, tuple[str, ...]]]:
    names: dict[str, set[str]] = {}
    latin: dict[str, tuple[str, ...]] = {}
    for row in read_table(resources.files("watcher.names"), "known"):
        words = [(fold(word), script_of(fold(word))) for word in row["spellings"].split()]
        spelled = [(canon(folded, script), script) for folded, script in words]
        for word, _ in spelled:
            names.setdefault(word, set()).add(row["name"])
        latin[row["name"]] = tuple(word for word, script in spelled if script is Script.LATIN)
    return {word: frozenset(found) for word, found in names.items()}, latin


_NAMES, _LATIN = _read()


def known(left: str, right: str) -> bool | None:
    """Whether two folded words spell one known name; None unless both are in the table."""
    one, other = _NAMES.get(left), _NAMES.get(right)
    if one is None or other is None:
        return None
    return not one.isdisjoint(other)


def is_known(word: str) -> bool:
    """Whether a folded word spells a known name."""
    return word in _NAMES


def named(word: str) -> frozenset[str]:
    """The known names that a folded word spells."""
    return _NAMES.get(word, frozenset())


def spellings(word: str) -> tuple[str, ...]:
    """The Latin spellings of the known names that a folded word spells; none if it is not known."""
    return tuple(spelled for name in sorted(_NAMES.get(word, ())) for spelled in _LATIN[name])
