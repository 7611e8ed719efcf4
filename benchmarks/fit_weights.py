"""Fit the weights of the judgement over whole names: watcher/names/tables/weights.tsv.

Usage: python -m benchmarks.fit_weights PAIRS.jsonl.gz OUT.tsv [--fold 0|1]

With --fold a first table is printed of weights from one half of the entities on the other half.
Each pair of scripts has an offset and a steepness, set so that about one in 120 of its hardest
wrong pairs reaches the bar and one in 25 reaches one half: the score is one scale. Needs numpy and
scikit-learn.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.material import rows
from benchmarks.score_pairs import groups
from watcher.names import parse
from watcher.names.traits import Traits, pair_of, traits
from watcher.names.weigh import STEEP, STEEPNESS, paired

NAMES = list(Traits._fields)
BAR = 1.3863
VETO = {"given": 2.0, "alone": 0.3, "patronymic": 1.25, "thin": 2.4}
"""Brothers, namesakes and words of a sentence that sound like a short name are rarer in the pairs
than in the world: set by hand, so much more against than was fitted."""
SPREAD = 0.5
"""The odds of the hardest pairs are not those of the world: half as steep, scores keep apart."""
EVEN = 0.04
"""The share of the hardest wrong pairs that reaches a score of one half."""
FLATTEST, STEEPEST = 0.5, 2.5
KINDS = (
    "cross_script",
    "latin_variant",
    "token",
    "hard_neg_nearest",
    "hard_neg_shared_token",
    "token_hard_neg",
)


def measured(row: dict) -> tuple[str, tuple[float, ...]] | None:
    """The scripts and traits of a pair; None where they are the same letters."""
    left, right, matches = paired(parse(row["a"]), parse(row["b"]))
    if not left or not right or [p.folded for p in left] == [p.folded for p in right]:
        return None
    return pair_of(left, right), tuple(traits(left, right, matches))


def scale(name: str, falling: np.ndarray) -> list[tuple[str, float]]:
    """How steep the scale of a pair of scripts is, and its offset.

    Args:
        name: the pair of scripts.
        falling: the values of its hardest wrong pairs, highest first.
    """
    strict = 0.01 if name.endswith("part") else 0.005
    bar = (falling[int(len(falling) * 0.01)] + falling[int(len(falling) * strict)]) / 2
    even = falling[int(len(falling) * EVEN)]
    steepness = min(STEEPEST, max(FLATTEST, BAR / max(0.05, bar - even)))
    return [(name, BAR - steepness * bar), (name + STEEPNESS, steepness)]


def main() -> None:
    """Fit, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--fold", type=int)
    args = parser.parse_args()
    labelled = [r for r in rows(args.pairs) if r["cat"] in KINDS]
    kept = [(r, m) for r in labelled if (m := measured(r))]
    pairs = sorted({m[0] for _, m in kept})
    x = np.array([m[1] for _, m in kept])
    offsets = np.array([[m[0] == p for p in pairs] for _, m in kept], float)
    one = x[:, NAMES.index("single")][:, None]
    offsets = np.hstack([offsets * (1 - one), offsets * one])
    y = np.array([r["same"] for r, _ in kept], int)
    fold = np.array([r["fold"] for r, _ in kept])
    mean, std = x.mean(0), x.std(0) + 1e-9
    z = np.hstack([(x - mean) / std, offsets])

    def fitted(use: np.ndarray) -> tuple[list[tuple[str, float]], dict[int, float]]:
        """The table of weights from some of the rows, and the value of every row by it."""
        many = use & (one[:, 0] == 0)
        model = LogisticRegression(C=1.0, max_iter=3000, class_weight={0: 3.0, 1: 1.0})
        model.fit(z[many], y[many])
        weights = SPREAD * model.coef_[0][: len(NAMES)] / std
        weights[NAMES.index("single")] = 0.0
        for name, more in VETO.items():
            weights[NAMES.index(name)] -= more
        # One part against one: nothing but how alike they are.
        scores = np.where(one[:, 0] > 0, STEEP * x[:, NAMES.index("mean")], x @ weights)
        lines = [line for line in zip(NAMES, weights, strict=True) if line[0] != "single"]
        for column, name in enumerate([*pairs, *(f"{p} one part" for p in pairs)]):
            here = (offsets[:, column] > 0) & (y == 0) & use
            if here.sum() >= 300:
                lines += scale(name, np.sort(scores[here])[::-1])
        table = dict(lines)
        values = {}
        for (row, (pair, _)), score, lone in zip(kept, scores, one[:, 0], strict=True):
            told = pair + (" one part" if lone else "")
            values[id(row)] = table.get(told + STEEPNESS, 1.0) * score + table.get(told, 0.0)
        return lines, values

    if args.fold is not None:
        _, values = fitted(fold == args.fold)
        print("fitted on one half of the entities, measured on the other:")
        show([r for (r, _), f in zip(kept, fold, strict=True) if f != args.fold], values)
    lines, values = fitted(np.ones(len(y), bool))
    print("fitted and measured on all:")
    for name, weight in lines:
        print(f"  {name:22} {weight:8.3f}")
    show([r for r, _ in kept], values)
    with args.out.open("w", encoding="utf-8") as out:
        print("trait\tweight\tsource", file=out)
        for name, weight in lines:
            print(f"{name}\t{weight:.4f}\t{source(name)}", file=out)


def source(name: str) -> str:
    """Where a weight comes from, as the table says it."""
    told = "fitted on labelled pairs of official lists"
    return told + (f", {VETO[name]} more against set by hand" if name in VETO else "")


def show(found: list[dict], values: dict[int, float]) -> None:
    """Recall at 1 % false positives and at the bar."""
    for name, positive, negative in groups(found):
        right = np.array([values[id(r)] for r in positive])
        wrong = np.sort([values[id(r)] for r in negative])[::-1]
        bar = wrong[int(len(wrong) * 0.01)]
        print(
            f"{name:14} r@1% {(right > bar).mean():.3f} same {(right >= BAR).mean():.3f} "
            f"FPR {(wrong >= BAR).mean():.4f} bar {bar:.2f} {len(right)}/{len(wrong)}"
        )


if __name__ == "__main__":
    main()
