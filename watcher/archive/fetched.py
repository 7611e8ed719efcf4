"""Records of a crawl made into documents: what a server answered, unpacked, decoded, as text.

Resiliparse finds the main text of a page fast, but not of every page that somebody may think of:
see `watcher.archive.trap`. Those are read by our own reader, which is linear whatever it is given.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, WarcReader
from fastwarc.warc import HeaderMap
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from watcher.archive.document import LARGEST, Document, Refused, followed, too_large
from watcher.archive.piece import read_text
from watcher.archive.trap import is_deep, is_trap
from watcher.archive.unpack import why
from watcher.article import Article
from watcher.text import Page, parse_html, parse_moment

LEAST = 200
"""Characters of main text below which a page is taken whole: the rest may be the article."""

Reader = io.BytesIO | WarcReader
_CODINGS: dict[str, Callable[[Reader], WarcReader]] = {
    "gzip": GzipReader,
    "x-gzip": GzipReader,
    "br": BrotliReader,
    "deflate": partial(GzipReader, zlib=True),
}
_PUBLISHED = 'meta[property="article:published_time"], meta[itemprop="datePublished"]'


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record of a crawl.

    Attributes:
        place: the file and where in it.
        link: the address it was fetched from.
        is_http: the body begins with the head of an HTTP answer.
        kind: the media type that the record declares.
        body: as it lies.
    """

    place: str
    link: str
    is_http: bool
    kind: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Fetched:
    """Records of a crawl; see `watcher.archive.piece.Piece`."""

    at: int
    name: str
    records: tuple[Record, ...]

    def documents(self) -> Iterator[Document | Refused]:
        """One for each record that holds text and was not an answer that something is wrong."""
        for record in self.records:
            try:
                kind, data = _answer(record) if record.is_http else (record.kind, record.body)
            except OSError as error:
                yield Refused(record.place, why(error))
                continue
            if len(data) > LARGEST:
                yield too_large(record.place)
            elif article := _article(kind, data, followed(record.link)):
                yield Document(record.link or record.place, article, by_place=not record.link)


def read_page(source: str) -> Page:
    """A page with its main text; with all of its text where no main text stands out."""
    if is_trap(source) or is_deep(tree := HTMLTree.parse(source)):
        return parse_html(source)
    text = extract_plain_text(tree, main_content=True, list_bullets=False, alt_texts=False)
    if len(text) < LEAST:
        text = extract_plain_text(tree, list_bullets=False, alt_texts=False)
    return Page(
        text=text,
        title=" ".join((tree.title or "").split()),
        language=_said(tree, "html", "lang"),
        published=parse_moment(_said(tree, _PUBLISHED, "content")),
    )


def _said(tree: HTMLTree, selector: str, attribute: str) -> str:
    """An attribute of the first element that is meant; "" if there is none."""
    found = tree.document.query_selector(selector) if tree.document else None
    return (found.getattr(attribute) or "") if found else ""


def _answer(record: Record) -> tuple[str, bytes]:
    """The media type and the unpacked body of an HTTP answer; no body if it tells of a failure.

    Raises:
        OSError: it cannot be unpacked.
    """
    headers = HeaderMap()
    length = headers.parse(io.BytesIO(record.body))
    if headers.status_code is None:
        raise OSError("not an answer of HTTP")
    if not 200 <= headers.status_code < 300:
        return "", b""
    reader: Reader = io.BytesIO(record.body[length:])
    if "chunked" in (headers.get("Transfer-Encoding") or "").lower():
        reader = ChunkedReader(reader)
    for coding in reversed((headers.get("Content-Encoding") or "").lower().split(",")):
        if unpack := _CODINGS.get(coding.strip()):
            reader = unpack(reader)
    return headers.get("Content-Type") or "text/html", reader.read(LARGEST + 1)


def _article(kind: str, data: bytes, link: str) -> Article | None:
    """The article that an answer holds; None if it is no text."""
    kind = kind.lower()
    if not data:
        return None
    if "html" in kind:
        page = read_page(read_text(data, kind).text)
        return Article(
            text=page.text,
            title=page.title,
            link=link,
            language=page.language,
            published=page.published,
        )
    if kind.startswith("text/plain"):
        text, why_not = read_text(data, kind)
        # Servers say so of all that they do not know.
        return None if why_not else Article(text=text, link=link)
    return None
