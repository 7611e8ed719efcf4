from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests import news
from tests.news import NOW
from tests.service.desk import Desk
from watcher.cli import main
from watcher.source import Health, SourceState
from watcher.store import Store

HOUR = timedelta(hours=1)
GONE = SourceState(
    key="https://gone.example/feed",
    name="Gone",
    due=NOW + HOUR,
    health=Health.GONE,
    reason="404: nothing is there; has it moved?\x1b[2J",
    since=NOW - HOUR,
    failures=3,
    last_look=NOW,
    last_ok=NOW - 2 * HOUR,
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """One source that is well, one that is gone, one never looked at, one that was dropped."""
    made = Desk(
        tmp_path,
        sources=(f"{{feed: '{GONE.key}', name: Gone}}", "{feed: 'https://new.example/'}"),
    )
    well = SourceState(
        key=str(tmp_path / "articles"),
        name="articles",
        due=NOW,
        health=Health.OK,
        since=NOW,
        last_ok=NOW,
    )
    dropped = replace(GONE, key="https://old.example/", name="Old", failures=1)
    with Store.open(made.database) as store:
        for state in (well, GONE, dropped):
            store.settle(state)
    return made


def feeds(desk: Desk, *args: str) -> Result:
    return CliRunner().invoke(main, ["feeds", "-c", str(desk.config), *args])


def plain(result: Result) -> str:
    return result.stdout.translate({0x2068: None, 0x2069: None})


def test_each_source_is_told_with_its_health_and_why(desk: Desk) -> None:
    result = feeds(desk)
    assert result.exit_code == 0
    assert (
        plain(result)
        == f"""\
articles · ok since 2026-03-05 08:30:00
  read 2026-03-05 08:30:00, new never, due 2026-03-05 08:30:00
  {desk.folder / "articles"}
Gone · gone since 2026-03-05 07:30:00
  404: nothing is there; has it moved?[2J (3 times in a row)
  read 2026-03-05 06:30:00, new never, due 2026-03-05 09:30:00
  https://gone.example/feed
new.example · new
  https://new.example/
Old · gone since 2026-03-05 07:30:00 · no longer watched
  404: nothing is there; has it moved?[2J
  read 2026-03-05 06:30:00, new never
  https://old.example/
"""
    )


def test_only_those_in_trouble(desk: Desk) -> None:
    told = json.loads(feeds(desk, "--json", "--trouble").stdout)
    assert [(source["name"], source["watched"]) for source in told] == [
        ("Gone", True),
        ("Old", False),
    ]


def test_programs_get_every_field(desk: Desk) -> None:
    _, gone, new, _ = json.loads(feeds(desk, "--json").stdout)
    assert gone == {
        "key": "https://gone.example/feed",
        "name": "Gone",
        "watched": True,
        "health": "gone",
        "reason": GONE.reason,
        "since": "2026-03-05T07:30:00Z",
        "failures": 3,
        "last_look": "2026-03-05T08:30:00Z",
        "last_ok": "2026-03-05T06:30:00Z",
        "last_new": None,
        "due": "2026-03-05T09:30:00Z",
        "because": "",
        "decided": None,
        "moved_to": None,
        "pages": None,
    }
    assert (new["health"], "due" in new) == ("new", False)


def test_before_the_first_look_every_source_is_new(tmp_path: Path) -> None:
    result = feeds(Desk(tmp_path))
    assert result.exit_code == 0
    assert plain(result).startswith("articles · new\n")
    assert "nothing is recorded in" in result.stderr


def test_the_folder_of_the_operators_file_will_do(desk: Desk) -> None:
    result = CliRunner().invoke(main, ["feeds", "-c", str(desk.folder)])
    assert result.stdout == feeds(desk).stdout != ""


def test_nothing_to_list_is_said(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert "no source is in trouble\n" in feeds(desk, "--trouble").stderr
    desk.config.write_text("channels: {screen: {terminal: {}}}\n")
    assert "there are no sources\n" in feeds(desk).stderr


def test_why_then_where_to_and_the_pages_are_told(desk: Desk) -> None:
    state = replace(
        GONE,
        because="it failed",
        moved_to="https://new.example/f",
        decided="cp1256 (by the share of letters)",
    )
    told = [news.article(number, source="Gone") for number in (1, 2, 3)]
    with Store.open(desk.database) as store:
        store.record(news.dossiers(*told), state, NOW)
        store.pages.want(told, NOW)
        store.pages.put("a1", "text")
        store.pages.fail("a2", "robots.txt does not allow it", None)
    lines = plain(feeds(desk, "--trouble")).splitlines()
    assert lines[2:6] == [
        "  read 2026-03-05 06:30:00, new never, due 2026-03-05 09:30:00 (it failed)",
        "  read as cp1256 (by the share of letters)",
        "  says that it has moved for good, to https://new.example/f",
        "  pages: 1 read, 1 to come, 1 left; last: robots.txt does not allow it",
    ]
    gone = json.loads(feeds(desk, "--trouble", "--json").stdout)[0]
    assert gone["pages"] == {
        "wanted": 1,
        "read": 1,
        "left": 1,
        "reason": "robots.txt does not allow it",
    }


def test_prometheus_gets_what_is_watched(desk: Desk) -> None:
    told = feeds(desk, "--metrics").stdout.splitlines()
    assert 'watcher_sources{health="gone"} 1' in told
    assert 'watcher_source_failures{source="Gone"} 3' in told
    assert not any("Old" in line for line in told)
