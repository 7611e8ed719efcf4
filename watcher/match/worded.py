"""The words of an article as people are shown them.

Names are compared without the endings and the clitics of their words. What is left stands nowhere:
of Сирського it is "сирськии", folded as letters are compared. Who is told why a name was found must
find the words in the article.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from watcher.match.index import Hit
from watcher.match.page import Page
from watcher.match.spot import Piece
from watcher.match.unit import Unit
from watcher.names import Comparison
from watcher.text import Token, fold_map, tokens


def bare(word: Token, hit: Hit) -> str:
    """A word without its affixes, as a name would write it."""
    return hit.form.capitalize() if word.capital else hit.form


def origin(page: Page, place: int, front: int) -> int:
    """How many code points of a word its first folded letters take."""
    word = page.words[place]
    _, origins = fold_map(page.text[word.start : word.end])
    return origins[front] if front < len(origins) else 0


def as_written(page: Page, pieces: Iterable[Piece], comparison: Comparison) -> Comparison:
    """A comparison whose evidence shows the words of the article as they are written there.

    With their endings, marks and capitals; a clitic before them is left out, as mentions do.

    Args:
        page: the text.
        pieces: the words that were compared.
        comparison: what came of it, over the words without their affixes.
    """
    written = {
        bare(page.words[unit.head], hit): _written(page, unit, hit)
        for unit, hit in (pieces if comparison.evidence else ())
        if hit.front or hit.back
    }
    if not written:
        return comparison
    evidence = (replace(e, found=_put(e.found, written)) for e in comparison.evidence)
    return replace(comparison, evidence=tuple(evidence))


def _written(page: Page, unit: Unit, hit: Hit) -> str:
    """The words of a unit from its head on, behind their clitic."""
    start = page.words[unit.head].start + (origin(page, unit.head, hit.front) if hit.front else 0)
    return page.text[start : page.words[unit.last].end]


def _put(found: str, written: dict[str, str]) -> str:
    """Some words, those that were changed put back as they are written."""
    done, parts = 0, []
    for token in tokens(found):
        word = found[token.start : token.end]
        parts += [found[done : token.start], written.get(word, word)]
        done = token.end
    return "".join(parts) + found[done:]
