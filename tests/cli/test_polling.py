"""One look at one feed in full: every header, every decision, nothing recorded."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from tests.servers import Reply, Server, serve
from tests.service.desk import Desk, feed
from watcher.cli import main


def poll(desk: Desk, name: str) -> Result:
    return CliRunner().invoke(main, ["feeds", "-c", str(desk.config), "poll", name])


def made(folder: Path, server: Server) -> Desk:
    source = f"{{feed: '{server.at('/old')}', name: Example, every: 1h}}"
    return Desk(folder, sources=(source,), private=(server.netloc,))


def test_a_look_is_told_in_full_and_not_recorded(tmp_path: Path) -> None:
    with serve() as server:
        server.script("/old", Reply(301, {"Location": "/new"}))
        server.script("/new", feed("one", "two"))
        desk = made(tmp_path, server)
        result = poll(desk, "Example")
        lines = result.stdout.translate({0x2068: None, 0x2069: None}).splitlines()
        assert result.exit_code == 0
        assert lines[:3] == [
            "Example",
            f"  {server.at('/old')}",
            "  last looked at never, in full never",
        ]
        assert f"> GET {server.at('/old')}" in lines
        assert "< HTTP/1.1 301" in lines
        assert "< Location: /new" in lines
        assert any(line.startswith("> User-Agent: watcher/") for line in lines)
        assert lines[-5].startswith("decided: 200, 2 articles, utf-8")
        assert lines[-4] == "articles: 2, of which 2 new or changed"
        assert lines[-3].startswith(f"moved for good: to {server.at('/new')}, since 20")
        assert lines[-2].endswith(" (every 1 h)")
        assert lines[-1] == "nothing was recorded"
        assert not desk.database.exists()


def test_what_is_remembered_is_asked_with_and_a_failure_is_told(tmp_path: Path) -> None:
    with serve() as server:
        server.script("/old", feed("one"))
        desk = made(tmp_path, server)
        assert desk.run("run", "--once", "-c", str(desk.config)).returncode in {0, 1}
        server.script("/old", Reply(304), Reply(403))
        well, ill = poll(desk, "Example"), poll(desk, server.at("/old"))
    assert '> if-none-match: "1"' in well.stdout
    assert "decided: 304, not changed" in well.stdout
    (counted,) = (line for line in well.stdout.splitlines() if line.startswith("articles:"))
    assert counted.startswith("articles: 0 new or changed, for the feed is as it was at 20")
    assert ill.exit_code == 1
    assert "articles:" not in ill.stdout
    assert "health: blocked: 403: it does not let us in" in ill.stdout
    assert ill.stdout.count("it does not let us in") == 1
    assert "(it failed)" in ill.stdout


def test_a_feed_without_articles_has_a_count_too(tmp_path: Path) -> None:
    with serve(feed()) as server:
        result = poll(made(tmp_path, server), "Example")
    assert "articles: 0, of which 0 new or changed\n" in result.stdout


def test_a_feed_that_is_not_watched_will_do_and_a_name_that_is_none_is_told(tmp_path: Path) -> None:
    with serve(feed("one")) as server:
        desk = made(tmp_path, server)
        assert poll(desk, server.at("/else")).stdout.startswith("(not watched)\n")
        result = poll(desk, "Exampl")
    assert result.exit_code == 1
    assert 'there is no feed "Exampl"; did you mean "Example"' in result.stderr


def test_what_is_watched_but_is_no_feed_says_what_to_do(tmp_path: Path) -> None:
    desk = Desk(tmp_path, sources=("{opml: feeds.opml, name: Press}",))
    (tmp_path / "feeds.opml").write_text("<opml version='2.0'><body/></opml>")
    lists = "lists:\n  - {un: https://un.example/un.xml}\n  - {file: mine.jsonl}\n"
    desk.config.write_text(desk.config.read_text() + lists)
    for name, says in (
        ("articles", 'is a folder, no feed; the daemon looks into it by itself, and "watcher run '),
        (str(tmp_path / "articles"), "is a folder, no feed"),
        ("Press", "is a list of feeds, no feed; poll one of those it holds"),
        ("un", "is an official list, no feed; the daemon renews it when it is due"),
        ("mine", "is a list kept in a file, no feed; it is read at the start and at each reload"),
    ):
        result = poll(desk, name)
        assert result.exit_code == 1
        assert f'"{name}" {says}' in result.stderr
