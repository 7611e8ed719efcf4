"""One round by hand, and its rehearsal, on real files and a real store."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests import news
from tests.servers import Reply, Server, serve, unused_port
from tests.service.desk import Desk, feed
from tests.service.scene import now
from watcher.alerts import About
from watcher.errors import ConfigError, DeliveryError, StoreError
from watcher.service import Report, World, run_dry, run_once
from watcher.store import Gathering, Lock, Matter, Standing, Store

NEWS = "Qasem Soleimani visits Baghdad"


@pytest.fixture
def server() -> Iterator[Server]:
    with serve(feed(NEWS)) as served:
        yield served


def world(desk: Desk) -> World:
    out, err = io.StringIO(), io.StringIO()
    return World(environ=desk.environ(), stdout=out, stderr=err, clock=now, chance=lambda: 0.5)


def shown(outside: World) -> str:
    assert isinstance(outside.stdout, io.StringIO)
    return outside.stdout.getvalue()


def once(desk: Desk) -> tuple[Report, World]:
    outside = world(desk)
    return asyncio.run(run_once(desk.config, outside)), outside


def dry(desk: Desk) -> tuple[Report, World]:
    outside = world(desk)
    return asyncio.run(run_dry(desk.config, outside)), outside


def test_what_is_due_is_read_and_told(tmp_path: Path, server: Server) -> None:
    source = f"{{feed: '{server.url}', every: 1h}}"
    desk = Desk(tmp_path, sources=(source,), private=(server.netloc,))
    desk.put("report.txt")
    report, outside = once(desk)
    assert shown(outside).count("commanders") == 2
    assert report.next_due is not None
    assert not report.failed
    assert str(replace(report, next_due=None)) == (
        "looked at 2 of 2 sources · new articles: 2 · alerts: 2 · sent: 2"
    )
    again, outside = once(desk)
    assert (len(server.requests), shown(outside), again.sources) == (1, "", 2)


def test_a_source_that_fails_is_a_failure_and_the_others_go_on(tmp_path: Path) -> None:
    port = unused_port()
    source = f"{{feed: 'http://127.0.0.1:{port}/', every: 1h}}"
    desk = Desk(tmp_path, sources=(source,), private=(f"127.0.0.1:{port}",))
    desk.put("report.txt")
    report, outside = once(desk)
    assert (report.failed, "Qasem Soleimani" in shown(outside)) == (True, True)


def test_a_channel_that_fails_is_a_failure_and_its_alert_waits(tmp_path: Path) -> None:
    with serve(Reply(500)) as server:
        channels = {"screen": "{terminal: {}}", "soc": f"{{webhook: {{url: '{server.url}'}}}}"}
        desk = Desk(tmp_path, channels=channels, private=(server.netloc,))
        desk.put("report.txt")
        report, _ = once(desk)
    assert "sent: 1 · not sent: 1" in str(report)
    assert report.failed
    again, _ = once(desk)
    with Store.open(desk.database) as store:
        assert [row.channel for row in store.outbox(standing=Standing.WAITING)] == ["soc"]
        due = store.next_due("soc")
    assert (again.failed, again.outcomes, again.waiting, again.next_try) == (True, (), 1, due)
    assert f"sent: 0 · waiting: 1 (next try {due:%Y-%m-%d %H:%M:%S} UTC)" in str(again)


def test_a_channel_without_its_secret_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    channels = {"screen": "{terminal: {}}", "desk": "{slack: {webhook: {env: MISSING}}}"}
    desk = Desk(tmp_path, channels=channels)
    desk.put("report.txt")
    report, outside = once(desk)
    assert (report.closed, report.failed) == (("desk",), True)
    assert "sent: 1 · waiting: 1 · channels that cannot be opened: desk · " in str(report)
    assert "Qasem Soleimani" in shown(outside)
    assert isinstance(outside.stderr, io.StringIO)
    assert "MISSING is not set" in outside.stderr.getvalue()


def test_the_operator_hears_in_the_same_round_of_a_channel_without_its_secret(
    tmp_path: Path,
) -> None:
    channels = {"screen": "{terminal: {}}", "desk": "{slack: {webhook: {env: MISSING}}}"}
    desk = Desk(tmp_path, channels=channels)
    desk.config.write_text(desk.config.read_text() + "admin: [screen, desk]\n")
    desk.put("report.txt")
    _, outside = once(desk)
    says = "the environment variable MISSING is not set; set it to the secret; then restart watcher"
    assert f"watcher: channel closed desk\n  {says}" in shown(outside)
    _, outside = once(desk)
    assert "channel closed" not in shown(outside), "once is enough"
    desk.config.write_text(
        desk.config.read_text().replace("slack: {webhook: {env: MISSING}}", "terminal: {}")
    )
    _, outside = once(desk)
    assert "watcher: channel closed desk: healed\n  it is open\n" in shown(outside)


def test_a_rehearsal_shows_what_would_be_sent_and_changes_nothing(tmp_path: Path) -> None:
    channels = {"screen": "{terminal: {}}", "soc": "{webhook: {url: 'https://soc.invalid/'}}"}
    desk = Desk(tmp_path, channels=channels)
    desk.put("report.txt")
    report, outside = dry(desk)
    assert shown(outside).startswith("would be sent to: screen, soc\n")
    assert shown(outside).count("would be sent") == 1
    assert (report.failed, desk.database.exists()) == (False, False)


def test_a_rehearsal_has_events_and_figures_of_its_own(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.rules.write_text(desk.rules.read_text().replace("send_to", "cool_down: 6h\n    send_to"))
    for name in ("one.txt", "two.txt"):
        desk.put(name)
    report, outside = dry(desk)
    assert "new articles: 2 · alerts: 2 · would be sent: 1 · held: 1 · next look" in str(report)
    assert isinstance(outside.stderr, io.StringIO)
    events = [json.loads(line)["event"] for line in outside.stderr.getvalue().splitlines()]
    assert events == ["would_alert", "would_hold", "looked"]
    report, _ = once(desk)
    assert "alerts: 2 · sent: 1 · held: 1 · next look" in str(report)


@pytest.mark.parametrize("lines", [0, 1])
def test_a_rehearsal_ends_quietly_when_its_reader_leaves(tmp_path: Path, lines: int) -> None:
    class Leaving(io.StringIO):
        def write(self, text: str) -> int:
            if self.getvalue().count("\n") == lines:
                raise BrokenPipeError(32, "Broken pipe")
            return super().write(text)

    desk = Desk(tmp_path)
    desk.put("report.txt")
    outside = replace(world(desk), stdout=Leaving())
    report = asyncio.run(run_dry(desk.config, outside))
    assert (report.shown, report.failed) == (1, False)


def test_a_rehearsal_tells_of_an_output_that_cannot_be_written_to(tmp_path: Path) -> None:
    class Full(io.StringIO):
        def write(self, text: str) -> int:
            if "would" in text:
                return len(text)
            raise OSError(28, "No space left on device")

    desk = Desk(tmp_path)
    desk.put("report.txt")
    with pytest.raises(DeliveryError, match="No space left"):
        asyncio.run(run_dry(desk.config, replace(world(desk), stdout=Full())))


def test_a_rehearsal_knows_the_record_and_leaves_it_as_it_is(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.put("old.txt")
    once(desk)
    desk.put("new.txt", "New: Qasem Soleimani.")
    with Store.open(desk.database) as store:
        (state,) = store.source_states().values()
        store.settle(replace(state, due=now() - timedelta(seconds=1)))
        before = store.outbox()
    _, outside = dry(desk)
    assert shown(outside).count("would be sent") == 1
    with Store.open(desk.database) as store:
        assert store.outbox() == before


def test_while_a_daemon_is_at_work_a_round_is_refused_and_a_rehearsal_is_not(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path)
    with Lock.take(tmp_path / "var", now()):
        with pytest.raises(ConfigError, match="is at work on this folder already"):
            once(desk)
        assert not dry(desk)[0].failed


def test_a_round_that_could_not_be_recorded_has_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(Store, "record", full)
    desk = Desk(tmp_path)
    desk.put("report.txt")
    report, _ = once(desk)
    assert report.failed
    assert "sources that could not be recorded: 1" in str(report)


def test_the_first_sight_of_a_long_feed_is_no_flood(tmp_path: Path) -> None:
    titles = [f"{NEWS}, day {number}" for number in range(60)]
    with serve() as server:
        server.script("/feed", feed(*titles))
        soc = f"{{webhook: {{url: '{server.script('/hook')}', digest_over: 10}}}}"
        desk = Desk(
            tmp_path,
            channels={"soc": soc},
            sources=(f"{{feed: '{server.at('/feed')}', every: 1h}}",),
            private=(server.netloc,),
        )
        report, _ = once(desk)
        first, *others = [request.json for request in server.of("/hook")]
    assert (report.waiting, report.failed) == (0, False)
    assert first["type"] == "alert.created"
    assert [body["type"] for body in others] == ["alert.digest"]
    told = [first["data"], *(one for body in others for one in body["data"]["alerts"])]
    assert sorted(one["article"]["title"] for one in told) == sorted(titles)


def test_the_operator_hears_at_the_end_of_the_round(tmp_path: Path) -> None:
    with serve(Reply(410)) as server:
        channels = {"screen": "{terminal: {}}", "soc": f"{{webhook: {{url: '{server.url}'}}}}"}
        desk = Desk(tmp_path, channels=channels, private=(server.netloc,))
        desk.config.write_text(desk.config.read_text() + "admin: [screen]\n")
        desk.put("report.txt")
        _, outside = once(desk)
        assert "channel suspended" in shown(outside)
        with Store.open(desk.database) as store:
            matter = Matter(About.RELOAD_REFUSED, "watcher.yaml")
            store.trouble(matter, "no", ["screen"], now())
            store.record(news.dossiers(news.article(1), news.article(2)), None, now())
            store.resume("soc")
            store.delivered(store.due("soc", now()).key, now(), "204")
            store.due("soc", now(), Gathering(1, len))
        _, outside = dry(desk)
        assert shown(outside).count("would be sent to: soc\n") == 2, "each alert of a digest"
        assert "reload refused" not in shown(outside), "a rehearsal shows alerts"


def test_front_matter_that_is_not_understood_is_logged_once_for_each_file(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.put("a.md", "---\ndate: yesterday\nlang: russian\n---\nQasem Soleimani was there.")
    _, outside = once(desk)
    assert isinstance(outside.stderr, io.StringIO)
    events = [json.loads(line) for line in outside.stderr.getvalue().splitlines()]
    (told,) = (event for event in events if event["event"] == "not_understood")
    assert "alerted" in {event["event"] for event in events}
    assert told["level"] == "warning"
    assert told["says"].startswith('a.md:2: "date: yesterday" is not read; write')
