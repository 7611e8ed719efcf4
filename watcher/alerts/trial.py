"""The analysts' names tried on texts that spell them just so, before they are saved.

A name may be legal and still never be seen: an exclusion of its own hides it, texts write its words
small, its one word may be another. `check` tells of it, so that nobody has to learn it from alerts
that do not come. All that is told was tried, but for names in other scripts (see `_foreign`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from watcher.article import Article
from watcher.match.find import find
from watcher.match.unit import CASED
from watcher.names import SAME, Kind, Part, Role, compare, keys, parse, words
from watcher.text import Script, script_of, scripts_in
from watcher.watchlist.check import Entry, too_little
from watcher.watchlist.entity import Entity, Watchlist
from watcher.watchlist.hide import hidden
from watcher.watchlist.rulebook import Rulebook
from watcher.written import Fault

FEW = 5
"""Warnings of one sort that are told: who gets more reads none of them."""
MOST = 1_000
"""Names of one sort that are looked at; each that is tried takes about 5 ms."""

_CALLED = {
    Script.ARABIC: "Arabic",
    Script.HEBREW: "Hebrew",
    Script.CYRILLIC: "Cyrillic",
    Script.LATIN: "Latin",
}
_SIGN = "zzqx"
"""A context word that nobody writes: a name that counts only beside it needs support."""
_SAME = 0.7
"""Generic words of two scripts that are as alike as this are one word: Bank and Банк."""
_OWN = frozenset({Role.NAME, Role.GENERIC})


class _Case(NamedTuple):
    """A name of an entity, and where the entity is written."""

    entry: Entry
    entity: Entity
    name: str

    @property
    def parts(self) -> tuple[Part, ...]:
        """What it is made of, without titles, legal forms and the like."""
        parts = parse(self.name, Kind(self.entity.kind)).parts
        return tuple(part for part in parts if part.role in _OWN)

    @property
    def own(self) -> tuple[Part, ...]:
        """Those of its parts that are no generic words, such as Group and Bank."""
        return tuple(part for part in self.parts if part.role is Role.NAME)

    def warning(self, message: str, hint: str) -> Fault:
        """A warning at the name."""
        return self.entry.place_of_name(self.name).warning(message, hint)


def try_names(entries: Sequence[Entry], rulebook: Rulebook) -> tuple[Fault, ...]:
    """Warnings about names that texts will hardly be found by.

    Of each sort the first `FEW` are told, the last of which says whether there are more.

    Args:
        entries: the analysts' entities, with their places.
        rulebook: the same with the exclusions that they share, and the rules.
    """
    cases = tuple(_cases(entries, rulebook.watchlist))
    firms = tuple(case for case in cases if case.entity.kind is Kind.ORGANIZATION)
    sorts = (
        _hiding(cases),
        _small(firms),
        _within(firms),
        _doubtful(firms),
        _foreign(firms, _scripts(rulebook)),
    )
    return tuple(fault for sort in sorts for fault in _few(sort))


def _cases(entries: Iterable[Entry], known: Watchlist) -> Iterator[_Case]:
    """The full names of all entities that are looked for."""
    for entry in entries:
        if entry.entity.id in known:
            entity = known[entry.entity.id]
            yield from (_Case(entry, entity, name) for name in entity.names)


def _few(sort: Iterator[Fault]) -> Iterator[Fault]:
    told = list(islice(sort, FEW + 1))
    yield from told[: FEW - 1]
    for last in told[FEW - 1 : FEW]:
        more = "; other names are like it" if len(told) > FEW else ""
        yield replace(last, message=last.message + more)


def _hiding(cases: Iterable[_Case]) -> Iterator[Fault]:
    """Exclusions, of whatever script, that hide a name though they are no near spelling of it."""
    told: set[tuple[str, str]] = set()
    for case in islice((case for case in cases if case.entity.exclude), MOST):
        for excluded in case.entity.exclude:
            pair = case.entity.id, excluded
            if pair not in told and _hides(excluded, case):
                told.add(pair)
                is_own = excluded in case.entry.entity.exclude
                place = case.entry.place("not", excluded) if is_own else None
                yield (place or case.entry.place_of_name(case.name)).warning(
                    f'"{excluded}" hides "{case.name}", a name of the entity itself',
                    "take it away, or write more of the other's name",
                )


def _hides(excluded: str, case: _Case) -> bool:
    """Whether a name is found but for an exclusion."""
    if not _may_hide(excluded, case.name, case.entity.kind):
        return False
    free = replace(case.entity, exclude=())
    held = replace(free, exclude=(excluded,))
    if _is_found(case.name, held) or not _is_found(case.name, free):
        return False
    return not hidden(free, excluded)  # which is told where the rules are read


def _may_hide(excluded: str, name: str, kind: Kind) -> bool:
    """Whether an exclusion may stand where a name does, so that trying it is worth its time.

    Each of its parts sounds like one of the name ("Ansar al-Sharia" in "Ansar al-Sharia Benghazi"),
    or both are alike as a whole, though their words are parted otherwise. Measured on 1,976 pairs
    of the official lists: of 82 that hide a name 81 are tried, and of the others one in seven.
    """
    parts, others = _sounds(excluded, kind), _sounds(name, kind)
    alike = sum(any(not part.isdisjoint(other) for other in others) for part in parts)
    if alike in {0, len(parts)}:
        return alike > 0
    return compare(name, excluded, kind).score >= SAME


@lru_cache(maxsize=4096)  # exclusions that entities share are held against one name after the other
def _sounds(name: str, kind: Kind) -> tuple[frozenset[str], ...]:
    """What each part of a name sounds like, titles, legal forms and the like aside."""
    parts = parse(name, kind).parts
    own = [part for part in parts if part.role is Role.NAME]
    return tuple(frozenset(keys(part.folded, part.script)) for part in own or parts)


def _small(firms: Iterable[_Case]) -> Iterator[Fault]:
    """Names with small words: in scripts with capitals these are read as no names."""
    for case in islice(filter(_is_small, firms), MOST):
        script = script_of(case.name)
        others = (case._replace(name=name) for name in case.entity.names)
        if any(script_of(other.name) is script and not _is_small(other) for other in others):
            continue
        raised = " ".join(word[:1].upper() + word[1:] for word in case.name.split())
        written = case.name.capitalize() if case.name.islower() else case.name
        if written != case.name and written in case.entity.names:
            continue  # it is told of there
        if not _is_found(written, case.entity) and _is_found(raised, case.entity):
            so = "so" if written == case.name else f'"{written}"'
            yield case.warning(
                f'"{case.name}" is not found where it is written {so}: in scripts with capitals'
                " only words with one are read as names",
                'add a name whose words all have a capital, such as an acronym, under "aliases:"',
            )


def _is_small(case: _Case) -> bool:
    """Whether some words have no capital, and there are others."""
    parts = [part for part in case.parts if part.script in CASED]
    return len(parts) > 1 and any(part.text[0].islower() for part in parts)


def _within(firms: Iterable[_Case]) -> Iterator[Fault]:
    """Names whose first word, a generic one, has a capital only where it opens a sentence."""
    for case in islice((case for case in firms if _opens_generic(case)), MOST):
        entity = case.entity
        small = case.name[0].lower() + case.name[1:]
        if _is_found(case.name, entity) and not _is_found(small, entity, *entity.context):
            own = " ".join(part.text for part in case.own)
            yield case.warning(
                f'"{small}", as it stands within a sentence, is not found:'
                " its first word has no capital there",
                f'put "{own}" under "weak:" too, and words of its articles under "context:"',
            )


def _opens_generic(case: _Case) -> bool:
    """Whether a name begins with a generic word, in a script whose languages write that small."""
    parts = case.parts
    if len(parts) < 2 or parts[0].role is not Role.GENERIC or case.name.isupper():
        return False
    return parts[0].script is Script.CYRILLIC and parts[0].text[0].isupper() and bool(case.own)


def _doubtful(firms: Iterable[_Case]) -> Iterator[Fault]:
    """Names whose one word may be another, of entities with neither a context word nor more."""
    for case in islice(filter(_is_bare, firms), MOST):
        entity = case.entity
        backed = replace(entity, context=(_SIGN,))
        if too_little(case.name, entity.kind) or _is_found(case.name, entity):
            continue
        if _is_found(case.name, backed, _SIGN):
            yield case.warning(
                f'"{case.name}" may be another word than the name: by itself it counts only'
                " beside a context word",
                'write words of its articles under "context:"',
            )


def _is_bare(case: _Case) -> bool:
    """Whether an entity is known by names of one word only, and nothing speaks for it."""
    names = (case._replace(name=name) for name in case.entity.names)
    return not case.entity.context and all(len(each.parts) == 1 for each in names)


def _foreign(firms: Iterable[_Case], scripts: frozenset[Script]) -> Iterator[Fault]:
    """Names that are not as they stand in other scripts that the rules deal with.

    Known, not tried, since nobody can tell here how they are written there: one word counts in a
    script without capitals only beside support (see `watcher.match.weak`), one of such a script may
    be too little alike for more in any other (حماس and Hamas), and a generic word that is
    translated has no letters in common with its translation.
    """
    for case in firms:
        entity = case.entity
        if case.name != entity.names[0] or len(case.own) != 1:
            continue
        own = frozenset().union(*map(scripts_in, (*entity.names, *entity.weak, *entity.context)))
        strange = [script for script in _CALLED if script in scripts - own]
        generic = [part for part in case.parts if part.role is Role.GENERIC]
        if generic:
            yield from _translated(case, generic[0].text, strange)
            continue
        is_cased = script_of(case.name) in CASED
        doubtful = [script for script in strange if not (is_cased and script in CASED)]
        if doubtful:
            counts = "counts" if is_cased else "may count"
            yield case.warning(
                f'"{case.name}" is one word: in {_letters(doubtful)} letters it {counts} only'
                " beside a context word, or another name of the entity",
                'write the name as it stands there under "aliases:",'
                ' or words of its articles there under "context:"',
            )


def _translated(case: _Case, generic: str, strange: Sequence[Script]) -> Iterator[Fault]:
    """What to know of a name with a generic word that other scripts have no like of."""
    unlike = [script for script in strange if not _travels(generic, script)]
    if unlike:
        yield case.warning(
            f'"{case.name}" is not found in {_letters(unlike)} letters where "{generic}" is'
            " translated",
            'write the name as it stands there under "aliases:"',
        )


def _letters(scripts: Sequence[Script]) -> str:
    *others, last = (_CALLED[script] for script in scripts)
    return f"{', '.join(others)} and {last}" if others else last


@lru_cache(maxsize=256)
def _travels(generic: str, script: Script) -> bool:
    """Whether a script has a generic word that sounds the same."""
    there = (word for word in words("generic") if script_of(word) is script)
    return any(compare(generic, word, Kind.ORGANIZATION).score >= _SAME for word in there)


def _scripts(rulebook: Rulebook) -> frozenset[Script]:
    """The scripts that the analysts deal with: of their entities, their rules and tests."""
    names = (
        text
        for entity in rulebook.watchlist
        if not entity.origin
        for text in (*entity.names, *entity.weak, *entity.short, *entity.context, *entity.exclude)
    )
    tests = (test.text for rule in rulebook.rules for test in rule.tests)
    asked = (text for rule in rulebook.rules for text in rule.conditions.every)
    return frozenset().union(*map(scripts_in, (*names, *tests, *asked)))


def _is_found(name: str, entity: Entity, *beside: str) -> bool:
    """Whether an entity is found in a text that is a name, with words beside it."""
    text = ". ".join((name, *beside))
    return bool(find(Article(text=text), Watchlist((entity,))))
