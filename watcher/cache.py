"""Compiled watchlists on disk: made once, opened in milliseconds, shared by all who search.

A file is known by a fingerprint of all that decides about it: the names of the list, and the code
and tables of this package. So another list, or another version, finds no file and makes its own.
Names are looked through once for each state of a list: whoever reads one from files works out a
digest of all that is written of its entities, and a link from that leads to the file.
Nothing depends on what lies here: what is missing, cut off or damaged at its head is made again,
and where nothing can be written every start compiles anew. The arrays behind the head are taken as
they are, so a file must be the user's own.
"""

from __future__ import annotations

import mmap
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib import resources
from itertools import accumulate
from pathlib import Path
from stat import S_ISREG
from uuid import uuid4

from watcher.forked import hands
from watcher.match import (
    FINGERPRINT,
    Index,
    Laid,
    compile_index,
    flat,
    laid_of,
    lay,
    pack,
    unpack,
)
from watcher.names import alone
from watcher.watchlist import Watchlist

_LEAST = 500
"""Names; a shorter list is compiled in a fraction of a second."""
_SHARED = 20_000
"""Entities; compiling a longer list takes so long that processes are started for it."""
_KEPT = 8
"""Files that stay, those used last."""
_SIGNS = 64
"""Links that stay, the youngest; a list has one for each state of its notes and tags."""
_ENDING, _DRAFT, _SIGN = ".compiled", ".tmp", ".list"
_FLOORS = ("match", "names", "names/tables", "text", "text/tables")
"""Whose code and tables decide what a compiled list holds."""


def folder_of(environ: Mapping[str, str]) -> Path | None:
    """Where a user's compiled lists are kept, by the rules of XDG; None if there is no home."""
    cached, home = Path(environ.get("XDG_CACHE_HOME", "")), Path(environ.get("HOME", ""))
    if cached.is_absolute():
        return cached / "watcher"
    return home / ".cache/watcher" if home.is_absolute() else None


def beside(state: Path) -> Path | None:
    """Where the lists of a daemon are kept: in its state folder, once it is there.

    None for whoever else looks at the record: the daemon could not use what root left there.
    """
    try:
        told = state.stat()
    except OSError:
        return None
    return state / "compiled" if told.st_uid == os.geteuid() else None


def open_index(
    watchlist: Watchlist, folder: Path | None, floors: Mapping[str, float] | None = None
) -> Index:
    """Make a watchlist fast to look up, or open what was made of it before.

    Args:
        watchlist: who to look for.
        folder: where compiled lists are kept; made if it is not there. None to keep nothing.
        floors: as for `compile_index`; they may change from one start to the next.
    """
    if folder is None or _is_short(watchlist):
        return compile_index(watchlist, floors)
    return compile_index(watchlist, floors, laid=_laid(watchlist, folder))


def _is_short(watchlist: Watchlist) -> bool:
    names = accumulate(len(entity.names) + len(entity.weak) for entity in watchlist)
    return all(many < _LEAST for many in names)


def _laid(watchlist: Watchlist, folder: Path) -> Laid:
    """What is kept of a watchlist; what is not is laid and kept, and then read like all others."""
    sign = _sign(watchlist, folder)
    told = _followed(sign) if sign else None
    found = _read(folder, told) if told else None
    if found is None:
        fingerprint = _fingerprint(watchlist)
        found = _read(folder, fingerprint) or _made(watchlist, folder, fingerprint)
        if sign:
            _point(sign, fingerprint)
    return found


def _made(watchlist: Watchlist, folder: Path, fingerprint: bytes) -> Laid:
    share = hands() if len(watchlist) >= _SHARED else alone
    made = lay(watchlist, share)
    with suppress(OSError):
        _write(_path(folder, fingerprint), made, fingerprint)
        _sweep(folder, (_ENDING, _DRAFT), _KEPT)
    return _read(folder, fingerprint) or made


def _path(folder: Path, fingerprint: bytes) -> Path:
    return folder / f"{fingerprint.hex()}{_ENDING}"


def _sign(watchlist: Watchlist, folder: Path) -> Path | None:
    """Where the link of a list is; None if nobody worked out its digest."""
    if not watchlist.digest:
        return None
    told = blake2b(_maker() + watchlist.digest.encode(), digest_size=FINGERPRINT)
    return folder / f"{told.hexdigest()}{_SIGN}"


def _followed(sign: Path) -> bytes | None:
    """The fingerprint of the file that a link leads to; None if there is no such link."""
    try:
        own = sign.lstat().st_uid == os.geteuid()
        return bytes.fromhex(sign.readlink().name.removesuffix(_ENDING)) if own else None
    except (OSError, ValueError):
        return None


def _point(sign: Path, fingerprint: bytes) -> None:
    """Lead a link to a file; where no link can be, the names are looked through again."""
    draft = sign.with_name(f"{uuid4().hex}{_DRAFT}")
    with suppress(OSError):
        try:
            draft.symlink_to(_path(sign.parent, fingerprint).name)
            draft.replace(sign)
        finally:
            draft.unlink(missing_ok=True)
        _sweep(sign.parent, (_SIGN,), _SIGNS)


def _read(folder: Path, fingerprint: bytes) -> Laid | None:
    """A file that is there, mapped; None if there is none that can be used."""
    try:
        # Nobody waits for the writer of a pipe.
        handle = os.open(_path(folder, fingerprint), os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        told = os.fstat(handle)
        # What others wrote is not trusted: the arrays are not looked through.
        if not S_ISREG(told.st_mode) or told.st_uid != os.geteuid() or not told.st_size:
            return None
        data = memoryview(mmap.mmap(handle, 0, access=mmap.ACCESS_READ))
        with suppress(OSError):
            os.utime(handle)
    except OSError:
        return None
    finally:
        os.close(handle)
    arrays = unpack(data, fingerprint)
    return laid_of(arrays) if arrays is not None else None


def _write(path: Path, laid: Laid, fingerprint: bytes) -> None:
    """Write a file that takes its name when it is whole and on disk.

    Raises:
        OSError: it cannot be written.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{uuid4().hex}{_DRAFT}")
    try:
        with draft.open("xb") as file:
            file.writelines(pack(dict(flat(laid)), fingerprint))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _sweep(folder: Path, endings: Iterable[str], most: int) -> None:
    """Remove the files that were not used for longest, and what a kill left half written."""
    files = [path for ending in endings for path in folder.glob(f"*{ending}")]
    for path in sorted(files, key=_used, reverse=True)[most:]:
        path.unlink(missing_ok=True)


def _used(path: Path) -> float:
    try:
        return path.lstat().st_mtime
    except OSError:
        return 0.0


def _fingerprint(watchlist: Watchlist) -> bytes:
    """All that decides what is laid of a watchlist."""
    told = blake2b(_maker(), digest_size=FINGERPRINT)
    for one in watchlist:
        facts = (one.id, one.kind.value, one.min_score, one.names, one.weak, one.short, one.exclude)
        told.update(repr(facts).encode("utf-8", "surrogatepass"))
    return told.digest()


@cache
def _maker() -> bytes:
    """A digest of what lays lists: code, tables, and what Python knows of letters."""
    told = blake2b(repr((sys.byteorder, sys.version, unicodedata.unidata_version)).encode())
    for name, data in _sources():
        told.update(f"{name} {len(data)}\n".encode() + data)
    return told.digest()


def _sources() -> Iterator[tuple[str, bytes]]:
    for floor in _FLOORS:
        files = resources.files("watcher").joinpath(floor).iterdir()
        for file in sorted(files, key=lambda file: file.name):
            if file.name.endswith((".py", ".tsv", ".pyx")):
                yield f"{floor}/{file.name}", file.read_bytes()
