"""Sources written into the operator's file, with every comment and all layout left as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from watcher.config.read import examine_config, report
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
    target = path.resolve()
    trial = target.with_name(f".{target.name}.new")
    try:
        after = amend(target.read_text(encoding="utf-8"), SOURCES, items)
        if after is None:
            raise _refusal(path, items, "its layout is not one that can be added to safely")
        trial.write_text(after, encoding="utf-8")
        trial.chmod(target.stat().st_mode & 0o7777)
        reading = examine_config(trial, environ)
        if reading.settings is None:
            raise _refusal(path, items, f"it would have faults then:\n{report(reading.faults)}")
        trial.replace(target)
    except OSError as error:
        raise _refusal(path, items, f"it cannot be written: {error.strerror}") from error
    finally:
        with suppress(OSError):
            trial.unlink(missing_ok=True)


def paste(items: Sequence[Mapping[str, str]]) -> str:
    """Sources as lines to put under `sources:`."""
    return "\n".join(f"  - {write_line(item)}" for item in items)


def _refusal(path: Path, items: Sequence[Mapping[str, str]], why: str) -> ConfigError:
    return ConfigError(
        f'{path}: is left as it is: {why}\nput this under "sources:":\n{paste(items)}'
    )
