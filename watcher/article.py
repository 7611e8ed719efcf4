"""An article: what every source delivers and everything else reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One piece of news as plain text.

    Attributes:
        text: the body as plain text, blocks parted by newlines; offsets of mentions count its
            code points.
        title: the headline, one line; "" if there is none.
        id: stable across fetches and restarts, unique in a store; "" outside a store.
        link: an http(s) address, or a `file:` address for documents of a folder or an archive, with
            the id of a record behind "#"; "" if none.
        source: the name of the source it came from; "" outside the service.
        published: when the publisher says it appeared, aware, in UTC; None if not said.
        language: a BCP 47 tag such as "ar"; "" if not known.
    """

    text: str
    title: str = ""
    id: str = ""
    link: str = ""
    source: str = ""
    published: datetime | None = None
    language: str = ""

    def __post_init__(self) -> None:
        if self.published is not None and self.published.tzinfo is None:
            raise ValueError("published must be an aware time")
