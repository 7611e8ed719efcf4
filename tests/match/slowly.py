"""The names of a watchlist found without any short cut: every spot is judged, then sorted out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import numpy as np

from watcher import Article, Mention
from watcher.match import Field, Index
from watcher.match.bar import BAR
from watcher.match.find import _contexts, _mention, _order, _settled, _supported
from watcher.match.index import Use
from watcher.match.judge import Find, judge
from watcher.match.page import Page
from watcher.match.reader import read
from watcher.match.short import introduce, is_everyday, nicknames, surnames
from watcher.match.single import lone
from watcher.match.spot import spots
from watcher.match.wanted import evenly
from watcher.match.weak import is_given, is_weak
from watcher.match.whole import NEAR, Told


def find_slowly(article: Article, index: Index) -> tuple[Mention, ...]:
    """What `find` finds."""
    pages = {
        field: read(text, index)
        for field, text in ((Field.TITLE, article.title), (Field.TEXT, article.text))
        if text
    }
    context = _contexts(index, pages)
    whole = [told for field, page in pages.items() for told in _whole(field, page, index)]
    reached = [told for told in whole if told.find.score >= index.bar(told.find.listed.entity)]
    strong = {told.find.listed.entity.id for told in reached if not told.weak}
    backed = strong | context.keys()
    heard = [told for told in reached if told.find.listed.entity.id in backed]
    sure = list(_supported(heard, strong, context))
    introduced = introduce((told.field is Field.TEXT, told.find) for told in sure)
    found = list(sure)
    for field, page in pages.items():
        taken = frozenset(
            place
            for told in whole
            if told.field is field and told.find.last > told.find.first
            if told.find.score >= BAR / 2
            for place in range(told.find.first, told.find.last + 1)
        )
        short = surnames(page, introduced, taken, in_text=field is Field.TEXT)
        others = nicknames(page, index, introduced, context, taken)
        found += [
            Told(field, one, (note,))
            for one, note in chain(short, others)
            if one.score >= index.bar(one.listed.entity)
        ]
    return tuple(sorted((_mention(told) for told in _settled(found)), key=_order))


def judged(page: Page, index: Index) -> Iterator[Find]:
    """All spots of a page, each judged, but for short forms."""
    every = np.ones(len(index.listed), bool)
    for spot in spots(page, index, evenly(every, 0.0)):
        if index.listed[spot.listed].use is not Use.SHORT:
            yield judge(page, index.listed[spot.listed], spot.pieces)
    for number, piece in lone(page, index):
        listed = index.listed[number]
        spelled = listed.name.parts[listed.core[0]].folded == piece.hit.form
        everyday = is_everyday(piece.hit.form, piece.unit.script)
        if listed.use is not Use.SHORT and (spelled or not everyday):
            yield judge(page, listed, (piece,))


def _whole(field: Field, page: Page, index: Index) -> Iterator[Told]:
    finds = list(judged(page, index))
    excluded = [found for found in finds if found.listed.use is Use.EXCLUDED]
    given = {found.listed.name.text for found in finds if is_given(page, found)}
    for found in finds:
        explained = any(
            other.listed.entity.id == found.listed.entity.id
            and other.first <= found.last
            and found.first <= other.last
            and other.score >= found.score - NEAR
            for other in excluded
        )
        if found.listed.use is not Use.EXCLUDED and not explained:
            weak = found.listed.name.text in given or is_weak(page, found, len(index.listed))
            yield Told(field, found, weak=weak)
