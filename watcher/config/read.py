"""The operator's file to settings, and the analysts' folder to a rulebook, or every fault."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from watcher.config.files import Files, obstacle, read_files, show
from watcher.config.form import STATE, ConfigFile
from watcher.config.lists import ListSettings, Shelf, read_shelf
from watcher.config.review import View, doubts, misfits
from watcher.config.settings import Settings
from watcher.config.veil import veil
from watcher.errors import ConfigError, RuleError
from watcher.watchlist import Reading, Rulebook, read_rules, unknown_channels
from watcher.written import Fault, Loaded, cap, load, order, render, sift

_ABSENT = "run `watcher init` for a working starter, or name the file: -c FILE"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigReading:
    """What came of reading the operator's file.

    Attributes:
        settings: None if there is any fault.
        state: the folder of the record, as a file with faults says too, else the usual one; None if
            there is no such file.
        loaded: the file as written; None if there is no such file.
        channels: names that `send_to:` may use; None if the file cannot tell.
        lists: the official lists that are watched; None if the file cannot tell.
        faults: in order of place.
        warnings: what the operator should know besides; likewise.
    """

    settings: Settings | None = None
    state: Path | None = None
    loaded: Loaded | None = None
    channels: frozenset[str] | None = None
    lists: tuple[ListSettings, ...] | None = None
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()


def read_config(path: Path, environ: Mapping[str, str]) -> Settings:
    """The settings of an operator's file.

    Args:
        path: the file; relative paths in it count from the folder it stands in.
        environ: the process's environment, where secrets may be kept.

    Raises:
        ConfigError: the file cannot be taken; `faults` lists why. A channel whose secret is not
            there is no such reason: the others go on, and `check_all` warns of it.
    """
    reading = examine_config(path, environ)
    if reading.settings is None:
        raise ConfigError(report(reading.faults), reading.faults)
    return reading.settings


def read_rulebook(settings: Settings) -> Rulebook:
    """The rulebook of the analysts' folder.

    Raises:
        RuleError: the files cannot be taken; `faults` lists why.
    """
    reading = examine_rules(settings.rules, settings.channels, read_shelf(settings.lists))
    if reading.rulebook is None:
        raise RuleError(report(reading.faults), reading.faults)
    return reading.rulebook


def revise(settings: Settings, files: Mapping[str, bytes]) -> Reading:
    """What the rules would be if their files said this; nothing is raised and nothing written.

    Args:
        settings: of the operator's file.
        files: as in `Rulebook.files`.
    """
    shelf = read_shelf(settings.lists)
    reading = read_rules(files, complete=shelf.complete, lists=shelf.lists)
    strange = unknown_channels(reading, settings.channels)
    return replace(reading, faults=tuple(sorted([*reading.faults, *strange], key=order)))


def read_former(files: Mapping[str, bytes], settings: Settings) -> Rulebook:
    """The rulebook that files made when they stood so, with the official lists as they are now.

    Args:
        files: each file's path and what stood in it.
        settings: say which official lists are watched.

    Raises:
        RuleError: the files cannot be taken today; `faults` lists why.
    """
    shelf = read_shelf(settings.lists)
    reading = read_rules(files, complete=shelf.complete, lists=shelf.lists)
    if reading.rulebook is None:
        raise RuleError(report(reading.faults), reading.faults)
    return reading.rulebook


def examine_config(path: Path, environ: Mapping[str, str]) -> ConfigReading:
    """The settings of an operator's file, or every fault in it; nothing is raised."""
    path = path.absolute()
    files = Files()
    files.read(path)
    if files.faults:
        hint = _ABSENT if obstacle(path) == "does not exist" else ""
        return ConfigReading(faults=tuple(replace(fault, hint=hint) for fault in files.faults))
    loaded = load(show(path), files.content[show(path)])
    sound = sift(ConfigFile, loaded, {"folder": path.parent})
    if sound.value is None:
        usual = path.parent / STATE
        return ConfigReading(state=usual, loaded=loaded, faults=veil(cap(sound.faults), loaded))
    settings = sound.value.settings(path)
    view = View(settings=settings, sound=sound, loaded=loaded)
    faults = cap([*sound.faults, *misfits(view)])
    return ConfigReading(
        settings=None if faults else settings,
        state=settings.state,
        loaded=loaded,
        channels=view.channels,
        lists=None if view.misses("lists") or loaded.faults else settings.lists,
        faults=veil(faults, loaded),
        warnings=veil(cap(doubts(view, environ)), loaded),
    )


def examine_rules(
    path: Path, channels: Collection[str] | None, shelf: Shelf | None = None
) -> Reading:
    """The rulebook of a folder or a file, or every fault in it; nothing is raised.

    Args:
        path: the folder, or one file.
        channels: names that `send_to:` may use; None if nobody knows them.
        shelf: the official lists that are watched besides; None if there are none.
    """
    shelf = shelf or Shelf()
    files = read_files(path.absolute())
    complete = shelf.complete and not files.faults
    reading = read_rules(files.content, complete=complete, lists=shelf.lists)
    strange = () if channels is None else unknown_channels(reading, channels)
    faults = sorted([*files.faults, *reading.faults, *strange], key=order)
    return replace(reading, faults=tuple(faults))


def report(faults: Sequence[Fault]) -> str:
    """All faults, each with its line and what to write instead."""
    return "\n".join(render(fault) for fault in faults)
