from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from tests import news
from tests.service.desk import Desk
from watcher.alerts import About, Decision, Reason, delivery_key
from watcher.cli import main
from watcher.cli.record import read_moment, shown
from watcher.store import Matter, Store, Wanted
from watcher.watchlist import Edition

HOUR = timedelta(hours=1)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A record with three alerts: sent to all, in trouble everywhere, and held."""
    made = Desk(tmp_path)
    articles = (
        news.article(1),
        news.article(2, text=f"{news.QASEM} في موسكو", title="\x1b[2J Moscow"),
        news.article(3, published=news.NOW - 100 * HOUR),
    )
    with Store.open(made.database) as store:
        store.record(news.dossiers(*articles), None, news.NOW)
        ids = {filed.alert.article.id: filed.alert.id for filed in store.alerts(Wanted())}
        for channel in ("desk", "soc"):
            store.delivered(delivery_key(ids["a1"], channel), news.NOW, "200 ok")
        late = delivery_key(ids["a2"], "desk")
        store.postponed(late, news.NOW + HOUR, news.NOW, "desk: 503")
        store.postponed(late, news.NOW + HOUR, news.NOW, "desk: 502 \x1b[2J")
        store.dead(delivery_key(ids["a2"], "soc"), news.NOW, "soc: 404")
    return made


def alerts(desk: Desk, *args: str) -> Result:
    return CliRunner().invoke(main, ["alerts", "-c", str(desk.config), *args])


def listed(desk: Desk, *args: str) -> list[dict[str, Any]]:
    result = alerts(desk, "--json", *args)
    assert result.exit_code == 0
    read: list[dict[str, Any]] = json.loads(result.stdout)
    return read


def plain(lines: list[str]) -> list[str]:
    return [line.translate({0x2068: None, 0x2069: None}) for line in lines]


def articles_of(found: list[dict[str, Any]]) -> set[str]:
    return {alert["article"]["id"] for alert in found}


def test_each_alert_is_told_with_what_became_of_it(desk: Desk) -> None:
    result = alerts(desk)
    lines = result.stdout.splitlines()
    assert (result.exit_code, result.stderr) == (0, "")
    assert sum(line.startswith("2026-03-05 08:30:00  ") for line in lines) == 3
    assert "  sent to desk; sent to soc" in lines
    assert (
        "  waiting for desk until 2026-03-05 09:30:00 UTC (2 tries: desk: 502 [2J);"
        " given up for soc (1 try: soc: 404)"
    ) in lines
    assert "  held: the article was too old when first seen" in lines
    assert {"  Example · 2026-03-05 07:30 UTC", "  https://news.example/1"} <= set(plain(lines))
    assert "\x1b" not in result.stdout


def test_an_article_without_a_headline_is_known_by_its_sentence(desk: Desk) -> None:
    words = "one two three four " * 10
    bare = [
        news.article(
            4, text=f"{news.QASEM} went.\nMore.", title="", published=news.NOW - 100 * HOUR
        ),
        news.article(5, text=f"\x1b[2J {news.QASEM} {words}.", title="", link=""),
    ]
    with Store.open(desk.database) as store:
        store.record(news.dossiers(*bare), None, news.NOW)
    lines = plain(alerts(desk).stdout.splitlines())
    assert f"  {news.QASEM} went." in lines
    (cut,) = (line for line in lines if line.endswith("…"))
    assert cut.startswith(f"  [2J {news.QASEM} one two")
    assert len(cut) <= len("  ") + 120


def test_programs_get_the_alert_as_webhooks_do_and_its_deliveries(desk: Desk) -> None:
    (sent,) = (alert for alert in listed(desk) if alert["article"]["id"] == "a1")
    assert sent["entity"]["id"] == "qasem"
    assert (sent["reason"], sent["raised"]) == ("first", "2026-03-05T08:30:00Z")
    assert [(d["channel"], d["state"], d["note"]) for d in sent["deliveries"]] == [
        ("desk", "delivered", "200 ok"),
        ("soc", "delivered", "200 ok"),
    ]
    assert sent["deliveries"][0]["ended"] == "2026-03-05T08:30:00Z"


@pytest.mark.parametrize(
    ("args", "found"),
    [
        (("--state", "held"), {"a3"}),
        (("--state", "dead"), {"a2"}),
        (("--entity", "qasem", "--rule", "irgc"), {"a1", "a2", "a3"}),
        (("--entity", "esmail"), set()),
        (("--since", "2026-03-05T08:31"), set()),
        (("--since", "2026-03-05"), {"a1", "a2", "a3"}),
    ],
)
def test_the_list_can_be_narrowed(desk: Desk, args: tuple[str, ...], found: set[str]) -> None:
    assert articles_of(listed(desk, *args)) == found
    assert len(listed(desk, "--limit", "1")) == 1


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--entity", "esmail"), "no alerts match\n"),
        (("--since", "2026-03-06"), "no alerts match\n"),
        (("--rule", "commanders"), "no alerts match\n"),
    ],
)
def test_an_empty_list_says_so(desk: Desk, args: tuple[str, ...], says: str) -> None:
    result = alerts(desk, *args)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", says)


def test_a_name_that_nobody_knows_is_told(desk: Desk) -> None:
    nobody, nothing = alerts(desk, "--entity", "qasim"), alerts(desk, "--rule", "nothing")
    assert (nobody.exit_code, nothing.exit_code) == (1, 1)
    assert 'there is no entity "qasim"; did you mean "qasem"?' in nobody.stderr
    assert 'there is no rule "nothing"' in nothing.stderr
    desk.rules.write_text("rulse: []\n")
    assert alerts(desk, "--entity", "qasim").exit_code == 0


def test_a_record_without_alerts_says_so(tmp_path: Path) -> None:
    empty = Desk(tmp_path)
    Store.open(empty.database).close()
    assert alerts(empty).stderr == "there is no alert yet\n"


def test_an_id_may_be_cut_short_while_it_names_one(desk: Desk) -> None:
    (held,) = listed(desk, "--state", "held")
    whole = alerts(desk, "show", held["alert"]).stdout
    figures = held["alert"].removeprefix("alert_")
    assert alerts(desk, "show", held["alert"][:16]).stdout == whole
    assert alerts(desk, "show", figures[:10]).stdout == whole
    several = alerts(desk, "show", "alert_")
    assert (several.exit_code, several.stdout) == (2, "")
    assert '"alert_" begins the ids of several alerts; write more of it' in several.stderr


def test_a_suspended_channel_is_told_beside_the_list(desk: Desk) -> None:
    with Store.open(desk.database) as store:
        store.suspend("soc", "soc: 410 gone", news.NOW)
    assert alerts(desk).stderr == (
        "soc is suspended since 2026-03-05 08:30:00: soc: 410 gone;"
        " mend it, then restart or reload the daemon\n"
    )


def test_one_that_waits_says_behind_what_or_that_its_channel_is_suspended(desk: Desk) -> None:
    with Store.open(desk.database) as store:
        store.record(news.dossiers(news.article(5)), None, news.NOW)
        (first,) = (d.key for d in store.outbox(channel="desk") if d.attempts == 2)
    lines = alerts(desk, "--state", "waiting").stdout.splitlines()
    waits = f"  waiting for desk behind {first} until 2026-03-05 08:35:00 UTC; waiting for soc"
    assert waits in lines
    (told,) = (alert for alert in listed(desk) if alert["article"]["id"] == "a5")
    assert [(d["behind"], d["next_try"]) for d in told["deliveries"]] == [
        (first, "2026-03-05T08:35:00Z"),
        ("", "2026-03-05T08:30:00Z"),
    ]
    with Store.open(desk.database) as store:
        store.suspend("desk", "desk: 410 gone", news.NOW)
    whole = alerts(desk, "show", told["alert"])
    assert "waiting for desk, which is suspended · msg_" in whole.stdout
    assert "desk is suspended since" in whole.stderr
    with Store.open(desk.database) as store:
        store.trouble(Matter(About.CHANNEL_CLOSED, "desk"), "no secret; set it", [], news.NOW)
    whole = alerts(desk, "show", told["alert"])
    assert "waiting for desk, which cannot be opened · msg_" in whole.stdout
    assert whole.stderr == ("desk cannot be opened since 2026-03-05 08:30:00: no secret; set it\n")
    (told,) = (alert for alert in listed(desk) if alert["article"]["id"] == "a5")
    assert [d["stopped"] for d in told["deliveries"]] == ["no secret; set it", None]


def test_one_alert_is_told_with_every_attempt(desk: Desk) -> None:
    (trouble,) = listed(desk, "--state", "dead")
    lines = alerts(desk, "show", trouble["alert"]).stdout.splitlines()
    assert "raised 2026-03-05 08:30:00 UTC: first" in lines
    assert "article first seen 2026-03-05 08:30:00 UTC" in lines
    assert any(line.startswith("waiting for desk until 2026-03-05 09:30:00 UTC") for line in lines)
    assert "  2026-03-05 08:30:00 UTC postponed: desk: 503" in lines
    assert "  2026-03-05 08:30:00 UTC dead: soc: 404" in lines
    whole = json.loads(alerts(desk, "show", trouble["alert"], "--json").stdout)
    assert json.loads(alerts(desk, "--json", "show", trouble["alert"]).stdout) == whole
    assert (whole["text"], whole["versions"]) == (f"{news.QASEM} في موسكو", 1)
    assert [len(delivery["tries"]) for delivery in whole["deliveries"]] == [2, 1]


def test_a_held_alert_says_why_and_against_what(desk: Desk) -> None:
    rule = news.rule(cool_down=6 * HOUR)
    with Store.open(desk.database) as store:
        first = store.alerts(Wanted(limit=50))
        copy = news.article(9, source="Copyist")
        store.record(news.dossiers(copy, rules=(rule,), memory=store), None, news.NOW)
    (held,) = (a for a in listed(desk, "--state", "held") if a["article"]["id"] == "a9")
    lines = alerts(desk, "show", held["alert"]).stdout.splitlines()
    assert "held: the same story was alerted within the cool-down" in lines
    assert any(f"  measured against {filed.alert.id}" in lines for filed in first)


def test_every_reason_to_hold_an_alert_is_told(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    holding = [one for one in Reason if not one.sends and one is not Reason.KNOWN]
    with Store.open(made.database) as store:
        for number, reason in enumerate(holding):
            (dossier,) = news.dossiers(news.article(number))
            judged = tuple(
                replace(each, decision=Decision(reason), send_to=()) for each in dossier.judged
            )
            store.record([replace(dossier, judged=judged)], None, news.NOW)
        filed = store.alerts(Wanted())
    assert {each.decision.reason for each in filed} == set(holding)
    told = alerts(made)
    assert told.exit_code == 0
    assert told.stdout.count("  held: ") == len(holding)
    assert "  held: the entity or the rule is on test\n" in told.stdout
    for each in filed:
        whole = alerts(made, "show", each.alert.id)
        assert whole.exit_code == 0
        assert "\nheld: " in whole.stdout


def test_an_edited_article_says_in_how_many_versions_it_was_seen(desk: Desk) -> None:
    edited = news.article(1, text=f"{news.TEXT} Edited.")
    with Store.open(desk.database) as store:
        store.record(news.dossiers(edited, memory=store), None, news.NOW + HOUR)
    (sent,) = (alert for alert in listed(desk) if alert["article"]["id"] == "a1")
    assert "seen in 2 versions" in alerts(desk, "show", sent["alert"]).stdout


def test_an_alert_nobody_knows_ends_with_1(desk: Desk) -> None:
    result = alerts(desk, "show", "alert_0")
    assert result.exit_code == 1
    assert 'there is no alert "alert_0"; list them: watcher alerts' in result.stderr


def test_without_a_record_the_list_is_empty_and_says_so(tmp_path: Path) -> None:
    empty = Desk(tmp_path)
    result = alerts(empty)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "nothing is recorded in" in result.stderr
    assert not empty.database.exists()
    assert alerts(empty, "show", "alert_0").exit_code == 1


def test_an_alert_that_nobody_was_told_of_says_so(desk: Desk) -> None:
    with Store.open(desk.database) as store:
        lonely = news.dossiers(news.article(7), rules=(news.rule("lonely", send_to=()),))
        store.record(lonely, None, news.NOW)
    assert "  sent to nobody" in alerts(desk, "--rule", "lonely").stdout
    (alert,) = listed(desk, "--rule", "lonely")
    assert "sent to nobody" in alerts(desk, "show", alert["alert"]).stdout


def test_help_teaches() -> None:
    result = CliRunner().invoke(main, ["alerts", "--help"])
    assert "watcher alerts --since 2d" in result.stdout
    assert "-c /etc/watcher/watcher.yaml show" in result.stdout


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-11-20", datetime(2026, 11, 20, tzinfo=UTC)),
        ("2026-11-20T06:00+02:00", datetime(2026, 11, 20, 4, tzinfo=UTC)),
    ],
)
def test_times_are_in_utc_unless_they_say_else(written: str, read: datetime) -> None:
    assert moment(written) == read


def test_a_length_of_time_counts_back_from_now() -> None:
    read = moment("2d")
    assert read
    assert timedelta(0) <= datetime.now(UTC) - timedelta(days=2) - read < timedelta(minutes=1)


@pytest.mark.parametrize("written", ["5x", "99999999999d", ""])
def test_what_is_no_time_is_refused(written: str) -> None:
    with pytest.raises(click.BadParameter, match="write 6h, 2d or 2026-12-01"):
        moment(written)


def test_times_for_people() -> None:
    assert (shown(news.NOW), shown(None)) == ("2026-03-05 08:30:00", "never")


def moment(written: str) -> datetime | None:
    return read_moment(click.Context(main), click.Option(["--since"]), written)


@pytest.mark.parametrize(
    ("published", "told"),
    [
        ("2026-11-20", "on the list ofac of 2026-11-20, version ab12"),
        ("", "on the list ofac, version ab12"),
    ],
)
def test_an_alert_of_an_official_list_tells_which_state_of_it(
    tmp_path: Path, published: str, told: str
) -> None:
    made = Desk(tmp_path)
    (dossier,) = news.dossiers(news.article(1))
    edition = Edition("ofac", published, "ab12")
    judged = tuple(
        replace(each, alert=replace(each.alert, edition=edition)) for each in dossier.judged
    )
    with Store.open(made.database) as store:
        store.record([replace(dossier, judged=judged)], None, news.NOW)
    assert told in alerts(made, "show", judged[0].alert.id).stdout.splitlines()
