"""Words in the forms in which they are compared, and those of a list made ready for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from watcher.names.alike import turns
from watcher.names.compound import canon
from watcher.names.grid import Places
from watcher.names.known import is_known
from watcher.text import Script
from watcher.text.strings import Strings


class Forms(NamedTuple):
    """Words of one script with the forms they are compared in.

    Attributes:
        words: as they were given.
        script: theirs.
        forms: the canonical form of each word, its turned forms behind it.
        starts: where the forms of each word begin, and where the last ones end.
        known: by word, whether people know it as a name.
    """

    words: Sequence[str]
    script: Script
    forms: Sequence[str]
    starts: Places
    known: NDArray[np.bool_]


def forms_of(words: Sequence[str], script: Script) -> Forms:
    """The forms of folded words of one script."""
    forms: list[str] = []
    starts = []
    plain_forms = [canon(word, script) for word in words]
    for word in plain_forms:
        starts.append(len(forms))
        forms.append(word)
        forms.extend(turns(word, script))
    starts.append(len(forms))
    return Forms(
        words,
        script,
        forms,
        np.array(starts),
        np.array([is_known(word) for word in plain_forms], bool),
    )


class Listed(NamedTuple):
    """The words of a list in one script, made ready to be compared.

    Attributes:
        own: the words and their forms.
        order: the numbers of the words, sorted.
        ranks: by word its place in that order.
    """

    own: Forms
    order: NDArray[np.int32]
    ranks: NDArray[np.int32]


def lay(own: Forms) -> Listed:
    """Make the words of a list ready; all different."""
    words = own.words
    order = np.array(sorted(range(len(words)), key=words.__getitem__), np.int32)
    ranks = np.empty_like(order)
    ranks[order] = np.arange(len(order))
    own = own._replace(words=Strings.of(words), forms=Strings.of(own.forms))
    return Listed(own, order, ranks)
