"""The rules as they stand in the files, made ready to try articles with."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

import click

from watcher.alerts import floors_of, tidy
from watcher.cache import beside, open_index
from watcher.config import Settings, read_config, read_rulebook
from watcher.errors import UnknownError
from watcher.match import Index
from watcher.watchlist import Entity, Rulebook
from watcher.written import there_is_no


@dataclass(frozen=True, slots=True)
class Rules:
    """What an operator's file leads to.

    Attributes:
        settings: of the file.
        rulebook: as the files of rules stand now.
        index: its watchlist, made fast to look up.
    """

    settings: Settings
    rulebook: Rulebook
    index: Index


def read_all(config: Path, rules: Path | None = None) -> Rules:
    """Read an operator's file with its rules, or with others.

    Args:
        config: the operator's file.
        rules: a folder or a file of rules to take instead; None for the file's own.

    Raises:
        ConfigError: the operator's file cannot be taken.
        RuleError: the rules cannot be taken.
    """
    settings = read_config(config, os.environ)
    if rules is not None:
        settings = replace(settings, rules=rules.absolute())
    rulebook = read_rulebook(settings)
    folder = beside(settings.state)
    return Rules(settings, rulebook, open_index(rulebook.watchlist, folder, floors_of(rulebook)))


def called(entity: str, rulebook: Rulebook) -> Entity:
    """The entity of an id, or of a name that one entity alone has as it is written.

    Raises:
        UnknownError: there is none.
        click.BadParameter: nobody looks for it, or several have the name.
    """
    if entity in rulebook.watchlist:
        return rulebook.watchlist[entity]
    named = [each for each in rulebook.watchlist if entity in (*each.names, *each.weak)]
    if len(named) == 1:
        return named[0]
    if named:
        ids = " or ".join(each.id for each in named)
        raise click.BadParameter(
            f'"{tidy(entity)}" is the name of several; write the id: {ids}', param_hint="--entity"
        )
    if any(each.id == entity for each in rulebook.off.entities):
        raise click.BadParameter(
            f'"{tidy(entity)}" has "status: off", so nobody looks for it; write "status: live"',
            param_hint="--entity",
        )
    known = [each.id for each in rulebook.watchlist]
    raise UnknownError(there_is_no("entity", tidy(entity), known))
