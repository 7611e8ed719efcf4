"""kill -9 in the middle of recording: all of a look is there afterwards, or nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.memory import rows
from watcher.store import Store

WRITE = """
import itertools, sys
from dataclasses import replace
from pathlib import Path
from tests.news import NOW, article, dossiers
from watcher.source import SourceState
from watcher.store import Store

with Store.open(Path(sys.argv[1])) as store:
    done = len(store.source_states())
    for number in itertools.count(done):
        pair = (article(2 * number), article(2 * number + 1))
        state = SourceState(key=str(number), name="n", due=NOW)
        store.record(dossiers(*pair, memory=store), state, NOW)
        store.postponed(store.due("desk", NOW).key, NOW, NOW, "busy")
        print(number, flush=True)
"""

WHOLE = """
    SELECT (SELECT COUNT(*) FROM articles) = 2 * looks
        AND (SELECT COUNT(*) FROM mentions) = 2 * looks
        AND (SELECT COUNT(*) FROM alerts) = 2 * looks
        AND (SELECT COUNT(*) FROM deliveries) = 4 * looks
        AND (SELECT COUNT(*) FROM attempts) = (SELECT SUM(attempts) FROM deliveries)
    FROM (SELECT COUNT(*) AS looks FROM sources)
"""


@pytest.mark.process
def test_a_kill_at_any_moment_leaves_whole_looks(path: Path):
    last = -1
    for stop in (3, 20):
        last = run_and_kill(path, last + stop)
        with Store.open(path) as store:
            assert store.check() == ()
            assert len(store.source_states()) > last
        assert rows(path, WHOLE) == [(1,)]


def run_and_kill(path: Path, at: int) -> int:
    """Start the writer, kill it once it has told of this look; the last look it told of."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITE, path],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        try:
            told = next(int(line) for line in writer.stdout if int(line) >= at)
        finally:
            writer.kill()
        return max([told, *(int(line) for line in writer.stdout if line.endswith("\n"))])
