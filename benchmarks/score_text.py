"""Score the finding of names in running text, beside what most people would build.

Usage: python -m benchmarks.score_text TEXT.jsonl[.gz] LISTS [--only SOURCE] [--reference]
       python -m benchmarks.score_text --noise NEWS.jsonl[.gz] LIST.jsonl[.gz] [--docs 600]

Each line of TEXT holds {"id", "text", "src", "mentions", "ignore"}; a mention holds {"start",
"end", "entity_id", "kind", "partial", "translit", "canonical_script"}: where it stands in code
points, who it is, and whether a surname alone; spans under "ignore" count neither way. LISTS is a
folder of watchlists `watchlist_text_<src>_<Script>.jsonl[.gz]` ({"id", "names", "kind"}) that name
the people of a source in that script. Prints for each source and list the recall of full and of
partial mentions, and the precision against all marked spans.

With --reference the same table again for windows of two and three words, compared with every listed
name by rapidfuzz (ratio at least 85) over anyascii: some kilobytes a second.

With --noise the alerts per 1,000 articles that need none, and what is alerted most.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from anyascii import anyascii
from rapidfuzz import fuzz, process

from benchmarks.score_pairs import lines
from watcher import Article
from watcher.match import compile_index, find_all
from watcher.names import Kind
from watcher.text import tokens
from watcher.watchlist import Entity, Watchlist

LEAST = 85


class Span(NamedTuple):
    """A place of a text, and who is said to stand there."""

    start: int
    end: int
    entity: str

    def touches(self, start: int, end: int) -> bool:
        """Whether it has a letter in common with another place."""
        return self.start < end and start < self.end


Finder = Callable[[Iterable[str]], Iterator[list[Span]]]


def watchlist(path: Path) -> Watchlist:
    """A list of {"id", "names", "weak_names"?, "kind"} as a watchlist."""
    return Watchlist(
        entities=tuple(
            Entity(
                id=row["id"],
                names=tuple(row["names"]),
                weak=tuple(row.get("weak_names", ())),
                context=tuple(row.get("context", ())),
                kind=Kind.PERSON if row["kind"] == "person" else Kind.ORGANIZATION,
            )
            for row in lines(path)
            if row["names"] or row.get("weak_names")
        )
    )


def ours(listed: Watchlist) -> Finder:
    """What `find` finds."""
    index = compile_index(listed)

    def look(texts: Iterable[str]) -> Iterator[list[Span]]:
        for found in find_all((Article(text=text) for text in texts), index):
            yield [Span(m.start, m.end, m.entity) for m in found]

    return look


def reference(listed: Watchlist) -> Finder:
    """Windows of words against every name, by a ready-made ratio of strings."""
    owners = [(anyascii(n).lower(), e.id) for e in listed.entities for n in (*e.names, *e.weak)]
    names = [name for name, _ in owners]

    def look(texts: Iterable[str]) -> Iterator[list[Span]]:
        for text in texts:
            words = tokens(text)
            windows = [(a, b) for n in (2, 3) for a, b in zip(words, words[n - 1 :], strict=False)]
            found = []
            for first, last in windows:
                quote = anyascii(text[first.start : last.end]).lower()
                best = process.extractOne(quote, names, scorer=fuzz.ratio, score_cutoff=LEAST)
                if best:
                    found.append(Span(first.start, last.end, owners[best[2]][1]))
            yield found

    return look


def count(docs: list[dict], script: str, found: Iterable[list[Span]]) -> Counter[str]:
    """What was found of what is marked, and what else was."""
    told: Counter[str] = Counter()
    for doc, hits in zip(docs, found, strict=True):
        for gold in doc["mentions"]:
            wanted = gold["kind"] == "person" and gold["translit"]
            if wanted and gold["canonical_script"] == script:
                size = "part" if gold["partial"] else "full"
                place = gold["start"], gold["end"]
                hit = any(h.touches(*place) and h.entity == gold["entity_id"] for h in hits)
                told.update({size: 1, f"{size} found": int(hit)})
        told.update(verdict(doc, hit) for hit in hits)
    return told


def verdict(doc: dict, hit: Span) -> str:
    """Whether an alert is right, on somebody else, ignored, or on nobody."""
    near = [m for m in doc["mentions"] if hit.touches(m["start"], m["end"])]
    if any(m["entity_id"] == hit.entity for m in near):
        return "right"
    if any(hit.touches(start, end) for start, end in doc["ignore"]):
        return "ignored"
    return "wrong" if near else "stray"


def line(label: str, told: Counter[str]) -> str:
    """One row of the table."""
    alerts = told["right"] + told["wrong"] + told["stray"]
    return (
        f"{label:24} {told['full']:6} {told['full found'] / max(1, told['full']):7.3f}"
        f" {told['part']:8} {told['part found'] / max(1, told['part']):7.3f} {alerts:7}"
        f" {told['wrong']:6} {told['stray']:6} {told['right'] / max(1, alerts):9.3f}"
    )


def table(docs: list[dict], lists: Path, maker: Callable[[Watchlist], Finder]) -> None:
    """Print recall and precision for each source and each list of it."""
    print(
        f"{'source > list':24} {'full':>6} {'recall':>7} {'partial':>8} {'recall':>7} {'alerts':>7}"
        f" {'wrong':>6} {'stray':>6} {'precision':>9}"
    )
    sources = defaultdict(list)
    for doc in docs:
        sources[doc["src"]].append(doc)
    total: Counter[str] = Counter()
    for source, mine in sources.items():
        for path in sorted(lists.glob(f"watchlist_text_{source}_*.jsonl*")):
            script = path.name.split(".")[0].rsplit("_", 1)[1]
            told = count(mine, script, maker(watchlist(path))(doc["text"] for doc in mine))
            total.update(told)
            print(line(f"{source} > {script}", told), flush=True)
    print(line("all", total))


def noise(docs: list[dict], listed: Watchlist) -> None:
    """Print how many alerts news gives that names nobody of the list on purpose."""
    found = list(ours(listed)(doc["text"] for doc in docs))
    alerts = {
        (doc["id"], hit.entity) for doc, hits in zip(docs, found, strict=True) for hit in hits
    }
    rate = 1000 * len(alerts) / len(docs)
    print(f"{len(docs)} articles, {len(alerts)} alerts: {rate:.1f} per 1,000")
    quotes = Counter(
        (hit.entity, doc["text"][hit.start : hit.end])
        for doc, hits in zip(docs, found, strict=True)
        for hit in hits
    )
    for (entity, quote), many in quotes.most_common(25):
        print(f"{many:6} {entity:24} {' '.join(quote.split())}")


def main() -> None:
    """Read the arguments and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("text", type=Path)
    parser.add_argument("lists", type=Path)
    parser.add_argument("--only")
    parser.add_argument("--reference", action="store_true")
    parser.add_argument("--noise", action="store_true")
    parser.add_argument("--docs", type=int, default=600)
    chosen = parser.parse_args()
    docs = lines(chosen.text)
    if chosen.noise:
        random.Random(7).shuffle(docs)
        noise(docs[: chosen.docs], watchlist(chosen.lists))
        return
    docs = [doc for doc in docs if chosen.only in (None, doc["src"])]
    table(docs, chosen.lists, ours)
    if chosen.reference:
        print("\nwindows of words by rapidfuzz over anyascii:")
        table(docs, chosen.lists, reference)


if __name__ == "__main__":
    main()
