"""Learn how often words occur in news: `python benchmarks/train_frequency.py NEWS.jsonl[.gz]…`.

Reads articles as JSON lines with "text" and "lang", writes watcher/text/tables/frequent.tsv: for
each language the words that many articles hold, with how many of a thousand do: in lower case (all
articles, in scripts without capitals), and in any case.
"""

from __future__ import annotations

import collections
import gzip
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from watcher.text import Script, script_of, tokens

TABLE = Path(__file__).parent.parent / "watcher" / "text" / "tables" / "frequent.tsv"
LEAST = 5.0
"""Words that fewer of a thousand articles hold are left out."""
ENOUGH = 16
"""A word in fewer articles than this may be common by chance: a small collection has its topics."""
MOST = 2500
"""So many words are kept of one language."""
CASED = frozenset((Script.LATIN, Script.CYRILLIC, Script.GREEK, Script.ARMENIAN))


def articles(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Language and text of each article."""
    for path in paths:
        data = Path(path).read_bytes()
        for line in (gzip.decompress(data) if path.endswith(".gz") else data).splitlines():
            article = json.loads(line)
            yield article["lang"], article["text"]


def words(text: str) -> tuple[set[str], set[str]]:
    """The words of a text that stand in lower case, and all of them."""
    lower = set()
    every = set()
    for token in tokens(text):
        script = script_of(token.folded)
        if len(token.folded) > 1 and script is not Script.OTHER:
            every.add(token.folded)
            if script not in CASED or not token.capital:
                lower.add(token.folded)
    return lower, every


def learn(paths: Iterable[str]) -> dict[str, list[tuple[str, float, float]]]:
    """By language, the commonest words with how many of a thousand articles hold them."""
    counts: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    capitals: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    sizes: collections.Counter[str] = collections.Counter()
    for language, text in articles(paths):
        lower, every = words(text)
        counts[language].update(lower)
        capitals[language].update(every)
        sizes[language] += 1
    return {
        language: [
            (word, 1000 * counts[language][word] / size, 1000 * count / size)
            for word, count in capitals[language].most_common(MOST)
            if 1000 * count / size >= LEAST and count >= ENOUGH
        ]
        for language, size in sorted(sizes.items())
        if size >= 50
    }


def main() -> None:
    """Write the table."""
    with TABLE.open("w", encoding="utf-8") as table:
        table.write("word\tlanguage\tlower\tany\tsource\n")
        for language, found in learn(sys.argv[1:]).items():
            for word, lower, every in found:
                table.write(f"{word}\t{language}\t{lower:.1f}\t{every:.1f}\tcounted in news\n")


if __name__ == "__main__":
    main()
