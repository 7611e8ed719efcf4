"""Which rules were in force when, and what stood in their files.

A text is kept once, deflated, under the hash of its bytes: a folder of twenty files of which one
changes every day costs one file a day.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from hashlib import sha256
from itertools import groupby
from operator import itemgetter

from watcher.store.database import Database, Row
from watcher.store.moment import from_ms, to_ms
from watcher.store.record import Reign
from watcher.watchlist import Edition
from watcher.watchlist.official import Change, Sort

_REIGNS = "SELECT number, since, rules_version, list_version, lists_json FROM reigns"


class Reigns:
    """The reigns of a store: `Store.reigns`. Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, reign: Reign) -> None:
        """Note which rules and list come into force, unless they already are."""
        with self._database.write():
            last = self.in_force()
            if not last or not _is_same(last, reign):
                _put(self._database, reign)

    def all(self) -> tuple[Reign, ...]:
        """All that was ever in force, with its files, the first one first."""
        return tuple(_all(self._database))

    def in_force(self) -> Reign | None:
        """Which rules and list came into force last, with their files; None if none ever did.

        They are those of the running daemon, or those with which the last one ended.
        """
        rows = self._database.read(f"{_REIGNS} ORDER BY number DESC LIMIT 1")
        files = (_files(self._database, row["number"], {}, {}) for row in rows)
        listed = (_listed(self._database, row["number"]) for row in rows)
        return next(map(_reign, rows, files, listed), None)


def _put(database: Database, reign: Reign) -> None:
    lists = json.dumps([asdict(edition) for edition in reign.editions], ensure_ascii=False)
    database.run(
        "INSERT INTO reigns (since, rules_version, list_version, lists_json) VALUES (?, ?, ?, ?)",
        (to_ms(reign.since), reign.rules_version, reign.list_version, lists),
    )
    number = database.read("SELECT MAX(number) AS number FROM reigns")[0]["number"]
    for file, text in reign.files.items():
        _put_text(database, text)
        database.run(
            "INSERT INTO reign_files (reign, file, text) VALUES (?, ?, ?)",
            (number, file, _key(text)),
        )
    database.run_each(
        "INSERT INTO reign_listed (reign, list, sort, entity, name, was) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (number, name, each.sort, each.id, each.name, each.was)
            for name, changes in reign.listed.items()
            for each in changes
        ],
    )


def _all(database: Database) -> Iterator[Reign]:
    """Each reign; texts that stay from one to the next are held once."""
    rows = database.read(f"{_REIGNS} ORDER BY number")
    texts: dict[str, bytes] = {}
    for row in rows:
        before, texts = texts, {}
        files = _files(database, row["number"], before, texts)
        yield _reign(row, files, _listed(database, row["number"]))


def _is_same(last: Reign, reign: Reign) -> bool:
    """Whether nothing at all has changed, not even a comment.

    A list that cannot be told by its text is told by its version.
    """
    versions = (last.rules_version, last.list_version)
    return versions == (reign.rules_version, reign.list_version) and last.files == reign.files


def _put_text(database: Database, text: bytes) -> None:
    database.run(
        "INSERT INTO texts (id, packed) VALUES (?, ?) ON CONFLICT (id) DO NOTHING",
        (_key(text), zlib.compress(text)),
    )


def _files(
    database: Database, number: int, known: Mapping[str, bytes], texts: dict[str, bytes]
) -> dict[str, bytes]:
    """The files of a reign, in order; `texts` gets each by its hash, those `known` are not read."""
    files: dict[str, bytes] = {}
    rows = database.read(
        "SELECT file, text FROM reign_files WHERE reign = ? ORDER BY file", (number,)
    )
    for row in rows:
        text = known.get(row["text"]) or _text(database, row["text"])
        files[row["file"]] = texts[row["text"]] = text
    return files


def _text(database: Database, key: str) -> bytes:
    packed = database.read("SELECT packed FROM texts WHERE id = ?", (key,))[0]["packed"]
    return zlib.decompress(packed)


def _key(text: bytes) -> str:
    return sha256(text).hexdigest()


def _listed(database: Database, number: int) -> dict[str, tuple[Change, ...]]:
    """What changed in the official lists when a reign began."""
    rows = database.read(
        "SELECT list, sort, entity, name, was FROM reign_listed WHERE reign = ? ORDER BY rowid",
        (number,),
    )
    found: dict[str, tuple[Change, ...]] = {}
    for name, told in groupby(rows, key=itemgetter("list")):
        found[name] = tuple(
            Change(sort=Sort(row["sort"]), id=row["entity"], name=row["name"], was=row["was"])
            for row in told
        )
    return found


def _reign(row: Row, files: Mapping[str, bytes], listed: Mapping[str, tuple[Change, ...]]) -> Reign:
    return Reign(
        since=from_ms(row["since"]),
        rules_version=row["rules_version"],
        list_version=row["list_version"],
        editions=tuple(Edition(**told) for told in json.loads(row["lists_json"])),
        files=files,
        listed=listed,
    )
