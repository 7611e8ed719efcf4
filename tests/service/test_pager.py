"""Pages behind the looks: what only the page says is told when it comes, whatever goes wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests import news
from tests.servers import Reply, Server, serve
from tests.service.desk import Desk
from tests.service.running import Running, run
from tests.service.scene import KNOWLEDGE, Scene, now, play, scene, until
from watcher.article import Article
from watcher.errors import FeedError, StoreError
from watcher.pipeline import Taken, take_in, take_page
from watcher.service import pager as module
from watcher.service import run_once
from watcher.service.pager import Pager
from watcher.source import Health
from watcher.store import PageTally, Store, Wish

STORY = "In the morning Qasem Soleimani was there, and nobody else."
HOUR = timedelta(hours=1)


class Shelf:
    """A reader of pages that has them already: a text, or the error that is raised."""

    def __init__(self, *pages: str | Exception, delay: timedelta = timedelta(0)) -> None:
        self.pages = list(pages)
        self.delay = delay
        self.asked: list[str] = []
        self.gate: asyncio.Event | None = None

    async def read(self, url: str) -> tuple[str, timedelta]:
        self.asked.append(url)
        if self.gate:
            await self.gate.wait()
        page = self.pages.pop(0) if len(self.pages) > 1 else self.pages[0]
        if isinstance(page, Exception):
            raise page
        return page, self.delay


def bare(number: int, host: str = "news.example", **changes: object) -> Article:
    """An article of which the feed says nothing but that it is."""
    link = f"https://{host}/{number}"
    plain = news.article(number, text="Read on.", link=link, published=None)
    return replace(plain, **changes)


async def want(played: Scene, *articles: Article) -> None:
    await played.house.do(take_in, articles, None, KNOWLEDGE, now(), full_text=True)


async def tallies(played: Scene) -> PageTally:
    return (await played.house.do(lambda store: store.pages.tallies()))["Example"]


def paged(
    shelf: Shelf, act: Callable[[Scene, Pager, list[str]], Awaitable[None]], make=None
) -> None:
    """Run this with a pager that reads from the shelf."""

    async def bounded() -> None:
        async with scene(make) as played:
            woken: list[str] = []
            pager = Pager(played.house, woken.append)
            pager.reader = shelf
            try:
                await act(played, pager, woken)
            finally:
                await pager.stop()

    play(bounded)


def test_what_only_the_page_says_raises_its_alert_when_it_comes() -> None:
    async def act(played: Scene, pager: Pager, woken: list[str]) -> None:
        await want(played, bare(1))
        assert not played.logged("alerted")
        await pager.drain(HOUR)
        assert (pager.read, pager.alerts, woken) == (1, 1, ["list"])
        assert played.logged("alerted")[0]["entity"] == "qasem"
        stored = await played.house.do(lambda store: store.stored("a1"))
        assert stored.article.text == f"Read on.\n{STORY}"
        await pager.drain(HOUR)

    shelf = Shelf(STORY)
    paged(shelf, act)
    assert shelf.asked == ["https://news.example/1"]


def test_an_edit_in_the_feed_is_matched_with_the_page_that_was_read() -> None:
    async def act(played: Scene, pager: Pager, woken: list[str]) -> None:
        await want(played, bare(1))
        await pager.drain(HOUR)
        await want(played, bare(1, title="Another title"))
        await pager.drain(HOUR)
        stored = await played.house.do(lambda store: store.stored("a1"))
        assert stored.article.text == f"Read on.\n{STORY}"
        assert pager.alerts == 1

    shelf = Shelf(STORY)
    paged(shelf, act)
    assert len(shelf.asked) == 1


def test_no_page_is_fetched_twice_though_two_feeds_name_it() -> None:
    async def act(played: Scene, pager: Pager, woken: list[str]) -> None:
        await want(played, bare(1), bare(2, link="https://news.example/1"))
        await pager.drain(HOUR)
        assert await tallies(played) == PageTally(read=2)

    shelf = Shelf(STORY)
    paged(shelf, act)
    assert shelf.asked == ["https://news.example/1"]


def test_articles_too_old_for_an_alert_and_without_a_page_are_left_alone() -> None:
    async def act(played: Scene, pager: Pager, woken: list[str]) -> None:
        knowledge = replace(KNOWLEDGE, max_age=HOUR)
        old = bare(1, published=now() - 2 * HOUR)
        articles = (old, bare(2, link="file:///x"))
        await played.house.do(take_in, articles, None, knowledge, now(), full_text=True)
        await pager.drain(HOUR)
        assert await tallies(played) == PageTally(left=1, reason="it is older than max_age")

    shelf = Shelf(STORY)
    paged(shelf, act)
    assert shelf.asked == []


@pytest.mark.parametrize(
    ("error", "tally"),
    [
        (FeedError("500", state=Health.SLOW), PageTally(wanted=1, reason="500")),
        (FeedError("404", state=Health.GONE), PageTally(left=1, reason="404")),
        (
            KeyError("x"),
            PageTally(
                left=1, reason="watcher failed to read it (KeyError); please report this fault"
            ),
        ),
    ],
)
def test_a_page_that_cannot_be_read_is_left_or_tried_again(error, tally) -> None:
    async def act(played: Scene, pager: Pager, woken: list[str]) -> None:
        await want(played, bare(1))
        await pager.drain(HOUR)
        assert await tallies(played) == tally
        assert played.logged("page_left")[0]["reason"] == tally.reason

    paged(Shelf(error), act)


def test_after_some_tries_it_is_left(monkeypatch) -> None:
    monkeypatch.setattr(module, "AGAIN", (timedelta(0),) * 2)

    async def act(played: Scene, pager: Pager, woken: list[str]) -> None:
        await want(played, bare(1))
        await pager.drain(HOUR)
        assert await tallies(played) == PageTally(left=1, reason="500")

    shelf = Shelf(FeedError("500", state=Health.SLOW))
    paged(shelf, act)
    assert len(shelf.asked) == 3


def test_a_page_whose_turn_did_not_come_within_a_day_is_left(monkeypatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", -HOUR)

    async def act(played: Scene, pager: Pager, woken: list[str]) -> None:
        await want(played, bare(1))
        await pager.drain(HOUR)
        assert (await tallies(played)).reason == "its turn did not come within a day"

    paged(Shelf(STORY), act)


def test_a_host_gives_its_ration_and_has_its_rest(monkeypatch) -> None:
    monkeypatch.setattr(module, "HOURLY", 2)

    async def act(played: Scene, pager: Pager, woken: list[str]) -> None:
        await want(played, *(bare(number) for number in range(4)), bare(9, "other.example"))
        await pager.drain(HOUR)
        assert await tallies(played) == PageTally(read=3, wanted=2)

    paged(Shelf(STORY), act)

    async def rest(played: Scene, pager: Pager, woken: list[str]) -> None:
        await want(played, bare(1), bare(2))
        await pager.drain(HOUR)
        assert await tallies(played) == PageTally(read=1, wanted=1)

    paged(Shelf(STORY, delay=HOUR), rest)


def test_hosts_are_asked_side_by_side_but_not_all_at_once(monkeypatch) -> None:
    monkeypatch.setattr(module, "AT_ONCE", 2)
    shelf = Shelf(STORY)

    async def act(played: Scene, pager: Pager, woken: list[str]) -> None:
        shelf.gate = asyncio.Event()
        await want(played, *(bare(number, f"{number}.example") for number in range(3)))
        run = asyncio.create_task(pager.drain(HOUR))
        await until(lambda: len(shelf.asked) == 2)
        shelf.gate.set()
        await run
        assert len(shelf.asked) == 3

    paged(shelf, act)


def test_what_is_under_way_at_the_end_is_still_wanted() -> None:
    shelf = Shelf(STORY)

    async def act(played: Scene, pager: Pager, woken: list[str]) -> None:
        shelf.gate = asyncio.Event()
        await want(played, bare(1))
        await pager.drain(timedelta(milliseconds=50))
        assert await tallies(played) == PageTally(wanted=1)

    paged(shelf, act)


def test_without_a_source_that_asks_for_pages_none_is_fetched() -> None:
    async def act(played: Scene, pager: Pager, woken: list[str]) -> None:
        pager.reader = None
        await want(played, bare(1))
        await pager.drain(HOUR)
        assert await tallies(played) == PageTally(wanted=1)

    paged(Shelf(STORY), act)


def test_a_store_that_fails_is_told_and_the_page_is_still_wanted() -> None:
    class Full(Store):
        broken = False

        def record(self, *args) -> tuple[str, ...]:
            if self.broken:
                raise StoreError("the disk is full")
            return super().record(*args)

    async def act(played: Scene, pager: Pager, woken: list[str]) -> None:
        await want(played, bare(1))
        Full.broken = True
        await pager.drain(HOUR)
        assert await tallies(played) == PageTally(wanted=1)
        assert played.logged("store_failed")[0]["reason"] == "the disk is full"

    paged(Shelf(STORY), act, lambda: Full.open(Path(":memory:")))


def test_a_reason_that_cannot_be_noted_is_told_and_the_host_is_spared_meanwhile() -> None:
    shelf = Shelf(*[FeedError("404", state=Health.GONE)] * 3)

    async def act(played: Scene, pager: Pager, woken: list[str]) -> None:
        await want(played, bare(1))

        def fail(*_: object) -> None:
            raise StoreError("locked")

        await played.house.do(lambda store: setattr(store.pages, "fail", fail))
        await pager.drain(HOUR)
        assert played.logged("store_failed")
        assert len(shelf.asked) == 1

    paged(shelf, act)


def test_it_goes_on_by_itself_until_it_is_told_to_end(monkeypatch) -> None:
    monkeypatch.setattr(module, "EAR", timedelta(milliseconds=5))

    async def act(played: Scene, pager: Pager, woken: list[str]) -> None:
        run = asyncio.create_task(pager.run())
        await want(played, bare(1))
        await until(lambda: pager.alerts == 1)
        run.cancel()

    paged(Shelf(STORY), act)


def test_a_page_of_an_article_that_is_not_on_record_any_more_is_nothing() -> None:
    async def act(played: Scene, pager: Pager, woken: list[str]) -> None:
        wish = Wish(article="gone", link="", tries=0, asked=now())
        assert await played.house.do(take_page, wish, STORY, KNOWLEDGE, now()) == Taken()

    paged(Shelf(STORY), act)


PLAIN = {"Content-Type": "text/plain"}


def bare_feed(server: Server) -> Reply:
    """A feed whose only item says nothing but where its page is."""
    item = f"<item><guid>1</guid><title>News</title><link>{server.at('/1')}</link></item>"
    document = f'<rss version="2.0"><channel><title>t</title>{item}</channel></rss>'
    return Reply(200, {"Content-Type": "application/rss+xml"}, document.encode())


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[tuple[Server, Desk]]:
    """A server with a feed, robots.txt and a page, and a desk that watches it in full."""
    with serve(Reply(404)) as server:
        server.script("/feed", bare_feed(server))
        server.script("/1", Reply(200, PLAIN, STORY.encode()))
        source = f"{{feed: '{server.at('/feed')}', full_text: true, every: 1h}}"
        yield server, Desk(tmp_path, sources=(source,), private=(server.netloc,))


def test_a_round_by_hand_reads_pages_too(paper: tuple[Server, Desk]) -> None:
    server, desk = paper
    world = Running(desk).world
    report = asyncio.run(run_once(desk.config, world))
    assert "pages read: 1" in str(report)
    assert (report.pages, report.page_alerts) == (1, 1)
    assert [request.path for request in server.requests] == ["/feed", "/robots.txt", "/1"]
    assert server.at("/1") in world.stdout.getvalue()


def test_the_daemon_reads_pages_behind_its_looks(paper: tuple[Server, Desk]) -> None:
    _, desk = paper

    async def act(running: Running) -> None:
        (alerted,) = await running.see("alerted")
        assert alerted["entity"] == "qasem"

    run(desk, act)


def test_a_pager_that_breaks_ends_the_daemon(
    paper: tuple[Server, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, desk = paper

    async def broken(pager: Pager) -> None:
        raise ZeroDivisionError

    async def act(running: Running) -> None:
        await running.see("broken")

    monkeypatch.setattr(Pager, "run", broken)
    assert run(desk, act)[0] == 1
