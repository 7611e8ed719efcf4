"""What was learnt from an alert, written into the analysts' files, or shown to be put there.

The order is fixed: find the places, add, read all files anew with what was added, run every test
inside the rules, and only then put each file in the place of the former one, as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from watcher.alerts import Failure, Lesson, compile_rules, rehearse
from watcher.config import Settings, report, revise, swap
from watcher.errors import RuleError
from watcher.match import find
from watcher.watchlist import Rulebook
from watcher.written import Added, Spot, amend, load, show_lines

_NOT = ("aliases", "names", "name", "id")
_ALIASES = ("name", "names", "id")
_TESTS = ("send_to", "watch", "id")


@dataclass(frozen=True, slots=True)
class Addition:
    """Something to be added to a file of rules.

    Attributes:
        file: its path as people know it.
        line: near which line, from 1.
        whose: of what it is, such as "entity qasem"; "" if it is of the whole file.
        spot: the list it is added to.
        items: what is added.
    """

    file: str
    line: int
    whose: str
    spot: Spot
    items: tuple[Added, ...]


def additions(lesson: Lesson, rulebook: Rulebook) -> tuple[Addition, ...]:
    """What a lesson adds to which file; an entity of an official list stands in none."""
    entity = _where(rulebook.files, "entities", lesson.entity.id)
    rule = _where(rulebook.files, "rules", lesson.rule.id)
    return tuple(_additions(lesson, entity, rule))


def teach(wanted: Sequence[Addition], settings: Settings, rulebook: Rulebook) -> tuple[str, ...]:
    """Write additions into their files, everything else in them as it is; the files' paths.

    Raises:
        RuleError: a file is written so that nothing can be added safely, the rules would have a
            fault or a failing test with it, or a file has changed or cannot be written. Files that
            come behind such a one are as they were; most often that is all of them.
    """
    files = dict(rulebook.files)
    for each in wanted:
        changed = amend(files[each.file].decode(), each.spot, each.items)
        if changed is None:
            raise RuleError(_to_paste(each))
        files[each.file] = changed.encode()
    _try(settings, rulebook, files)
    written = [file for file, data in files.items() if data != rulebook.files[file]]
    for file in written:
        _replace(Path(file), rulebook.files[file], files[file])
    return tuple(written)


def _to_paste(addition: Addition) -> str:
    whose = f" in {addition.whose}" if addition.whose else ""
    lines = "\n".join(show_lines(addition.spot.key, addition.items, "  "))
    return (
        f"{addition.file}:{addition.line}: cannot be added to safely; put it there yourself{whose}:"
        f"\n{lines}"
    )


@dataclass(frozen=True, slots=True)
class _Place:
    file: str
    line: int
    path: tuple[str | int, ...]


def _where(files: Mapping[str, bytes], section: str, wanted: str) -> _Place | None:
    for file, data in files.items():
        loaded = load(file, data)
        for index, block in loaded.blocks(section):
            if str(block.get("id")).strip() == wanted:
                return _Place(file, loaded.place(section, index).line, (section, index))
    return None


def _additions(lesson: Lesson, entity: _Place | None, rule: _Place | None) -> Iterator[Addition]:
    whose = f"entity {lesson.entity.id}"
    if lesson.excludes and entity:
        spot = Spot(entity.path, "not", _NOT)
        yield Addition(entity.file, entity.line, whose, spot, lesson.excludes)
    elif lesson.excludes and rule:
        shared = {"names": [*lesson.excludes], "of": [lesson.entity.id]}
        yield Addition(rule.file, 1, "", Spot((), "exclusions"), (shared,))
    if lesson.aliases and entity:
        spot = Spot(entity.path, "aliases", _ALIASES)
        yield Addition(entity.file, entity.line, whose, spot, lesson.aliases)
    if lesson.test and rule:
        told: dict[str, Added] = {"text": lesson.test.text, "alert": lesson.test.alert}
        title: dict[str, Added] = {"title": lesson.test.title} if lesson.test.title else {}
        spot = Spot(rule.path, "tests", _TESTS)
        yield Addition(rule.file, rule.line, f"rule {lesson.rule.id}", spot, (title | told,))


def _try(settings: Settings, before: Rulebook, files: Mapping[str, bytes]) -> None:
    """Make sure that the files can be taken as they would be."""
    reading = revise(settings, files)
    if reading.rulebook is None:
        raise RuleError(report(reading.faults), reading.faults)
    if failures := _failing(reading.rulebook):
        known = {(each.rule, each.text) for each in _failing(before)}
        for failure in failures:
            if (failure.rule, failure.text) not in known:
                raise RuleError(f"{failure}; nothing was written")


def _failing(rulebook: Rulebook) -> Sequence[Failure]:
    return rehearse(rulebook, partial(find, watchlist=compile_rules(rulebook)))


def _replace(path: Path, before: bytes, after: bytes) -> None:
    try:
        swap(path, before, after, lambda _: None)
    except OSError as error:
        raise RuleError(f"{path}: cannot be written: {error.strerror}") from error
