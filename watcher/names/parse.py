"""A name taken apart into parts that can be compared, each with its role.

The steps, in order: words; list order ("LAST, First"); compounds joined (Abd al-Rahman, Nasr
Allah); particles put to the part they belong to (al-, bin, von); titles and generations told from
names; patronymics told by their endings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from watcher.names.compound import bind, canon, may_bind
from watcher.names.kind import Kind
from watcher.names.known import is_known
from watcher.names.lexicon import words
from watcher.names.part import Name, Part, Role
from watcher.names.patronymic import is_patronymic
from watcher.text import Script, script_of, tokens, unmask

MAX_PARTS = 12
"""A name is read no further than this; the longest of the official lists have eleven."""
MAX_LETTERS = 40
"""A part is read no further than this; longer words are no names."""

_TITLES = words("title")
_HONORIFICS = words("honorific")
_GENERATIONS = words("generation")
_REALMS = words("realm")
_EITHER = words("either")
"""Titles before a name, names behind one."""
_GIVEN = _EITHER & _HONORIFICS
_ARTICLES = words("article")
_SONS = words("son")
_TAILS = words("tail")
_LEGAL = words("legal")
_GENERIC = words("generic")
_INITIALS = frozenset(
    (Script.LATIN, Script.CYRILLIC, Script.GREEK, Script.HEBREW, Script.ARMENIAN, Script.GEORGIAN)
)
_SEYYED = "سيد"
_KOREAN = (3, 4)
"""Syllables of a Korean name that is family and given name."""
_SPACELESS = frozenset((Script.HAN, Script.KANA, Script.OTHER))


NUMBERS = {word: n for n in range(1, 11) for word in words(f"number {n}")}
"""The words that number bearers of one name: II, השני."""
_LEADING = frozenset((Role.TITLE, Role.HONORIFIC))
"""What may stand before a title."""
_GAPS = frozenset(("-", "\u2010", "\u2011", "'", "\u2019", ""))
_LED = _ARTICLES | _SONS | _TAILS
_ASIDE = _TITLES | _HONORIFICS | _GENERATIONS | _REALMS | NUMBERS.keys()
_REMEMBERED = 1 << 16
"""Words that are remembered: those of a list come again and again, 3.5 million words of a list of a
million names 45 times each. Whoever took many apart forgets them."""
_REMEMBERED_LONG = 1 << 13
"""More of them are forgotten when a text is read: its words come for months, and no more save no
time there (65,000 take 30 MB)."""


class _Word(NamedTuple):
    text: str
    folded: str
    script: Script
    family: bool = False
    gap: str = " "
    """What the name writes between this word and the one before it."""


def _words(text: str) -> list[_Word]:
    """The words of a name."""
    found: list[_Word] = []
    for chunk in text[: MAX_PARTS * MAX_LETTERS * 2].split(" "):
        found += _chunk(chunk, " " if found else "")
    return _unmasked(found)


@lru_cache(maxsize=_REMEMBERED)
def _chunk(text: str, before: str) -> tuple[_Word, ...]:
    """The words between two spaces; letters of scripts without spaces that touch are one word."""
    found: list[_Word] = []
    end = -1
    for token in tokens(text):
        script = script_of(token.folded)
        raw = text[token.start : token.end]
        if found and token.start == end and script in _SPACELESS and found[-1].script is script:
            last = found.pop()
            found.append(_Word(last.text + raw, (last.folded + token.folded)[:MAX_LETTERS], script))
        else:
            gap = text[end : token.start] if found else before
            gap = gap if gap in _GAPS else " "
            found += _unglued(_Word(raw, token.folded[:MAX_LETTERS], script, gap=gap))
        end = token.end
    return tuple(found)


def _unglued(word: _Word) -> list[_Word]:
    """A word, or Seyyed and the known name that Persian lists write with it (سیدرضا)."""
    if not word.folded.startswith(_SEYYED):
        return [word]
    rest = word.folded.removeprefix(_SEYYED)
    if len(word.text) != len(word.folded) or not is_known(rest):
        return [word]
    size = len(_SEYYED)
    first = word._replace(text=word.text[:size], folded=_SEYYED)
    return [first, word._replace(text=word.text[size:], folded=rest, gap="")]


def _unmasked(found: list[_Word]) -> list[_Word]:
    """Put right a single letter of another script that looks like one of the others' script."""
    if len({word.script for word in found}) < 2:
        return found
    scripts = {word.script for word in found if len(word.folded) > 1}
    if len(scripts) != 1 or all(word.script in scripts for word in found):
        return found
    frame = max((w.folded for w in found if w.script in scripts), key=len)
    return [
        word._replace(folded=told, script=script_of(told))
        if len(word.folded) == 1
        and word.script not in scripts
        and script_of(told := unmask(frame + word.folded)[len(frame) :]) in scripts
        else word
        for word in found
    ]


def _written(words_: Sequence[_Word]) -> str:
    """Words as the name writes them one after the other."""
    return words_[0].text + "".join(word.gap + word.text for word in words_[1:])


def _capitals(found: Sequence[_Word]) -> list[_Word]:
    """Mark the words in capitals as the family name, where other words are not in capitals."""
    loud = [len(w.text) > 1 and w.text.isupper() for w in found]
    if True not in loud or False not in loud:
        return list(found)
    return [w._replace(family=up) for w, up in zip(found, loud, strict=True)]


def _ordered(text: str) -> tuple[list[_Word], bool]:
    """The words of a person's name, family name last where the text shows which it is."""
    head, comma, tail = text.partition(",")
    if not comma:
        head, comma, tail = text.partition("،")
    if comma:
        last, rest = _words(head), _words(tail)
        if last and rest and rest[0].folded in _REALMS:
            return last + rest, False
        if last and any(not _is_aside(w.folded) for w in rest):
            family = [_Word(w.text, w.folded, w.script, family=True, gap=w.gap) for w in last]
            return rest + family, True
    found = _capitals(_syllables(_words(text)))
    return found, any(w.family for w in found)


def _syllables(found: list[_Word]) -> list[_Word]:
    """A Korean name written as one word: the family name is its first syllable."""
    if len(found) != 1 or found[0].script is not Script.HANGUL:
        return found
    word = found[0]
    if len(word.text) != len(word.folded) or len(word.folded) not in _KOREAN:
        return found
    head = word._replace(text=word.text[0], folded=word.folded[0], family=True)
    return [head, word._replace(text=word.text[1:], folded=word.folded[1:], gap="")]


def _is_aside(folded: str) -> bool:
    return folded in _GENERATIONS or folded in _TITLES or folded in NUMBERS


def _joined(found: Sequence[_Word]) -> list[_Word]:
    """Bring compounds of neighbouring words together."""
    parts: list[_Word] = []
    index = 0
    while index < len(found):
        word = found[index]
        index += 1
        while index < len(found):
            after = found[index]
            skip = 1
            if after.folded in _ARTICLES and index + 1 < len(found):
                after, skip = found[index + 1], 2
            both = _bound(word, after)
            if both is None:
                break
            raw = _written([word, *found[index : index + skip]])
            word = _Word(raw, both, word.script, word.family or after.family, word.gap)
            index += skip
        parts.append(word)
    return parts


def _bound(word: _Word, after: _Word) -> str | None:
    """What two words make together; a family name in capitals has ended before other words."""
    if after.script is not word.script or (word.family and not after.family):
        return None
    return bind(word.folded, after.folded, word.script)


def _particled(found: Sequence[_Word]) -> list[Part]:
    """Put al-, bin and the like to the part that follows (or, for -oglu, that goes before)."""
    parts: list[Part] = []
    before: list[_Word] = []
    for word in found:
        if word.folded in _TAILS and parts and not before:
            parts.append(_tailed(parts.pop(), word))
        elif _is_particle(word) and len(before) < 3:
            before.append(word)
        else:
            parts.append(_part(word, before))
            before = []
    parts.extend(_part(word, ()) for word in before)
    return parts


def _is_particle(word: _Word) -> bool:
    """Whether a word belongs to the next; a capital letter alone is an initial (E. Night)."""
    if len(word.folded) == 1 and word.text.isupper():
        return False
    return word.folded in _ARTICLES or word.folded in _SONS


def _tailed(part: Part, tail: _Word) -> Part:
    """A part with -zadeh or -oglu behind it, which others write as one word."""
    text = part.text + tail.gap + tail.text
    return replace(part, text=text, whole=part.folded + tail.folded)


def _part(word: _Word, before: Sequence[_Word]) -> Part:
    folded = canon(word.folded, word.script)
    if not before:
        return Part(
            text=word.text, folded=folded, whole=folded, script=word.script, family=word.family
        )
    front = "".join(w.folded for w in before)
    return Part(
        text=_written([*before, word]),
        folded=folded,
        whole=front + folded if before[-1].script is word.script else folded,
        script=word.script,
        article=any(w.folded in _ARTICLES for w in before),
        family=word.family,
    )


def _role(part: Part, *, led: bool, first: bool, last: bool, many: bool) -> Role:
    """What a part of a person's name does, told by the word itself and its place.

    Behind a name Khan, Shah, Said and Sheikh are names themselves (Imran Khan).
    """
    if len(part.folded) == 1 and part.script in _INITIALS:
        return Role.GENERATION if part.folded == "i" and last and many else Role.INITIAL
    may_lead = many and (led or part.folded not in _EITHER)
    if part.folded in _HONORIFICS and may_lead:
        return Role.HONORIFIC
    if part.folded in _GENERATIONS and last:
        return Role.GENERATION
    if part.folded in NUMBERS and not first:
        return Role.GENERATION
    if (part.folded in _TITLES and may_lead and not last) or part.folded in _REALMS:
        return Role.TITLE
    return Role.NAME


@lru_cache(maxsize=_REMEMBERED)
def _alone(word: _Word) -> Part | None:
    """The part that a word is in a person's name; None if that depends on the other words."""
    part = _part(word, ())
    depends = (
        len(part.folded) == 1
        or part.folded in _ASIDE
        or word.folded in _LED
        or may_bind(word.folded, word.script)
        or is_patronymic(part.folded, part.script)
    )
    return None if depends else part


def _person(found: Sequence[_Word]) -> list[Part]:
    plain = [part for word in found if (part := _alone(word))]
    return plain[:MAX_PARTS] if len(plain) == len(found) else _led(found)


def _led(found: Sequence[_Word]) -> list[Part]:
    """The parts of a person's name, some of whose words depend on the others."""
    parts = _particled(_joined(found))[:MAX_PARTS]
    many = len(parts) > 1
    roles: list[Part] = []
    for i, part in enumerate(parts):
        led = all(p.role in _LEADING for p in roles)
        role = _role(part, led=led, first=i == 0, last=i == len(parts) - 1, many=many)
        roles.append(_as(part, role))
    if not any(p.role is Role.NAME for p in roles):
        return parts
    return _patronymics(_named(roles))


def _named(parts: list[Part]) -> list[Part]:
    """Beside one name alone Said and Khan are names: Said Anwar, Khan Mohammad."""
    if sum(p.role is Role.NAME for p in parts) > 1:
        return parts
    return [_as(p, Role.NAME) if p.folded in _GIVEN else p for p in parts]


def _as(part: Part, role: Role) -> Part:
    """A part in a role; most are plain names already."""
    return part if part.role is role else replace(part, role=role)


def _patronymics(parts: list[Part]) -> list[Part]:
    """Tell a patronymic where two other names stand beside it."""
    names = [p for p in parts if p.role is Role.NAME]
    if len(names) < 3:
        return parts
    return [
        replace(p, role=Role.PATRONYMIC)
        if p.role is Role.NAME
        and p is not names[0]
        and not p.family
        and is_patronymic(p.folded, p.script)
        else p
        for p in parts
    ]


def _organisation(found: Sequence[_Word]) -> list[Part]:
    told = list(map(_member, found[:MAX_PARTS]))
    if any(part.role is Role.NAME for part in told):
        return told
    return [_part(word, ()) for word in found[:MAX_PARTS]]


@lru_cache(maxsize=_REMEMBERED)
def _member(word: _Word) -> Part:
    part = _part(word, ())
    return _as(part, _duty(part.folded))


def _duty(folded: str) -> Role:
    if folded in _LEGAL:
        return Role.LEGAL
    if folded in _ARTICLES:
        return Role.PARTICLE
    return Role.GENERIC if folded in _GENERIC else Role.NAME


def forget() -> None:
    """Forget the words of the names that were taken apart, which only costs time."""
    for remembered in (_chunk, _alone, _member):
        remembered.cache_clear()


@lru_cache(maxsize=1 << 14)
def parse(text: str, kind: Kind = Kind.PERSON) -> Name:
    """Take a name apart, as `take_apart`; what was asked lately is remembered."""
    if _chunk.cache_info().currsize > _REMEMBERED_LONG:
        forget()
    return take_apart(text, kind)


def take_apart(text: str, kind: Kind = Kind.PERSON) -> Name:
    """Take a name apart.

    Never raises; a text without a word gives a name without parts. At most `MAX_PARTS` parts of
    `MAX_LETTERS` letters are read.

    Args:
        text: a name as written, any script; "LAST, First" is understood for persons.
        kind: of a person or of an organisation.
    """
    if kind is Kind.ORGANIZATION:
        return Name(text=text, parts=tuple(_organisation(_joined(_words(text)))), kind=kind)
    found, listed = _ordered(text)
    return Name(text=text, parts=tuple(_person(found)), kind=kind, listed=listed)
