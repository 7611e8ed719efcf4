"""The sentence around a span: what an alert shows of an article."""

from __future__ import annotations

import re

WIDTH = 320
"""How many code points a sentence may take on either side before it is cut at a space.

Two long lines of newsprint; chosen on the seeds, whose longest sentence has 455."""

# A full stop ends a sentence before white space, unless one letter ("J. Hunt"), a number
# ("3. Mai") or a short title stands before it.
_END = re.compile(
    r"[!?؟。！？…۔]+[\"'”’»)\]]*(?=\s|$)|[^\W\d_]{2,}[\"'”’»)\]]*\.+[\"'”’»)\]]*(?=\s|$)"
)
_TITLES = frozenset({"mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "maj", "sgt", "st", "sr"})
_TITLES_STOP = re.compile(r"\W+$")


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the sentence that holds `text[start:end]`.

    A line break always ends a sentence, since blocks are kept as lines. A sentence longer than
    `WIDTH` on one side is cut there at a space. Costs no more than `2 * WIDTH`, however long the
    text.

    Returns:
        Start and end with `0 <= first <= start` and `end <= last <= len(text)`; no white space at
        either edge.
    """
    first = _begin(text, start)
    last = _finish(text, end)
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last


def _begin(text: str, start: int) -> int:
    floor = max(0, start - WIDTH)
    line = text.rfind("\n", floor, start) + 1
    edge = max(floor, line)
    ends = [m.end() for m in _END.finditer(text, edge, start) if not _is_title(m.group())]
    if ends:
        return ends[-1]
    if edge in (line, 0):
        return edge
    space = text.find(" ", edge, start)
    return space + 1 if space >= 0 else edge


def _finish(text: str, end: int) -> int:
    ceiling = min(len(text), end + WIDTH)
    line = text.find("\n", end, ceiling)
    edge = line if line >= 0 else ceiling
    # A match that begins inside the mention ends the sentence too: "… met Soleimani."
    for match in _END.finditer(text, max(0, end - 2), edge):
        if match.end() >= end and not _is_title(match.group()):
            return match.end()
    if edge in (line, len(text)):
        return edge
    space = text.rfind(" ", end, edge)
    return space if space >= 0 else edge


def _is_title(ending: str) -> bool:
    return _TITLES_STOP.sub("", ending).lower() in _TITLES
