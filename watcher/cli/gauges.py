"""How the sources are doing, as Prometheus reads it (its text format 0.0.4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from watcher.alerts import tidy
from watcher.source import Health, SourceState

_TIMES = (
    ("last_ok", "When a look at the source last went well."),
    ("last_new", "When the source last brought something new."),
    ("due", "When the source is looked at next."),
)


def write_gauges(sources: Iterable[tuple[str, SourceState | None]]) -> Iterator[str]:
    """The lines for these sources, by name; what was never looked at is only counted.

    For the textfile collector of Prometheus' node exporter, which wants a file.
    """
    known = list(sources)
    counts = Counter(state.health if state else Health.NEW for _, state in known)
    yield from _head("watcher_sources", "Sources by how they are doing.")
    for health in Health:
        yield f'watcher_sources{{health="{health}"}} {counts[health]}'
    seen = [(_label(name), state) for name, state in known if state]
    yield from _head("watcher_source_health", "How a source is doing; always 1.")
    for source, state in seen:
        yield f'watcher_source_health{{source="{source}",health="{state.health}"}} 1'
    yield from _head("watcher_source_failures", "Looks in a row that failed.")
    for source, state in seen:
        yield f'watcher_source_failures{{source="{source}"}} {state.failures}'
    for field, meaning in _TIMES:
        metric = f"watcher_source_{field}_timestamp_seconds"
        yield from _head(metric, meaning)
        for source, state in seen:
            at: datetime | None = getattr(state, field)
            if at:
                yield f'{metric}{{source="{source}"}} {at.timestamp():.0f}'


def _head(metric: str, meaning: str) -> Iterator[str]:
    yield f"# HELP {metric} {meaning}"
    yield f"# TYPE {metric} gauge"


def _label(name: str) -> str:
    return tidy(name).replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
