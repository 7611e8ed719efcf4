"""What the operator may set for each kind of source."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, TypeAlias
from urllib.parse import urlsplit

from pydantic import AfterValidator, Discriminator, Field, Tag

from watcher.feeds.decode import known_charset
from watcher.feeds.rhythm import AnyRhythm, Rhythm
from watcher.written import Closed, FilePath, Flag, Interval, Line, Url

KINDS = ("feed", "folder", "opml")
"""The key that says what a source is."""

USUAL = Rhythm.fixed(timedelta(minutes=15))
"""How often a feed is looked at if nobody says else."""


def _charset(label: str) -> str:
    """A label that we know, as it was written."""
    if not known_charset(label):
        raise ValueError(
            f"{label!r} is no encoding that feeds have; "
            "write utf-8, windows-1256, iso-8859-6, koi8-r or another"
        )
    return label


Charset = Annotated[Line, AfterValidator(_charset)]
"""The name of an encoding."""


class FeedSource(Closed):
    """A feed of the web (`feed: ADDRESS`).

    Attributes:
        url: its address.
        label: what you call it; without it, its address.
        rhythm: how long between two looks, from `1s` up; without it, `15m`. With
            `{from: 5m, to: 6h}` it finds itself between the two.
        full_text: read the page of each article too.
        charset: the encoding of its letters, such as `windows-1256`, whatever it says itself; for
            a feed that is read wrongly. Without it, it is found out.
    """

    url: Url = Field(alias="feed")
    label: Line | None = Field(default=None, alias="name")
    rhythm: AnyRhythm = Field(default=USUAL, alias="every")
    full_text: Flag = False
    charset: Charset = ""

    @property
    def key(self) -> str:
        """What identifies the source across restarts and renames: its address."""
        return self.url

    @property
    def name(self) -> str:
        """What people call it; if it was not named, its address without scheme, "www." and query.

        A user and a password in the address are left out: this is shown to everybody.
        """
        parts = urlsplit(self.url)
        host = parts.netloc.rpartition("@")[2].removeprefix("www.")
        return self.label or host + parts.path.rstrip("/")

    @property
    def every(self) -> timedelta:
        """The shortest time between two looks when all is well."""
        return self.rhythm.shortest


class FolderSource(Closed):
    """A folder in which each text or HTML file is an article (`folder: PATH`).

    Attributes:
        path: the folder, from the folder of this file.
        label: what you call it; without it, the folder's name.
        every: how long between two looks.
    """

    path: FilePath = Field(alias="folder")
    label: Line | None = Field(default=None, alias="name")
    every: Interval = timedelta(seconds=5)

    @property
    def key(self) -> str:
        """What identifies the source across restarts and renames: its path."""
        return str(self.path)

    @property
    def name(self) -> str:
        """What people call it."""
        return self.label or _called(self.path)


class OpmlSource(Closed):
    """A list of feeds, each of which becomes a source (`opml: PATH`).

    Attributes:
        path: the OPML file, from the folder of this file.
        label: what you call it; without it, the file's name.
        rhythm: how long between two looks at each of its feeds, likewise.
        full_text: read the page of each of their articles too.
    """

    path: FilePath = Field(alias="opml")
    label: Line | None = Field(default=None, alias="name")
    rhythm: AnyRhythm = Field(default=USUAL, alias="every")
    full_text: Flag = False

    @property
    def key(self) -> str:
        """What identifies the source across restarts and renames: its path."""
        return str(self.path)

    @property
    def name(self) -> str:
        """What people call it."""
        return self.label or _called(self.path)

    @property
    def every(self) -> timedelta:
        """How long between two looks at the list itself."""
        return self.rhythm.shortest


SourceSettings: TypeAlias = FeedSource | FolderSource | OpmlSource


def _called(path: Path) -> str:
    return path.name or str(path)


def _kind(value: Any) -> str | None:
    """Which of the kinds a block is; None unless exactly one key says so.

    The angle brackets keep the answer, which pydantic puts into its paths, from being a key.
    """
    found = [kind for kind in KINDS if isinstance(value, dict) and kind in value]
    return f"<{found[0]}>" if len(found) == 1 else None


AnySource = Annotated[
    Annotated[FeedSource, Tag("<feed>")]
    | Annotated[FolderSource, Tag("<folder>")]
    | Annotated[OpmlSource, Tag("<opml>")],
    Discriminator(
        _kind,
        custom_error_type="plain",
        custom_error_message="a source is one of feed, folder and opml; "
        'write "- feed: https://…", "- folder: PATH" or "- opml: PATH"',
    ),
]
"""One item of `sources:`, whichever kind it is."""
