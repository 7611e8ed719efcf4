"""A document to search, or why a record is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from watcher.article import Article
from watcher.text import parse_moment

LARGEST = 10_000_000
"""Bytes of the largest record that is searched: a line, a text, a page. A text of this size takes
about a gigabyte while it is searched; what is larger is hardly ever one article."""

_LINKS = ("http://", "https://", "file://")


@dataclass(frozen=True, slots=True)
class Document:
    """A text to search.

    Attributes:
        id: what the answers call it: a record's `id` as it stands, the address of a page of a
            crawl, or a file's path as given.
        article: its text and title; offsets count in these.
        by_place: it has no id of its own, and is called by its place: the file's name and, if the
            file holds several, where in it.
        notes: what of it was not understood, each with its place, "a.txt:3: …".
    """

    id: str | int
    article: Article
    by_place: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A record, or a whole file, that could not be taken.

    Attributes:
        place: the file's name and where in it, "news.jsonl:14".
        message: what is wrong and what is expected.
    """

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """What the fields of records are called, in JSON lines and in tables.

    Attributes:
        id: text or a whole number.
        text: what is searched.
        title: searched as well.
        link: an address, for `--into-store`.
        published: an ISO time, for `--into-store`.
        language: a BCP 47 tag, for `--into-store`.
        source: who published it, for `--into-store`.
    """

    id: str = "id"
    text: str = "text"
    title: str = "title"
    link: str = "link"
    published: str = "published"
    language: str = "language"
    source: str = "source"


def from_record(
    value: Mapping[str, object], place: str, fields: Fields, ident: str | None = None
) -> Document | Refused:
    """The document that a record holds.

    Args:
        value: its fields.
        place: where it stands.
        fields: what they are called.
        ident: the id of a record without one, its place; None if it must have one.
    """
    called = value.get(fields.id)
    by_place = called is None and ident is not None
    if by_place:
        called = ident
    if isinstance(called, bool) or not isinstance(called, str | int):
        named = f'"{fields.id}"'
        why = f"{named} is no text and no whole number" if called is not None else ""
        return Refused(place, f'{why or f"there is no {named}"}; write {named}: "…"')
    try:
        return Document(called, _article(value, fields), by_place=by_place)
    except ValueError as error:
        return Refused(place, str(error))


def string(value: Mapping[str, object], key: str, default: str | None = None) -> str:
    """The string under a key.

    Args:
        value: a record.
        key: the key.
        default: what stands for a key that is missing or null; None if it must be there.

    Raises:
        ValueError: there is no such key, or its value is no string; the message says which.
    """
    found = value.get(key)
    if found is None and default is not None:
        return default
    if isinstance(found, str):
        return found
    what = f'"{key}" is no string' if key in value else f'there is no "{key}"'
    raise ValueError(f'{what}; write "{key}": "…"')


def followed(link: str) -> str:
    """An address that people may follow; "" for what only runs or names something."""
    return link if link.startswith(_LINKS) else ""


def too_large(place: str) -> Refused:
    """Why a record is not even read."""
    return Refused(place, f"is over {LARGEST // 1_000_000} MB; cut it into articles")


def _article(value: Mapping[str, object], fields: Fields) -> Article:
    return Article(
        text=string(value, fields.text),
        title=string(value, fields.title, ""),
        link=followed(_said(value, fields.link)),
        source=_said(value, fields.source),
        language=_said(value, fields.language),
        published=_moment(value.get(fields.published)),
    )


def _said(value: Mapping[str, object], key: str) -> str:
    """What stands under a key that nothing depends on; "" if that is no string."""
    found = value.get(key)
    return found if isinstance(found, str) else ""


def _moment(value: object) -> datetime | None:
    if isinstance(value, date):
        return parse_moment(value.isoformat())
    return parse_moment(value) if isinstance(value, str) else None
