"""Lists in the daemon: they come before the sources, are swapped in between, and never lost."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.publishers import ALT, SDN, ofac_people
from tests.servers import Reply, Server, serve
from tests.service.desk import Desk, feed
from tests.service.scene import until
from tests.service.test_once import dry, once, world
from tests.service.test_watch import Running, run
from watcher.service import run_once
from watcher.service.plan import list_sources, read_plan
from watcher.store import Store, Wanted
from watcher.watchlist.official import Change, Sort

RULES = """\
rules:
  - {id: sanctions, watch: [ofac], send_to: [screen], cool_down: 0s}
"""
NEWS = "Marek Ordan opens a bank"
OTHER = "Ana Kaldera opens a bank"
SMALL = ofac_people({1: "ORDAN, Marek", 2: "VELUR, Ana"})
LARGE = ofac_people({1: "ORDAN, Marek", 2: "VELUR, Ana", 3: "KALDERA, Ana"})


def csv(content: str, etag: str = "") -> Reply:
    return Reply(200, {"ETag": etag} if etag else {}, content.encode())


def desk_of(folder: Path, server: Server, every: str = "1h", rules: str = RULES) -> Desk:
    """A desk that watches a list of a server, and a feed of the same."""
    source = f"{{feed: '{server.at('/feed')}', name: Example, every: 1s}}"
    desk = Desk(folder, sources=(source,), private=(server.netloc,))
    desk.rules.write_text(rules)
    lists = f"lists: [{{ofac: '{server.at('/sdn.csv')}', every: {every}}}]\n"
    desk.config.write_text(desk.config.read_text() + lists)
    return desk


def put_later(server: Server, *titles: str) -> None:
    server.script("/feed", feed(*titles))


@pytest.mark.process
def test_the_daemon_renews_a_list_and_each_alert_says_which_state_of_it(tmp_path: Path) -> None:
    with serve() as server:
        server.script("/sdn.csv", csv(SMALL, '"1"'), Reply(304))
        put_later(server, NEWS)
        desk = desk_of(tmp_path, server, every="1s")
        with desk.daemon() as daemon:
            daemon.showed("Marek ORDAN")
            server.script("/sdn.csv", csv(LARGE, '"2"'), Reply(304))
            daemon.logged("reloaded", 2)
            put_later(server, NEWS, OTHER)
            daemon.showed("Ana KALDERA")
            code, _ = daemon.stop()
        renewed = daemon.logged("list_renewed", 2)
    assert code == 0
    assert [(line["entities"], line["added"]) for line in renewed] == [(2, 2), (3, 1)]
    events = [line["event"] for line in daemon.events]
    assert events.index("reloaded") < events.index("alerted")
    with Store.open(desk.database) as store:
        filed = store.alerts(Wanted())
        editions = {each.alert.entity: each.alert.edition for each in filed}
        listed = [reign.listed for reign in store.reigns.all()]
    brought = Change(sort=Sort.ADDED, id="ofac:3", name="Ana KALDERA")
    assert listed[-1] == {"ofac": (brought,)}
    assert not any(listed[:-1])
    versions = {line["version"][:12] for line in renewed}
    assert {edition.version for edition in editions.values() if edition} == versions
    show = ("alerts", "show", filed[0].alert.id)
    assert "on the list ofac, version" in desk.run(*show).stdout
    assert json.loads(desk.run(*show, "--json").stdout)["list"]["name"] == "ofac"
    assert "ofac · ok" in desk.run("feeds").stdout.translate({0x2068: None, 0x2069: None})


def test_a_refused_list_is_told_and_the_last_one_stays_in_force(tmp_path: Path) -> None:
    with serve() as server:
        server.script("/sdn.csv", csv(LARGE), csv(SMALL[: len(SMALL) // 2 + 40]))
        desk = desk_of(tmp_path, server, every="1s")
        put_later(server, "Weather")

        async def act(running: Running) -> None:
            (health,) = await running.see("health")
            assert (health["level"], health["source"], health["now"]) == (
                "warning",
                "ofac",
                "garbled",
            )
            assert "cut short" in health["reason"]
            put_later(server, "Weather", OTHER)
            await until(lambda: "Ana KALDERA" in running.out.getvalue(), 10)

        run(desk, act)


def test_a_list_that_is_away_at_the_first_start_holds_nothing_up_for_ever(tmp_path: Path) -> None:
    rules = "entities: [{id: own, name: Ana Kaldera}]\n" + RULES.replace("[ofac]", "[own, ofac]")
    with serve() as server:
        server.script("/sdn.csv", Reply(500))
        put_later(server, OTHER)
        desk = desk_of(tmp_path, server, rules=rules)

        async def act(running: Running) -> None:
            await until(lambda: "Ana Kaldera" in running.out.getvalue(), 10)

        _, running = run(desk, act)
    (advice,) = running.logged("advice")
    assert 'nobody of the list "ofac" is watched' in advice["says"]
    assert running.logged("health")[0]["now"] == "faulty"


def test_sources_begin_although_the_files_are_broken_when_the_list_comes(tmp_path: Path) -> None:
    rules = "entities: [{id: own, name: Ana Kaldera}]\n" + RULES.replace("[ofac]", "[own, ofac]")
    with serve() as server:
        desk = desk_of(tmp_path, server, rules=rules)

        def answer(_: object) -> Reply:
            desk.rules.write_text("rules: [")
            return csv(SMALL)

        server.script("/sdn.csv", answer)
        put_later(server, OTHER)

        async def act(running: Running) -> None:
            await running.see("reload_refused")
            await until(lambda: "Ana Kaldera" in running.out.getvalue(), 10)

        run(desk, act)


def test_a_list_that_leaves_the_file_is_waited_for_no_more(tmp_path: Path) -> None:
    rules = "entities: [{id: own, name: Ana Kaldera, tags: [ofac]}]\n" + RULES
    with serve() as server:
        server.script("/sdn.csv", Reply(silent=True))
        put_later(server, OTHER)
        desk = desk_of(tmp_path, server, rules=rules)

        async def act(running: Running) -> None:
            await until(lambda: server.of("/sdn.csv"), 10)
            desk.config.write_text(desk.config.read_text().partition("lists:")[0])
            await running.reload()
            await until(lambda: "Ana Kaldera" in running.out.getvalue(), 10)

        run(desk, act)


def test_other_addresses_are_asked_at_once(tmp_path: Path) -> None:
    with serve() as server:
        server.script("/sdn.csv", csv(SMALL))
        server.script("/other.csv", csv(LARGE))
        put_later(server)
        desk = desk_of(tmp_path, server)

        async def act(running: Running) -> None:
            await running.see("reloaded")
            config = desk.config.read_text()
            desk.config.write_text(config.replace("/sdn.csv", "/other.csv"))
            await running.reload("list_renewed", 2)

        _, running = run(desk, act)
    assert [line["entities"] for line in running.logged("list_renewed")] == [2, 3]
    assert running.logged("list_doubt")[0]["says"].startswith("there is no alt.csv")


def test_a_round_by_hand_renews_lists_first(tmp_path: Path) -> None:
    with serve() as server:
        server.script("/sdn.csv", csv(SDN + ALT[:0], '"1"'), Reply(304))
        put_later(server, NEWS)
        desk = desk_of(tmp_path, server)
        report, _ = once(desk)
        again, _ = once(desk)
        rehearsed, outside = dry(desk)
    assert str(report).startswith(
        "looked at 3 of 3 sources · new articles: 1 · alerts: 1 · sent: 1"
    )
    assert not report.failed
    assert again.sources == 3
    assert len(server.of("/sdn.csv")) == 1
    assert rehearsed.sources == 3
    assert outside is not None


def test_what_a_list_brought_by_hand_stands_in_the_history_too(tmp_path: Path) -> None:
    with serve() as server:
        server.script("/sdn.csv", csv(SMALL, '"1"'), csv(LARGE, '"2"'))
        put_later(server)
        desk = desk_of(tmp_path, server)
        once(desk)
        later = replace(world(desk), clock=lambda: datetime.now(UTC) + timedelta(hours=2))
        asyncio.run(run_once(desk.config, later))
    with Store.open(desk.database) as store:
        listed = [reign.listed for reign in store.reigns.all()]
    brought = Change(sort=Sort.ADDED, id="ofac:3", name="Ana KALDERA")
    assert listed == [{}, {"ofac": (brought,)}]


def test_a_round_by_hand_fails_when_a_list_does(tmp_path: Path) -> None:
    with serve() as server:
        server.script("/sdn.csv", Reply(500))
        put_later(server)
        report, _ = once(desk_of(tmp_path, server))
    assert report.failed


def test_the_plan_knows_which_lists_must_be_fetched(tmp_path: Path) -> None:
    with serve() as server:
        server.script("/sdn.csv", csv(SMALL))
        put_later(server)
        desk = desk_of(tmp_path, server)
        plan = read_plan(desk.config, {})
        assert (plan.stale, plan.absent) == ({"list:ofac"}, {"list:ofac"})
        once(desk)
        plan = read_plan(desk.config, {})
        assert (plan.stale, plan.absent) == (frozenset(), frozenset())
    assert list(list_sources(desk.config, {}).values()) == ["articles", "Example", "ofac"]
