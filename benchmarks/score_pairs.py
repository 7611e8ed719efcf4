"""Score the comparison of names on labelled pairs: recall at 1 % false positives, and at `same`.

Usage: python -m benchmarks.score_pairs PAIRS.jsonl.gz [--misses GROUP]

Each line holds {"a", "b", "same", "scripts", "cat"}; the groups are those of the table printed.
`--misses` prints the worst pairs of one group for reading.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from watcher.names import compare

Row = dict[str, object]
GROUPS = {
    "Arab": ("cross_script", "Arab"),
    "Cyrl": ("cross_script", "Cyrl"),
    "Hebr": ("cross_script", "Hebr"),
    "Latn": ("latin_variant", "Latn"),
    "Arab one part": ("token", "Arab"),
    "Cyrl one part": ("token", "Cyrl"),
}


def groups(rows: list[dict], sample: int = 3000, seed: int = 7) -> Iterator[tuple[str, list, list]]:
    """Each group with a sample of its positives and of its hard negatives."""
    chance = random.Random(seed)
    for name, (cat, script) in GROUPS.items():
        wanted = (
            ("token_hard_neg",) if cat == "token" else ("hard_neg_nearest", "hard_neg_shared_token")
        )

        def fits(row: dict, script: str = script) -> bool:
            return set(row["scripts"]) == {"Latn"} if script == "Latn" else script in row["scripts"]

        positive = [
            r for r in rows if r["same"] and r["cat"] == cat and (script == "Latn" or fits(r))
        ]
        negative = [r for r in rows if not r["same"] and r["cat"] in wanted and fits(r)]
        yield (
            name,
            chance.sample(positive, min(sample, len(positive))),
            chance.sample(negative, min(sample, len(negative))),
        )


def report(
    rows: list[dict], score: Callable[[dict], tuple[float, bool]], misses: str | None
) -> None:
    """Print the table, and the worst pairs of one group."""
    print(f"{'group':14} {'r@1%':>6} {'r@.5%':>6} {'r@5%':>6} {'same':>6} {'FPR':>6} {'bar':>6}")
    for name, positive, negative in groups(rows):
        if not positive:
            continue
        right = [score(r) for r in positive]
        wrong = [score(r) for r in negative]
        falling = sorted((s for s, _ in wrong), reverse=True)
        bars = [falling[int(len(falling) * share)] for share in (0.01, 0.005, 0.05)]
        shares = [sum(s > bar for s, _ in right) / len(right) for bar in bars]
        same = sum(y for _, y in right) / len(right)
        false = sum(y for _, y in wrong) / len(wrong)
        print(f"{name:14} " + " ".join(f"{x:6.3f}" for x in [*shares, same, false, bars[0]]))
        if misses == name:
            _show(positive, right, negative, wrong)


def _show(positive: list, right: list, negative: list, wrong: list) -> None:
    low = sorted(zip(right, positive, strict=True), key=lambda x: x[0][0])[:150]
    high = sorted(zip(wrong, negative, strict=True), key=lambda x: -x[0][0])[:50]
    for (value, _), row in low + high:
        print(f"  {value:.4f} {row['same']!s:5} {row['a']} | {row['b']}")


def main() -> None:
    """Read the arguments and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--misses")
    chosen = parser.parse_args()
    with gzip.open(chosen.pairs, "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if not row["cat"].endswith("_other_name")]

    def score(row: dict) -> tuple[float, bool]:
        answer = compare(row["a"], row["b"])
        return answer.score, answer.same

    began = time.perf_counter()
    report(rows, score, chosen.misses)
    print(f"{time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
