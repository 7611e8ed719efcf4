"""Pairs of words to learn letter costs from: spellings of one name part, and near misses."""

from __future__ import annotations

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from watcher.names import Role, canon, parse
from watcher.names.align import align
from watcher.names.roman import romanise
from watcher.text import Script, fold, script_of, tokens

TRAIN = {
    Script.ARABIC: ("arabic.tsv.gz", "arabic_google.tsv.gz"),
    Script.CYRILLIC: ("russian.tsv.gz",),
    Script.HEBREW: ("hebrew.tsv.gz",),
}
Pair = tuple[str, str]


def word(text: str, script: Script) -> str:
    """One folded word of a script, or "" where the text is anything else."""
    found = tokens(text)
    if len(found) != 1 or script_of(found[0].folded) is not script:
        return ""
    folded = canon(found[0].folded, script)
    return folded if 2 <= len(folded) <= 20 else ""


def public(folder: Path, script: Script, without: frozenset[str], cap: int = 50000) -> list[Pair]:
    """Native and Latin spellings of name parts, none of them among `without`."""
    found: dict[Pair, None] = {}
    for name in TRAIN[script]:
        with gzip.open(folder / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                latin, native, *_ = line.rstrip("\n").split("\t")
                pair = word(native, script), word(latin, Script.LATIN)
                if all(pair) and without.isdisjoint(pair):
                    found[pair] = None
    pairs = list(found)
    random.Random(1).shuffle(pairs)
    return pairs[:cap]


def pivots(folder: Path, without: frozenset[str], cap: int = 60000) -> list[Pair]:
    """Two Latin spellings of one native word."""
    found: dict[Pair, None] = {}
    for script in TRAIN:
        by_native: defaultdict[str, set[str]] = defaultdict(set)
        for native, latin in public(folder, script, without, cap=10**6):
            by_native[native].add(latin)
        for spellings in by_native.values():
            some = sorted(spellings)[:6]
            found.update(
                {(a, b): None for a in some for b in some if a < b and fuzz.ratio(a, b) >= 50}
            )
    pairs = list(found)
    random.Random(2).shuffle(pairs)
    return pairs[:cap]


def rows(path: Path) -> list[dict]:
    """Labelled name pairs, with the fold (0 or 1) of their cluster of entities."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        found = [r for r in map(json.loads, lines) if not r["cat"].endswith("_other_name")]
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            parent[key] = key = parent[parent[key]]
        return key

    for row in found:
        if row["same"]:
            linked = ["n:" + row["a"], "n:" + row["b"], *([row["id"]] if row.get("id") else [])]
            for key in linked[1:]:
                parent[root(key)] = root(linked[0])
    for row in found:
        key = root(row.get("id") or "n:" + row["a"])
        row["fold"] = sum(map(ord, key)) * 7919 % 101 % 2
    return found


def spelled(found: Iterable[dict], one: Script, least: float = 0.3) -> list[Pair]:
    """Aligned parts of labelled pairs of the same name: native and Latin, or Latin twice."""
    pairs: dict[Pair, None] = {}
    for row in found:
        if not row["same"] or row["cat"] not in ("cross_script", "latin_variant"):
            continue
        left, right = parse(row["a"]).parts, parse(row["b"]).parts
        if abs(len(left) - len(right)) > 1:
            continue
        for pair in _partners(left, right, least):
            if any(part.role is Role.INITIAL for part in pair):
                continue
            a, b = pair if pair[0].script is one else reversed(pair)
            sizes = len(a.folded), len(b.folded)
            fits = a.script is one and b.script is Script.LATIN and a.folded != b.folded
            if fits and min(sizes) > 1 and max(sizes) < 20:
                pairs[a.folded, b.folded] = None
    return list(pairs)


def _partners(left: tuple, right: tuple, least: float) -> list[tuple]:
    """Parts that go together; of one part left over on either side, that they do too."""
    matches = [m for m in align(left, right) if len(m.left) + len(m.right) == 2]
    found = [(left[m.left[0]], right[m.right[0]]) for m in matches if m.likeness.score >= least]
    rest = [
        [p for p in side if not any(p is q for pair in found for q in pair)]
        for side in (left, right)
    ]
    if found and len(rest[0]) == len(rest[1]) == 1:
        (a,), (b,) = rest
        if fuzz.ratio(romanise(a.folded, a.script), romanise(b.folded, b.script)) >= 50:
            found.append((a, b))
    return found


def near_misses(pairs: list[Pair], per: int, seed: int = 3, vocabulary: int = 60000) -> list[Pair]:
    """For each pair its first word with the nearest to its second that are not its spellings."""
    chance = random.Random(seed)
    right: defaultdict[str, set[str]] = defaultdict(set)
    for a, b in pairs:
        right[a].add(b)
    latin = sorted({b for _, b in pairs})
    latin = chance.sample(latin, min(vocabulary, len(latin)))
    chosen = chance.sample(pairs, min(len(pairs), 16000))
    count = min(2 * per, len(latin) - 1)
    found = []
    for low in range(0, len(chosen), 1000):
        part = chosen[low : low + 1000]
        ratios = process.cdist(
            [b for _, b in part],
            latin,
            scorer=fuzz.ratio,
            score_cutoff=55,
            workers=2,
            dtype=np.uint8,
        )
        for (a, _), ratio in zip(part, ratios, strict=True):
            tops = np.argpartition(-ratio.astype(np.int16), count)[:count]
            options = sorted(
                (-int(ratio[t]), latin[t])
                for t in tops
                if ratio[t] >= 55 and latin[t] not in right[a]
            )
            found += [(a, option) for _, option in options[:per]]
    return found


def dev_words(found: list[dict]) -> frozenset[str]:
    """Every word of the one-part rows, to keep out of what is learned."""
    return frozenset(
        fold(r[side])
        for r in found
        if r["cat"] in ("token", "token_hard_neg")
        for side in ("a", "b")
    )
