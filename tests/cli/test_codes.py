"""Like faults end alike, whatever the command: the rule of docs/commands.md, held for each verb."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests import news
from tests.service.desk import Desk
from watcher.cli import main
from watcher.store import Store

READERS = (
    *("run --once", "run --dry-run", "check", "try x", "explain x", "backtest", "backtest --diff"),
    *("scan --into-store text.txt", "send-test screen", "alerts", "alerts --stats"),
    *("alerts show x", "dismiss x --why y", "confirm x", "silence", "silence remove 1"),
    *("silence add qasem --until 2d --why x", "history", "history show x", "outbox"),
    *("outbox retry x", "outbox drop x", "feeds", "feeds --metrics", "feeds export"),
    *("feeds poll x", "feeds add x.invalid", "feeds import list.opml", "doctor", "backup copy.db"),
)
"""Every command that reads the operator's file."""

UNKNOWN = (
    *("explain alert_ffff", "explain x --entity zzz", "backtest --entity zzz"),
    *("backtest --rule zzz", "send-test zzz", "alerts --entity zzz", "alerts --rule zzz"),
    *("alerts --stats --entity zzz", "alerts --stats --rule zzz", "alerts show zzz"),
    *("dismiss zzz --why x", "confirm zzz", "silence add zzz --until 2d --why x"),
    *("silence remove 99", "history --entity zzz", "history show zzz", "outbox --channel zzz"),
    *("outbox retry zzz", "outbox drop zzz", "outbox retry --channel zzz", "feeds poll zzz"),
)
"""An id or a name that nobody knows."""

UNREADABLE = (
    *("scan none.txt --watchlist rules", "scan picture.png --watchlist rules"),
    *("scan broken.jsonl --jsonl --watchlist rules", "explain none.txt", "explain picture.png"),
    *("import ofac none.csv", "import ofac text.txt", "feeds import none.opml"),
    *("feeds import text.txt", "feeds import rules"),
)
"""What is to be read is not there, or is something else."""

UNWRITABLE = ("init .", "init text.txt", "backup there.db", "backup nowhere/copy.db")
"""What is to be written is there, or cannot be."""

IDLE = (
    *("outbox retry --channel screen", "outbox drop --channel screen", "feeds import list.opml"),
)
"""There is nothing to be done."""

EMPTY = (
    *("alerts --state dead", "outbox --state dead", "feeds --trouble", "silence", "history"),
    *("scan text.txt --watchlist rules", "try nobody", "backtest --since 1h"),
)
"""There is nothing to be told."""

WRONG = (
    *("check none.yaml", "check text.txt", "check broken.yaml", "backtest none"),
    *("backtest broken.yaml", "scan text.txt --watchlist none.yaml"),
    *("scan text.txt --watchlist broken.yaml", "alerts -c none.yaml", "doctor -c none.yaml"),
    *("scan text.txt", "compare x", "alerts --since never", "outbox retry", "zzz", "alerts zzz"),
    *("import zzz x", "silence add qasem --until 2d", "explain rules", "alerts show alert_"),
)
"""The command, or a file of the operator's or the analysts'."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    made = Desk(tmp_path_factory.mktemp("desk"))
    articles = [news.article(number) for number in (1, 2)]
    with Store.open(made.database) as store:
        store.record(news.dossiers(*articles), None, news.NOW)
    for name, text in {
        "text.txt": "nobody",
        "there.db": "",
        "list.opml": '<opml version="2.0"><body/></opml>',
        "broken.yaml": "rulse: []\n",
        "broken.jsonl": "nonsense\n",
    }.items():
        (made.folder / name).write_text(text)
    (made.folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    return made


@pytest.fixture
def here(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The desk's folder, as the one that commands are given in."""
    monkeypatch.chdir(desk.folder)
    return desk.folder


def code(command: str) -> int:
    return CliRunner().invoke(main, command.split()).exit_code


@pytest.mark.parametrize(
    ("commands", "expected"),
    [(EMPTY, 0), (UNKNOWN, 1), (UNREADABLE, 1), (UNWRITABLE, 1), (IDLE, 1), (WRONG, 2)],
    ids=["empty", "unknown", "unreadable", "unwritable", "idle", "wrong"],
)
def test_like_faults_end_alike(here: Path, commands: tuple[str, ...], expected: int) -> None:
    assert here.is_dir()
    assert {command: code(command) for command in commands} == dict.fromkeys(commands, expected)


@pytest.mark.parametrize("written", ["sorces: []\n", None], ids=["faulty", "absent"])
def test_an_operator_s_file_that_cannot_be_taken_ends_every_command_with_2(
    here: Path, written: str | None
) -> None:
    config = here / "watcher.yaml"
    before = config.read_text()
    if written is None:
        config.unlink()
    else:
        config.write_text(written)
    try:
        assert {command: code(command) for command in READERS} == dict.fromkeys(READERS, 2)
    finally:
        config.write_text(before)
