"""Count how many listed people bear each part of a name: makes watcher/names/tables/common.tsv.

Usage: python -m benchmarks.count_parts LISTS TRAIN > watcher/names/tables/common.tsv

LISTS is a folder of watchlists as gzip JSON lines ({"id", "names", "kind"}), TRAIN a folder with
the gzip tables `hebrew_full_names.tsv.gz` and `russian.tsv.gz` (Latin, native, count).
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

from watcher.names import Role, parse

KEPT = {"Latn": 2500, "Arab": 900, "Cyrl": 900, "Hebr": 500}
LEAST = 3


def people(lists: Path, train: Path) -> list[list[str]]:
    """The names of each person."""
    found = []
    for path in sorted(lists.glob("watchlist_*.jsonl.gz")):
        if "_text_" in path.name:
            continue
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if row["kind"] == "person":
                    found += [[*row["names"], *row.get("weak_names", ())]]
    with gzip.open(train / "hebrew_full_names.tsv.gz", "rt", encoding="utf-8") as lines:
        found += [[row[1]] for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]
    return found


def main() -> None:
    """Print the table."""
    names = people(Path(sys.argv[1]), Path(sys.argv[2]))
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    totals: Counter[str] = Counter()
    for spellings in names:
        seen = {
            (part.script.value, part.folded)
            for name in spellings
            for part in parse(name).parts
            if part.role not in (Role.INITIAL, Role.TITLE)
        }
        for script, folded in seen:
            counts[script][folded] += 1
        totals.update({script for script, _ in seen})
    source = "official lists"
    print("script\tpart\tnames\tsource")
    for script, kept in KEPT.items():
        print(f"{script}\t\t{totals[script]}\tall names")
        for part, count in sorted(counts[script].most_common(kept), key=lambda x: (-x[1], x[0])):
            if count >= LEAST:
                print(f"{script}\t{part}\t{count}\t{source}")


if __name__ == "__main__":
    main()
