"""Make every table under watcher/names/tables that is not written by hand, in their order.

Usage: python -m benchmarks.make_tables TRAIN LISTS PAIRS.jsonl.gz

Counts the parts of names (LISTS, TRAIN), learns the steps of letters (TRAIN, PAIRS), fits the
weights (PAIRS). Takes about twenty minutes. The aligned parts of PAIRS are found with steps, so
these are learned twice: from steps written by hand first, then from what was learned. So the tables
hang on nothing but the data and what is written by hand: every run makes the same.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.steps_table import by_hand, write
from benchmarks.train_letters import KEPT
from watcher.text import Script

TABLES = Path(__file__).parent.parent / "watcher" / "names" / "tables"
BIAS, STRANGE, VOWEL = 4.0, -2.5, -1.0
"""Before anything is learned: the logit of two words, the cost of an odd step, of a lone vowel."""


def run(name: str, *arguments: str) -> bytes:
    """Run one script; each reads the tables anew. What it prints."""
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", *arguments],
        check=True,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONHASHSEED": "0"},
    )
    return done.stdout


def begin(script: Script) -> None:
    """Write the steps that are known without learning."""
    table = {("?", "?"): STRANGE, ("^", "^"): 0.0, ("$", "$"): 0.0}
    table |= {("", vowel): VOWEL for vowel in "aeiouyh"}
    if script is Script.LATIN:
        table |= {(letter, letter): 0.0 for letter in "abcdefghijklmnopqrstuvwxyz"}
    write(TABLES, script, by_hand(script, table), BIAS)


def main() -> None:
    """Make them all."""
    train, lists, pairs = sys.argv[1:]
    for script in KEPT:
        begin(script)
    (TABLES / "common.tsv").write_bytes(run("count_parts", lists, train))
    for _ in range(2):
        sys.stdout.buffer.write(run("train_letters", train, pairs, str(TABLES)))
    sys.stdout.buffer.write(run("fit_weights", pairs, str(TABLES / "weights.tsv"), "--fold", "0"))


if __name__ == "__main__":
    main()
