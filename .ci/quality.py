"""Score the matcher on the tables under tests/quality, against floors that may only be raised.

A floor is the last accepted figure. A change that gains on one and loses on another is a decision
for people: it says so in the changelog under Matching. Exit code 1 below a floor.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from watcher import Article, compare, find
from watcher.watchlist import read_watchlist

ROOT = Path(__file__).parent.parent
TABLES = ROOT / "tests" / "quality"
WATCHLIST = ROOT / "rules" / "commanders.yaml"

FLOORS = {
    "names: recall": Fraction(97, 100),
    "names: precision": Fraction(99, 100),
    "texts: recall": Fraction(97, 100),
    "texts: precision": Fraction(99, 100),
}


class Verdict(NamedTuple):
    """One thing that was to be found or not, and whether it was."""

    wanted: bool
    got: bool
    row: str


def main() -> int:
    """Score both tables and print them with every miss; the exit code."""
    low = 0
    for table, verdicts in (("names", list(names())), ("texts", list(texts()))):
        for miss in (verdict for verdict in verdicts if verdict.wanted != verdict.got):
            print("missed:" if miss.wanted else "wrong: ", miss.row)
        for figure, share in zip(("recall", "precision"), figures(verdicts), strict=True):
            floor = FLOORS[f"{table}: {figure}"]
            low += share < floor
            word = "BELOW" if share < floor else "floor"
            print(f"{table}: {figure:9} {float(share):.3f}  {word} {float(floor):.3f}")
    return 1 if low else 0


def names() -> Iterator[Verdict]:
    """Each pair of names: are they the same?"""
    for row in read("names.tsv"):
        got = compare(row["left"], row["right"]).same
        yield Verdict(
            row["same"] == "yes", got, f"{row['left']} · {row['right']} ({row['source']})"
        )


def texts() -> Iterator[Verdict]:
    """Each entity that was wanted or found in a text."""
    watchlist = read_watchlist(str(WATCHLIST), WATCHLIST.read_bytes()).watchlist
    for row in read("texts.tsv"):
        wanted = set(row["entities"].split(",")) - {"-"}
        got = {mention.entity for mention in find(Article(text=row["text"]), watchlist)}
        for entity in sorted(wanted | got):
            told = f"{entity} in {row['text']} ({row['source']})"
            yield Verdict(entity in wanted, entity in got, told)


def figures(verdicts: list[Verdict]) -> tuple[Fraction, Fraction]:
    """Recall and precision; 1 where there is nothing to count."""
    hits = sum(verdict.wanted and verdict.got for verdict in verdicts)
    wanted = sum(verdict.wanted for verdict in verdicts)
    got = sum(verdict.got for verdict in verdicts)
    return Fraction(hits, wanted or 1), Fraction(hits, got or 1)


def read(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table, by column."""
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


if __name__ == "__main__":
    sys.exit(main())
