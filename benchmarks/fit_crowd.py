"""Fit what speaks for a person's name in running text: the signs of watcher/match/crowd.py.

Usage: python -m benchmarks.fit_crowd TEXT.jsonl.gz LISTS NEWS.jsonl.gz LIST.jsonl.gz [--true FILE]

TEXT holds articles with hand-marked people, LISTS their watchlists (watchlist_text_SOURCE_SCRIPT):
names found where they are marked are right. NEWS are general articles and LIST a long official
list: what is found there is wrong, but for the ids in FILE (one a line), which a person has read.
Prints weights to hold beside those in the module, which were rounded and set by hand. Needs numpy
and scikit-learn.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from math import log
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from watcher.match.crowd import Signs, signs
from watcher.match.find import BAR
from watcher.match.index import Index, compile_index
from watcher.match.judge import Find, judge
from watcher.match.spot import read, spots
from watcher.names import Kind
from watcher.watchlist.entity import Entity, Watchlist

WRONG = 10.0
"""A wrong alert weighs as much as so many names missed."""
LOST = 0.025
"""The share of right names that a list as long as LIST may hold back; it sets the base."""


class Seen(NamedTuple):
    """A name found in an article.

    Attributes:
        signs: what speaks for it.
        right: whether it is the listed person.
        key: the words and the name; so that one that repeats counts once.
    """

    signs: Signs
    right: bool
    key: tuple[str, str]


def rows(path: Path) -> list[dict]:
    """The objects of a file of JSON lines, packed by gzip."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def watchlist(path: Path) -> Watchlist:
    """A list of JSON lines with id, names and kind."""
    entities = [
        Entity(id=row["id"], names=names, kind=_kind(row))
        for row in rows(path)
        if (names := tuple(name for name in row["names"] if name.strip()))
    ]
    return Watchlist(tuple(entities))


def _kind(row: dict) -> Kind:
    return Kind.PERSON if row.get("kind", "person") == "person" else Kind.ORGANIZATION


def found(text: str, index: Index) -> Iterator[tuple[Find, Signs]]:
    """The persons' names of several parts that a text holds by their letters."""
    page = read(text, index)
    for spot in spots(page, index):
        listed = index.listed[spot.listed]
        if listed.entity.kind == Kind.PERSON and len(spot.pieces) > 1:
            find = judge(page, listed, spot.pieces)
            if find.score >= BAR:
                yield find, signs(page, find)


def marked(texts: Path, lists: Path) -> Iterator[Seen]:
    """What is right: names found where their entity is marked."""
    articles = rows(texts)
    for path in sorted(lists.glob("watchlist_text_*")):
        source, _ = path.name.removeprefix("watchlist_text_").split(".")[0].rsplit("_", 1)
        index = compile_index(watchlist(path))
        for article in articles:
            if article["src"] == source:
                for find, said in found(article["text"], index):
                    if any(_is_marked(find, mention) for mention in article["mentions"]):
                        yield Seen(said, right=True, key=(find.quote, find.listed.name.text))


def _is_marked(find: Find, mention: dict) -> bool:
    same = find.listed.entity.id == mention["entity_id"]
    return same and find.start < mention["end"] and mention["start"] < find.end


def general(news: Path, listed: Path, true: frozenset[str]) -> Iterator[Seen]:
    """What is wrong: names of a long list found in general news, but for those read to be right."""
    index = compile_index(watchlist(listed))
    for article in rows(news):
        for find, said in found(article["text"], index):
            entity, name = find.listed.entity.id, find.listed.name.text
            yield Seen(said, right=entity in true, key=(find.quote, name))


def fit(seen: Sequence[Seen], names: int) -> tuple[float, Signs]:
    """The base and the weights, as they stand in the module."""
    x = np.array([one.signs for one in seen])
    y = np.array([one.right for one in seen])
    times = Counter(one.key for one in seen)
    weight = np.array([(1.0 if one.right else WRONG) / times[one.key] for one in seen])
    model = LogisticRegression(C=1, max_iter=3000).fit(x, y, sample_weight=weight)
    value = x @ model.coef_[0]
    least = float(np.quantile(value[y], LOST))
    return log(names) - least, Signs(*model.coef_[0])


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("text", "lists", "news", "list"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--true", type=Path)
    args = parser.parse_args()
    true = frozenset(args.true.read_text(encoding="utf-8").split()) if args.true else frozenset()
    seen = [*marked(args.text, args.lists), *general(args.news, args.list, true)]
    base, weights = fit(seen, sum(len(entity.names) for entity in watchlist(args.list)))
    print(f"base {base:+.2f}")
    for name, value in weights._asdict().items():
        print(f"{name:8} {value:+.2f}")


if __name__ == "__main__":
    main()
