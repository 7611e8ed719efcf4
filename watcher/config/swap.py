"""A file that people write, replaced as a whole by another text of it.

Whoever reads meanwhile sees the old one or the new one, and what somebody else has saved since it
was read is never written over.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def swap(path: Path, before: bytes, after: bytes, check: Callable[[Path], None]) -> None:
    """Put another text in the place of a file's, with the rights, owner and group it has.

    A link to the file stays one. Nobody but us can read the new file until it has those rights.

    Args:
        path: the file.
        before: what stands in it, as far as the caller knows.
        after: what shall stand there.
        check: given the new file, which stands beside the old one under another name; what it
            raises leaves all as it was.

    Raises:
        OSError: it cannot be written, or something else stands in it than is known; nothing has
            changed then.
    """
    path = path.resolve()
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
    fresh = Path(name)
    try:
        with open(number, "wb") as out:  # noqa: PTH123 - it is open already
            out.write(after)
            out.flush()
            os.fsync(out.fileno())
        check(fresh)
        _liken(fresh, path.stat())
        if path.read_bytes() != before:
            raise OSError(errno.ESTALE, "it has just been changed by somebody else; try again")
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _liken(fresh: Path, model: os.stat_result) -> None:
    """Give a file the group, owner and rights of another, as far as we may.

    A member of a group may give a file to it, though only root may give it to somebody.
    """
    with suppress(PermissionError):
        os.chown(fresh, -1, model.st_gid)
    with suppress(PermissionError):
        os.chown(fresh, model.st_uid, -1)
    fresh.chmod(model.st_mode & 0o7777)
