"""What is kept beside an imported list: where it came from, and which state of it that is.

It is a small file of its own, so that the list stays a plain watchlist. It names the fingerprint of
the list it speaks of: after a crash between the two it speaks of another, and counts for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, ValidationError

from watcher.watchlist.official.read import Publisher

SUFFIX = ".about"
"""What the name of the list's file is followed by."""


class Origin(BaseModel):
    """One of the publisher's files.

    Attributes:
        address: its address or path, as it was asked for.
        etag: the validators of the answer, byte for byte; "" if there were none.
        modified: likewise, Last-Modified.
    """

    model_config = ConfigDict(frozen=True)

    address: str
    etag: str = ""
    modified: str = ""

    @property
    def validators(self) -> Mapping[str, str]:
        """The headers that ask for the file only if it is another one."""
        found = {"if-none-match": self.etag, "if-modified-since": self.modified}
        return {name: value for name, value in found.items() if value}


class About(BaseModel):
    """What is known about one imported list.

    Attributes:
        publisher: whose it is.
        published: the publisher's date; "" if it gives none.
        version: fingerprint of the publisher's files.
        imported: when, ISO 8601 in UTC.
        entities: how many it holds.
        checksum: fingerprint of the list's own file.
        origins: the publisher's files, in the order they were asked for.
    """

    model_config = ConfigDict(frozen=True)

    publisher: Publisher
    published: str
    version: str
    imported: str
    entities: int
    checksum: str
    origins: tuple[Origin, ...]

    def dump(self) -> bytes:
        """As it is kept."""
        return self.model_dump_json(indent=1).encode() + b"\n"


def parse_about(data: bytes) -> About | None:
    """What a file says about its list; None if it is none of ours."""
    try:
        return About.model_validate_json(data)
    except ValidationError:
        return None
