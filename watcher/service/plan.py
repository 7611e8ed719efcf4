"""What is to be done, read whole from the operator's and the analysts' files before it is begun.

Reading takes seconds for a large watchlist, so it is done off the event loop; nothing here changes
anything, but for the compiled list that is kept beside the record, so a plan that cannot be taken
leaves all as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import assert_never

from pydantic import ValidationError

from watcher.alerts import Failure, amount, floors_of, rehearse
from watcher.cache import beside, open_index
from watcher.config import Settings, check_all, read_config, report
from watcher.errors import ConfigError, FeedError
from watcher.feeds import Opml, read_opml
from watcher.feeds.settings import FeedSource, FolderSource, OpmlSource
from watcher.match import find
from watcher.pipeline import Knowledge
from watcher.service.edits import Standing, survey_plan
from watcher.service.listed import Listed
from watcher.service.official import is_stale
from watcher.service.source import Watched
from watcher.written import Fault, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that is in force from one reload to the next.

    Attributes:
        settings: the operator's file.
        knowledge: the watchlist and the rules, ready for use.
        sources: all that is looked at, in the order of the files; keys are unique.
        warnings: what the operator should know besides.
        failures: the tests inside the rules that fail.
        stale: keys of official lists that have to be fetched before their date.
        absent: keys of those among them of which nothing is there to be watched.
        stood: how the files stood before they were read.
    """

    settings: Settings
    knowledge: Knowledge
    sources: tuple[Watched, ...]
    warnings: tuple[Fault, ...] = ()
    failures: tuple[Failure, ...] = ()
    stale: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    stood: Standing = field(default_factory=Standing)


def read_plan(path: Path, environ: Mapping[str, str], former: Iterable[Watched] = ()) -> Plan:
    """The plan that the files make.

    Args:
        path: the operator's file.
        environ: the process's environment, where secrets may be kept.
        former: sources in force until now, as for `expand`.

    Raises:
        ConfigError: the files cannot be taken; the message tells every fault in all of them.
    """
    stood = survey_plan(path, environ)
    checked = check_all(path, environ)
    if checked.faults:
        raise ConfigError(report(checked.faults), checked.faults)
    if checked.settings is None or checked.rulebook is None:
        raise ConfigError(f"{path}: is not an operator's file; name one like watcher.yaml with -c")
    rulebook = checked.rulebook
    folder = beside(checked.settings.state)
    index = open_index(rulebook.watchlist, folder, floors_of(rulebook))
    sources, doubts = expand(checked.settings, former)
    renewed = [each for each in checked.settings.lists if each.publisher]
    return Plan(
        settings=checked.settings,
        knowledge=Knowledge(rulebook=rulebook, index=index, max_age=checked.settings.max_age),
        sources=sources,
        warnings=(*checked.warnings, *doubts),
        failures=rehearse(rulebook, partial(find, watchlist=index)),
        stale=frozenset(each.key for each in renewed if is_stale(each)),
        absent=frozenset(each.key for each in renewed if not each.path.is_file()),
        stood=stood,
    )


def list_sources(path: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """The names of all sources of an operator's file by their keys, then of its renewed lists.

    Raises:
        ConfigError: the file cannot be taken.
    """
    settings = read_config(path, environ)
    sources, _ = expand(settings)
    lists = (each for each in settings.lists if each.publisher)
    return {source.key: source.name for source in (*sources, *lists)}


def list_feeds(path: Path, environ: Mapping[str, str]) -> tuple[FeedSource, ...]:
    """All feeds of an operator's file, those of its lists of feeds too.

    Raises:
        ConfigError: the file cannot be taken.
    """
    return feeds_of(read_config(path, environ))


def feeds_of(settings: Settings) -> tuple[FeedSource, ...]:
    """All feeds of an operator's file, those of its lists of feeds too."""
    sources, _ = expand(settings)
    return tuple(source for source in sources if isinstance(source, FeedSource))


def names_of(plan: Plan) -> frozenset[str]:
    """What people call the sources of a plan and its renewed lists."""
    lists = (each for each in plan.settings.lists if each.publisher)
    return frozenset(each.name for each in (*plan.sources, *lists))


def expand(
    settings: Settings, former: Iterable[Watched] = ()
) -> tuple[tuple[Watched, ...], tuple[Fault, ...]]:
    """The sources with the feeds of each list behind it, and what is wrong inside the lists.

    Of two sources with one key the first counts.

    Args:
        settings: the operator's file.
        former: sources in force until now: a list that cannot be read keeps the feeds it had.
    """
    known = {source.key: source.opml for source in former if isinstance(source, Listed)}
    sources: dict[str, Watched] = {}
    doubts: list[Fault] = []
    for source in settings.sources:
        match source:
            case FeedSource() | FolderSource():
                sources.setdefault(source.key, source)
            case OpmlSource():
                opml = _read(source, known.get(source.key, Opml(())))
                feeds, faults = _feeds(source, opml)
                doubts += faults
                sources.setdefault(source.key, Listed(source, opml))
                for feed in feeds:
                    sources.setdefault(feed.key, feed)
            case _:
                assert_never(source)
    return tuple(sources.values()), tuple(doubts)


def greeting(plan: Plan) -> str:
    """The plan in one line for a person at a terminal."""
    rulebook = plan.knowledge.rulebook
    told = ", ".join(plan.settings.channels) or "nobody"
    return (
        f"watching {amount(len(plan.sources), 'source')},"
        f" {amount(len(rulebook.watchlist), 'entity', 'entities')},"
        f" {amount(len(rulebook.rules), 'rule')}; alerts go to {told}"
    )


def _read(source: OpmlSource, former: Opml) -> Opml:
    """The list as it stands now; the former one if that cannot be read, which looks at it tell."""
    try:
        return read_opml(source.path)
    except FeedError:
        return former


def _feeds(source: OpmlSource, opml: Opml) -> tuple[list[FeedSource], list[Fault]]:
    """The feeds of a list, and why others of it are none."""
    place = Place(file=str(source.path))
    feeds, doubts = [], [place.warning(fault) for fault in opml.faults]
    for outline in opml.feeds:
        asked = {
            "feed": outline.url,
            "name": outline.name.strip() or None,
            "every": source.rhythm,
            "full_text": source.full_text,
        }
        try:
            feeds.append(FeedSource.model_validate(asked))
        except ValidationError as error:
            reasons = "; ".join(fault["msg"] for fault in error.errors())
            doubts.append(place.warning(f'"{outline.url}": {reasons}'))
    return feeds, doubts
