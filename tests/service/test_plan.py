"""What the files make: the plan, whole, or every fault."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.service.desk import Desk
from watcher.errors import ConfigError
from watcher.feeds.settings import FeedSource, FolderSource
from watcher.service.plan import greeting, list_sources, read_plan

OPML = """<opml version="2.0"><body>
<outline text="News"><outline text="One" xmlUrl="https://one.example/feed"/>
<outline text="Again" xmlUrl="https://one.example/feed"/>
<outline xmlUrl="https://two.example/feed"/>
<outline text="Odd" xmlUrl="ftp://three.example/feed"/></outline></body></opml>
"""


def test_the_plan_holds_all_that_is_in_force(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    plan = read_plan(desk.config, {})
    assert [source.key for source in plan.sources] == [str(tmp_path / "articles")]
    assert plan.knowledge.max_age == timedelta(days=3)
    assert len(plan.knowledge.rulebook.watchlist) == 2
    assert (plan.warnings, plan.failures) == ((), ())
    assert greeting(plan) == "watching 1 source, 2 entities, 1 rule; alerts go to screen"


def test_a_failing_test_inside_the_rules_is_part_of_the_plan(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.rules.write_text(desk.rules.read_text().replace("text: Qasem", "text: Nobody"))
    (failure,) = read_plan(desk.config, {}).failures
    assert failure.missing == ("qasem",)


def test_a_list_of_feeds_stands_for_its_feeds(tmp_path: Path) -> None:
    desk = Desk(tmp_path, sources=("{opml: feeds.opml, every: 1h}",))
    (tmp_path / "feeds.opml").write_text(OPML)
    plan = read_plan(desk.config, {})
    folder, listed, one, two = plan.sources
    assert isinstance(folder, FolderSource)
    assert (listed.key, listed.name) == (str(tmp_path / "feeds.opml"), "feeds.opml")
    assert isinstance(one, FeedSource)
    assert (one.url, one.name, one.every) == (
        "https://one.example/feed",
        "One",
        timedelta(hours=1),
    )
    assert two.name == "two.example/feed"
    (warning,) = plan.warnings
    assert "ftp://three.example/feed" in str(warning)
    assert list_sources(desk.config, {}) == {
        str(tmp_path / "articles"): "articles",
        str(tmp_path / "feeds.opml"): "feeds.opml",
        "https://one.example/feed": "One",
        "https://two.example/feed": "two.example/feed",
    }


def test_an_address_in_a_list_that_no_feed_can_have_is_a_warning(tmp_path: Path) -> None:
    desk = Desk(tmp_path, sources=("{opml: feeds.opml}",))
    (tmp_path / "feeds.opml").write_text(
        '<opml><body><outline text="x" xmlUrl="http://exa mple.org:port/"/></body></opml>'
    )
    plan = read_plan(desk.config, {})
    assert (len(plan.sources), len(plan.warnings)) == (2, 1)


@pytest.mark.parametrize("content", ["<html/>", None], ids=["not OPML", "away"])
def test_a_list_that_cannot_be_read_is_a_warning_and_keeps_the_feeds_it_had(
    tmp_path: Path, content: str | None
) -> None:
    desk = Desk(tmp_path, sources=("{opml: feeds.opml}",))
    path = tmp_path / "feeds.opml"
    path.write_text(OPML)
    before = read_plan(desk.config, {})
    if content:
        path.write_text(content)
    else:
        path.unlink()
    first = read_plan(desk.config, {})
    assert [source.name for source in first.sources] == ["articles", "feeds.opml"]
    (warning,) = first.warnings
    assert (warning.hint != "", "feeds.opml" in str(warning)) == (True, True)
    assert read_plan(desk.config, {}, before.sources).sources == before.sources


def test_faults_of_both_files_are_raised_together(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.config.write_text(desk.config.read_text() + "sate: var\n")
    desk.rules.write_text(desk.rules.read_text().replace("watch: [qasem]", "watch: []"))
    with pytest.raises(ConfigError) as caught:
        read_plan(desk.config, {})
    assert {str(fault).split(":")[0].split("/")[-1] for fault in caught.value.faults} == {
        "watcher.yaml",
        "rules.yaml",
    }


def test_a_file_of_rules_is_no_operators_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is not an operator's file"):
        read_plan(Desk(tmp_path).rules, {})
