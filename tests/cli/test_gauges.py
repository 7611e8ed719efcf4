from __future__ import annotations

from dataclasses import replace

from tests.news import HOUR, NOW
from watcher.cli.gauges import write_gauges
from watcher.feeds import first_state
from watcher.source import Health


def test_prometheus_gets_how_every_source_is_doing() -> None:
    ill = replace(
        first_state("k", 'A "b" \\ c', NOW), health=Health.GONE, failures=3, last_ok=NOW - HOUR
    )
    lines = list(write_gauges([("new", None), (ill.name, ill)]))
    assert [line for line in lines if not line.startswith("#") and not line.endswith(" 0")] == [
        'watcher_sources{health="new"} 1',
        'watcher_sources{health="gone"} 1',
        'watcher_source_health{source="A \\"b\\" \\\\ c",health="gone"} 1',
        'watcher_source_failures{source="A \\"b\\" \\\\ c"} 3',
        'watcher_source_last_ok_timestamp_seconds{source="A \\"b\\" \\\\ c"} 1772695800',
        'watcher_source_due_timestamp_seconds{source="A \\"b\\" \\\\ c"} 1772699400',
    ]
    helped = [line.split()[2] for line in lines if line.startswith("# HELP")]
    typed = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    assert helped == typed
    assert len(set(helped)) == 6
