"""Mentions as rows for programs: JSON lines, or CSV that a spreadsheet may open without harm."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence

from watcher.alerts import evidence_data, explain, unmark
from watcher.archive.document import Document
from watcher.archive.lines import write_line
from watcher.match import Mention

Tell = Callable[[Document, Sequence[Mention]], str]
"""How a document and its mentions (at least one) are told: whole lines, each with its end."""

HEADER = ("doc", "entity", "name", "field", "start", "end", "quote", "score", "why")
"""The columns of CSV, in order."""

MARK = "\ufeff"
"""What CSV begins with: without it, spreadsheets take UTF-8 for another charset."""

_FORMULA = re.compile(r"(?<![\s,;|])([\s,;|]*+)(?=[=+\-@＝＋－＠])")
_SEPARATORS = frozenset(",;|\t\r\n")
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


def mention_line(ident: str | int, mention: Mention, *, field: bool) -> str:
    """A mention as a JSON line; `field` says whether it tells which field it stands in."""
    told: dict[str, object] = {"doc": ident, "entity": mention.entity, "name": mention.name}
    if field:
        told["field"] = mention.field.value
    told |= {"start": mention.start, "end": mention.end, "quote": mention.quote}
    return write_line(told | {"score": mention.score, "why": evidence_data(mention.evidence)})


def tell_lines(document: Document, mentions: Sequence[Mention]) -> str:
    """A JSON line for each mention."""
    return "".join(f"{mention_line(document.id, each, field=False)}\n" for each in mentions)


def tell_lines_with_field(document: Document, mentions: Sequence[Mention]) -> str:
    """A JSON line for each mention, with the field it stands in."""
    return "".join(f"{mention_line(document.id, each, field=True)}\n" for each in mentions)


def tell_rows(document: Document, mentions: Sequence[Mention]) -> str:
    """A row of CSV for each mention, in the columns of `HEADER`."""
    return write_rows(_row(document, mention) for mention in mentions)


def write_rows(rows: Iterator[Sequence[object]] | Sequence[Sequence[object]]) -> str:
    """Rows of CSV (RFC 4180), every text made harmless."""
    written = io.StringIO()
    csv.writer(written).writerows(
        [harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows
    )
    return written.getvalue()


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula, whatever it takes for the end of a cell.

    An apostrophe goes before a sign that begins a formula, at the start and behind what separates
    cells. NUL and lone surrogates, which files of text cannot hold, become U+FFFD.
    """
    return _UNWRITABLE.sub("\ufffd", _FORMULA.sub(_disarmed, text))


def _disarmed(before: re.Match[str]) -> str:
    begins_cell = before.start() == 0 or not _SEPARATORS.isdisjoint(before[1])
    return f"{before[1]}'" if begins_cell else before[1]


def _row(document: Document, mention: Mention) -> Sequence[object]:
    return (
        document.id,
        mention.entity,
        mention.name,
        mention.field.value,
        mention.start,
        mention.end,
        mention.quote,
        mention.score,
        unmark("; ".join(explain(mention.evidence))),
    )
