"""Noticing that somebody has saved a file that the daemon works by.

The system's word (inotify, through watchfiles) comes at once and is only a hint: what counts is how
the files stand. So it is all the same how an editor saves, by writing over, by renaming, in several
steps; and where no word ever comes, as from a network folder or when the system has no watches
left, the files are looked at every few seconds all the same.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import stat
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import watchfiles

from watcher.config import Settings, read_config, walk
from watcher.errors import ConfigError
from watcher.service.worker import Worker
from watcher.watchlist.official import SUFFIX

QUIET = timedelta(seconds=0.4)
"""For so long nothing may change before the files count as saved: an editor takes several steps."""

MOST = timedelta(seconds=10)
"""After so long of steady changes they are taken as they are."""

LOOK = timedelta(seconds=5)
"""How often the files are looked at where the system says nothing."""

Mark = tuple[int, ...]
"""What tells one state of a file from another without reading it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the files stand.

    Attributes:
        marks: of each file that is there, by its path; one that cannot be reached has the number
            of the reason.
        folders: where they are, by path and number: another folder may be put in the place of one.
    """

    marks: Mapping[str, Mark] = field(default_factory=dict)
    folders: frozenset[tuple[str, int]] = field(default=frozenset(), compare=False)


def places(settings: Settings) -> tuple[Path, ...]:
    """The files and the folder of rules that make a plan, but for lists that we renew ourselves."""
    lists = [each.path for each in settings.lists if each.publisher is None]
    sides = [path.with_name(path.name + SUFFIX) for path in lists]
    return (settings.file, settings.rules, *lists, *sides)


def survey(paths: Iterable[Path]) -> Standing:
    """How files stand, and those in folders of rules; nothing is raised."""
    files: dict[str, Mark] = {}
    folders: dict[str, Mark] = {}
    for path in paths:
        folders[str(path.parent)] = _mark(path.parent)
        if stat.S_ISDIR(_mark(path)[-1]):
            folders |= {str(folder): _mark(folder) for folder in _folders(path)}
            files |= {str(found): _mark(found) for found in walk(path, lambda _: None)}
        else:
            files[str(path)] = _mark(path)
    there = ((path, mark[0]) for path, mark in folders.items() if stat.S_ISDIR(mark[-1]))
    return Standing(files, frozenset(there))


def places_now(path: Path, environ: Mapping[str, str]) -> tuple[Path, ...]:
    """The places that an operator's file names as it stands now; none if that cannot be taken."""
    try:
        return places(read_config(path, environ))
    except ConfigError:
        return ()


def survey_plan(path: Path, environ: Mapping[str, str]) -> Standing:
    """How an operator's file and the files that it names stand; if it is faulty, it alone."""
    return survey(places_now(path, environ) or (path,))


class Edits:
    """Tells that the files have changed, once they rest.

    Args:
        reader: where files are looked at: a folder that hangs stops nothing else.
        changed: called after each change.
        on_fault: told what ended the watch of the files, which nothing should.
    """

    def __init__(
        self,
        reader: Worker,
        changed: Callable[[], None],
        on_fault: Callable[[BaseException], None],
    ) -> None:
        self._reader = reader
        self._changed = changed
        self._on_fault = on_fault
        self._paths: tuple[Path, ...] = ()
        self._known = Standing()
        self._hint = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._watched: frozenset[tuple[str, int]] = frozenset()
        self._stop = threading.Event()

    def follow(self, paths: tuple[Path, ...], known: Standing) -> None:
        """Watch these from now on.

        Args:
            paths: files, and folders of rules.
            known: how they stood when they were last read.
        """
        self._paths, self._known = paths, known
        self._hint.set()
        if self._task is None:
            self._task = asyncio.create_task(self._heed(), name="edits")
            self._task.add_done_callback(self._ended)

    async def note(self, paths: Iterable[Path]) -> None:
        """Take what is there now as known, for it is about to be read.

        Args:
            paths: what is watched until `follow` is called, which it is not if it cannot be taken:
                beside the files in force those that shall come into force, which somebody mends.
        """
        self._paths = tuple(dict.fromkeys(paths))
        self._known = await self._survey()

    def stop(self) -> None:
        """Watch nothing any more."""
        self._stop.set()
        if self._task:
            self._task.cancel()

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()):
            self._on_fault(error)

    async def _heed(self) -> None:
        while True:
            self._hint.clear()
            # They may be read while they come to rest, by order of somebody else.
            if await self._survey() != self._known and await self._rest() != self._known:
                self._known = await self._survey()
                self._changed()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK.total_seconds()):
                    await self._hint.wait()

    async def _rest(self) -> Standing:
        """How the files stand when they have been left alone for a moment."""
        ends = asyncio.get_running_loop().time() + MOST.total_seconds()
        stood = await self._survey()
        while asyncio.get_running_loop().time() < ends:
            await asyncio.sleep(QUIET.total_seconds())
            before, stood = stood, await self._survey()
            if stood == before:
                break
        return stood

    async def _survey(self) -> Standing:
        stands = await self._reader.do(survey, self._paths)
        if stands.folders != self._watched:
            self._listen(stands.folders)
        return stands

    def _listen(self, folders: frozenset[tuple[str, int]]) -> None:
        """Have the system tell of these folders, and of no others."""
        self._stop.set()
        self._watched, self._stop = folders, threading.Event()
        loop, paths = asyncio.get_running_loop(), sorted(path for path, _ in folders)
        threading.Thread(
            target=_listen,
            args=(paths, self._stop, loop, self._hint.set),
            name="edits",
            daemon=True,
        ).start()


def _listen(
    folders: list[str],
    stop: threading.Event,
    loop: asyncio.AbstractEventLoop,
    hint: Callable[[], None],
) -> None:
    """Pass on each word of the system, until told to stop or until the system wants no more."""
    # A folder that has gone, no watches left, a loop that has ended: the files are still looked at.
    with contextlib.suppress(OSError, RuntimeError):
        for _ in watchfiles.watch(
            *folders,
            watch_filter=None,
            step=100,
            stop_event=stop,
            rust_timeout=0,
            raise_interrupt=False,
            recursive=False,
            ignore_permission_denied=True,
        ):
            loop.call_soon_threadsafe(hint)


def _folders(root: Path) -> Iterator[Path]:
    """A folder, and those below it in which files of rules may be."""
    for folder, below, _ in os.walk(root):
        below[:] = [name for name in below if not name.startswith(".")]
        yield Path(folder)


def _mark(path: Path) -> Mark:
    try:
        found = path.stat()
    except OSError as error:
        return (error.errno or 0, 0)
    return (found.st_ino, found.st_size, found.st_mtime_ns, found.st_mode)
