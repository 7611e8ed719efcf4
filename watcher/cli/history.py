"""`watcher history`: when the rules changed, and what changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import click

from watcher.alerts import isolate, shorten, stamp, tidy
from watcher.cli.group import FAILED, VERBS
from watcher.cli.record import config_below, config_option, open_record, read_moment, shown
from watcher.cli.verb import Branch, Verb
from watcher.store import Reign
from watcher.watchlist import Change, Edit, Edition, How, changes

_EXAMPLES = (
    "watcher history --since 7d",
    "watcher history show 3f2a91c0d4e5",
)
_SIGNS = {How.ADDED: "+", How.REMOVED: "-", How.CHANGED: "~"}
_SHOWN = 200
"""Code points shown of one value; a test may hold a whole article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """One change of what is in force.

    Attributes:
        reign: what came into force.
        first: it is the first that is known.
        changes: what changed in the files of rules.
        lists: the official lists that are others now: was, is; None where there is none.
        untold: the files before, or these, were not kept, so that nobody can tell what changed.
    """

    reign: Reign
    first: bool = False
    changes: tuple[Change, ...] = ()
    lists: tuple[tuple[Edition | None, Edition | None], ...] = ()
    untold: bool = False


@click.group(
    cls=Branch,
    short_help=VERBS["history"],
    examples=_EXAMPLES,
    failed="the record cannot be read",
)
@config_option
@click.option("--since", callback=read_moment, help="Changes since then: 6h, 2d, 2026-11-20.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="At most.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
@click.pass_context
def command(
    ctx: click.Context, *, config: Path, since: datetime | None, limit: int, as_json: bool
) -> None:
    """List when rules and lists changed that were in force, the newest first, and what changed.

    The versions are those that alerts carry. Told is what was added (+), removed (-) or changed (~)
    of entities, rules, exclusions and lists; of what changed each key, with what came and went.
    """
    ctx.obj = config
    if ctx.invoked_subcommand:
        return
    with open_record(config) as store:
        reigns = store.reigns.all() if store else ()
    pairs = [(before, now) for before, now in pairwise((None, *reigns)) if now]
    wanted = [(before, now) for before, now in pairs if since is None or now.since >= since]
    newest = [_turn(before, now) for before, now in wanted[: -limit - 1 : -1]]
    if store and not newest:
        click.echo(
            "nothing has changed in that time" if since else "nothing is known yet", err=True
        )
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
    for file, text in found[-1].files.items():
        click.echo(f"# {tidy(file)}")
        click.echo(text.decode("utf-8", "replace"))


def _turn(before: Reign | None, reign: Reign) -> _Turn:
    """What changed when a reign began."""
    if before is None:
        return _Turn(reign=reign, first=True)
    untold = not before.files or not reign.files
    return _Turn(
        reign=reign,
        changes=() if untold else changes(before.files, reign.files),
        lists=tuple(_renewed(before.editions, reign.editions)),
        untold=untold,
    )


def _renewed(
    before: Sequence[Edition], after: Sequence[Edition]
) -> Iterator[tuple[Edition | None, Edition | None]]:
    was, now = ({each.name: each for each in editions} for editions in (before, after))
    for name in dict.fromkeys((*was, *now)):
        if was.get(name) != now.get(name):
            yield was.get(name), now.get(name)


def _lines(turn: _Turn) -> Iterator[str]:
    reign = turn.reign
    yield (f"{shown(reign.since)}  rules {reign.rules_version}, watchlist {reign.list_version}")
    if turn.first:
        yield "  the first that is known"
    elif turn.untold:
        yield "  what changed is not known: the files were not kept then"
    elif not turn.changes and not turn.lists:
        yield "  only comments, layout or places"
    for change in turn.changes:
        yield f"  {_SIGNS[change.how]} {change.item.what} {isolate(tidy(change.item.name))}"
        yield from (f"      {_edited(edit)}" for edit in change.edits)
    for was, now in turn.lists:
        yield f"  {_listed(was, now)}"


def _edited(edit: Edit) -> str:
    """A key that changed: of a list what came and what went, else what it was and is."""
    if len(edit.was) == len(edit.now) == 1:
        return f"{tidy(edit.key)}: {_shown(edit.was[0])} → {_shown(edit.now[0])}"
    gone = [f"- {_shown(each)}" for each in edit.removed]
    come = [f"+ {_shown(each)}" for each in edit.added]
    return f"{tidy(edit.key)}: {', '.join(gone + come) or 'in another number'}"


def _listed(was: Edition | None, now: Edition | None) -> str:
    if now is None:
        return f"- list {was.name if was else ''}"
    sign = "+" if was is None else "~"
    published = f" of {now.published}" if now.published else ""
    return f"{sign} list {now.name}{published}, version {now.version}"


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
            {"name": each.name, "published": each.published, "version": each.version}
            for each in reign.editions
        ],
    }
