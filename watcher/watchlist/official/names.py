"""What publishers write into one field for a name, as the names that stand there.

A field holds several spellings ("A; B", "A / B", "A (a.k.a. B)"), labels ("original script: …"),
a name in two scripts, the acronym of an organisation in brackets, or "LAST, First". Each spelling
becomes a name of its own; what cannot be told apart for sure stays as it is written, letters of
mixed alphabets too. What is said of a person besides (", born in …", "(birth name)") is no name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from watcher.names.kind import Kind
from watcher.text import scripts_in
from watcher.watchlist.entity import Entity

_CONTROLS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_LONGEST = 1500
"""Letters of a field that are read; the longest of the lists hold some hundreds."""
_BLANKS = re.compile(r"[^\S\n\r]+")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_DOTTED = r"(?i:[afn]\.\s?k\.\s?a\b\.?)"
_KNOWN_AS = rf"(?:{_DOTTED}|[afn]ka\b|(?i:(?:also|formerly|previously|now) known as)\b)"
_SPLIT = re.compile(
    r"[;\n\r]|\s/\s|(?<![^\s,])\(?[a-z]\)(?=\s)|[\s,][\s,]?" + _KNOWN_AS + r"[\s:]+"
)
_PARTING = re.compile(r"\s*[;\n\r]\s*")
_OTHERWISE = re.compile(r"\s+or\s+")
_SCRIPTS = (
    "arabic|persian|farsi|dari|pashto|urdu|kurdish|russian|belarusian|ukrainian|hebrew|chinese|korean"
    "|original script"
)
_LABEL = re.compile(
    rf"{_KNOWN_AS}[\s:]*"
    r"|(?i:(?:as )?previously listed(?: as)?)\b[\s.:,]*"
    r"|(?:alias|formerly|previously)\s[\s:]*"
    rf"|(?i:(?:in )?(?:{_SCRIPTS})\s*:)\s*"
)
_CAPTION = re.compile(r"\s*[^\W\d_]{2,20}(?:[ -][^\W\d_]{2,20})?\s*:\s*")
"""What a bracket says of the script that follows in it: "Cyrillic:", "Chinese Traditional:"."""
_QUOTES = "\"“”„«»‘’'`"
_PAIRS = {'"': '"', "“": "”", "„": "“", "«": "»", "‘": "’", "'": "'"}
_SAID = re.compile(
    r"(?:^|[,(])\s*(?:(?:date|place|country|city|year) of (?:birth|issue|expir\w+)"
    r"|[dp]\.?o\.?b\b\.?|(?<=[,(] )born|(?<=[,(])born"
    r"|(?:\w+ )?passport|nationality|citizenship)\b[\s:.]",
    re.IGNORECASE,
)
"""What stands behind the name of a person in his field and is none, to the end of it."""
_NOTE = re.compile(
    r"\(\s*(?:(?:birth|real|true|full|original|maiden|married|first|second|third|fourth) name|"
    r"n[ée]e|initials|nickname|nom de guerre|(?:good|low) quality|deceased|first|second|third"
    r"|fourth|spelling)\s*\)",
    re.IGNORECASE,
)
"""A bracket that says of what sort the name before it is."""
_OWN_SCRIPT = re.compile(r"\((?:in )?original script\)", re.IGNORECASE)
_NOBODY = frozenset(
    ["n/a", "na", "none", "nil", "unknown", "not available", "not known", "no name"]
)
_HYPHEN = re.compile(r"\s*-\s*")
_ASIDE = re.compile(r"\b(?:jr|sr|junior|senior|ii|iii|iv)\b\.?", re.IGNORECASE)


def entity(
    entity_id: str, kind: Kind, names: Iterable[str], weak: Iterable[str], tags: Iterable[str]
) -> Entity | None:
    """The entity of an entry, each name once; None if no name of it has a letter, or it has no id.

    Args:
        entity_id: as the watchlist shall know it, such as "ofac:123".
        kind: person or organisation.
        names: fields with names, the one to show first.
        weak: fields with names that the publisher calls weak.
        tags: labels; empty ones are left out.
    """
    full: dict[str, None] = {}
    less: dict[str, None] = {}
    for field in names:
        for name, is_weak in spread(field, kind):
            (less if is_weak else full).setdefault(name)
    for field in weak:
        less |= dict.fromkeys(name for name, _ in spread(field, kind))
    known = tidy(entity_id)
    if known.endswith(":") or not (full or less):
        return None
    return Entity(
        id=known,
        names=tuple(full),
        weak=tuple(name for name in less if name not in full),
        tags=tuple(dict.fromkeys(tag for tag in map(tidy, tags) if tag)),
        kind=kind,
    )


def tidy(text: str) -> str:
    """One line without control characters and marks of direction."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def spread(field: str, kind: Kind) -> Iterator[tuple[str, bool]]:
    """The names of a field, in its order, each with whether it counts beside support only."""
    bare, aside = _unbracketed(_named(_BLANKS.sub(" ", field[:_LONGEST]), kind), kind)
    pieces = [(piece, False) for piece in _SPLIT.split(bare)]
    for text, is_weak in (*pieces, *aside):
        for name, alone in _alternatives(text, kind):
            if any(map(str.isalpha, name)) and name.casefold() not in _NOBODY:
                yield turn(name) if kind is Kind.PERSON else name, is_weak or alone


def turn(name: str) -> str:
    """A name in list order, "LAST, First", in the order of speech, "First LAST".

    Only where the capitals still show which is the family name.

    Elsewhere the comma is the only sign of it and stays.
    """
    last, comma, first = (part.strip() for part in name.partition(","))
    if not comma or not first or not _is_loud(last) or _is_loud(first):
        return name
    tail = _ASIDE.search(first)
    given = _ASIDE.sub("", first).replace(",", " ")
    return tidy(f"{given} {last} {tail[0] if tail else ''}")


def _is_loud(words: str) -> bool:
    return words.isupper() and len(words) > 1


def _named(field: str, kind: Kind) -> str:
    """A field without what it says besides names: of their script, and of a person."""
    field = _OWN_SCRIPT.sub(" ", field)
    if kind is not Kind.PERSON:
        return field
    bare = _NOTE.sub(" ", field)
    said = _SAID.search(bare)
    return bare[: said.start()] if said else bare


def _unbracketed(field: str, kind: Kind) -> tuple[str, list[tuple[str, bool]]]:
    """A field without those brackets that hold names of their own, and what they held."""
    aside: list[tuple[str, bool]] = []

    def take(found: re.Match[str]) -> str:
        inner, behind = found[1], field[found.end() :].strip()
        outer = field[: found.start()] + behind
        pieces = [_uncaptioned(piece, outer) for piece in _SPLIT.split(inner)]
        if _LABEL.match(inner) or any(_is_foreign(piece, outer) for piece in pieces):
            aside.extend((piece, False) for piece in pieces)
        elif kind is Kind.ORGANIZATION and not behind and _is_acronym(inner, outer):
            aside.append((inner, True))
        else:
            return _PARTING.sub(", ", found[0])  # not names, so nothing is to be split there
        return " "

    return _BRACKETS.sub(take, field), aside


def _uncaptioned(piece: str, outer: str) -> str:
    """A piece of a bracket without the name of the script that it is written in."""
    caption = _CAPTION.match(piece)
    bare = piece[caption.end() :] if caption else piece
    return bare if _is_foreign(bare, outer) else piece


def _is_foreign(inner: str, outer: str) -> bool:
    """Whether a bracket is written in another script than what it stands behind."""
    within, around = set(scripts_in(inner)), set(scripts_in(outer))
    return bool(within) and bool(around) and within.isdisjoint(around)


def _is_acronym(inner: str, outer: str) -> bool:
    """Whether a bracket behind a name holds the initials of the words around it, in their order.

    Of several with a hyphen, those before the last may also be a word as it stands there: ISIL-K.
    """
    groups = _HYPHEN.split(inner.replace(".", "").casefold())
    letters = _HYPHEN.sub("", inner.replace(".", ""))
    if not letters.isalpha() or sum(map(str.isupper, letters)) < 2:
        return False
    words = re.findall(r"\w+", outer.casefold())
    initials = iter("".join(word if word in groups[:-1] else word[0] for word in words))
    return all(letter in initials for letter in letters.casefold())


def _alternatives(text: str, kind: Kind) -> Iterator[tuple[str, bool]]:
    """A piece without labels and quotes; the spellings that "or" parts, lone words of them weak."""
    name = _plain(text)
    parts = _OTHERWISE.split(name) if kind is Kind.PERSON else [name]
    for part in parts:
        yield part, len(parts) > 1 and " " not in part


def _closed(name: str) -> str:
    """A name without brackets around the whole of it, or one at an end that has no other."""
    if name.startswith("(") and ")" not in name[:-1]:
        name = name[1:]
    if name.endswith(")") and "(" not in name:
        name = name.rstrip(" )")
    return name.strip()


def _plain(text: str) -> str:
    """A piece without its label, without quotes around the whole, without what parts it."""
    name = tidy(text)
    while label := _LABEL.match(name):
        name = name[label.end() :]
    name = _closed(name.strip(" ,;/:"))
    if len(name) > 2 and _PAIRS.get(name[0]) == name[-1]:
        inner = name[1:-1]
        if not any(quote in inner for quote in _QUOTES):
            return inner.strip()
    return name
