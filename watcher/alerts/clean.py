"""Words of strangers made fit to be shown: on a terminal, in a chat, in a line of text.

What an article says reaches people through here, so that it can neither steer a terminal, nor
turn the reading direction of what stands around it, nor hide text, nor fail to be encoded.
Programs get the words untouched; this is for eyes only.
"""

from __future__ import annotations

import re
import unicodedata

FSI = "\u2068"
PDI = "\u2069"
ELLIPSIS = "…"

_LEFTWARD = frozenset({"R", "AL", "AN"})
_APART = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))

_GAP = re.compile(r"\s+")
# Controls, lone surrogates, embeddings, overrides and isolates of direction, the byte order mark,
# interlinear marks, non-characters, and the tag letters that spell text nobody sees. The joiners
# and the plain direction marks stay: Persian and emoji are written with them.
_UNFIT = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ufdd0-\ufdef"
    "\ufffe\uffff\U000e0000-\U000e007f]+"
)


def tidy(text: str) -> str:
    """The same words in one line: white space as single spaces, nothing that steers or hides.

    Spaces at either end are kept (as one), so that pieces of a sentence still join.
    """
    return _UNFIT.sub("", _GAP.sub(" ", text))


def isolate(text: str) -> str:
    """A name or title set apart, so that its direction does not turn its surroundings.

    Wrapped in FSI and PDI (U+2068, U+2069) if anything in it runs from right to left. What does not
    stays as it is, so that an id can be copied.
    """
    turns = not text.isascii() and any(map(_runs_left, text))
    return f"{FSI}{text}{PDI}" if turns else text


def unmark(text: str) -> str:
    """The text without the marks of `isolate`, for programs and where people paste it."""
    return text.translate(_APART)


def _runs_left(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in _LEFTWARD


def shorten(text: str, limit: int) -> str:
    """The beginning of the text, cut at a word where one ends near, with "…" if it was cut.

    Args:
        text: one line.
        limit: code points of the result at most; at least 1.
    """
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    words = kept.rpartition(" ")[0]
    return (words if len(words) * 2 >= limit else kept).rstrip() + ELLIPSIS


def shorten_start(text: str, limit: int) -> str:
    """The end of the text, cut at a word where one begins near, with "…" if it was cut."""
    return _mirror(shorten(_mirror(text), limit))


def _mirror(text: str) -> str:
    return text[::-1]
