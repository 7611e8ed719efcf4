"""Texts to pages: cut up for a list, many at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from watcher.match.cut import cut
from watcher.match.index import Index
from watcher.match.page import Page
from watcher.match.take import take


def read(text: str, index: Index) -> Page:
    """Cut a text up and leave the units that may be part of a listed name."""
    (page,) = read_all((text,), index)
    return page


def read_all(texts: Sequence[str], index: Index) -> list[Page]:
    """Cut some texts up: what `read` does, several times as fast."""
    chunks = index.chunks()
    made = cut(texts, chunks)
    taken = take(made, chunks, index.spaceless)
    chunks.memory.meet(taken.numbers)
    words = made.bounds.tolist()
    units = np.searchsorted(taken.firsts, made.bounds).tolist()
    ends = zip(pairwise(words), pairwise(units), strict=True)
    return [
        Page(text, made.line.part(*own), taken.part(*theirs, own[0]), chunks)
        for text, (own, theirs) in zip(texts, ends, strict=True)
    ]
