"""Alerts that people judge, what that teaches the rules, and what it says of their precision."""

from __future__ import annotations

import json
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.news import NOW, article
from tests.service.desk import Desk
from watcher.cli import main
from watcher.config import check_all
from watcher.pipeline import take_in
from watcher.service import lessons as module
from watcher.service.plan import read_plan
from watcher.store import Store, Wanted

RULES = """\
# Who is watched; ask Mina.
entities:
  - id: ali   # the admiral
    name: 'Ali Shamkhani'
    tags:   [iran]

  - {id: qasem, name: Qasem Soleimani}
rules:
  - id: commanders
    watch: [iran, qasem]
    send_to: [screen]   # and nobody else
"""
WRONG = "Then Hossein Ali Shamkhani won the race."
RIGHT = "Then Casym Soleimaanee met them."
NOT = "    not: [Hossein Ali Shamkhani]\n"
TESTS = "    tests:\n      - text: {text}\n        alert: {alert}\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.rules.write_text(RULES)
    record(made, {1: WRONG, 2: RIGHT})
    return made


def record(desk: Desk, texts: Mapping[int, str]) -> None:
    """Have the daemon's steps find these."""
    found = [article(number, text, title="", published=None) for number, text in texts.items()]
    with Store.open(desk.database) as store:
        take_in(store, found, None, read_plan(desk.config, {}).knowledge, NOW)


def alert_of(desk: Desk, entity: str) -> str:
    with Store.open(desk.database) as store:
        (filed,) = store.alerts(Wanted(entity=entity))
    return filed.alert.id


def call(desk: Desk, verb: str, *args: str) -> Result:
    command = [verb, *args, "-c", str(desk.config)]
    return CliRunner().invoke(main, command, env={"SUDO_USER": "mina"})


def dismiss(desk: Desk, *args: str) -> Result:
    return call(desk, "dismiss", alert_of(desk, "ali"), "--why", "a runner", *args)


def test_a_dismissed_alert_proposes_an_exclusion_and_a_test(desk: Desk) -> None:
    result = dismiss(desk)
    assert result.exit_code == 0
    assert result.stderr == f"{alert_of(desk, 'ali')} is dismissed\n"
    assert result.stdout == (
        f"# {desk.rules}:3, entity ali\n"
        "not: [Hossein Ali Shamkhani]\n"
        f"# {desk.rules}:9, rule commanders\n"
        "tests:\n"
        f"  - text: {WRONG}\n"
        "    alert: []\n"
    )
    assert desk.rules.read_text() == RULES


def test_applied_it_stands_in_the_file_and_all_else_is_as_it_was(desk: Desk) -> None:
    desk.rules.chmod(0o640)
    result = dismiss(desk, "--apply")
    assert result.exit_code == 0
    assert f"{desk.rules}: written; a running daemon takes it over" in result.stderr
    added = desk.rules.read_text()
    assert added == RULES.replace(
        "    name: 'Ali Shamkhani'\n", f"    name: 'Ali Shamkhani'\n{NOT}"
    ) + TESTS.format(text=WRONG, alert="[]")
    assert stat.S_IMODE(desk.rules.stat().st_mode) == 0o640
    assert [path.name for path in desk.rules.parent.iterdir()] == ["rules.yaml"]
    assert check_all(desk.config, {}).faults == ()
    assert read_plan(desk.config, {}).failures == ()
    record(desk, {3: f"{WRONG} Again."})
    alert_of(desk, "ali")  # still the only one


def test_a_confirmed_alert_offers_its_spelling(desk: Desk) -> None:
    result = call(desk, "confirm", alert_of(desk, "qasem")[6:14], "--apply")
    assert (result.exit_code, result.stderr.splitlines()[0][-9:]) == (0, "confirmed")
    assert "name: Qasem Soleimani, aliases: [Casym Soleimaanee]}\n" in desk.rules.read_text()
    again = call(desk, "confirm", alert_of(desk, "qasem"), "--apply")
    assert "its spelling is found as it is, so no alias is needed" in again.stderr


def test_a_name_that_was_right_in_another_alert_is_not_excluded(desk: Desk) -> None:
    texts = ("Then Qasem Walter Soleimani sang.", "At home Qasem Walter Soleimani met them.")
    record(desk, dict(enumerate(texts, 3)))
    with Store.open(desk.database) as store:
        filed = store.alerts(Wanted(entity="qasem"))
    wrong, right = (one.alert.id for one in filed if "Walter" in one.alert.quotes[0].match)
    assert "not: [Qasem Walter Soleimani]" in call(desk, "dismiss", wrong, "--why", "x").stdout
    assert call(desk, "confirm", right).exit_code == 0
    later = call(desk, "dismiss", wrong, "--why", "x")
    assert (later.stdout, "no exclusion helps" in later.stderr) == ("", True)


def test_what_stands_there_already_is_not_written_again(desk: Desk) -> None:
    for entity, verb in (("qasem", "confirm"), ("ali", "dismiss")):
        alert = alert_of(desk, entity)
        assert call(desk, verb, alert, "--why", "x", "--apply").exit_code == 0
        written = desk.rules.read_text()
        again = call(desk, verb, alert, "--why", "x", "--apply")
        assert (again.exit_code, again.stdout) == (1, "")
        assert again.stderr.endswith(
            "\na test in the rule says so already\nso there is nothing to write\n"
        )
        assert call(desk, verb, alert, "--why", "x", "--json").stdout == "[]\n"
        assert desk.rules.read_text() == written


def test_programs_get_the_proposal_too(desk: Desk) -> None:
    told: list[dict[str, Any]] = json.loads(dismiss(desk, "--json").stdout)
    assert told[0] == {
        "file": str(desk.rules),
        "line": 3,
        "path": ["entities", 0],
        "key": "not",
        "items": ["Hossein Ali Shamkhani"],
        "yaml": "not: [Hossein Ali Shamkhani]",
    }
    assert told[1]["items"] == [{"text": WRONG, "alert": []}]
    applied = dismiss(desk, "--json", "--apply")
    assert (applied.exit_code, json.loads(applied.stdout)) == (0, told)
    again = dismiss(desk, "--json", "--apply")
    assert (again.exit_code, again.stdout) == (1, "[]\n")


def test_what_people_said_stands_in_the_history_and_in_the_figures(desk: Desk) -> None:
    dismiss(desk)
    call(desk, "confirm", alert_of(desk, "ali"))
    call(desk, "confirm", alert_of(desk, "qasem"))
    shown = call(desk, "alerts", "show", alert_of(desk, "ali"))
    lines = shown.stdout.translate({0x2068: None, 0x2069: None})
    assert " UTC by mina: a runner\n" in lines
    assert " UTC by mina\n" in lines
    listed = call(desk, "alerts", "--entity", "ali").stdout
    assert "  confirmed; waiting for screen\n" in listed
    (told,) = json.loads(call(desk, "alerts", "--entity", "ali", "--json").stdout)
    assert [each["verdict"] for each in told["verdicts"]] == ["dismissed", "confirmed"]
    dismiss(desk)
    stats = call(desk, "alerts", "--stats").stdout.translate({0x2068: None, 0x2069: None})
    assert stats.splitlines() == [
        " raised  right  wrong  precision  rule · entity",
        "      1      0      1         0%  commanders · ali",
        "      1      1      0       100%  commanders · qasem",
    ]
    (one,) = json.loads(call(desk, "alerts", "--stats", "--json", "--entity", "qasem").stdout)
    assert (one["precision"], one["raised"]) == (1.0, 1)
    record(desk, {3: "Then Ali Shamkhani spoke."})
    assert " 2 " in call(desk, "alerts", "--stats", "--entity", "ali").stdout
    assert call(desk, "alerts", "--stats", "--since", "2d").stdout == ""


def test_of_a_list_the_exclusion_is_one_that_the_rules_share(desk: Desk, tmp_path: Path) -> None:
    desk.rules.write_text(RULES.replace("watch: [iran, qasem]", "watch: [own]"))
    (tmp_path / "own.jsonl").write_text('{"id": "x", "names": ["Ali Larijani"]}\n')
    desk.config.write_text(f"{desk.config.read_text()}lists: [{{file: own.jsonl, name: own}}]\n")
    record(desk, {4: "Then Maria Ali Larijani sang."})
    result = call(desk, "dismiss", alert_of(desk, "x"), "--why", "a singer", "--apply")
    assert result.exit_code == 0
    assert desk.rules.read_text().endswith(
        "exclusions:\n  - names: [Maria Ali Larijani]\n    of: [x]\n"
    )
    assert read_plan(desk.config, {}).failures == ()
    right = call(desk, "confirm", alert_of(desk, "x"))
    assert '"x" is of the list own' in right.stderr


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("Ali Shamkhani'", "Ali Shamkhani' }", "nothing is proposed while the rules have faults"),
        ("id: commanders", "id: others", "so nothing is proposed"),
    ],
)
def test_where_nothing_can_be_proposed_the_verdict_counts_all_the_same(
    desk: Desk, before: str, after: str, says: str
) -> None:
    desk.rules.write_text(RULES.replace(before, after))
    result = dismiss(desk)
    assert (result.exit_code, result.stdout) == (0, "")
    assert says in result.stderr
    assert dismiss(desk, "--json").stdout == "[]\n"
    assert dismiss(desk, "--apply").exit_code in {1, 2}
    assert "dismissed" in call(desk, "alerts", "--entity", "ali").stdout


def test_nothing_is_written_that_would_not_hold(desk: Desk) -> None:
    text = RULES + TESTS.format(text="Hossein Ali Shamkhani ran.", alert="[ali]")
    desk.rules.write_text(text)
    refused = dismiss(desk, "--apply")
    assert refused.exit_code == 2
    assert 'rule "commanders" should alert for ali; nothing was written' in refused.stderr
    assert desk.rules.read_text() == text


def test_it_is_written_while_an_official_list_is_still_awaited(desk: Desk) -> None:
    desk.rules.write_text(RULES.replace("[iran, qasem]", "[iran, qasem, un]"))
    desk.config.write_text(
        f"{desk.config.read_text()}lists: [{{un: https://un.example/list.xml}}]\n"
    )
    applied = dismiss(desk, "--apply")
    assert applied.exit_code == 0, applied.stderr
    assert NOT in desk.rules.read_text()


def test_a_test_that_failed_before_stands_in_nobodys_way(desk: Desk) -> None:
    desk.rules.write_text(RULES + TESTS.format(text="Nobody.", alert="[ali]"))
    assert dismiss(desk, "--apply").exit_code == 0


def test_a_file_that_cannot_be_added_to_is_left_as_it_is(desk: Desk) -> None:
    aliased = RULES.replace("tags:   [iran]", "tags: &a [iran]\n    not: *a")
    desk.rules.write_text(aliased)
    refused = dismiss(desk, "--apply")
    assert refused.exit_code == 2
    assert f"{desk.rules}:3: cannot be added to safely; put it there yourself" in refused.stderr
    assert "yourself in entity ali:\n  not: [Hossein Ali Shamkhani]\n" in refused.stderr
    assert desk.rules.read_text() == aliased


def test_a_file_that_somebody_else_has_just_saved_is_left_to_them(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def save(*_: object) -> tuple[()]:
        desk.rules.write_text(f"{RULES}# mine\n")
        return ()

    monkeypatch.setattr(module, "_failing", save)
    refused = dismiss(desk, "--apply")
    assert refused.exit_code == 2
    assert "has just been changed by somebody else" in refused.stderr
    assert desk.rules.read_text() == f"{RULES}# mine\n"
    desk.rules.write_text(RULES)
    monkeypatch.setattr(module, "_failing", lambda _: desk.rules.rename(f"{desk.rules}~") and ())
    gone = dismiss(desk, "--apply")
    assert gone.exit_code == 2
    assert "cannot be written: No such file or directory" in gone.stderr


@pytest.mark.parametrize("verb", ["dismiss", "confirm"])
def test_an_alert_that_nobody_knows_is_told(desk: Desk, verb: str) -> None:
    result = call(desk, verb, "alert_zzz", "--why", "x")
    assert result.exit_code == 1
    assert 'there is no alert "alert_zzz"' in result.stderr
    desk.database.unlink()
    assert call(desk, verb, "alert_zzz", "--why", "x").exit_code == 1


def test_a_dismissal_needs_a_reason(desk: Desk) -> None:
    result = call(desk, "dismiss", alert_of(desk, "ali"), "--why", " ")
    assert (result.exit_code, "the reason is empty" in result.stderr) == (2, True)
