"""What is sound in all files, bound together: tags to entities, exclusions to whom they concern."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from watcher.names import Kind, keys, parse
from watcher.watchlist.check import Entry
from watcher.watchlist.draft import Census, Draft
from watcher.watchlist.entity import Entity, Watchlist
from watcher.watchlist.form import ExclusionForm, RuleForm, TestForm
from watcher.watchlist.rule import Rule, RuleTest
from watcher.watchlist.rulebook import Off, Rulebook, rules_version, versioned
from watcher.watchlist.status import Status
from watcher.written import Loaded


@dataclass(frozen=True, slots=True)
class Exclusion:
    """People who are none of several entities.

    Attributes:
        form: as written.
        loaded: the file it stands in.
        index: its position under `exclusions:`.
        of: ids of the entities it concerns.
    """

    form: ExclusionForm
    loaded: Loaded
    index: int
    of: frozenset[str]


@dataclass(frozen=True, slots=True)
class Bound:
    """The sound part of all files.

    Attributes:
        rulebook: what is in force, and what is off.
        entries: where each entity of the analysts stands, as it was written there.
        exclusions: those that several entities share.
    """

    rulebook: Rulebook
    entries: tuple[Entry, ...]
    exclusions: tuple[Exclusion, ...]


def bind(drafts: Sequence[Draft], census: Census, listed: Mapping[str, Entity]) -> Bound:
    """The rulebook of what is sound: entities with an id of their own, and all rules.

    Args:
        drafts: the files.
        census: whom they know.
        listed: entities of official lists, by id.
    """
    entries = _entries(drafts, listed)
    exclusions = _exclusions(drafts, census, entries)
    entities = tuple(_excluding((*(each.entity for each in entries), *listed.values()), exclusions))
    found = tuple(each for each in entities if each.status is not Status.OFF)
    watchlist = versioned(entities, found)
    rules = [
        _rule(rule, index, draft.sound.loaded, census, watchlist)
        for draft in drafts
        for index, rule in enumerate(draft.form.rules)
    ]
    rulebook = Rulebook(
        watchlist=watchlist,
        rules=tuple(rule for rule in rules if rule.status is not Status.OFF),
        version=rules_version(watchlist.version, rules),
        off=Off(
            entities=tuple(each for each in entities if each.status is Status.OFF),
            rules=tuple(rule for rule in rules if rule.status is Status.OFF),
        ),
    )
    return Bound(rulebook, tuple(entries), tuple(exclusions))


def watched(words: Iterable[str], census: Census) -> frozenset[str]:
    """Ids of the entities that words of `watch:` or `of:` mean."""
    return frozenset(entity_id for word in words for entity_id in census.watched(word))


def _entries(drafts: Sequence[Draft], listed: Mapping[str, Entity]) -> list[Entry]:
    """The entities whose ids are theirs alone."""
    written = [
        Entry(entity.entity(), draft.sound.loaded, index)
        for draft in drafts
        for index, entity in enumerate(draft.form.entities)
    ]
    times = Counter(entry.entity.id for entry in written)
    return [
        entry for entry in written if times[entry.entity.id] == 1 and entry.entity.id not in listed
    ]


def _exclusions(
    drafts: Sequence[Draft], census: Census, entries: Sequence[Entry]
) -> list[Exclusion]:
    written = [
        (form, draft.sound.loaded, index)
        for draft in drafts
        for index, form in enumerate(draft.form.exclusions)
    ]
    general = any(not form.of for form, *_ in written)
    by_key = _by_key(entries) if general else {}
    return [
        Exclusion(
            form, loaded, index, watched(form.of, census) if form.of else _alike(form, by_key)
        )
        for form, loaded, index in written
    ]


def _excluding(entities: Iterable[Entity], exclusions: Sequence[Exclusion]) -> Iterator[Entity]:
    """The entities with the exclusions that they share."""
    shared: dict[str, list[str]] = {}
    for each in exclusions:
        for entity_id in each.of:
            shared.setdefault(entity_id, []).extend(each.form.names)
    for entity in entities:
        names = shared.get(entity.id)
        if names:
            yield replace(entity, exclude=tuple(dict.fromkeys((*entity.exclude, *names))))
        else:
            yield entity


def _by_key(entries: Sequence[Entry]) -> dict[str, set[str]]:
    """The ids of entities by the keys of the parts of their names."""
    by_key: dict[str, set[str]] = {}
    for entry in entries:
        entity = entry.entity
        for key in _keys((*entity.names, *entity.weak, *entity.short), entity.kind):
            by_key.setdefault(key, set()).add(entity.id)
    return by_key


def _alike(form: ExclusionForm, by_key: Mapping[str, set[str]]) -> frozenset[str]:
    """The entities that may share a part with a name: of all others it can take nothing."""
    found = (by_key.get(key, set()) for key in _keys(form.names, Kind.PERSON))
    return frozenset().union(*found)


def _keys(names: Iterable[str], kind: Kind) -> set[str]:
    parts = (part for name in names for part in parse(name, kind).parts)
    return {key for part in parts for key in keys(part.folded, part.script)}


def _rule(form: RuleForm, index: int, loaded: Loaded, census: Census, sound: Watchlist) -> Rule:
    entities = frozenset(each for each in watched(form.watch, census) if each in sound)
    return Rule(
        id=form.id,
        entities=entities,
        send_to=tuple(dict.fromkeys(form.send_to)),
        min_score=form.min_score,
        conditions=form.conditions(),
        cool_down=form.cool_down,
        severity=form.severity,
        digest=form.digest.rhythm() if form.digest else None,
        quiet_hours=tuple(each.quiet() for each in form.quiet_hours),
        status=form.status,
        owner=form.owner or "",
        note=form.note or "",
        tests=tuple(_tests(form.tests, index, loaded, entities)),
    )


def _tests(
    forms: Sequence[TestForm], index: int, loaded: Loaded, entities: Collection[str]
) -> Iterator[RuleTest]:
    """The tests of a rule that ask for nobody whom it cannot alert for."""
    for number, test in enumerate(forms):
        if all(entity_id in entities for entity_id in test.alert):
            yield RuleTest(
                text=test.text,
                alert=test.alert,
                where=str(loaded.place("rules", index, "tests", number)),
                title=test.title or "",
                source=test.source or "",
                language=test.language or "",
            )
