"""Feeds into the operator's file and out of it, with a real server where one is looked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.servers import Reply, Server, serve
from tests.service.desk import Desk, feed
from watcher.cli import main
from watcher.feeds import Outline, parse_opml

HTML = {"Content-Type": "text/html"}
OPML = """<opml version="2.0"><body>
<outline text="One" xmlUrl="https://one.example/rss"/>
<outline text="One" xmlUrl="https://two.example/rss"/>
<outline text="Odd" xmlUrl="gopher://odd.example/"/>
</body></opml>"""


@pytest.fixture
def server() -> Iterator[Server]:
    with serve(Reply(404)) as served:
        yield served


def desk(folder: Path, server: Server) -> Desk:
    made = Desk(folder, private=(server.netloc,))
    text = made.config.read_text()
    made.config.write_text("# ours\n" + text.replace("channels:", "# who is told\nchannels:"))
    return made


def feeds(made: Desk, *args: str) -> Result:
    return CliRunner().invoke(main, ["feeds", "-c", str(made.config), *args])


def test_the_feed_of_a_page_is_found_and_written_between_the_comments(tmp_path, server):
    page = b'<html><link rel="alternate" type="application/rss+xml" href="/news.xml">'
    server.script("/page", Reply(200, HTML, page))
    server.script("/news.xml", feed("one", "two"))
    made = desk(tmp_path, server)
    before = made.config.read_text()
    result = feeds(made, "add", server.at("/page"), "--every", "1h")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "2 articles" in result.stderr
    added = f'  - feed: "{server.at("/news.xml")}"\n    name: Example\n    every: "1h"\n'
    first = "  - {folder: articles, every: 1s}\n"
    assert made.config.read_text() == before.replace(first, first + added)
    again = feeds(made, "add", server.at("/news.xml"))
    assert again.exit_code == 1
    assert 'it is watched already, as "Example"' in again.stderr


def test_a_feed_where_most_programs_put_it_is_found_and_only_printed(tmp_path, server):
    server.script("/blog", Reply(200, HTML, b"<html><title>Blog</title>"))
    server.script("/blog/feed", feed("one"))
    made = desk(tmp_path, server)
    before = made.config.read_text()
    result = feeds(made, "add", "--print", server.at("/blog"), "--name", "Mine")
    assert result.stdout == f'  - {{feed: "{server.at("/blog/feed")}", name: Mine}}\n'
    assert made.config.read_text() == before


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (Reply(200, HTML, b"<html><title>Blog</title>"), "no feed at http"),
        (Reply(404), "404: nothing is there"),
        (Reply(raw=b"", reset=True), "broke the connection off"),
    ],
)
def test_where_there_is_no_feed_it_is_said(tmp_path, server, reply, says):
    server.script("/", reply)
    result = feeds(desk(tmp_path, server), "add", server.url)
    assert result.exit_code == 1
    assert says in result.stderr
    assert result.stderr.startswith(server.url)


def test_a_file_that_cannot_be_added_to_is_left_and_what_to_paste_is_told(tmp_path, server):
    server.script("/rss", feed("one"))
    made = desk(tmp_path, server)
    made.config.write_text(made.config.read_text().replace("sources:", "sources: &all"))
    made.config.write_text(made.config.read_text() + "x: *all\n")
    result = feeds(made, "add", server.at("/rss"))
    assert result.exit_code == 2
    made.config.write_text(
        made.config.read_text().replace("sources: &all", "sources:").replace("x: *all\n", "")
    )
    refused = feeds(made, "add", server.at("/rss"), "--name", "articles")
    assert refused.exit_code == 2
    assert "is left as it is: it would have faults then" in refused.stderr
    assert f'{{feed: "{server.at("/rss")}", name: articles}}' in refused.stderr
    assert not list(tmp_path.glob(".*.new"))


def test_a_list_of_feeds_is_taken_in_and_given_out(tmp_path, server):
    made = desk(tmp_path, server)
    (tmp_path / "x.opml").write_text(OPML)
    result = feeds(made, "import", str(tmp_path / "x.opml"))
    assert result.exit_code == 0
    assert '"gopher://odd.example/"' in result.stderr
    assert "new: 2 of 2 feeds\n" in result.stderr
    out = feeds(made, "export")
    assert parse_opml(out.stdout.encode()).feeds == (
        Outline("https://one.example/rss", "One"),
        Outline("https://two.example/rss", "two.example/rss"),
    )
    assert feeds(made, "import", str(tmp_path / "x.opml")).exit_code == 1
