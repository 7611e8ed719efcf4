"""Names in running text, by the table `probes`: analysts add rows without Python.

Columns: the one listed name, a text, the words to find (empty: none), must or should, why.
A `must` row that fails stops the build; of the `should` rows, the share found may only rise.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from watcher import Article, Watchlist, find
from watcher.watchlist.entity import Entity

ROWS = list(
    csv.DictReader(
        (Path(__file__).parent / "probes.tsv").read_text(encoding="utf-8").splitlines(),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
)
SHOULD_FIND = 0.6


def found(row: dict[str, str]) -> list[str]:
    watchlist = Watchlist((Entity(id="it", names=(row["name"],)),))
    text = plain(row["text"])
    return [mention.quote for mention in find(Article(text=text), watchlist)]


def plain(cell: str) -> str:
    return cell.replace("\\n", "\n").replace("\\u200b", "\u200b").replace("\\u00ad", "\u00ad")


@pytest.mark.parametrize(
    "row",
    [row for row in ROWS if row["strength"] == "must"],
    ids=lambda row: f"{row['name']}: {row['why']}",
)
def test_what_must_be_found_is_found_and_nothing_else(row: dict[str, str]) -> None:
    wanted = [plain(row["found"])] if row["found"] else []

    assert found(row) == wanted


def test_most_of_what_should_be_found_is_found() -> None:
    rows = [row for row in ROWS if row["strength"] == "should"]

    right = [row for row in rows if found(row) == [plain(row["found"])]]

    assert len(right) >= SHOULD_FIND * len(rows)
