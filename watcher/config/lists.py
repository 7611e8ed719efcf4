"""The key `lists:`: official lists that are kept renewed, and what of them is on the disk.

Each is watched from a file in the state folder, or from one that `watcher import` wrote. Its
entities carry the list's name as a tag, so that rules can watch it whole.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote

from pydantic import AfterValidator, BeforeValidator, TypeAdapter, ValidationInfo, model_validator

from watcher.config.files import Files, obstacle, show
from watcher.watchlist import Edition, Imported, read_watchlist
from watcher.watchlist.official import SUFFIX, About, Publisher, parse_about
from watcher.written import (
    OR_ONE,
    Closed,
    Fault,
    FilePath,
    Id,
    Interval,
    Lines,
    Place,
    Severity,
    listed,
    read_url,
    shape,
)

FOLDER = "lists"
"""The folder below the state folder in which renewed lists are."""

_DIGITS = 12
"""Hexadecimal digits of a version, as of the other versions that alerts carry."""

_PATH: TypeAdapter[Path] = TypeAdapter(FilePath)
_FILE_ADDRESS = re.compile(r"file:(?://(?:localhost)?(?=/))?(?=[/.])", re.IGNORECASE)


def check_address(text: str) -> None:
    """Take an address of the web or a path.

    Raises:
        ValueError: it is another address.
    """
    if found := _FILE_ADDRESS.match(text):
        path = unquote(text[found.end() :])
        raise ValueError(f'a file is named by its path, without "file:"; write "{path}"')
    if "://" in text:
        read_url(text)


def _address(value: Any, info: ValidationInfo) -> str:
    """An address of the web as it is written, or an absolute path."""
    if isinstance(value, str):
        check_address(value)
        if "://" in value:
            return value
    return str(_PATH.validate_python(value, context=info.context))


def _some(items: tuple[str, ...]) -> tuple[str, ...]:
    if not items:
        raise ValueError("this list is read from nowhere; write an address or a path")
    return items


def _file_name(name: str) -> str:
    """A name that can be a file's too."""
    if "/" in name or name.startswith("."):
        raise ValueError(f'"{name}" cannot be the name of a file; write letters, digits and "-"')
    return name


_Addresses = Annotated[
    tuple[Annotated[str, BeforeValidator(_address), shape("address or path", type="string")], ...],
    AfterValidator(_some),
    BeforeValidator(listed),
    OR_ONE,
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSettings:
    """One item of `lists:`.

    Attributes:
        name: what the operator calls it; unique.
        path: the watchlist on the disk; absolute.
        publisher: whose files it is made from; None if somebody else writes the watchlist.
        addresses: those files: addresses of the web, and absolute paths.
        every: how long between two looks at them.
        tags: what its entities carry besides its name.
    """

    name: str
    path: Path
    publisher: Publisher | None = None
    addresses: tuple[str, ...] = ()
    every: timedelta = timedelta(days=1)
    tags: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What identifies it among the sources, across restarts."""
        return f"list:{self.name}"


class ListForm(Closed):
    """An official list that is watched besides: one key says whose it is.

    Attributes:
        ofac: addresses or paths of the files of the list of the USA.
        un: of the United Nations.
        eu: of the European Union.
        uk: of the United Kingdom.
        opensanctions: of OpenSanctions.
        file: instead, a watchlist (`.jsonl`, `.yaml`) that somebody else keeps.
        name: what you call the list; without it, the publisher, or the name of the file.
        every: how long between two looks.
        tags: words for rules to watch, besides the list's own.
    """

    ofac: _Addresses | None = None
    un: _Addresses | None = None
    eu: _Addresses | None = None
    uk: _Addresses | None = None
    opensanctions: _Addresses | None = None
    file: FilePath | None = None
    name: Annotated[Id, AfterValidator(_file_name)] | None = None
    every: Interval = timedelta(days=1)
    tags: Lines = ()

    @model_validator(mode="after")
    def _is_one(self) -> ListForm:
        if len(self._given) != 1:
            raise ValueError(
                "a list is one of ofac, un, eu, uk, opensanctions and file;"
                ' write "- ofac: [https://…]" or "- file: PATH"'
            )
        return self

    @property
    def _given(self) -> list[str]:
        keys = (*Publisher, "file")
        return [str(key) for key in keys if getattr(self, key) is not None]

    def settings(self, state: Path) -> ListSettings:
        """The list as the daemon uses it.

        Args:
            state: the state folder.
        """
        if self.file is not None:
            name = self.name or self.file.stem
            return ListSettings(name=name, path=self.file, tags=self.tags)
        publisher = Publisher(self._given[0])
        name = self.name or publisher.value
        return ListSettings(
            name=name,
            path=state / FOLDER / f"{name}.jsonl",
            publisher=publisher,
            addresses=getattr(self, publisher),
            every=self.every,
            tags=self.tags,
        )


@dataclass(frozen=True, slots=True)
class Shelf:
    """The lists as they are on the disk.

    Attributes:
        lists: those that are there, in the order of the operator's file.
        warnings: about those that are not, and about lines that had to be left out.
        complete: all are there.
    """

    lists: tuple[Imported, ...] = ()
    warnings: tuple[Fault, ...] = ()
    complete: bool = True


def read_shelf(settings: Iterable[ListSettings]) -> Shelf:
    """Read every list that is there; nothing is raised."""
    found: list[Imported] = []
    warnings: list[Fault] = []
    complete = True
    for each in settings:
        if why := obstacle(each.path):
            warnings.append(_absent(each, why))
            complete = False
            continue
        files = Files(limit=None)
        files.read(each.path)
        if files.faults:
            warnings += map(_warned, files.faults)
            complete = False
            continue
        data = files.content[show(each.path)]
        listing = read_watchlist(show(each.path), data)
        warnings += [*map(_warned, listing.faults), *listing.warnings]
        tags = (each.name, *each.tags)
        entities = tuple(
            replace(e, origin=each.name, tags=tuple(dict.fromkeys((*e.tags, *tags))))
            for e in listing.watchlist
        )
        found.append(Imported(_edition(each, data), entities))
    return Shelf(tuple(found), tuple(warnings), complete)


def read_about(path: Path) -> About | None:
    """What is known about the list in a file; None if nothing is known of it as it stands."""
    try:
        with path.open("rb") as file:
            return _said(path, hashlib.file_digest(file, "sha256").hexdigest())
    except OSError:
        return None


def _said(path: Path, checksum: str) -> About | None:
    """What stands beside a list, if it speaks of the state with this checksum."""
    try:
        about = parse_about(path.with_name(path.name + SUFFIX).read_bytes())
    except OSError:
        return None
    return about if about and about.checksum == checksum else None


def _edition(settings: ListSettings, data: bytes) -> Edition:
    """Which state of the list was read: of these very bytes, for another may lie there by now."""
    checksum = hashlib.sha256(data).hexdigest()
    about = _said(settings.path, checksum)
    if about is None:
        return Edition(settings.name, version=checksum[:_DIGITS])
    return Edition(settings.name, about.published, about.version[:_DIGITS])


def _absent(settings: ListSettings, why: str) -> Fault:
    if settings.publisher is None:
        hint = 'write it with "watcher import", or mend the path'
    else:
        hint = "the daemon fetches it when it starts"
    place = Place(file=show(settings.path))
    return place.warning(f'nobody of the list "{settings.name}" is watched: it {why}', hint)


def _warned(fault: Fault) -> Fault:
    """A fault of one line as a warning: the other lines of the list are watched."""
    return replace(fault, severity=Severity.WARNING)
