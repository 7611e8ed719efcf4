"""How fast a watchlist is looked up in a stream of articles, beside exact search.

Usage: python -m benchmarks.speed LIST.jsonl[.gz] ARTICLES.jsonl[.gz] [--mb 8] [--seed 7]
           [--marked TEXT.jsonl[.gz] LISTS]

LIST holds an entity a line ({"id", "names", "kind"?}), ARTICLES a document a line ({"text"}).
The articles are shuffled and met once, in one process: "cold" is the whole stream from an empty
start, "steady" its last quarter. Prints megabytes (UTF-8) a second of processor time, and what
share of exact Aho-Corasick on the same text and names that is (if ahocorasick_rs is installed);
alerts for 1,000 of the articles; names judged an article; seconds to compile, megabytes of the
compiled file, milliseconds to open it; resident memory; and the time that 99 of 100 articles stay
under when each is searched by itself. With --marked also the recall and the precision on marked
texts (as for `benchmarks.score_text`) in the same run. An installation without a C++ compiler
tells what the arrays alone do.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import random
import resource
import time
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks import score_text
from watcher import Article, Watchlist, find
from watcher.cache import open_index
from watcher.match import Index, compile_index, find_all, whole
from watcher.names import Kind, core
from watcher.watchlist.entity import Entity


def rows(path: Path) -> Iterator[dict]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def kind(row: dict) -> Kind:
    return Kind.PERSON if row.get("kind", "person") == "person" else Kind.ORGANIZATION


def watchlist(path: Path) -> Watchlist:
    return Watchlist(
        tuple(
            Entity(id=row["id"], names=tuple(row["names"]), kind=kind(row))
            for row in rows(path)
            if row["names"]
        )
    )


def stream(path: Path, megabytes: float, seed: int) -> list[Article]:
    texts = [row["text"] for row in rows(path)]
    random.Random(seed).shuffle(texts)
    chosen, size = [], 0
    for text in texts:
        chosen.append(Article(text=text))
        size += len(text.encode())
        if size > megabytes * 1e6:
            break
    return chosen


def size_of(articles: list[Article]) -> float:
    return sum(len(article.text.encode()) for article in articles) / 1e6


class Timed(NamedTuple):
    """Seconds of processor time, and how many alerts there were."""

    seconds: float
    alerts: int


def timed(index: Index, articles: list[Article]) -> Timed:
    began = time.process_time()
    alerts = sum(len({one.entity for one in found}) for found in find_all(articles, index))
    return Timed(time.process_time() - began, alerts)


def exact(listing: Watchlist, articles: list[Article]) -> float | None:
    if find_spec("ahocorasick_rs") is None:
        return None
    ahocorasick_rs = import_module("ahocorasick_rs")
    names = [name.lower() for entity in listing for name in entity.names if len(name) > 3]
    automaton = ahocorasick_rs.AhoCorasick(names)
    began = time.process_time()
    for article in articles:
        automaton.find_matches_as_indexes(article.text)
    return size_of(articles) / (time.process_time() - began)


def judged(index: Index, articles: list[Article]) -> float:
    """Names judged with care, an article."""
    count, careful = 0, whole.judge

    def counted(*arguments):
        nonlocal count
        count += 1
        return careful(*arguments)

    whole.judge = counted
    timed(index, articles)
    whole.judge = careful
    return count / len(articles)


def slow_ones(index: Index, articles: list[Article]) -> float:
    """Milliseconds that 99 of 100 articles stay under."""
    times = []
    for article in articles:
        began = time.process_time()
        find(article, index)
        times.append(time.process_time() - began)
    return 1e3 * sorted(times)[int(0.99 * len(times))]


def opened(listing: Watchlist) -> tuple[float, float]:
    """Megabytes of the compiled file, and milliseconds to open it."""
    with TemporaryDirectory() as folder:
        open_index(listing, Path(folder))
        began = time.process_time()
        open_index(listing, Path(folder))
        took = time.process_time() - began
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
    return size / 1e6, 1e3 * took


def marked(text: Path, lists: Path) -> str:
    """Recall and precision on marked texts."""
    told: Counter[str] = Counter()
    docs = list(rows(text))
    for path in sorted(lists.glob("watchlist_text_*.jsonl*")):
        source, script = path.name.split(".")[0].removeprefix("watchlist_text_").rsplit("_", 1)
        mine = [doc for doc in docs if doc["src"] == source]
        found = score_text.ours(score_text.watchlist(path))(doc["text"] for doc in mine)
        told.update(score_text.count(mine, script, found))
    alerts = told["right"] + told["wrong"] + told["stray"]
    full, part = told["full found"] / told["full"], told["part found"] / told["part"]
    return f"recall {full:.4f} full, {part:.3f} part; precision {told['right'] / alerts:.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("list", type=Path)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--mb", type=float, default=8)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--marked", type=Path, nargs=2, metavar=("TEXT", "LISTS"))
    asked = parser.parse_args()
    listing = watchlist(asked.list)
    articles = stream(asked.articles, asked.mb, asked.seed)
    began = time.process_time()
    index = compile_index(listing)
    compiled = time.process_time() - began
    gc.collect()
    gc.freeze()  # as the program does: what is compiled is not looked through for garbage
    early, late = articles[: 3 * len(articles) // 4], articles[3 * len(articles) // 4 :]
    first, last = timed(index, early), timed(index, late)
    cold = size_of(articles) / (first.seconds + last.seconds)
    steady = size_of(late) / last.seconds
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    measure = exact(listing, articles)
    shares = f" ({cold / measure:.4f} / {steady / measure:.4f} of exact)" if measure else ""
    print(f"{len(index.listed)} names, {len(articles)} articles, {size_of(articles):.1f} MB")
    print(f"cold {cold:.2f} MB/s, steady {steady:.2f} MB/s{shares}")
    loops = "compiled loops" if core.BUILT else "arrays alone"
    alerts = 1000 * (first.alerts + last.alerts) / len(articles)
    print(f"{loops}; {alerts:.1f} alerts for 1,000 articles")
    size, took = opened(listing)
    print(f"compile {compiled:.1f} s, file {size:.0f} MB, open {took:.0f} ms")
    print(f"resident {resident:.0f} MB")
    print(f"judged {judged(index, late):.1f} names an article")
    print(f"p99 of one article {slow_ones(index, late):.1f} ms")
    if asked.marked:
        print(marked(*asked.marked))


if __name__ == "__main__":
    main()
