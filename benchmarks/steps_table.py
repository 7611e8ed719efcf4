"""A table of steps: what was learned, what is written by hand, and what follows from both."""

from __future__ import annotations

from pathlib import Path

from watcher.names.spelling import SILENT, SPELLINGS
from watcher.text import Script

BY_HAND = (-0.4, 0.2, 2.0)
"""What a spelling written by hand costs at most, each further one more, a silent letter."""
UNWRITTEN = {"a": -0.5, "e": -0.3, "i": -0.7, "o": -0.8, "u": -0.4, "y": -1.6, "w": -3.0}
"""What vowels that Arabic does not write cost at most: public pairs write too many of them."""
ALWAYS = {
    Script.CYRILLIC: {
        ("ъ", "a"): -0.3,
        ("ъ", "o"): -0.5,
        ("ъ", "u"): -0.5,
        ("ъ", "e"): -0.6,
        ("ръ", "ar"): -0.2,
        ("лъ", "al"): -0.2,
        ("в", "ph"): -1.6,
        ("ч", "ts"): -0.6,
        ("ь", ""): -0.4,
        ("ь$", "$"): -0.2,
        ("щ", "sts"): -0.8,
        ("щ", "st"): -0.8,
        ("е", "jo"): -0.7,
        ("е", "io"): -0.9,
        ("хью", "hugh"): -0.3,
        ("т", "ght"): -0.6,
        ("к", "gh"): -0.6,
        ("^р", "^wr"): -0.4,
    },
    Script.HEBREW: {
        ("^יו", "^hugh"): -0.2,
        ("^ר", "^wr"): -0.4,
        ("י", "igh"): -0.8,
        ("יי", "igh"): -0.6,
        ("יי", "eigh"): -0.6,
        ("יי", "a"): -0.5,
        ("יי", "i"): -0.5,
        ("ט", "ght"): -0.5,
        ("^כ", "^c"): -0.5,
        ("ק", "gh"): -0.6,
        ("ג", "q"): -0.8,
    },
    Script.ARABIC: {
        ("^ر", "^wr"): -0.6,
        ("ت", "ght"): -0.8,
        ("اي", "igh"): -0.8,
        ("ايي", "ai"): -0.4,
        ("ايي", "ae"): -0.4,
        ("ويي", "ue"): -0.4,
    },
    Script.LATIN: {("eo", "o"): -0.5, ("eu", "u"): -0.5, ("eo", "u"): -0.8},
}
"""What the public pairs have too few of: Bulgarian, Finnish, Korean spellings, silent letters,
Persian ق, which is q in one alphabet and gh in another, and the hamza on ya between two vowels
(folded ي), which only parts them."""
SOURCES = {
    "learned": "learned: Wikidata labels CC0, official lists",
    "hand": "by hand: table letters",
    "doubled": "derived: a consonant written twice",
}
VOWEL = frozenset("aeiou")

Table = dict[tuple[str, str], tuple[float, str]]


def by_hand(script: Script, learned: dict[tuple[str, str], float]) -> Table:
    """The cheaper of what was learned and what is written by hand, and double letters."""
    table: Table = {step: (weight, "learned") for step, weight in learned.items()}
    first, further, silent = BY_HAND
    hand = {
        (letters, "" if spelling == SILENT else spelling): -silent
        if spelling == SILENT
        else first - further * rank
        for letters, spellings in SPELLINGS[script].items()
        for rank, spelling in enumerate(spellings)
        if script is not Script.LATIN and (spelling != SILENT or len(letters) == 1)
    } | ALWAYS.get(script, {})
    if script is Script.ARABIC:
        hand |= {("", vowel): weight for vowel, weight in UNWRITTEN.items()}
    for step, weight in hand.items():
        if weight > table.get(step, (-99.0, ""))[0]:
            table[step] = weight, "hand"
    double(script, table)
    return both_ways(table) if script is Script.LATIN else table


def double(script: Script, table: Table) -> None:
    """A consonant written twice is the consonant."""
    for (a, b), (weight, _) in list(table.items()):
        if len(b) == 1 and b.isalpha() and b not in VOWEL and a and "?" not in a:
            steps = [(a, b * 2)]
            if script is Script.LATIN and a == b:
                steps.append((a * 2, b))
            for step in steps:
                if weight - 0.2 > table.get(step, (-99.0, ""))[0]:
                    table[step] = weight - 0.2, "doubled"


def both_ways(table: Table) -> Table:
    """The cheaper way of each step both ways; steps that only one way has room for are left out."""
    room = {step: found for step, found in table.items() if max(map(len, step)) <= 3}
    return {(a, b): max(room[a, b], room.get((b, a), (-99.0, ""))) for a, b in room} | {
        (b, a): max(room[a, b], room.get((b, a), (-99.0, ""))) for a, b in room
    }


def write(folder: Path, script: Script, table: Table, bias: float) -> None:
    """Write the table, the steps of each letter together."""
    with (folder / f"steps_{script.value}.tsv").open("w", encoding="utf-8") as out:
        print("left\tright\tweight\tsource", file=out)
        print(f"\t\t{bias:.2f}\tlearned: the logit of a pair is this and its steps", file=out)
        strange = table.pop(("?", "?"))[0]
        print(f"?\t?\t{strange:.2f}\tlearned: any other step", file=out)
        for (a, b), (weight, source) in sorted(table.items()):
            # One letter for another is any other step at least.
            if len(a) == len(b) == 1 and weight <= strange:
                continue
            print(f"{a}\t{b}\t{weight:.2f}\t{SOURCES[source]}", file=out)
