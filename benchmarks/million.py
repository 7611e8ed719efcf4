"""How a list of a million names is compiled, kept, opened and looked up.

Usage: python -m benchmarks.million ARTICLES.jsonl[.gz] LIST.jsonl[.gz]... [--names N] [--mb 4]

Nobody publishes a list so long, so one is made of real ones: names that take each of their parts
from another name of the LISTs, at the same place and of the same kind, every fifth part spelled
otherwise. That is denser in near-twins than a real list would be. ARTICLES holds a document a line
({"text"}); they are shuffled and met once, by one process: "cold" is the whole stream, "steady" its
last quarter. The list is written to a file and read from there, as `watcher scan` does. Prints one
row of figures: seconds to compile by the clock, and of processor time in all processes; megabytes
of the file; seconds of processor time to open it, knowing that it belongs to the list among them;
megabytes of text a second; milliseconds that 99 of 100 articles stay under when each is searched by
itself; and resident memory after opening (the list itself left out) and at the end.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.speed import kind, rows, size_of, slow_ones, stream, timed
from watcher import Watchlist
from watcher.__main__ import COLLECT
from watcher.cache import open_index
from watcher.names import Kind
from watcher.watchlist import read_watchlist
from watcher.watchlist.entity import Entity

_OTHERWISE = (("ou", "u"), ("ee", "i"), ("i", "y"), ("y", "i"), ("o", "u"), ("u", "o"), ("e", "i"))
_OTHERWISE += (
    ("kh", "h"),
    ("q", "k"),
    ("w", "v"),
    ("ll", "l"),
    ("ss", "s"),
    ("и", "і"),
    ("е", "э"),
)
_SPELLED_OTHERWISE = 0.2
_NAMES = 2.3
"""Names an entity has on average."""


def templates(lists: list[Path]) -> list[tuple[Kind, list[str]]]:
    """The names of some lists, cut at spaces; those of one word are left out."""
    found = [
        (kind(row), name.replace(",", "").split())
        for path in lists
        for row in rows(path)
        for name in row["names"]
    ]
    return [(of, parts) for of, parts in found if len(parts) > 1]


def recombined(lists: list[Path], names: int, seed: int) -> Iterator[tuple[Kind, str]]:
    """So many names, no two alike."""
    chance = random.Random(seed)
    known = templates(lists)
    at: dict[tuple[Kind, int, bool], list[str]] = {}
    for of, parts in known:
        for place, part in enumerate(parts):
            at.setdefault((of, place, part.isascii()), []).append(part)
    met: set[str] = set()
    while len(met) < names:
        of, parts = chance.choice(known)
        drawn = [
            spelled(chance.choice(at[of, place, part.isascii()]), chance)
            for place, part in enumerate(parts)
        ]
        name = " ".join(drawn)
        if name not in met:
            met.add(name)
            yield of, name


def spelled(part: str, chance: random.Random) -> str:
    """A part, now and then with one letter as others write it."""
    if chance.random() >= _SPELLED_OTHERWISE:
        return part
    there, other = chance.choice(_OTHERWISE)
    return re.sub(there, other, part, count=1)


def listing(lists: list[Path], names: int, seed: int) -> Watchlist:
    """Entities with so many names."""
    chance, several = random.Random(seed), []
    entities: list[Entity] = []
    last = None
    for of, name in recombined(lists, names, seed):
        if several and (of is not last or chance.random() < 1 / _NAMES):
            entities.append(Entity(id=f"{len(entities)}", names=tuple(several), kind=last))
            several = []
        several.append(name)
        last = of
    entities.append(Entity(id=f"{len(entities)}", names=tuple(several), kind=last))
    return Watchlist(tuple(entities))


def filed(watchlist: Watchlist, folder: Path) -> Watchlist:
    """A list as it is read from a file."""
    path = folder / "list.jsonl"
    with path.open("w", encoding="utf-8") as lines:
        for entity in watchlist:
            row = {"id": entity.id, "names": entity.names, "kind": entity.kind}
            lines.write(json.dumps(row) + "\n")
    return read_watchlist(str(path), path.read_bytes()).watchlist


def spent() -> float:
    """Seconds of processor time of this process and of those that it started."""
    return sum(os.times()[:4])


def resident() -> float:
    """Megabytes of this process that are in memory, pages it shares with others apart."""
    told = Path("/proc/self/status").read_text()
    return int(re.search(r"RssAnon:\s+(\d+)", told).group(1)) / 1e3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("lists", type=Path, nargs="+")
    parser.add_argument("--names", type=int, default=1_000_000)
    parser.add_argument("--mb", type=float, default=4)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = listing(asked.lists, asked.names, asked.seed)
        watchlist = filed(made, Path(folder))
        del made
    articles = stream(asked.articles, asked.mb, asked.seed)
    gc.freeze()
    gc.set_threshold(*COLLECT)  # both as the program does
    with tempfile.TemporaryDirectory() as folder:
        began, before = time.perf_counter(), spent()
        open_index(watchlist, Path(folder))
        compiled, worked = time.perf_counter() - began, spent() - before
        (file,) = Path(folder).glob("*.compiled")
        gc.collect()
        before, began = resident(), time.process_time()
        index = open_index(watchlist, Path(folder))
        opened, after = time.process_time() - began, resident()
        cut = len(articles) * 3 // 4
        first = timed(index, articles[:cut]).seconds
        last = timed(index, articles[cut:]).seconds
        held = resident()
        print(
            f"{asked.names} names, {size_of(articles):.1f} MB: compiled in {compiled:.1f} s, "
            f"{worked:.1f} of processor time, file {file.stat().st_size / 1e6:.0f} MB, "
            f"opened in {opened:.2f} s; "
            f"cold {size_of(articles) / (first + last):.2f} MB/s, "
            f"steady {size_of(articles[cut:]) / last:.2f} MB/s, "
            f"p99 {slow_ones(index, articles[cut:][:300]):.1f} ms; "
            f"resident {after - before:.0f} MB more when opened, {held - before:.0f} MB at the end"
        )


if __name__ == "__main__":
    main()
