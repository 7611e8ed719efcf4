"""Fit what speaks for a person's name in running text: the signs of watcher/match/crowd.py.

Usage: python -m benchmarks.fit_crowd TEXT.jsonl.gz LISTS NEWS.jsonl.gz LIST.jsonl.gz
           [--articles N] [--true FILE] [--wrong FILE]

TEXT holds articles with hand-marked people, LISTS their watchlists (watchlist_text_SOURCE_SCRIPT):
names found where they are marked are right. NEWS are general articles, of which N are drawn, and
LIST a long official list: what is found there is wrong, but for the ids in the FILE of --true (one
a line), which a person has read. Writes what it held to be wrong into the FILE of --wrong, for such
a person: id, words, name. With 600 articles it takes two minutes.

It prints weights to hold beside those in the module and changes nothing: those come out of an
earlier run over other finds (see there), were rounded, and their base was set by hand, so that what
this prints is not what stands there. Needs numpy and scikit-learn.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from math import log
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from watcher.match.bar import BAR
from watcher.match.bound import most
from watcher.match.crowd import Signs, signs
from watcher.match.index import Index, compile_index
from watcher.match.judge import Find, judge
from watcher.match.reader import read
from watcher.match.spot import learn, spots
from watcher.match.wanted import evenly
from watcher.names import Kind
from watcher.watchlist.entity import Entity, Watchlist

WRONG = 10.0
"""A wrong alert weighs as much as so many names missed."""
LOST = 0.025
"""The share of right names that a list as long as LIST may hold back; it sets the base."""
ARTICLES = 600
"""So many general articles are read."""
SEED = 7
TOGETHER = 50
"""Articles whose words are looked up at once, which is much cheaper than one by one."""


class Seen(NamedTuple):
    """A name found in an article.

    Attributes:
        signs: what speaks for it.
        right: whether it is the listed person.
        key: the entity, the words and the name; so that one that repeats counts once.
    """

    signs: Signs
    right: bool
    key: tuple[str, str, str]


def _seen(find: Find, said: Signs, *, right: bool) -> Seen:
    listed = find.listed
    return Seen(said, right, (listed.entity.id, find.quote, listed.name.text))


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


def found(texts: Sequence[str], index: Index) -> Iterator[tuple[int, Find, Signs]]:
    """The persons' names of several parts that texts hold by their letters, with which text."""
    wanted = evenly(np.ones(len(index.listed), bool), BAR)
    for first in range(0, len(texts), TOGETHER):
        pages = [read(text, index) for text in texts[first : first + TOGETHER]]
        learn(pages, index)
        for number, page in enumerate(pages, first):
            for spot in spots(page, index, wanted):
                listed = index.listed[spot.listed]
                is_person = listed.entity.kind == Kind.PERSON
                if is_person and most(listed, spot.pieces) >= BAR:
                    find = judge(page, listed, spot.pieces)
                    if find.score >= BAR:
                        yield number, find, signs(page, find)


def marked(texts: Path, lists: Path) -> Iterator[Seen]:
    """What is right: names found where their entity is marked."""
    articles = rows(texts)
    for path in sorted(lists.glob("watchlist_text_*")):
        source, _ = path.name.removeprefix("watchlist_text_").split(".")[0].rsplit("_", 1)
        index = compile_index(watchlist(path))
        own = [article for article in articles if article["src"] == source]
        for number, find, said in found([article["text"] for article in own], index):
            if any(_is_marked(find, mention) for mention in own[number]["mentions"]):
                yield _seen(find, said, right=True)


def _is_marked(find: Find, mention: dict) -> bool:
    same = find.listed.entity.id == mention["entity_id"]
    return same and find.start < mention["end"] and mention["start"] < find.end


def general(texts: Sequence[str], listed: Path, true: frozenset[str]) -> Iterator[Seen]:
    """What is wrong: names of a long list found in general news, but for those read to be right."""
    index = compile_index(watchlist(listed))
    for _, find, said in found(texts, index):
        yield _seen(find, said, right=find.listed.entity.id in true)


def drawn(news: Path, articles: int) -> list[str]:
    """Some general articles, drawn by chance, the same ones each time."""
    texts = [row["text"] for row in rows(news)]
    Random(SEED).shuffle(texts)
    return texts[:articles]


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
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--wrong", type=Path)
    args = parser.parse_args()
    true = frozenset(args.true.read_text(encoding="utf-8").split()) if args.true else frozenset()
    seen = [
        *marked(args.text, args.lists),
        *general(drawn(args.news, args.articles), args.list, true),
    ]
    if args.wrong:
        wrong = sorted({"\t".join(one.key) for one in seen if not one.right})
        args.wrong.write_text("\n".join(wrong), encoding="utf-8")
    base, weights = fit(seen, sum(len(entity.names) for entity in watchlist(args.list)))
    print(f"base {base:+.2f}")
    for name, value in weights._asdict().items():
        print(f"{name:8} {value:+.2f}")


if __name__ == "__main__":
    main()
