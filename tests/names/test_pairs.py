"""Every row of the two tables: pairs that are one name, traps that are two.

A `must` row that fails stops the build; a `should` row may fail, but of all rows nearly all hold.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from watcher.names import Kind, compare

HERE = Path(__file__).parent
SHARE = 0.94


def read(name):
    with (HERE / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


ROWS = read("pairs") + read("traps")


def holds(row):
    answer = compare(row["left"], row["right"], Kind(row["kind"]))
    return answer.same is (row["same"] == "yes")


@pytest.mark.parametrize(
    "row",
    [r for r in ROWS if r["strength"] == "must"],
    ids=lambda row: f"{row['left']} | {row['right']}",
)
def test_a_must_row_holds(row):
    answer = compare(row["left"], row["right"], Kind(row["kind"]))

    assert answer.same is (row["same"] == "yes"), answer


def test_nearly_all_rows_hold():
    assert len(ROWS) >= 400
    assert sum(map(holds, ROWS)) >= SHARE * len(ROWS)


def test_rows_are_written_once_and_whole():
    keys = [(r["left"], r["right"], r["kind"]) for r in ROWS]

    assert len(keys) == len(set(keys))
    assert {r["same"] for r in read("pairs")} == {"yes"}
    assert {r["same"] for r in read("traps")} == {"no"}
    assert {r["strength"] for r in ROWS} == {"must", "should"}
    assert all(r["language"] and r["source"] for r in ROWS)
