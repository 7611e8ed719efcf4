"""Documents as the store knows them: articles with an id, a source and, of files, title and link.

An article with an address is known by it wherever it lies; one without, by its file, whatever way
leads there, and by its id or place in it. Of standard input, which is another at each time, the
words count too. What has no address gets that of its file with its id or place behind "#", so that
people who are told of it know where to look.
"""

from __future__ import annotations

import os
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from watcher.archive.document import Document
from watcher.archive.holds import STDIN, called
from watcher.text import parse_preface

_PIPE = "file:///dev/stdin"
_AS_IT_IS = "/?:@!$&'()*+,;="
"""What may stand behind "#" as it is, besides letters and digits: RFC 3986, 3.5."""


class Origin:
    """The file that documents are from.

    Args:
        name: as people are told of it.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        # Where it leads: links and ".." are other words for the same. Loops lead to themselves.
        self._path = None if name == called(STDIN) else Path(os.path.realpath(name))

    def store(self, document: Document) -> Document:
        """The document with an article that can be stored."""
        link = document.article.link or self._link(document)
        identity = f"archive\n{link or self._place(document)}".encode("utf-8", "surrogatepass")
        article = replace(
            document.article,
            id=sha256(identity).hexdigest()[:20],
            title=document.article.title or self._title(document),
            link=link or self._record(document),
            source=document.article.source or Path(self._name).name,
        )
        return replace(document, article=article)

    def _link(self, document: Document) -> str:
        """The file's address if it is one document; "" if it holds many."""
        return self._path.as_uri() if self._path and self._is_whole(document) else ""

    def _record(self, document: Document) -> str:
        """Where in its file a record is; "" for a whole text of standard input."""
        if self._is_whole(document):
            return ""
        within = self._within(document)
        called = within.removeprefix(":") if document.by_place else within
        behind = quote(called, _AS_IT_IS, errors="surrogatepass")
        return f"{self._path.as_uri() if self._path else _PIPE}#{behind}"

    def _title(self, document: Document) -> str:
        """The headline of a text or page that says none, as the folder source has it."""
        # It comes with all that feeds need, which only who records has to wait for.
        from watcher.feeds import headline  # noqa: PLC0415

        if not self._is_whole(document):
            return ""
        text = document.article.text
        said = parse_preface(text)
        return said.title or headline(text[said.end :])

    def _is_whole(self, document: Document) -> bool:
        """Whether a document is a file."""
        return document.by_place and document.id == self._name

    def _place(self, document: Document) -> str:
        """Where an article without an address lies."""
        if self._path is None:
            return f"{document.id}\n{document.article.title}\n{document.article.text}"
        return f"{self._path} {self._within(document)}"

    def _within(self, document: Document) -> str:
        """What a file calls its record: its id, or its place, such as ":14"."""
        called = str(document.id)
        return called.removeprefix(self._name) if document.by_place else called
