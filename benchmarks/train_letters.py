"""Learn what it costs to spell letters of one script by those of another.

Usage: python -m benchmarks.train_letters TRAIN PAIRS.jsonl.gz OUT [--script Arab] [--fold 0|1]

TRAIN is a folder of public tables of name parts (Latin, native, count), PAIRS labelled name pairs
whose aligned parts are learned from too (with --fold only one half of the entities, to measure on
the other). Writes OUT/steps_<script>.tsv. First EM finds the steps that people take, beginning with
the letter classes written by hand; then the steps are weighed so that spellings of one name part
from words that only look alike. Needs numpy, numba and rapidfuzz.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks import lattice
from benchmarks.corpus import Alphabet, Corpus, corpus, decoded
from benchmarks.material import dev_words, near_misses, pivots, public, rows, spelled, word
from benchmarks.steps_table import by_hand, write
from watcher.names.spelling import SILENT, SPELLINGS
from watcher.text import Script

NATIVE = 6.0
STRANGE = -7.0
SHARE = 0.003
"""Steps of several letters that a smaller share of those letters takes are odd pairs' doing."""
USUAL = 0.05
"""A spelling that so many take costs nothing for being rare."""


@dataclass(frozen=True)
class Manner:
    """How a script is learned; chosen on the labelled pairs.

    Attributes:
        against: how much all wrong pairs weigh beside all right ones: the bar stands among the
            last wrong ones.
        takers: pairs that take a step of several letters, at least; fewer are odd ones.
        seldom: how much a step costs for being rare among the spellings of its letters.
        native: the weight of all parts of official lists beside all public ones.
        lift: added to the logit, which heavy wrong pairs have brought down: about
            log(`against`) / 2.
    """

    against: float = 3.0
    takers: float = 3.0
    seldom: float = 0.2
    native: float = 1.0
    lift: float = 0.8


MANNERS = {
    Script.CYRILLIC: Manner(against=5.0, takers=6.0, seldom=0.4, native=0.5, lift=1.05),
    Script.LATIN: Manner(against=2.0, takers=1.0, seldom=0.0, native=0.5),
}
OWN = frozenset("عحصضظذ")
KEPT = {Script.ARABIC: 1500, Script.CYRILLIC: 2000, Script.HEBREW: 1500, Script.LATIN: 1300}
VOWELS = frozenset("aeiouywаеиоуыэюяіаاويهעאויה'ье")


def manner(script: Script) -> Manner:
    """How a script is learned."""
    return MANNERS.get(script, Manner())


def first_guess(steps: list[tuple[str, str]], script: Script) -> np.ndarray:
    """Chances of steps by the letter classes written by hand."""
    table = SPELLINGS[script]
    guess = np.full(len(steps), 1e-7)
    for number, (a, b) in enumerate(steps):
        x, y = a.strip("^$"), b.strip("^$")
        size = len(x) + len(y)
        if (a, b) in (("^", "^"), ("$", "$")):
            guess[number] = 1.0
        elif x == y and len(x) == 1:
            guess[number] = 0.05
        elif (y or SILENT) in table.get(x, ()) or x in table.get(y, ()):
            guess[number] = 0.02
        elif size == 1 and (x or y) in VOWELS:
            guess[number] = 0.01
        elif size <= 2:
            guess[number] = 1e-4
        else:
            guess[number] = 10.0 ** (-2 - size)
        if size and (a, b) != (x, y):
            guess[number] *= 0.05
    return guess / guess.sum()


def log_ratio(steps: list[tuple[str, str]], counts: np.ndarray) -> np.ndarray:
    """How much likelier the sides of a step are together than their letters are apart, as a log."""
    sides: tuple[Counter, Counter] = (Counter(), Counter())
    for (a, b), count in zip(steps, counts, strict=True):
        for side, chunk in zip(sides, (a, b), strict=True):
            for letter in chunk:
                side[letter] += count
    totals = [sum(side.values()) for side in sides]
    total = counts.sum()
    out = np.zeros(len(steps))
    for number, (a, b) in enumerate(steps):
        alone = sum(
            np.log((side[letter] + 1) / whole)
            for side, chunk, whole in zip(sides, (a, b), totals, strict=True)
            for letter in chunk
            if letter not in "^$"
        )
        out[number] = np.log((counts[number] + 0.05) / total) - alone
    out[0] = STRANGE
    return out


EITHER = frozenset("hwyj'^$")
MIXED = frozenset(("gu", "qu", "gue", "que", "ci", "ti", "gi"))


def shape(chunk: str) -> str:
    """The run of vowels (v) and consonants (c) of a chunk; letters that are either are left out."""
    found = ""
    for letter in chunk:
        if letter not in EITHER:
            kind = "v" if letter in VOWELS else "c"
            if not found.endswith(kind):
                found += kind
    return found


def plain(a: str, b: str) -> bool:
    """Whether a step joins like with like: no vowel of the one with a consonant of the other."""
    if b in MIXED or (b.endswith("$") and len(b) > 1):
        return True
    one, other = shape(a), shape(b)
    return len(other) < 2 or one == other


def trusted(
    steps: list[tuple[str, str]], counts: np.ndarray, takers: np.ndarray, least: float
) -> np.ndarray:
    """Which steps more than a few odd pairs take, and often enough among those of their letters."""
    by_left: Counter[str] = Counter()
    for (a, _), count in zip(steps, counts, strict=True):
        by_left[a] += count
    return np.array(
        [
            len(a) + len(b) < 3 or (pairs >= least and count >= SHARE * by_left[a])
            for (a, b), count, pairs in zip(steps, counts, takers, strict=True)
        ]
    )


def find_steps(good: Corpus, weight: np.ndarray, script: Script, alphabets, kept: int):
    """EM: the steps worth keeping, their expected counts."""
    index = lattice.new_index()
    sizes = (3, 3) if script is Script.LATIN else (3, 4)
    lattice.collect(good.a, good.a_at, good.b, good.b_at, index, *sizes)
    steps = decoded(index, *alphabets)
    edges = lattice.lattices(good.a, good.a_at, good.b, good.b_at, index, *sizes)
    chance = first_guess(steps, script)
    # Long steps explain everything by themselves: each letter beyond the first costs.
    size = np.array([max(1, len(a) + len(b) - 1) for a, b in steps], float)
    letters = 3 if script is Script.LATIN else 2
    allowed = np.array([plain(a, b) and len(a.strip("^$")) <= letters for a, b in steps], float)
    chance *= allowed
    for turn in range(8):
        counts = np.zeros(len(steps))
        fit = lattice.expect(*edges, weight, chance, counts)
        chance = counts * np.exp(-0.7 * (size - 1))
        if turn > 2:
            chance[counts < 1.0] = 0
        chance = np.maximum(chance / chance.sum(), 1e-9) * allowed
        print(f"  EM {turn}: {fit / weight.sum():.3f}, {(counts > 2).sum()} steps", flush=True)
    single = np.array([len(a) + len(b) == 1 for a, b in steps])
    use = np.where(single, 1e9, counts)
    takers = np.zeros(len(steps))
    lattice.expect(*edges, np.ones(len(weight)), chance, takers)
    use = np.where(trusted(steps, counts, takers, manner(script).takers), use, 0.0)
    order = [n for n in np.argsort(-use)[: kept + single.sum()] if use[n] > 2]
    chosen = set(order)
    small = lattice.new_index()
    for code, number in index.items():
        if number in chosen:
            small[code] = 0
    for rank, code in enumerate(small, 1):
        small[code] = rank
    kept_counts = np.zeros(len(small) + 1)
    for code, rank in small.items():
        kept_counts[rank] = counts[index[code]]
    return small, kept_counts, sizes


def seldom(steps: list[tuple[str, str]], counts: np.ndarray) -> np.ndarray:
    """How much seldomer than usual the letters of a step are spelled so, as a log."""
    by_left: Counter[str] = Counter()
    for (a, _), count in zip(steps, counts, strict=True):
        by_left[a] += count
    shares = [
        (n + 0.05) / (by_left[a] + 1.0) / USUAL for (a, _), n in zip(steps, counts, strict=True)
    ]
    return np.log(shares)


def worth(native: str, script: Script) -> float:
    """Arabic words with letters that foreign names never take are native: they weigh more."""
    return 3.0 if script is Script.ARABIC and not OWN.isdisjoint(native) else 1.0


def train(args: argparse.Namespace, script: Script) -> None:
    """Learn the table of one script and write it."""
    labelled = rows(args.pairs)
    without = dev_words(labelled)
    base = (
        pivots(args.train, without, cap=12000)
        if script is Script.LATIN
        else public(args.train, script, without)
    )
    half = [r for r in labelled if args.fold is None or r["fold"] == args.fold]
    native = spelled(half, script)
    print(script, len(base), "public pairs", len(native), "native pairs", flush=True)
    good = base + native
    bad_base, bad_native = near_misses(base, 4), near_misses(native, 6)
    both = script is Script.LATIN
    if both:
        good += [(b, a) for a, b in good]
        bad_base += [(b, a) for a, b in bad_base]
        bad_native += [(b, a) for a, b in bad_native]
    left = Alphabet()
    right = left if both else Alphabet()
    c = corpus(good, left, right)
    natives = frozenset(native) | frozenset((b, a) for a, b in native)
    heavy = max(NATIVE, manner(script).native * len(base) / len(native))
    weight = np.array([heavy if p in natives else worth(p[0], script) for p in good])
    index, counts, sizes = find_steps(c, weight, script, (left, right), KEPT[script])
    steps = decoded(index, left, right)
    ratio = log_ratio(steps, counts)
    home = (
        np.minimum(0, ratio)
        + 0.25 * ratio
        + (manner(script).seldom * np.minimum(0, seldom(steps, counts)))
    )
    home[0] = STRANGE
    bad = bad_base + bad_native
    everything = corpus(good + bad, left, right)
    label = np.array([1.0] * len(good) + [0.0] * len(bad))
    bad_weight = np.array([worth(a, script) for a, _ in bad_base] + [heavy / 3] * len(bad_native))
    weights = np.concatenate([np.where(weight == heavy, heavy / 2, weight), bad_weight])
    against = manner(script).against
    # The bad ones weigh more than the good, since the bar stands among the last of them.
    weights[label > 0] *= weights[label == 0].sum() / weights[label > 0].sum() / against
    edges = lattice.lattices(
        everything.a, everything.a_at, everything.b, everything.b_at, index, *sizes
    )
    w, bias, grown = home.copy(), np.array([4.0, 1.0]), np.full(len(home), 1.0)
    chance = random.Random(5)
    order = np.arange(len(label))
    for epoch in range(args.epochs):
        chance.shuffle(order)
        loss = lattice.descend(*edges, label, weights, order, w, bias, home, 0.15, 2e-4, grown)
        if both:
            w = mirrored(w, steps)
        w = np.minimum(w, 0.0)
        if epoch % 5 == 4:
            print(
                f"  epoch {epoch}: loss {loss / weights.sum():.4f} bias {bias[0]:.2f}", flush=True
            )
        if epoch == args.epochs // 2:
            worst = lattice.scores(*edges, w, w)[:, 0] + bias[0]
            # The very best of the wrong pairs are other spellings of one name more often than not.
            weights[(label == 0) & (worst > (2.5 if both else 4.0))] = 0
    write(
        args.out,
        script,
        by_hand(script, dict(zip(steps, w, strict=True))),
        bias[0] + manner(script).lift,
    )
    check(labelled, script, index, sizes, left, right, w)


def mirrored(w: np.ndarray, steps: list[tuple[str, str]]) -> np.ndarray:
    """The same weight both ways."""
    number = {step: n for n, step in enumerate(steps)}
    out = w.copy()
    for (a, b), n in number.items():
        other = number.get((b, a))
        if other is not None:
            out[n] = (w[n] + w[other]) / 2
    return out


def check(labelled, script, index, sizes, left, right, w) -> None:
    """Recall at 1 % false positives on the one-part rows of this script."""
    print("  recall at 1 % false positives, one part:")
    sets = []
    for cat in ("token", "token_hard_neg"):
        found = []
        for r in labelled:
            if r["cat"] == cat and script.value in r["scripts"] and script is not Script.LATIN:
                a, b = (r["a"], r["b"]) if word(r["a"], script) else (r["b"], r["a"])
                found.append((word(a, script), word(b, Script.LATIN)))
        sets.append([p for p in found if all(p)])
    if not sets[0]:
        return
    values = []
    for pairs in sets:
        c = corpus(pairs, left, right)
        edges = lattice.lattices(c.a, c.a_at, c.b, c.b_at, index, *sizes)
        values.append(lattice.scores(*edges, w, w)[:, 0])
    bar = np.sort(values[1])[::-1][int(len(values[1]) * 0.01)]
    print(f"    {(values[0] > bar).mean():.3f} bar {bar:.2f}")


def main() -> None:
    """Train one script or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--script", type=Script, choices=list(KEPT), action="append")
    parser.add_argument("--fold", type=int)
    parser.add_argument("--epochs", type=int, default=12)
    args = parser.parse_args()
    for script in args.script or KEPT:
        train(args, script)


if __name__ == "__main__":
    main()
