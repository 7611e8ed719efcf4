"""A folder as a source: each text or HTML file put there, at any depth, is an article.

What is skipped is said once: a file too large, unreadable, empty, a link that leads out of the
folder, or one that is not text whatever its name says. So is front matter that is not understood,
of a file that is read all the same. Names that begin with a dot, and files with other endings, are
left alone.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from watcher.article import Article
from watcher.errors import FeedError
from watcher.feeds.binary import not_text
from watcher.feeds.clean import clean, one_line
from watcher.feeds.decode import decode
from watcher.feeds.entry import article_id, believable
from watcher.feeds.headline import headline
from watcher.feeds.look import Fetched, miss, settle
from watcher.feeds.pace import after_success
from watcher.source import Health, SourceState
from watcher.text import Page, Preface, parse_html, parse_preface, preface_doubts

TEXTS = frozenset({".txt", ".md"})
PAGES = frozenset({".html", ".htm"})
LARGEST = 10_000_000
TOLD = 20  # files of one look that are told one by one
BATCH = 2000  # files of one look, and
BATCH_BYTES = 50_000_000  # bytes of one look; the rest of an archive comes with the next

Stamp = tuple[int, int, int, int]


class _SkipError(Exception):
    """Why a file is no article."""


@dataclass(slots=True)
class FolderReader:
    """Reads what is new or changed in a folder since the last look.

    What was read counts as read only when the state that came with it comes back, which means that
    it was stored; otherwise it is read again. After a restart all files are read again: the store
    knows which are new.

    Attributes:
        path: the folder.
        name: what people call it; becomes the articles' source.
        key: what identifies it across restarts.
        every: how long between two looks when all is well.
    """

    path: Path
    name: str
    key: str
    every: timedelta
    _seen: dict[str, Stamp] = field(default_factory=dict, init=False)
    _offered: dict[str, Stamp] = field(default_factory=dict, init=False)
    _offered_at: datetime | None = field(default=None, init=False)

    def look(self, state: SourceState, now: datetime, jitter: float) -> Fetched:
        """Look once; blocks while it reads, up to 50 MB.

        Args:
            state: what is remembered of it; `first_state` if nothing.
            now: an aware time in UTC.
            jitter: 0 to 1, by chance.

        Returns:
            The new and changed files by name. If there are more than one look takes, the folder is
            due again at once.
        """
        if self._offered_at is not None and state.last_look == self._offered_at:
            self._seen = self._offered
        try:
            files = dict(_walk(self.path))
        except OSError as error:
            message = f"cannot read the folder {self.path}: {error.strerror}"
            away = FeedError(message, state=Health.UNREACHABLE)
            return miss(state, now, self.every, jitter, away)
        fresh = [name for name, stamp in files.items() if self._seen.get(name) != stamp]
        taken = _batch(fresh, files)
        articles, skipped, doubts = self._read(taken, now)
        unread = set(fresh[len(taken) :])
        self._offered = {name: stamp for name, stamp in files.items() if name not in unread}
        self._offered_at = now
        due = now if unread else after_success(now, self.every, jitter)
        note = _note(len(articles), skipped, len(unread))
        return Fetched(tuple(articles), settle(state, now, due), note, doubts=_first(doubts))

    def _read(self, names: list[str], now: datetime) -> tuple[list[Article], list[str], list[str]]:
        """The articles, for each other file why it is none, and what was not understood."""
        articles, skipped, doubts = [], [], []
        for name in names:
            try:
                article, doubt = self._article(name, now)
            except _SkipError as reason:
                skipped.append(f"{one_line(name)} {reason}")
            else:
                articles.append(article)
                doubts += [f"{one_line(name)}:{doubt}"] if doubt else []
        return articles, skipped, doubts

    def _article(self, name: str, now: datetime) -> tuple[Article, str]:
        """A file's article, and what of it was not understood, by its line; "" for nothing."""
        path = self.path / name
        data = _content(self.path, path)
        text = decode(data).text
        if why := not_text(data, text):
            raise _SkipError(why)
        if "\0" in text:
            raise _SkipError("is not text")
        text = clean(text)
        says: Page | Preface
        doubt = ""
        if path.suffix.lower() in PAGES:
            says = parse_html(text)
            text = proper = says.text
        else:
            says = parse_preface(text)
            proper = text[says.end :]
            doubt = "; ".join(f"{line}: {why}" for line, why in preface_doubts(text))
            if says.published and not believable(says.published, now):
                doubt = doubt or f" the date {says.published:%Y-%m-%d} is not taken: no news has it"
        if not text.strip():
            raise _SkipError("holds no text")
        article = Article(
            id=article_id(self.key, f"file {name}"),
            text=text,
            title=says.title or headline(proper),
            link=(self.path.resolve() / name).as_uri(),
            source=self.name,
            published=believable(says.published, now),
            language=says.language,
        )
        return article, doubt


def _walk(root: Path) -> Iterator[tuple[str, Stamp]]:
    """The documents under a folder by name, relative, with what changes when they change.

    Raises:
        OSError: the folder itself cannot be read; folders within it are then passed over.
    """
    waiting = [sorted(os.scandir(root), key=_name, reverse=True)]
    while waiting:
        if not waiting[-1]:
            waiting.pop()
            continue
        entry = waiting[-1].pop()
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            waiting.append(_listed(entry.path))
        elif Path(entry.name).suffix.lower() in TEXTS | PAGES:
            yield os.path.relpath(entry.path, root), _stamp(entry)


def _listed(path: str) -> list[os.DirEntry[str]]:
    """A folder's entries, last name first; none if it cannot be read."""
    try:
        return sorted(os.scandir(path), key=_name, reverse=True)
    except OSError:
        return []


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _stamp(entry: os.DirEntry[str]) -> Stamp:
    """What tells a changed file from an unchanged one; zeros for a link that leads nowhere."""
    try:
        found = entry.stat()
    except OSError:
        return (0, 0, 0, 0)
    # The time of the last change of mode or owner too: what could not be read may be readable now.
    return (found.st_mtime_ns, found.st_size, found.st_ino, found.st_ctime_ns)


def _batch(names: list[str], files: dict[str, Stamp]) -> list[str]:
    """The first of these files that one look takes; at least one."""
    size = 0
    for count, name in enumerate(names):
        size += min(files[name][1], LARGEST)
        if count and (count == BATCH or size > BATCH_BYTES):
            return names[:count]
    return names


def _content(root: Path, path: Path) -> bytes:
    """A file's bytes.

    Raises:
        _SkipError: it leads out of the folder, is no plain file, too large or unreadable.
    """
    try:
        if path.is_symlink() and not path.resolve(strict=True).is_relative_to(root.resolve()):
            raise _SkipError("is a link that leads out of the folder")
        with open(path, "rb", opener=_open) as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise _SkipError("is not a plain file")
            if found.st_size > LARGEST:
                raise _SkipError(f"is over {LARGEST // 1_000_000} MB")
            return file.read(LARGEST)
    except OSError as error:
        raise _SkipError(f"cannot be read: {error.strerror}") from error
    except RuntimeError as error:  # what pathlib makes of a link that leads to itself
        raise _SkipError("is a link that leads to itself") from error


def _open(path: str, flags: int) -> int:
    """Open without waiting, which a named pipe would make us do for ever."""
    return os.open(path, flags | os.O_NONBLOCK)


def _first(doubts: list[str]) -> tuple[str, ...]:
    """The first of these, and how many more there are."""
    more = [f"{len(doubts) - TOLD} more files with such lines"] if len(doubts) > TOLD else []
    return (*doubts[:TOLD], *more)


def _note(articles: int, skipped: list[str], unread: int) -> str:
    """What happened, in words for a log; "" if nothing did."""
    parts = [f"{articles} new or changed"] if articles else []
    parts += [f"{unread} more to come"] if unread else []
    parts += [f"skipped: {'; '.join(skipped[:TOLD])}"] if skipped else []
    return ", ".join(parts)
