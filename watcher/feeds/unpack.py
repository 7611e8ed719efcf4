"""Files that were packed before they were put on a server, which then says nothing of it.

Sitemaps are published so. It is done where feeds are parsed: what unpacks without measure then
costs a worker, within its limits.
"""

from __future__ import annotations

from watcher.errors import FeedError
from watcher.net.error import NetworkError, Trouble
from watcher.net.inflate import GZIP_MAGIC, Inflater
from watcher.source import Health

SIZE = 10_000_000  # bytes, unpacked
LAYERS = 2  # of packing inside packing


def unpack(data: bytes) -> bytes:
    """A file unpacked, if it is packed by gzip; as it is if not.

    Raises:
        FeedError: it is damaged, or unpacks to too much.
    """
    for _ in range(LAYERS):
        if not data.startswith(GZIP_MAGIC):
            break
        inflater = Inflater("gzip", SIZE, "it")
        try:
            inflater.feed(data)
            data = inflater.finish()
        except NetworkError as error:
            is_large = error.trouble is Trouble.TOO_LARGE
            what = f"unpacks to over {SIZE / 1e6:g} MB" if is_large else "is damaged gzip data"
            raise FeedError(f"cannot be read: it {what}", state=Health.FAULTY) from error
    return data
