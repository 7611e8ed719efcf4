"""A name in the crowd: the longer the list, the more a name must tell to count alone.

In a list of twenty people Mahmoud Abbas is Mahmoud Abbas. Official lists hold every second pair of
common names, so that by chance alone somebody listed is named in every fifth article. What speaks
for a find is added up as log odds; they must outweigh the chance that any of so many names is met.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import log

from watcher.match.judge import Find
from watcher.match.listed import SAY_LITTLE
from watcher.match.neighbour import before, behind, is_son, may_go_on
from watcher.match.page import Page
from watcher.match.sign import BASE, MOST, SEVERAL, TELLS, WEIGHTS, Signs
from watcher.match.spot import Piece
from watcher.match.unit import CASED
from watcher.names import Part, Role, rarity
from watcher.text import frequency

_OFTEN = 0.05


def stands_out(page: Page, found: Find, names: int) -> bool:
    """Whether a person's name of several parts tells enough to count alone.

    Args:
        page: the text.
        found: the words and the name.
        names: how many names the list holds.
    """
    weighed = zip(WEIGHTS, signs(page, found), strict=True)
    return BASE + sum(weight * sign for weight, sign in weighed) >= log(max(names, 1))


def signs(page: Page, found: Find) -> Signs:
    """What speaks for and against a find."""
    score = min(max(found.score, 1 - MOST), MOST)
    cased = found.pieces[0].unit.script in CASED
    front, back = before(page, found.first), behind(page, found.last)
    child = is_son(front) or is_son(back) or is_son(page.words[found.first])
    return Signs(
        odds=log(score / (1 - score)),
        tells=min(told(found), TELLS),
        worst=min(piece.hit.score for piece in found.pieces),
        lacking=_lacking(found),
        turned=float(_is_turned(found)),
        goes_on=float(may_go_on(back)),
        child=float(child),
        cased=float(cased),
        often=0.0 if cased else max(min(_often(p), _OFTEN) for p in found.pieces),
        several=float(len(found.pieces) >= SEVERAL),
        near=float(cased and _is_near(found)),
        plain=float(not cased and all(_often(piece) for piece in found.pieces)),
    )


def told(found: Find) -> float:
    """How telling the given parts are together, patronymics and initials apart.

    A strange spelling makes a common name seem rare, so both sides are heard.
    """
    given = list(_given(found))
    listed = sum(rarity(part.folded, part.script) for part, _ in given)
    seen = sum(rarity(piece.hit.form, piece.unit.script) for _, piece in given)
    return (listed + seen) / 2


def _given(found: Find) -> Iterator[tuple[Part, Piece]]:
    """The parts that tell something, each with the word taken for it."""
    for piece in found.pieces:
        part = found.listed.name.parts[piece.hit.first]
        if part.role not in SAY_LITTLE:
            yield part, piece


def _lacking(found: Find) -> int:
    given = {i for p in found.pieces for i in range(p.hit.first, p.hit.last + 1)}
    parts = found.listed.name.parts
    spared = sum(i not in given and parts[i].role in SAY_LITTLE for i in found.listed.core)
    return max(found.lacking - spared, 0)


def _is_turned(found: Find) -> bool:
    """Whether the order is turned.

    Not where a patronymic shows that the list's own order is, nor where all of three parts begin
    with the family name, as in Kim Jong Un.
    """
    places = [piece.hit.first for piece in found.pieces]
    if places == sorted(places):
        return False
    parts = found.listed.name.parts
    if any(parts[i].role is Role.PATRONYMIC for i in found.listed.core):
        return False
    family_first = places[1:] + places[:1] == sorted(places)
    return not (family_first and len(places) >= SEVERAL and not found.lacking)


def _is_near(found: Find) -> bool:
    piece = found.pieces[0]
    return found.listed.name.parts[piece.hit.first].script is piece.unit.script


def _often(piece: Piece) -> float:
    return max(frequency(piece.hit.form), frequency(piece.unit.folded))
