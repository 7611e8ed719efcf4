"""Sources written into the operator's file, with every comment and all layout left as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from watcher.config.read import examine_config, report
from watcher.config.swap import swap
from watcher.errors import ConfigError
from watcher.written import Spot, amend, write_line

SOURCES = Spot((), "sources")


def add_sources(path: Path, items: Sequence[Mapping[str, str]], environ: Mapping[str, str]) -> None:
    """Write sources into the operator's file, behind those that stand there.

    The file is replaced as a whole, so whoever reads it meanwhile sees the old one or the new one.

    Args:
        path: the file, which has no faults.
        items: the keys of each source with their values; one that stands there already is left out.
        environ: the process's environment, where secrets may be kept.

    Raises:
        ConfigError: it cannot be done; the message says what to paste instead. Nothing has changed.
    """

    def check(trial: Path) -> None:
        reading = examine_config(trial, environ)
        if reading.settings is None:
            raise _refusal(path, items, f"it would have faults then:\n{report(reading.faults)}")

    try:
        before = path.read_bytes()
        after = amend(before.decode(), SOURCES, items)
        if after is None:
            raise _refusal(path, items, "its layout is not one that can be added to safely")
        swap(path, before, after.encode(), check)
    except OSError as error:
        raise _refusal(path, items, f"it cannot be written: {error.strerror}") from error


def paste(items: Sequence[Mapping[str, str]]) -> str:
    """Sources as lines to put under `sources:`."""
    return "\n".join(f"  - {write_line(item)}" for item in items)


def _refusal(path: Path, items: Sequence[Mapping[str, str]], why: str) -> ConfigError:
    return ConfigError(
        f'{path}: is left as it is: {why}\nput this under "sources:":\n{paste(items)}'
    )
