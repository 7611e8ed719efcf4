"""All that is worked out about a watchlist once and for all, and the same as arrays by name.

Nothing here depends on what is asked of the list: neither on bars nor on texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import GenericAlias
from typing import Any, NamedTuple, TypeAlias, get_type_hints

import numpy as np
from numpy.typing import NDArray

from watcher.match import lexicon
from watcher.match.held import Held, held
from watcher.match.listed import SPACELESS
from watcher.match.partner import Partners, partners
from watcher.match.roll import Columns, Entries, People, call
from watcher.names import Share, alone
from watcher.text import Script
from watcher.text.strings import Strings
from watcher.watchlist.entity import Watchlist

Arrays: TypeAlias = Mapping[str, NDArray[Any]]


class Laid(NamedTuple):
    """A watchlist in arrays.

    Attributes:
        columns: of its names.
        people: of its entities.
        words: the distinct words that a text may show of the names.
        entries: where those stand in the names.
        spaceless: the words of scripts without spaces.
        partners: which words of a name must stand together, as long as nobody lowers a bar.
        single: where words stand in names of one part.
        counting: in those of them that may count without support.
        pairs: in those of these that are persons'.
    """

    columns: Columns
    people: People
    words: lexicon.Words
    entries: Entries
    spaceless: Sequence[str]
    partners: Partners
    single: Held
    counting: Held
    pairs: Held


def lay(watchlist: Watchlist, share: Share = alone) -> Laid:
    """Lay a watchlist into arrays; takes some seconds for 20,000 names.

    Args:
        watchlist: who to look for.
        share: has the work done; what comes of it is the same, byte for byte.
    """
    columns, people, known, entries = call(watchlist, share)
    return Laid(
        columns,
        people,
        lexicon.lay(known, share),
        entries,
        Strings.of(word.folded for word in known if word.script in SPACELESS),
        partners(columns, entries, columns.bars),
        held(entries, columns.alone),
        held(entries, columns.counts),
        held(entries, columns.counts & columns.person),
    )


def flat(value: Any, name: str = "list") -> Iterator[tuple[str, NDArray[Any]]]:
    """The arrays that something laid is made of, each with a name of its own."""
    match value:
        case np.ndarray():
            yield name, value
        case Strings():
            yield f"{name}.letters", value.letters
            yield f"{name}.ends", value.ends
        case Script():
            yield from flat(Strings.of([value.value]), name)
        case _:
            names = getattr(value, "_fields", range(len(value)))
            for part, inner in zip(names, value, strict=True):
                yield from flat(inner, f"{name}.{part}")


def laid_of(arrays: Arrays) -> Laid:
    """What was laid, from its arrays; nothing is copied."""
    found: Laid = _made(Laid, arrays, "list")
    return found


def _made(kind: Any, arrays: Arrays, name: str) -> Any:
    """A value of some type from the arrays that begin with its name."""
    if kind is Script:
        return Script(Strings(*_letters(arrays, name))[0])
    if kind == Sequence[str]:
        return Strings(*_letters(arrays, name))
    if hasattr(kind, "_fields"):
        hints = get_type_hints(kind)
        return kind(*(_made(hint, arrays, f"{name}.{part}") for part, hint in hints.items()))
    if isinstance(kind, GenericAlias) and kind.__origin__ is tuple:
        numbers = {key[len(name) + 1 :].partition(".")[0] for key in arrays if key.startswith(name)}
        return tuple(_made(kind.__args__[0], arrays, f"{name}.{n}") for n in range(len(numbers)))
    return arrays[name]


def _letters(arrays: Arrays, name: str) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    return arrays[f"{name}.letters"], arrays[f"{name}.ends"]
