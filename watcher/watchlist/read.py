"""The analysts' files, as text, to one rulebook; every fault of all files in one run.

Order of work: each file by itself (`draft`), then what only all files together show: ids that are
used twice, tags and entities that nobody wrote, what an analyst should know before saving
(`check`). A fault of one item hides nothing of the others, and nothing is told that is but the
consequence of another fault.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from watcher.watchlist.bind import bind, watched
from watcher.watchlist.check import Entry, check
from watcher.watchlist.doubt import doubts
from watcher.watchlist.draft import Census, Draft, count, doubles, texts
from watcher.watchlist.edition import Imported
from watcher.watchlist.entity import Entity
from watcher.watchlist.form import RuleFile
from watcher.watchlist.rulebook import Rulebook
from watcher.written import Block, Fault, Place, Series, cap, did_you_mean, load, sift


@dataclass(frozen=True, slots=True)
class Send:
    """A channel that a rule names, and where; for whoever knows the channels."""

    channel: str
    place: Place


@dataclass(frozen=True, slots=True)
class Ask:
    """A source that a rule names, and where; for whoever knows the sources."""

    source: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What came of reading the analysts' files.

    Attributes:
        sound: the entities and rules that have no fault, with those tests whose entities are among
            them; to be tried, not to be watched with.
        faults: in order of file and place.
        warnings: what an analyst should know besides; likewise.
        sends: every channel that is named in a `send_to:`.
        asks: every source that is named in a `sources:`.
        entries: where each entity of the analysts stands.
    """

    sound: Rulebook
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    sends: tuple[Send, ...] = ()
    asks: tuple[Ask, ...] = ()
    entries: tuple[Entry, ...] = ()

    @property
    def rulebook(self) -> Rulebook | None:
        """Everything that was written; None if there is any fault."""
        return None if self.faults else self.sound


def read_rules(
    files: Mapping[str, bytes | str], *, complete: bool = True, lists: Sequence[Imported] = ()
) -> Reading:
    """Read all files of rules together.

    Args:
        files: each file's path as people know it, and its content; read in this order.
        complete: there are no others, which could not be read.
        lists: official lists whose entities the rules may watch besides; of two entities with one
            id the first counts.
    """
    drafts, faults, warnings = _read_each(files)
    census = count(drafts, complete=complete)
    faults += doubles(drafts)
    listed: dict[str, Entity] = {}
    for each in lists:
        for entity in each.entities:
            listed.setdefault(entity.id, entity)
    faults += _taken(drafts, listed)
    census.admit(listed.values())
    for draft in drafts:
        faults += _strangers(draft, census)
    bound = bind(drafts, census, listed)
    warnings += [*check(bound.entries), *doubts(drafts, bound, census)]
    sound = replace(
        bound.rulebook, editions=tuple(each.edition for each in lists), files=_as_bytes(files)
    )
    return Reading(
        sound=sound,
        faults=cap(faults),
        warnings=cap(warnings),
        sends=tuple(send for draft in drafts for send in _sends(draft)),
        asks=tuple(ask for draft in drafts for ask in _asks(draft)),
        entries=bound.entries,
    )


def _as_bytes(files: Mapping[str, bytes | str]) -> dict[str, bytes]:
    return {
        name: data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
        for name, data in files.items()
    }


def unknown_channels(reading: Reading, channels: Collection[str]) -> tuple[Fault, ...]:
    """A fault for each `send_to:` that names none of the channels."""
    return tuple(
        send.place.fault(
            f'there is no channel "{send.channel}"',
            did_you_mean(send.channel, channels) or "name it under channels: in watcher.yaml",
        )
        for send in reading.sends
        if send.channel not in channels
    )


def unknown_sources(reading: Reading, sources: Collection[str]) -> tuple[Fault, ...]:
    """A warning for each `sources:` that names none of the sources: no article comes from there."""
    return tuple(
        ask.place.warning(
            f'there is no source "{ask.source}", so no article of it can satisfy this rule',
            did_you_mean(ask.source, sources) or "name it under sources: in watcher.yaml",
        )
        for ask in reading.asks
        if ask.source not in sources
    )


def _read_each(
    files: Mapping[str, bytes | str],
) -> tuple[list[Draft], list[Fault], list[Fault]]:
    drafts: list[Draft] = []
    faults: list[Fault] = []
    warnings: list[Fault] = []
    for name, data in files.items():
        loaded = load(name, data)
        if loaded.whole and loaded.value is None and not loaded.faults:
            warnings.append(Place(file=name).warning("the file holds no entities and no rules"))
            continue
        sound = sift(RuleFile, loaded)
        drafts.append(Draft(loaded, sound))
        faults += sound.faults
    return drafts, faults, warnings


def _taken(drafts: Sequence[Draft], listed: Mapping[str, Entity]) -> Iterator[Fault]:
    """Faults: entities that the analysts gave the id of one on an official list."""
    for draft in drafts:
        for index, block in draft.loaded.blocks("entities"):
            for _, entity_id in texts(block.get("id")):
                if entity_id in listed:
                    yield draft.loaded.place("entities", index, "id").fault(
                        f'the list "{listed[entity_id].origin}" has "{entity_id}" already',
                        "give this one another id",
                    )


def _strangers(draft: Draft, census: Census) -> Iterator[Fault]:
    """Words of a file's rules and exclusions that mean nobody."""
    known = (*census.tags, *census.ids)
    for index, exclusion in draft.loaded.blocks("exclusions"):
        for spot, word in texts(exclusion.get("of")):
            if not census.watched(word) and not census.rumoured(word):
                yield draft.loaded.place("exclusions", index, "of", spot).fault(
                    f'no entity has the tag or the id "{word}"', census.hint(word, known)
                )
    for index, rule in draft.loaded.blocks("rules"):
        watch = texts(rule.get("watch"))
        for spot, word in watch:
            if not census.watched(word) and not census.rumoured(word):
                yield draft.loaded.place("rules", index, "watch", spot).fault(
                    f'no entity has the tag or the id "{word}"', census.hint(word, known)
                )
        for place, word in _expected(draft, index, rule):
            if word not in census.ids and not census.rumoured(word):
                yield place.fault(f'no entity has the id "{word}"', census.hint(word, census.ids))
        if watch and all(census.watched(word) for _, word in watch):
            yield from _unwatched(draft, index, rule, census)


def _unwatched(draft: Draft, index: int, rule: Block, census: Census) -> Iterator[Fault]:
    """Entities for which a rule's tests ask and for which it can never alert."""
    ids = watched([word for _, word in texts(rule.get("watch"))], census)
    for place, word in _expected(draft, index, rule):
        if word in census.ids and word not in ids and not census.rumoured(word):
            yield place.fault(
                f'the rule does not watch "{word}", so it cannot alert for it',
                'add it to "watch:"',
            )


def _expected(draft: Draft, index: int, rule: Block) -> Iterator[tuple[Place, str]]:
    """The words under `alert:` in a rule's tests."""
    tests = rule.get("tests")
    for number, test in enumerate(tests if isinstance(tests, Series) else ()):
        for spot, word in texts(test.get("alert") if isinstance(test, Block) else None):
            yield draft.loaded.place("rules", index, "tests", number, "alert", spot), word


def _sends(draft: Draft) -> Iterator[Send]:
    for index, rule in draft.loaded.blocks("rules"):
        for spot, channel in texts(rule.get("send_to")):
            yield Send(channel, draft.loaded.place("rules", index, "send_to", spot))


def _asks(draft: Draft) -> Iterator[Ask]:
    for index, rule in draft.loaded.blocks("rules"):
        for spot, source in texts(rule.get("sources")):
            yield Ask(source, draft.loaded.place("rules", index, "sources", spot))
