"""The analysts' files, as text, to one rulebook; every fault of all files in one run.

Order of work: each file by itself (`draft`), then what only all files together show: ids that are
used twice, tags and entities that nobody wrote, then (if nothing is wrong) what an analyst should
know before saving (`check`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from watcher.watchlist.check import Entry, check
from watcher.watchlist.draft import Census, Draft, count, doubles, texts
from watcher.watchlist.entity import Watchlist
from watcher.watchlist.form import RuleFile, RuleForm
from watcher.watchlist.rule import Rule, RuleTest
from watcher.watchlist.rulebook import Rulebook, list_version, rules_version
from watcher.written import Block, Fault, Loaded, Place, Series, did_you_mean, load, order, validate


@dataclass(frozen=True, slots=True)
class Send:
    """A channel that a rule names, and where; for whoever knows the channels."""

    channel: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What came of reading the analysts' files.

    Attributes:
        rulebook: None if there is any fault.
        faults: in order of file and place.
        warnings: what an analyst should know besides; likewise.
        sends: every channel that is named in a `send_to:`.
    """

    rulebook: Rulebook | None
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    sends: tuple[Send, ...] = ()


def read_rules(files: Mapping[str, bytes | str]) -> Reading:
    """Read all files of rules together.

    Args:
        files: each file's path as people know it, and its content; read in this order.
    """
    drafts, faults, warnings = _read_each(files)
    census = count(drafts)
    faults += doubles(drafts)
    for draft in drafts if census.complete else ():
        faults += _strangers(draft, census)
    sends = tuple(send for draft in drafts for send in _sends(draft))
    if faults:
        told = tuple(sorted(faults, key=order))
        return Reading(rulebook=None, faults=told, warnings=tuple(warnings), sends=sends)
    rulebook, entries = _bind(drafts, census)
    warnings += check(entries)
    return Reading(rulebook=rulebook, warnings=tuple(sorted(warnings, key=order)), sends=sends)


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
        form, found = validate(RuleFile, loaded)
        drafts.append(Draft(loaded, form))
        faults += found
    return drafts, faults, warnings


def _strangers(draft: Draft, census: Census) -> Iterator[Fault]:
    """Words of a file's rules that mean nobody."""
    known = (*census.tags, *census.ids)
    for index, rule in draft.blocks("rules"):
        for spot, word in texts(rule.get("watch")):
            if not census.watched(word):
                yield draft.loaded.place("rules", index, "watch", spot).fault(
                    f'no entity has the tag or the id "{word}"', did_you_mean(word, known)
                )
        yield from _unwatched(draft, index, rule, census)


def _unwatched(draft: Draft, index: int, rule: Block, census: Census) -> Iterator[Fault]:
    """Entities for which a rule's tests ask and for which it can never alert."""
    watched = _watched([word for _, word in texts(rule.get("watch"))], census)
    tests = rule.get("tests")
    for number, test in enumerate(tests if isinstance(tests, Series) else ()):
        for spot, word in texts(test.get("alert") if isinstance(test, Block) else None):
            place = draft.loaded.place("rules", index, "tests", number, "alert", spot)
            if word not in census.ids:
                yield place.fault(f'no entity has the id "{word}"', did_you_mean(word, census.ids))
            elif word not in watched:
                yield place.fault(
                    f'the rule does not watch "{word}", so it cannot alert for it',
                    'add it to "watch:"',
                )


def _watched(words: Iterable[str], census: Census) -> frozenset[str]:
    return frozenset(entity_id for word in words for entity_id in census.watched(word))


def _sends(draft: Draft) -> Iterator[Send]:
    for index, rule in draft.blocks("rules"):
        for spot, channel in texts(rule.get("send_to")):
            yield Send(channel, draft.loaded.place("rules", index, "send_to", spot))


def _bind(drafts: Sequence[Draft], census: Census) -> tuple[Rulebook, list[Entry]]:
    """The rulebook of files without faults, and where its entities stand."""
    entries: list[Entry] = []
    rules: list[Rule] = []
    for loaded, form in [(draft.loaded, draft.form or RuleFile()) for draft in drafts]:
        for index, entity in enumerate(form.entities):
            entries.append(Entry(entity.entity(), loaded, index))
        rules += [_rule(rule, index, loaded, census) for index, rule in enumerate(form.rules)]
    entities = tuple(entry.entity for entry in entries)
    rulebook = Rulebook(
        watchlist=Watchlist(entities, list_version(entities)),
        rules=tuple(rules),
        version=rules_version(entities, rules),
    )
    return rulebook, entries


def _rule(form: RuleForm, index: int, loaded: Loaded, census: Census) -> Rule:
    return Rule(
        id=form.id,
        entities=_watched(form.watch, census),
        send_to=tuple(dict.fromkeys(form.send_to)),
        min_score=form.min_score,
        cool_down=form.cool_down,
        tests=tuple(
            RuleTest(
                text=test.text,
                alert=test.alert,
                where=str(loaded.place("rules", index, "tests", number)),
            )
            for number, test in enumerate(form.tests)
        ),
    )
