"""Score the comparison of names on labelled pairs, beside what most people would build.

Usage: python -m benchmarks.score_pairs PAIRS.jsonl[.gz] [--misses GROUP] [--speed]

Each line of PAIRS holds {"a", "b", "same", "scripts", "cat"}: two names, whether they are one, the
scripts of both ("Arab", "Cyrl", "Hebr", "Latn", ...), and what kind of pair it is ("cross_script",
"latin_variant", "token" are spellings of one name, whole or one part; "hard_neg_nearest",
"hard_neg_shared_token", "token_hard_neg" are other names that look alike). Groups without rows are
left out. Prints

- one table: recall where one wrong pair in 100 (200, 20) reaches the score; recall and false
  positives at `same`; the score that one wrong pair in 100 reaches; and the recall at one in 100 of
  rapidfuzz's WRatio over anyascii on the same rows;
- the calibration: at each score the share of right and of wrong pairs that reach it;
- with `--misses`, the worst pairs of one group for reading; with `--speed`, pairs a second.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from anyascii import anyascii
from rapidfuzz import fuzz

from watcher.names import compare, forget, likeness
from watcher.names.alike import word_of
from watcher.names.parse import parse

GROUPS = {
    "Arab": ("cross_script", "Arab"),
    "Cyrl": ("cross_script", "Cyrl"),
    "Hebr": ("cross_script", "Hebr"),
    "Latn": ("latin_variant", "Latn"),
    "Arab one part": ("token", "Arab"),
    "Cyrl one part": ("token", "Cyrl"),
}
SCORES = (0.50, 0.60, 0.70, 0.75, 0.80, 0.85, 0.90, 0.95, 0.98, 0.99)


def rows(path: Path) -> list[dict]:
    """The labelled pairs; other names of one person are left out: no spelling can join them."""
    return [row for row in lines(path) if not row["cat"].endswith("_other_name")]


def lines(path: Path) -> list[dict]:
    """The objects of a file of JSON lines, packed by gzip or not."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as found:
        return [json.loads(line) for line in found]


def groups(
    found: list[dict], sample: int = 3000, seed: int = 7
) -> Iterator[tuple[str, list, list]]:
    """Each group with a sample of its positives and of its hard negatives."""
    chance = random.Random(seed)
    for name, (cat, script) in GROUPS.items():
        wanted = (
            ("token_hard_neg",) if cat == "token" else ("hard_neg_nearest", "hard_neg_shared_token")
        )

        def fits(row: dict, script: str = script) -> bool:
            return set(row["scripts"]) == {"Latn"} if script == "Latn" else script in row["scripts"]

        positive = [
            r for r in found if r["same"] and r["cat"] == cat and (script == "Latn" or fits(r))
        ]
        negative = [r for r in found if not r["same"] and r["cat"] in wanted and fits(r)]
        if positive and negative:
            yield (
                name,
                chance.sample(positive, min(sample, len(positive))),
                chance.sample(negative, min(sample, len(negative))),
            )


def ours(row: dict) -> float:
    """The score of `compare`."""
    return compare(row["a"], row["b"]).score


def reference(row: dict) -> float:
    """What most people build: romanise by rule, then a ready-made ratio of strings."""
    return fuzz.WRatio(anyascii(row["a"]).lower(), anyascii(row["b"]).lower()) / 100


def recalls(right: list[float], wrong: list[float]) -> tuple[list[float], float]:
    """Recall where 1 %, .5 %, 5 % of the wrong reach the score; and the score of the first."""
    falling = sorted(wrong, reverse=True)
    bars = [falling[int(len(falling) * share)] for share in (0.01, 0.005, 0.05)]
    return [sum(s > bar for s in right) / len(right) for bar in bars], bars[0]


def share(scores: list[float], least: float) -> float:
    """The share that reaches a score."""
    return sum(s >= least for s in scores) / len(scores)


def report(found: list[dict], score: Callable[[dict], float], misses: str | None) -> None:
    """Print the tables, and the worst pairs of one group."""
    print(
        f"{'group':14} {'r@1%':>6} {'r@.5%':>6} {'r@5%':>6} {'same':>6} {'FPR':>6} {'score':>6} "
        f"{'WRatio r@1%':>12} {'right/wrong':>12}"
    )
    scored = {}
    for name, positive, negative in groups(found):
        right, wrong = [score(r) for r in positive], [score(r) for r in negative]
        scored[name] = right, wrong
        shares, bar = recalls(right, wrong)
        peer = recalls([reference(r) for r in positive], [reference(r) for r in negative])[0][0]
        told = [*shares, share(right, 0.80), share(wrong, 0.80), bar]
        print(
            f"{name:14} "
            + " ".join(f"{x:6.3f}" for x in told)
            + f" {peer:12.3f} {len(right):>7}/{len(wrong)}"
        )
        if misses == name:
            _show(positive, right, negative, wrong)
    print("\nreached by: right pairs / wrong pairs, %")
    print(f"{'score':>6} " + " ".join(f"{name:>14}" for name in scored))
    for least in SCORES:
        cells = [
            f"{100 * share(r, least):6.1f} /{100 * share(w, least):6.2f}"
            for r, w in scored.values()
        ]
        print(f"{least:6.2f} " + " ".join(f"{cell:>14}" for cell in cells))


def _show(positive: list, right: list[float], negative: list, wrong: list[float]) -> None:
    low = sorted(zip(right, positive, strict=True), key=lambda x: x[0])[:150]
    high = sorted(zip(wrong, negative, strict=True), key=lambda x: -x[0])[:50]
    for value, row in low + high:
        print(f"  {value:.4f} {row['same']!s:5} {row['a']} | {row['b']}")


def speed(found: list[dict], many: int = 4000) -> None:
    """Print pairs a second: names never seen, names seen, two parts that are not one."""
    chance = random.Random(11)
    some = chance.sample(found, min(many, len(found)))
    words, others = (
        [(part.folded, part.script) for row in some for part in parse(row[side]).parts]
        for side in ("a", "b")
    )
    for remembered in (parse, likeness, word_of):
        remembered.cache_clear()
    forget()
    print("\npairs a second, one core")
    for state in ("cold", "warm"):
        began = time.perf_counter()
        for row in some:
            compare(row["a"], row["b"])
        print(f"names, {state:10} {len(some) / (time.perf_counter() - began):8.0f}")
    pairs = [(*chance.choice(words), *chance.choice(others)) for _ in range(many * 5)]
    began = time.perf_counter()
    for pair in pairs:
        likeness(*pair)
    print(f"parts at random  {len(pairs) / (time.perf_counter() - began):8.0f}")


def main() -> None:
    """Read the arguments and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--misses")
    parser.add_argument("--speed", action="store_true")
    chosen = parser.parse_args()
    found = rows(chosen.pairs)
    report(found, ours, chosen.misses)
    if chosen.speed:
        speed(found)


if __name__ == "__main__":
    main()
