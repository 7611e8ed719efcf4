"""Make every table under watcher/names/tables that is not written by hand, in their order.

Usage: python -m benchmarks.make_tables TRAIN LISTS PAIRS.jsonl.gz

Counts the parts of names (LISTS, TRAIN), learns the steps of letters (TRAIN, PAIRS), fits the
weights (PAIRS). Takes about twenty minutes.

The tables that stand came out of one such run, but a second does not give the very same: the
aligned parts of PAIRS are found with the steps, weights and rules of parsing that stand when it
begins, so that steps and weights may differ in a few hundredths. What is written by hand is no
part of it: the tables `words`, `letters`, `keys`, `known` and `twins`. The margins that
`fit_weights.py` adds to four weights are set by hand, too, and the table says so.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

TABLES = Path(__file__).parent.parent / "watcher" / "names" / "tables"


def run(name: str, *arguments: str) -> bytes:
    """Run one script; each reads the tables anew. What it prints."""
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", *arguments], check=True, stdout=subprocess.PIPE
    )
    return done.stdout


def main() -> None:
    """Make them all."""
    train, lists, pairs = sys.argv[1:]
    (TABLES / "common.tsv").write_bytes(run("count_parts", lists, train))
    sys.stdout.buffer.write(run("train_letters", train, pairs, str(TABLES)))
    sys.stdout.buffer.write(run("fit_weights", pairs, str(TABLES / "weights.tsv"), "--fold", "0"))


if __name__ == "__main__":
    main()
