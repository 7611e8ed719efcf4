"""How fast a watchlist is looked up in a stream of articles, beside exact search.

Usage: python -m benchmarks.speed LIST.jsonl[.gz] ARTICLES.jsonl[.gz] [--mb 8] [--seed 7]

LIST holds an entity a line ({"id", "names", "kind"?}), ARTICLES a document a line ({"text"}).
The articles are shuffled and met once, in one process: "cold" is the whole stream from an empty
start, "steady" its last quarter. Prints one row of figures: megabytes (UTF-8) a second of processor
time, the share of exact Aho-Corasick on the same text and names (if ahocorasick_rs is installed),
names judged an article, seconds to compile, resident memory, and the time that 99 of 100 articles
stay under when each is searched by itself.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import time
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from watcher import Article, Watchlist, find
from watcher.match import Index, compile_index, find_all, whole
from watcher.names import Kind
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


def timed(index: Index, articles: list[Article]) -> float:
    began = time.process_time()
    for _ in find_all(articles, index):
        pass
    return time.process_time() - began


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("list", type=Path)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--mb", type=float, default=8)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    listing = watchlist(asked.list)
    articles = stream(asked.articles, asked.mb, asked.seed)
    began = time.process_time()
    index = compile_index(listing)
    compiled = time.process_time() - began
    early, late = articles[: 3 * len(articles) // 4], articles[3 * len(articles) // 4 :]
    first, last = timed(index, early), timed(index, late)
    cold, steady = size_of(articles) / (first + last), size_of(late) / last
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    measure = exact(listing, articles)
    shares = f" ({cold / measure:.4f} / {steady / measure:.4f} of exact)" if measure else ""
    print(f"{len(index.listed)} names, {len(articles)} articles, {size_of(articles):.1f} MB")
    print(f"cold {cold:.2f} MB/s, steady {steady:.2f} MB/s{shares}")
    print(f"compile {compiled:.1f} s, resident {resident:.0f} MB")
    print(f"judged {judged(index, late):.1f} names an article")
    print(f"p99 of one article {slow_ones(index, late):.1f} ms")


if __name__ == "__main__":
    main()
