"""Whether all is well, from the files to the last message: what `watcher doctor` tells.

It only looks: nothing is fetched, sent or changed. What cannot be looked at, because something
before it is broken, is left out; what is broken is then among the findings.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from io import StringIO
from pathlib import Path

from watcher.alerts import amount, compile_rules, rehearse
from watcher.channels import ChannelSettings, open_channels
from watcher.config import Checked, Settings, check_all
from watcher.errors import ConfigError, StoreError
from watcher.match import find
from watcher.service.finding import FILES, Finding, Grade, bad, ok, warn
from watcher.service.outside import Line, open_line
from watcher.service.plan import list_sources
from watcher.service.symptoms import (
    Facts,
    channel_stands,
    in_record,
    integrity,
    without_settings,
)
from watcher.store import DATABASE, Lock, Store
from watcher.watchlist import Rulebook
from watcher.written import Fault, SecretRef

_LOW, _LOWEST = 1_000_000_000, 100_000_000
"""Bytes of room on the disk below which to warn, and below which it is bad: the record of a month
of news, and that of a day or two."""


def examine(path: Path, environ: Mapping[str, str], now: datetime) -> tuple[Finding, ...]:
    """Look at everything.

    Args:
        path: the operator's file.
        environ: the process's environment, for secrets.
        now: aware, in UTC.
    """
    checked = check_all(path, environ)
    settings, state = checked.settings, checked.state
    if state is None:
        return (_files(checked) if checked.faults else _no_config(path),)
    holder = Lock.holder(state)
    files = (_files(checked), *_tests(checked.sound))
    place = (*files, _daemon(holder, state), disk(state, _room(state)))
    if settings is None:
        return (*place, *_record(state, partial(without_settings, now=now, works=bool(holder))))
    facts = Facts(
        settings=settings,
        sources=list_sources(path, environ),
        rulebook=checked.rulebook,
        closed=asyncio.run(_closed(settings, environ)),
        works=bool(holder),
    )
    return (*place, *_with_settings(facts, now))


def disk(state: Path, free: int) -> Finding:
    """Whether there is room to grow.

    Args:
        state: the folder of the database.
        free: bytes.
    """
    says = f"{free / 1e9:,.1f} GB free at {state}"
    if free >= _LOW:
        return ok("disk", says)
    advice = 'make room, or put the "state:" folder on another disk'
    return warn("disk", says, advice) if free >= _LOWEST else bad("disk", says, advice)


def _files(checked: Checked) -> Finding:
    """The operator's file and the rules; bad only if they cannot be taken as they are."""
    if checked.faults:
        return bad(FILES, *_first(checked.faults))
    if checked.warnings:
        return warn(FILES, *_first(checked.warnings))
    return ok(FILES, "no fault in configuration and rules")


def _first(faults: Sequence[Fault]) -> tuple[str, str]:
    """The first of several faults with how many there are, and what to do."""
    first, *others = faults
    if not others:
        return str(first), first.hint or '"watcher check" shows the line'
    advice = '"watcher check" tells each with its line, and what to write instead'
    return f"{first} (and {len(others)} more)", advice


def _no_config(path: Path) -> Finding:
    return bad(FILES, f"{path}: is not an operator's file", "name one like watcher.yaml with -c")


def _tests(rulebook: Rulebook | None) -> Iterator[Finding]:
    """The tests inside the rules, as far as these have no fault, if any fails."""
    if rulebook is None:
        return
    failing = len(rehearse(rulebook, partial(find, watchlist=compile_rules(rulebook))))
    if failing:
        says = f"inside the rules {amount(failing, 'test fails', 'tests fail')}"
        yield bad("tests", says, '"watcher check" tells each, and why')


def _daemon(holder: str, state: Path) -> Finding:
    if holder:
        return ok("daemon", holder)
    says = f"no watcher is at work on {state}"
    return warn("daemon", says, 'start it: "watcher run", or "systemctl start watcher"')


def _room(state: Path) -> int:
    """Bytes that are free where a folder is, or will be."""
    there = next(folder for folder in (state, *state.parents) if folder.is_dir())
    return shutil.disk_usage(there).free


def _with_settings(facts: Facts, now: datetime) -> Iterator[Finding]:
    """What the record tells, and the channels, which can be looked at without one too."""
    found = tuple(_record(facts.settings.state, partial(in_record, facts=facts, now=now)))
    yield from found
    topics = {each.topic for each in found}
    for name in facts.settings.channels:
        finding = channel_stands(name, None, facts.closed.get(name), now)
        if finding.topic not in topics:
            yield finding


def _record(state: Path, told: Callable[[Store], Iterable[Finding]]) -> Iterator[Finding]:
    """How the database is, and what it tells, unless nothing of that could be trusted."""
    database = state / DATABASE
    if not database.is_file():
        yield warn("database", f"there is none in {state} yet", "it is made at the start")
        return
    try:
        with Store.open(database) as store:
            whole = integrity(store)
            yield whole
            if whole.grade is Grade.OK:
                yield from told(store)
    except StoreError as error:
        yield bad("database", str(error), "until then nothing is read, recorded or sent")


async def _closed(settings: Settings, environ: Mapping[str, str]) -> dict[str, Finding]:
    """The channels that cannot be opened."""
    line = open_line(settings)
    async with line.client:
        runs = bool(Lock.holder(settings.state))
        tried = {
            name: _try(name, kind, line, environ, runs=runs)
            for name, kind in settings.channels.items()
        }
    return {name: finding for name, finding in tried.items() if finding}


def _try(
    name: str, kind: ChannelSettings, line: Line, environ: Mapping[str, str], *, runs: bool
) -> Finding | None:
    """Open a channel; why it cannot be opened, if so.

    A secret of the environment says nothing while a daemon runs, which has an environment of its
    own.
    """
    topic = f"channel {name}"
    try:
        open_channels(
            {name: kind}, client=line.client, environ=environ, stream=StringIO(), guard=line.guard
        )
    except ConfigError as error:
        if _is_of_service(kind) and "CREDENTIALS_DIRECTORY" not in environ:
            advice = "run the doctor with the service's credentials, as docs/running.md shows"
            return warn(topic, "its secret is a credential that only the service has", advice)
        if runs and any(each.env and each.env not in environ for each in _secrets(kind)):
            advice = "run the doctor with the environment of the daemon"
            return warn(topic, "its secret is not in this environment", advice)
        says = str(error).removeprefix(f'channel "{name}": ')
        return bad(topic, says, "mend it, then restart watcher, which sends what waits")
    return None


def _is_of_service(kind: ChannelSettings) -> bool:
    """Whether a channel has a secret that systemd keeps."""
    return any(secret.credential for secret in _secrets(kind))


def _secrets(kind: ChannelSettings) -> list[SecretRef]:
    return [value for _, value in kind if isinstance(value, SecretRef)]
