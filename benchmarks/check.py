"""How long `watcher check` takes on a large file of rules.

Usage: python -m benchmarks.check [--entities 5000] [--seed 3]

Writes a file of invented entities (a name, an alias, a short form, a context word and a tag each; a
rule for each of fifty tags) and prints the seconds of processor time for each step. The index is
needed only where rules have tests.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from watcher.alerts import compile_rules
from watcher.config import check_all

FIRST = "Qasem Ali Hassan Mohammad Reza Ivan Sergei Maria John Peter Ahmed Yusuf Omar Igor Chen Kim"
SYLLABLES = "so lei ma ni qa ra za vi ko ne dor gar ba la mu ti sha der van es to ri"
TAGS = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entities", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rules.yaml"
        path.write_text(rules(options.entities, random.Random(options.seed)), encoding="utf-8")
        checked, reading = timed(lambda: check_all(path, {}))
        _, indexing = timed(lambda: compile_rules(checked.sound))
    print("| entities | faults | warnings | files, s | index, s |\n|---|---|---|---|---|")
    print(
        f"| {options.entities:,} | {len(checked.faults)} | {len(checked.warnings)}"
        f" | {reading:.2f} | {indexing:.2f} |"
    )


def rules(entities: int, chance: random.Random) -> str:
    """The file."""
    lines = ["entities:"]
    for number in range(entities):
        family, house = name(chance, 4), name(chance, 3)
        lines += [
            f"  - id: e{number}",
            f"    name: {chance.choice(FIRST.split())} {family} {house}",
            f"    aliases: [{chance.choice(FIRST.split())} {family}-{house}x]",
            f"    short: [{family}]",
            "    context: [Quds Force]",
            f"    tags: [t{number % TAGS}]",
        ]
    lines.append("rules:")
    for tag in range(TAGS):
        lines += [f"  - id: r{tag}", f"    watch: [t{tag}]", "    send_to: [screen]"]
    return "\n".join(lines) + "\n"


def name(chance: random.Random, syllables: int) -> str:
    return "".join(chance.choices(SYLLABLES.split(), k=syllables)).title()


def timed(step: Callable[[], Any]) -> tuple[Any, float]:
    """What a step gives, and the seconds of processor time it takes."""
    before = time.process_time()
    return step(), time.process_time() - before


if __name__ == "__main__":
    main()
