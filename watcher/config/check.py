"""Every fault of the operator's and the analysts' files in one run, for `watcher check`."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import islice
from pathlib import Path
from typing import assert_never

from watcher.config.files import ENDINGS, Files, kind, show
from watcher.config.form import ConfigFile
from watcher.config.lists import read_shelf
from watcher.config.named import source_names
from watcher.config.read import ConfigReading, examine_config, examine_rules
from watcher.config.settings import Settings
from watcher.watchlist import Entry, Reading, Rulebook, RuleFile, read_watchlist, unknown_sources
from watcher.written import Block, Fault, Loaded, Place, load, nearest, order

CONFIG = "watcher.yaml"
"""What the operator's file is called unless somebody says else."""

_JSONL = frozenset({".jsonl", ".ndjson", ".json"})

_SURELY_RULES = re.compile(rb"(?:\s*#.*\n)*\s*^(?:entities|exclusions):", re.MULTILINE)
_LOOKED_AT = 100
"""Outermost keys by which a file is told; ours have a dozen."""

_ANALYST = RuleFile.model_fields.keys()
_OPERATOR = ConfigFile.model_fields.keys() - _ANALYST


class Holds(Enum):
    """Whose file one is."""

    CONFIG = auto()
    RULES = auto()
    NEITHER = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What came of looking at everything.

    Attributes:
        settings: of the operator's file; None if it has a fault or was not looked at.
        state: the folder of the record, as far as an operator's file with faults can tell; None if
            there is no such file, or it was not looked at.
        rulebook: of the analysts' files; None if they have a fault.
        sound: what of the rulebook has no fault, so that its tests can be run; None if no rules
            were read.
        faults: in order of file and place.
        warnings: likewise.
        entries: where each entity of the analysts stands, for warnings from elsewhere.
    """

    settings: Settings | None = None
    state: Path | None = None
    rulebook: Rulebook | None = None
    sound: Rulebook | None = None
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    entries: tuple[Entry, ...] = ()


def check_all(path: Path, environ: Mapping[str, str]) -> Checked:
    """Read everything that a path stands for; nothing is raised.

    Args:
        path: the operator's file or a folder that holds one: its rules are read too. Otherwise a
            folder or a file of rules, or a watchlist of JSON lines, by itself.
        environ: the process's environment, where secrets may be kept.
    """
    path = path.absolute()
    is_folder = kind(path) == stat.S_IFDIR
    if is_folder and kind(path / CONFIG) == stat.S_IFREG:
        return _check_config(path / CONFIG, environ)
    if path.suffix in _JSONL:
        return _check_jsonl(path)
    match Holds.RULES if is_folder else _holds(path):
        case Holds.RULES:
            return _check_rules(path)
        case Holds.CONFIG:
            return _check_config(path, environ)
        case Holds.NEITHER:
            fault = Place(file=show(path)).fault(
                "this is neither a configuration nor a file of rules",
                "name a .yaml file, a folder of them, or a watchlist (.jsonl);"
                " texts are searched with: watcher scan",
            )
            return Checked(faults=(fault,))
        case other:
            assert_never(other)


def _check_config(path: Path, environ: Mapping[str, str]) -> Checked:
    config = examine_config(path, environ)
    rules = _rules_path(path, config)
    if config.loaded is None or not kind(rules):  # the one or the other is among the faults
        return Checked(
            settings=config.settings,
            state=config.state,
            faults=config.faults,
            warnings=config.warnings,
        )
    shelf = read_shelf(config.lists or ())
    if config.lists is None:  # their entities and tags are not known, so none can be missed
        shelf = replace(shelf, complete=False)
    reading = examine_rules(rules, config.channels, shelf)
    return Checked(
        settings=config.settings,
        state=config.state,
        rulebook=reading.rulebook,
        sound=reading.sound,
        faults=tuple(sorted([*config.faults, *reading.faults], key=order)),
        warnings=(
            *config.warnings,
            *shelf.warnings,
            *sorted([*reading.warnings, *_unheard(reading, config.settings)], key=order),
            *_idle(reading.rulebook, rules),
        ),
        entries=reading.entries,
    )


def _unheard(reading: Reading, settings: Settings | None) -> tuple[Fault, ...]:
    """Sources that rules name and that are not read, as far as these are known."""
    names = source_names(settings) if settings else None
    return () if names is None else unknown_sources(reading, names)


def _check_rules(path: Path) -> Checked:
    reading = examine_rules(path, channels=None)
    return Checked(
        rulebook=reading.rulebook,
        sound=reading.sound,
        faults=reading.faults,
        warnings=reading.warnings,
        entries=reading.entries,
    )


def _check_jsonl(path: Path) -> Checked:
    files = Files(limit=None)
    files.read(path)
    if files.faults:
        return Checked(faults=tuple(files.faults))
    listing = read_watchlist(show(path), files.content[show(path)])
    rulebook = None if listing.faults else Rulebook(watchlist=listing.watchlist)
    return Checked(rulebook=rulebook, faults=listing.faults, warnings=listing.warnings)


def _holds(path: Path) -> Holds:
    """Whose file it is, told by its name and its keys, those that are misspelt too."""
    files = Files()
    files.read(path)
    if files.faults or path.name == CONFIG:
        return Holds.CONFIG
    text = files.content[show(path)]
    if _SURELY_RULES.match(text):  # what large files begin with need not be read twice
        return Holds.RULES
    loaded = load(path.name, text)
    rules = loaded.value.get("rules") if isinstance(loaded.value, Block) else None
    meant = {nearest(key, {*_OPERATOR, *_ANALYST}) for key in islice(_keys(loaded), _LOOKED_AT)}
    if meant & _OPERATOR or isinstance(rules, str):
        return Holds.CONFIG
    return Holds.RULES if meant & _ANALYST or path.suffix in ENDINGS else Holds.NEITHER


def _keys(loaded: Loaded) -> Collection[str]:
    """The outermost keys of a file; of one that cannot be read, what looks like them."""
    if loaded.whole:
        return tuple(loaded.value) if isinstance(loaded.value, Block) else ()
    return re.findall(r"^(\w+):", loaded.source.text, re.MULTILINE)


def _rules_path(path: Path, config: ConfigReading) -> Path:
    """Where the rules are, as far as can be told from a file that may have faults."""
    written = config.loaded.get("rules") if config.loaded else None
    folder = written.strip() if isinstance(written, str) and written.strip() else "rules"
    return Path(os.path.normpath(path.parent / folder))


def _idle(rulebook: Rulebook | None, rules: Path) -> tuple[Fault, ...]:
    if rulebook is None or rulebook.rules:
        return ()
    return (
        Place(file=show(rules)).warning(
            "there are no rules, so nobody is alerted", 'add "rules:" to a file there'
        ),
    )
