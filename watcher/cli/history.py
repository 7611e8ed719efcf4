"""`watcher history`: when the rules changed, and what changed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice, pairwise
from pathlib import Path

import click

from watcher.alerts import isolate, shorten, stamp, tidy
from watcher.cli.group import FAILED, VERBS
from watcher.cli.record import config_below, config_option, open_record, read_moment, shown
from watcher.cli.renewed import renewed_data, renewed_lines
from watcher.cli.verb import Branch, Verb
from watcher.config import read_config, read_rulebook
from watcher.errors import RuleError, UnknownError
from watcher.store import Reign
from watcher.watchlist import Change, Edit, Edition, How, Item, changes, official
from watcher.written import there_is_no

_EXAMPLES = (
    "watcher history --since 7d",
    "watcher history show 3f2a91c0d4e5",
)
_SIGNS = {How.ADDED: "+", How.REMOVED: "-", How.CHANGED: "~"}
_SHOWN = 200
"""Code points shown of one value; a test may hold a whole article."""


@dataclass(frozen=True, slots=True)
class _List:
    """An official list that is another one now.

    Attributes:
        was: its state before; None if it was not watched.
        now: its state; None if it is not watched any more.
        changes: whom it brought, lost and named otherwise, as far as that is known.
    """

    was: Edition | None
    now: Edition | None
    changes: tuple[official.Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """One change of what is in force.

    Attributes:
        reign: what came into force.
        first: it is the first that is known.
        same: the versions are those of before: tests, comments and layout change nothing that is
            found or sent.
        changes: what changed in the files of rules.
        lists: the official lists that are others now.
        untold: the files before, or these, were not kept, so that nobody can tell what changed.
    """

    reign: Reign
    first: bool = False
    same: bool = False
    changes: tuple[Change, ...] = ()
    lists: tuple[_List, ...] = ()
    untold: bool = False


@click.group(
    cls=Branch,
    short_help=VERBS["history"],
    examples=_EXAMPLES,
    failed="there is no such entity",
)
@config_option
@click.option("--since", callback=read_moment, help="Changes since then: 6h, 2d, 2026-11-20.")
@click.option("--entity", default="", help="Only changes of this entity (its id).")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="At most.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
@click.pass_context
def command(  # noqa: PLR0913 - each option is one argument
    ctx: click.Context,
    *,
    config: Path,
    since: datetime | None,
    entity: str,
    limit: int,
    as_json: bool,
) -> None:
    """List when rules and lists changed that were in force, the newest first, and what changed.

    The versions are those that alerts carry; tests, comments and layout change none. Told is what
    was added (+), removed (-) or changed (~) of entities, rules, exclusions and lists; of what
    changed each key, with what came and went. Of an official list told are the entities that it
    brought (+), lost (-), named otherwise (~) or changed else (*) while the daemon was at work:
    people are shown ten of each, programs all.
    """
    ctx.obj = config
    if ctx.invoked_subcommand:
        return
    with open_record(config) as store:
        reigns = store.reigns.all() if store else ()
    pairs = [(before, now) for before, now in pairwise((None, *reigns)) if now]
    wanted = [(before, now) for before, now in pairs if since is None or now.since >= since]
    turns = (_turn(before, now) for before, now in reversed(wanted))
    wished = (_about(turn, entity) for turn in turns) if entity else turns
    newest = list(islice(filter(None, wished), limit))
    if store and not newest:
        _check(config, entity)
        narrowed = entity or since
        click.echo("nothing has changed" if narrowed else "nothing is known yet", err=True)
    if as_json:
        told = [_data(turn) for turn in newest]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    for turn in () if as_json else newest:
        click.echo("\n".join(_lines(turn)) + "\n")


@command.command(
    cls=Verb,
    examples=["watcher history show 3f2a91c0d4e5", "watcher history show 3f2a91c0d4e5 > then.yaml"],
    failed="no files of that version are kept",
)
@click.argument("version", metavar="VERSION")
@config_below
@click.pass_context
def show(ctx: click.Context, *, version: str) -> None:
    """Print the files of rules as they stood under a version, each behind its name.

    VERSION is a `rules_version` as alerts carry it. Of official lists no text is kept.
    """
    config: Path = ctx.obj
    with open_record(config) as store:
        reigns = store.reigns.all() if store else ()
    found = [reign for reign in reigns if reign.rules_version == version and reign.files]
    if not found:
        click.echo(f'no files of "{tidy(version)}" are kept; list them: watcher history', err=True)
        ctx.exit(FAILED)
    if len(found) > 1:
        last = shown(found[-1].since)
        click.echo(
            f"{len(found)} states have this version, which tests and comments do not change;"
            f" this is the last, of {last}",
            err=True,
        )
    for file, text in found[-1].files.items():
        click.echo(f"# {tidy(file)}")
        click.echo(text.decode("utf-8", "replace"))


def _check(config: Path, entity: str) -> None:
    """Make sure that an entity that was named is one, as far as the files can tell.

    Raises:
        UnknownError: it is none.
    """
    with suppress(RuleError):
        watchlist = read_rulebook(read_config(config, os.environ)).watchlist
        if entity and entity not in watchlist:
            known = [each.id for each in watchlist]
            raise UnknownError(there_is_no("entity", tidy(entity), known))


def _about(turn: _Turn, entity: str) -> _Turn | None:
    """What a change says of one entity; None if nothing."""
    mine = [each for each in turn.changes if each.item == Item("entity", entity)]
    listed = {
        name: kept
        for name, all_ in turn.reign.listed.items()
        if (kept := tuple(each for each in all_ if each.id == entity))
    }
    if not mine and not listed:
        return None
    return _Turn(
        reign=replace(turn.reign, listed=listed),
        same=turn.same,
        changes=tuple(mine),
        lists=tuple(
            replace(each, changes=listed[each.now.name])
            for each in turn.lists
            if each.now and each.now.name in listed
        ),
    )


def _turn(before: Reign | None, reign: Reign) -> _Turn:
    """What changed when a reign began."""
    if before is None:
        return _Turn(reign=reign, first=True)
    untold = not before.files or not reign.files
    return _Turn(
        reign=reign,
        same=_versions(before) == _versions(reign),
        changes=() if untold else changes(before.files, reign.files),
        lists=tuple(_renewed(before, reign)),
        untold=untold,
    )


def _versions(reign: Reign) -> tuple[str, str]:
    return reign.rules_version, reign.list_version


def _renewed(before: Reign, reign: Reign) -> Iterator[_List]:
    was, now = ({each.name: each for each in one.editions} for one in (before, reign))
    for name in dict.fromkeys((*was, *now)):
        if was.get(name) != now.get(name):
            yield _List(was.get(name), now.get(name), reign.listed.get(name, ()))


def _lines(turn: _Turn) -> Iterator[str]:
    reign = turn.reign
    yield f"{shown(reign.since)}  rules {reign.rules_version}, watchlist {reign.list_version}"
    if turn.same:
        yield "  the same versions: what is found and sent has not changed"
    if turn.first:
        yield "  the first that is known"
    elif turn.untold:
        yield "  what changed is not known: the files were not kept then"
    elif not turn.changes and not turn.lists:
        yield "  only comments, layout or places"
    for change in turn.changes:
        yield f"  {_SIGNS[change.how]} {change.item.what} {isolate(tidy(change.item.name))}"
        yield from (f"      {_edited(edit)}" for edit in change.edits)
    for each in turn.lists:
        yield f"  {_listed(each)}"
        yield from (f"      {line}" for line in renewed_lines(each.changes) if each.changes)


def _edited(edit: Edit) -> str:
    """A key that changed: of a list what came and what went, else what it was and is."""
    if len(edit.was) == len(edit.now) == 1:
        return f"{tidy(edit.key)}: {_shown(edit.was[0])} → {_shown(edit.now[0])}"
    gone = [f"- {_shown(each)}" for each in edit.removed]
    come = [f"+ {_shown(each)}" for each in edit.added]
    return f"{tidy(edit.key)}: {', '.join(gone + come) or 'in another number'}"


def _listed(changed: _List) -> str:
    was, now = changed.was, changed.now
    if now is None:
        return f"- list {was.name if was else ''}"
    sign = "+" if was is None else "~"
    published = f" of {now.published}" if now.published else ""
    version = f", version {now.version}" if now.version else ""
    return f"{sign} list {now.name}{published}{version}"


def _shown(text: str) -> str:
    return isolate(shorten(tidy(text), _SHOWN))


def _data(turn: _Turn) -> dict[str, object]:
    """A change for programs."""
    reign = turn.reign
    return {
        "since": stamp(reign.since),
        "rules_version": reign.rules_version,
        "list_version": reign.list_version,
        "first": turn.first,
        "same": turn.same,
        "known": not turn.untold,
        "changes": [
            {
                "change": change.how.value,
                "what": change.item.what,
                "id": change.item.name,
                "keys": [
                    {"key": edit.key, "was": list(edit.was), "now": list(edit.now)}
                    for edit in change.edits
                ],
            }
            for change in turn.changes
        ],
        "lists": [
            {
                "name": each.name,
                "published": each.published,
                "version": each.version,
                "changes": [renewed_data(change) for change in reign.listed.get(each.name, ())],
            }
            for each in reign.editions
        ],
    }
