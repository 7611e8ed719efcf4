"""`watcher backtest`: the past gone through with other rules, and nothing written."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests import news
from tests.service.desk import Desk
from watcher.alerts import Dossier
from watcher.cli import main
from watcher.cli.balance import Balance, Outcome
from watcher.cli.progress import Progress, progress
from watcher.config import read_config, read_rulebook
from watcher.store import Reign, Store

HOUR = timedelta(hours=1)
FIRST = datetime(2026, 3, 2, 12, tzinfo=UTC)
STORY = "Qasem Soleimani was there. He said that the war had ended for good, and left."


def put(desk: Desk, *articles: tuple[str, float]) -> None:
    """Record articles, each so many hours after the first."""
    with Store.open(desk.database) as store:
        for number, (text, hours) in enumerate(articles):
            article = news.article(
                number, text=text, title="", link=f"https://{number}.example", published=None
            )
            store.record([Dossier(article=article)], None, FIRST + hours * HOUR)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with a week of articles on record, and the rules that are in force."""
    made = Desk(tmp_path)
    later = "Esmail Qaani came. Later Esmail Qaani left."
    put(made, (STORY, 0), (STORY, 1), ("Nobody came.", 20), (later, 30), (STORY, 60))
    rulebook = read_rulebook(read_config(made.config, {}))
    with Store.open(made.database) as store:
        store.reigns.add(
            Reign(
                since=FIRST,
                rules_version=rulebook.version,
                list_version=rulebook.watchlist.version,
                files=rulebook.files,
            )
        )
    return made


def backtest(desk: Desk, *args: str) -> Result:
    whole = ("--since", "2026-03-01", "--until", "2026-03-09")
    return CliRunner().invoke(main, ["backtest", "-c", str(desk.config), *whole, *args])


def lines(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return result.stdout.translate({0x2068: None, 0x2069: None}).splitlines()


def edit(desk: Desk, old: str, new: str) -> None:
    rules = desk.rules.read_text()
    assert old in rules
    desk.rules.write_text(rules.replace(old, new))


def alerts_of(result: Result) -> list[tuple[str, ...]]:
    told: list[dict[str, Any]] = [json.loads(line) for line in result.stdout.splitlines()]
    return [
        (
            one["rule"],
            one["entity"]["id"],
            one["article"]["id"],
            one["reason"],
            one.get("effect", ""),
        )
        for one in told
    ]


def test_what_would_have_been_sent_is_told_by_day_entity_and_sentence(desk: Desk) -> None:
    edit(desk, "watch: [qasem]", "watch: [qasem, esmail]\n    cool_down: 6h")
    bar = "█" * 40
    assert lines(backtest(desk)) == [
        "5 articles, 2026-03-01 to 2026-03-08 · alerts: 3 · held: 1 (same story 1)",
        "",
        "by day",
        f"  2026-03-02 {bar} 1",
        f"  2026-03-03 {bar} 1",
        "  2026-03-04 0",
        f"  2026-03-05 {bar} 1",
        "",
        "by entity",
        f"  qasem  {bar} 2",
        f"  esmail {'█' * 20} 1",
        "",
        "  2026-03-02 12:00:00  Qasem Soleimani · certain · commanders",
        "    Example",
        "    https://0.example",
        "    «Qasem Soleimani» was there.",
        "",
        "  2026-03-03 18:00:00  Esmail Qaani · certain · commanders",
        "    Example",
        "    https://3.example",
        "    «Esmail Qaani» came. (and 1 more)",
        "",
        "  2026-03-05 00:00:00  Qasem Soleimani · certain · commanders",
        "    Example",
        "    https://4.example",
        "    «Qasem Soleimani» was there.",
    ]


def test_a_difference_shows_only_what_is_added_and_dropped(desk: Desk) -> None:
    edit(desk, "watch: [qasem]", "watch: [qasem, esmail]\n    cool_down: 6h")
    told = lines(backtest(desk, "--diff"))
    assert told[0] == "5 articles, 2026-03-01 to 2026-03-08 · added: 1 · dropped: 1 · kept: 2"
    assert [line for line in told if line[:2] in ("+ ", "− ")] == [
        "− 2026-03-02 13:00:00  Qasem Soleimani · certain · commanders",
        "+ 2026-03-03 18:00:00  Esmail Qaani · certain · commanders",
    ]
    assert told[told.index("by entity") + 1 :][:2] == [
        f"  qasem  {'█' * 40} 2 −1",
        f"  esmail {'█' * 20} 1 +1",
    ]
    assert alerts_of(backtest(desk, "--diff", "--jsonl")) == [
        ("commanders", "qasem", "a0", "first", "kept"),
        ("commanders", "qasem", "a1", "first", "dropped"),
        ("commanders", "esmail", "a3", "first", "added"),
        ("commanders", "qasem", "a4", "first", "kept"),
    ]


def test_several_rules_have_a_chart_of_their_own(desk: Desk) -> None:
    edit(desk, "rules:\n", "rules:\n  - {id: other, watch: [qasem], send_to: [screen]}\n")
    told = lines(backtest(desk, "--limit", "1"))
    assert told[told.index("by rule") + 1 :][:2] == [
        f"  commanders {'█' * 40} 3",
        f"  other      {'█' * 40} 3",
    ]
    assert told[-1] == "and 5 more; --limit shows them"


def test_a_line_an_alert_tells_held_ones_too(desk: Desk) -> None:
    edit(desk, "watch: [qasem]", "watch: [qasem]\n    cool_down: 6h")
    result = backtest(desk, "--jsonl")
    assert alerts_of(result) == [
        ("commanders", "qasem", "a0", "first", ""),
        ("commanders", "qasem", "a1", "same story", ""),
        ("commanders", "qasem", "a4", "first", ""),
    ]
    assert result.stderr == (
        "5 articles, 2026-03-01 to 2026-03-08 · alerts: 2 · held: 1 (same story 1)\n"
    )


def test_articles_before_the_time_asked_about_silence_those_in_it(desk: Desk) -> None:
    edit(desk, "watch: [qasem]", "watch: [qasem]\n    cool_down: 6h")
    result = backtest(desk, "--since", "2026-03-02T12:30", "--until", "2026-03-03")
    assert lines(result) == [
        "1 article, 2026-03-02 to 2026-03-02 · alerts: 0 · held: 1 (same story 1)"
    ]


def test_alerts_can_be_narrowed_to_an_entity_or_a_rule(desk: Desk) -> None:
    edit(desk, "watch: [qasem]", "watch: [qasem, esmail]")
    assert alerts_of(backtest(desk, "--jsonl", "--entity", "esmail")) == [
        ("commanders", "esmail", "a3", "first", "")
    ]
    assert len(alerts_of(backtest(desk, "--jsonl", "--rule", "commanders"))) == 4
    nobody = backtest(desk, "--rule", "comanders")
    assert nobody.exit_code == 1
    assert 'there is no rule "comanders"; did you mean "commanders"?' in nobody.stderr


def test_other_rules_may_be_tried_before_they_are_saved(desk: Desk, tmp_path: Path) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_text(
        "entities: [{id: eq, name: Esmail Qaani}]\n"
        "rules: [{id: new, watch: [eq], send_to: [screen]}]\n"
    )
    result = backtest(desk, str(draft), "--diff", "--jsonl")
    assert {each[-1] for each in alerts_of(result)} == {"added", "dropped"}
    draft.write_text("rulse: []\n")
    assert backtest(desk, str(draft)).exit_code == 2


def test_the_rules_in_force_differ_in_nothing(desk: Desk) -> None:
    result = backtest(desk, "--diff")
    assert "· added: 0 · dropped: 0 · kept: 3" in lines(result)[0]
    assert result.stderr == "these are the rules in force; edit them, or name others\n"


def test_nothing_is_written_and_a_running_daemon_is_not_disturbed(desk: Desk) -> None:
    with Store.open(desk.database) as daemon:
        daemon.changed()
        with daemon.together():
            assert "alerts: 3" in lines(backtest(desk))[0]
        assert not daemon.changed()


def test_without_a_record_or_rules_in_force_there_is_nothing_to_tell(tmp_path: Path) -> None:
    empty = Desk(tmp_path)
    assert "nothing is recorded" in backtest(empty).stderr
    Store.open(empty.database).close()
    assert lines(backtest(empty)) == ["0 articles, 2026-03-01 to 2026-03-08 · alerts: 0 · held: 0"]
    nothing = backtest(empty, "--diff")
    assert nothing.exit_code == 2
    assert "the daemon has not noted any rules to compare with" in nothing.stderr


def test_a_run_that_is_stopped_tells_what_it_has(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(self: Progress, told: str) -> None:
        if told.startswith("2 articles"):
            raise KeyboardInterrupt

    monkeypatch.setattr(Progress, "step", interrupted)
    result = backtest(desk)
    assert (result.exit_code, result.stderr) == (1, "stopped; so far:\n")
    assert result.stdout.startswith("2 articles, 2026-03-01 to 2026-03-08 · alerts: 2 · held: 0")


def test_rules_in_force_that_cannot_be_read_any_more_are_told(desk: Desk) -> None:
    with Store.open(desk.database) as store:
        old = Reign(since=FIRST, rules_version="x", list_version="y", files={"r": b"rulse: []"})
        store.reigns.add(old)
    result = backtest(desk, "--diff")
    assert result.exit_code == 2
    assert "r:1:1" in result.stderr


def test_of_very_many_entities_the_first_are_charted() -> None:
    balance = Balance(FIRST, FIRST + HOUR)
    (dossier,) = news.dossiers(news.article())
    (judged,) = dossier.judged
    for number in range(70):
        alert = replace(judged.alert, entity=f"e{number}")
        balance.add(Outcome(replace(judged, alert=alert)))
    told = list(balance.lines(0, colour=True))
    assert "  and 8 more" in told
    assert "\x1b[1mby day\x1b[0m" in told


class Screen:
    """What people would watch."""

    def __init__(self) -> None:
        self.moves: list[tuple[int, str]] = []

    def move(self, at: int, told: str) -> None:
        self.moves.append((at, told))

    def say(self, words: str) -> None:
        raise AssertionError(words)

    def close(self) -> None:
        self.moves.append((0, "closed"))


def test_the_bar_moves_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    screen, times = Screen(), iter([0.0, 0.1, 0.25, 0.3, 0.5])

    def clock() -> float:
        return next(times)

    shown = Progress(screen, clock)
    for number in range(4):
        shown.step(f"{number}")
    assert screen.moves == [(2, "1"), (4, "3")]


def test_the_bar_is_for_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr("watcher.cli.progress.open_bar", lambda total: screen)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with progress(3):
        pass
    assert screen.moves == [(0, "closed")]


def test_a_long_time_shows_only_the_days_that_have_alerts(desk: Desk) -> None:
    with Store.open(desk.database) as store:
        late = news.article(50, text=STORY, published=None)
        store.record([Dossier(article=late)], None, FIRST + 100 * 24 * HOUR)
    told = lines(backtest(desk, "--until", "2026-12-01"))
    days = told[told.index("by day") + 1 : told.index("by entity") - 1]
    assert [day.split()[0] for day in days] == ["2026-03-02", "2026-03-05", "2026-06-10"]


@pytest.mark.parametrize(
    ("span", "late"),
    [
        (("--since", "2026-03-03", "--until", "2026-03-02"), "--until"),
        (("--since", "2999-01-01", "--until", "2999-02-01"), "now"),
    ],
)
def test_a_time_that_cannot_be_is_wrong(desk: Desk, span: tuple[str, ...], late: str) -> None:
    result = backtest(desk, *span)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"UTC, which is not before {late}\n" in result.stderr
