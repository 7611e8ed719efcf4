"""What is on its way, listed and acted on."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests import news
from tests.service.desk import Desk
from watcher.alerts import About, delivery_key
from watcher.cli import main
from watcher.store import Gathering, Matter, Standing, Store, Wanted
from watcher.watchlist import Rhythm

HOUR = timedelta(hours=1)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """To the desk: one arrived, one failed, one waits. To soc: one given up, a digest of two."""
    made = Desk(tmp_path)
    made.config.write_text(made.config.read_text() + "admin: [screen]\n")
    articles = [news.article(number) for number in (1, 2, 3)]
    with Store.open(made.database) as store:
        store.record(news.dossiers(*articles), None, news.NOW)
        store.delivered(key(store, "a1", "desk"), news.NOW, "200 ok")
        store.postponed(key(store, "a2", "desk"), news.NOW + HOUR, news.NOW, "desk: 503")
        store.dead(key(store, "a1", "soc"), news.NOW, "soc: 404\x1b[2J")
        store.due("soc", news.NOW, Gathering(1, len))
        store.trouble(Matter(About.DEAD_LETTERS, "soc"), "404", ["screen"], news.NOW)
    return made


def key(store: Store, article: str, channel: str) -> str:
    (alert,) = (f.alert for f in store.alerts(Wanted()) if f.alert.article.id == article)
    return delivery_key(alert.id, channel)


def outbox(desk: Desk, *args: str) -> Result:
    return CliRunner().invoke(main, ["outbox", "-c", str(desk.config), *args])


def listed(desk: Desk, *args: str) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads(outbox(desk, "--json", *args).stdout)
    return read


def standing(desk: Desk, article: str, channel: str) -> Standing:
    with Store.open(desk.database) as store:
        dispatch = store.dispatch(key(store, article, channel))
    assert dispatch
    return dispatch.standing


def test_it_tells_what_waits_and_what_was_given_up_and_why(desk: Desk) -> None:
    result = outbox(desk)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = [line.translate({0x2068: None, 0x2069: None}) for line in result.stdout.splitlines()]
    heads = [line.split("  ", 1)[1] for line in lines if line.startswith("msg_")]
    assert heads[0] == "given up for soc (1 try: soc: 404[2J)"
    assert heads[1] == "waiting for desk until 2026-03-05 09:30:00 UTC (1 try: desk: 503)"
    assert heads[2] == "waiting for soc"
    assert heads[3].startswith("waiting for desk behind msg_")
    assert heads[4] == "waiting for screen"
    assert "  2 alerts" in lines
    assert sum("Qasem Soleimani · very likely · irgc · Report" in line for line in lines) == 5
    assert "  watcher: dead letters soc" in lines


@pytest.mark.parametrize(
    ("args", "states"),
    [
        (("--state", "failed"), ["waiting"]),
        (("--state", "dead"), ["dead"]),
        (("--state", "dropped"), []),
        (("--state", "delivered", "--channel", "desk"), ["delivered"]),
        (("--channel", "soc"), ["dead", "waiting"]),
        (("--limit", "2"), ["dead", "waiting"]),
    ],
)
def test_the_list_can_be_narrowed(desk: Desk, args: tuple[str, ...], states: list[str]) -> None:
    assert [row["state"] for row in listed(desk, *args)] == states


def test_programs_get_what_each_carries(desk: Desk) -> None:
    rows = {row["channel"]: row for row in listed(desk, "--state", "waiting")}
    assert rows["screen"]["notice"].startswith("notice_")
    assert (rows["soc"]["alert"], rows["soc"]["notice"]) == (None, None)
    assert len(rows["soc"]["carries"]) == 3
    assert rows["desk"]["alert"].startswith("alert_")


def test_an_empty_outbox_says_so(tmp_path: Path) -> None:
    empty = Desk(tmp_path)
    assert "nothing is recorded" in outbox(empty).stderr
    assert outbox(empty, "retry", "--channel", "screen").exit_code == 1
    Store.open(empty.database).close()
    result = outbox(empty)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "there is nothing of that kind in the outbox\n"


def test_one_is_sent_again_and_the_operator_hears_that_none_is_left(desk: Desk) -> None:
    (dead,) = listed(desk, "--state", "dead")
    result = outbox(desk, "retry", dead["key"][:14])
    assert (result.exit_code, result.stderr) == (0, "1 to be sent again\n")
    assert standing(desk, "a1", "soc") is Standing.WAITING
    said = [line for row in listed(desk, "--channel", "screen") for line in row["carries"]]
    assert [line.translate({0x2068: None, 0x2069: None}) for line in said] == [
        "watcher: dead letters soc",
        "watcher: dead letters soc: healed",
    ]


def test_an_alert_is_sent_again_wherever_it_did_not_arrive(desk: Desk) -> None:
    (dead,) = listed(desk, "--state", "dead")
    assert outbox(desk, "retry", dead["alert"]).stderr == "1 to be sent again\n"
    assert standing(desk, "a1", "desk") is Standing.DELIVERED


def test_what_is_dropped_can_be_taken_back(desk: Desk) -> None:
    assert outbox(desk, "drop", "--channel", "soc").stderr == "3 dropped\n"
    assert standing(desk, "a2", "soc") is Standing.DROPPED
    assert outbox(desk, "retry", "--channel", "soc").stderr == "3 to be sent again\n"
    assert standing(desk, "a2", "soc") is Standing.WAITING


def test_a_retry_resumes_a_suspended_channel(desk: Desk) -> None:
    (dead,) = listed(desk, "--state", "dead")
    for args in ((dead["key"],), ("--channel", "soc")):
        with Store.open(desk.database) as store:
            store.suspend("soc", "410 gone", news.NOW)
        assert "soc is suspended since" in outbox(desk).stderr
        assert outbox(desk, "retry", *args).exit_code == 0
        with Store.open(desk.database) as store:
            assert store.suspensions() == {}


def test_a_retry_opens_no_channel_that_lacks_its_secret_and_says_so(desk: Desk) -> None:
    with Store.open(desk.database) as store:
        store.trouble(Matter(About.CHANNEL_CLOSED, "soc"), "no secret; set it", [], news.NOW)
    assert "  waiting for soc, which cannot be opened\n" in outbox(desk).stdout
    result = outbox(desk, "retry", "--channel", "soc")
    assert result.exit_code == 0
    assert result.stderr == (
        "soc cannot be opened since 2026-03-05 08:30:00: no secret; set it\n3 to be sent again\n"
    )


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ((), "name deliveries by their IDs, or a channel"),
        (("msg_1", "--channel", "soc"), "name deliveries by their IDs, or a channel"),
        (("msg_",), '"msg_" begins several IDs; write more of it'),
    ],
)
def test_what_cannot_be_meant_is_refused(desk: Desk, args: tuple[str, ...], says: str) -> None:
    result = outbox(desk, "retry", *args)
    assert result.exit_code == 2
    assert says in result.stderr


def test_nothing_to_change_ends_with_1(desk: Desk) -> None:
    unknown = outbox(desk, "retry", "nonsense\x1b")
    assert unknown.exit_code == 1
    assert 'there is no delivery or alert "nonsense"; list them: watcher outbox' in unknown.stderr
    assert outbox(desk, "drop", "--channel", "screen").exit_code == 0
    result = outbox(desk, "drop", "--channel", "screen")
    assert (result.exit_code, result.stderr) == (1, "0 dropped\n")


@pytest.mark.parametrize("args", [("retry",), ("drop",), ()])
@pytest.mark.parametrize(
    ("channel", "hint"), [("nope", "write one of: desk, screen, soc"), ("scren", "did you mean")]
)
def test_a_channel_that_is_none_is_told_with_those_there_are(
    desk: Desk, args: tuple[str, ...], channel: str, hint: str
) -> None:
    result = outbox(desk, *args, "--channel", channel)
    assert result.exit_code == 1
    assert f'there is no channel "{channel}"; {hint}' in result.stderr


def test_help_teaches() -> None:
    assert "watcher outbox --state failed" in CliRunner().invoke(main, ["outbox", "--help"]).stdout


def test_an_alert_says_with_which_digest_it_goes(desk: Desk) -> None:
    (digest,) = (row for row in listed(desk, "--channel", "soc") if row["alert"] is None)
    shown = CliRunner().invoke(main, ["alerts", "-c", str(desk.config)]).stdout
    assert f"waiting for soc with the digest {digest['key']}" in shown


def test_what_waits_for_its_hour_says_which(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    daily = news.rule("daily", digest=Rhythm(every=24 * HOUR))
    with Store.open(made.database) as store:
        store.record(news.dossiers(news.article(), rules=(daily,)), None, news.NOW)
    first, *_ = outbox(made, "--channel", "desk").stdout.splitlines()
    assert first.endswith("waiting for desk for its hour, 2026-03-06 00:00:00 UTC")
    assert [told["held"] for told in listed(made)] == [True, True]
    (before,) = listed(made, "--channel", "desk")
    assert outbox(made, "retry", "--channel", "desk").exit_code == 1
    assert listed(made, "--channel", "desk") == [before]
    assert outbox(made, "retry", before["key"]).exit_code == 0
    assert [told["held"] for told in listed(made, "--channel", "desk")] == [False]
