"""Documents as the store knows them: articles with an id, a source and, of files, a link.

An article with an address is known by it wherever it lies; one without, by its file, whatever way
leads there, and by its id or place in it. Of standard input, which is another at each time, the
words count too.
"""

from __future__ import annotations

import os
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from watcher.archive.document import Document
from watcher.archive.holds import STDIN, called


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
            link=link,
            source=document.article.source or Path(self._name).name,
        )
        return replace(document, article=article)

    def _link(self, document: Document) -> str:
        """The file's address if it is one document; "" if it holds many."""
        is_whole = document.by_place and document.id == self._name
        return self._path.as_uri() if self._path and is_whole else ""

    def _place(self, document: Document) -> str:
        """Where an article without an address lies."""
        if self._path is None:
            return f"{document.id}\n{document.article.title}\n{document.article.text}"
        within = str(document.id)
        return f"{self._path} {within.removeprefix(self._name) if document.by_place else within}"
