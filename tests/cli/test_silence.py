from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests import news
from tests.service.desk import Desk
from watcher.alerts import Silence, Target, judge
from watcher.cli import main, who
from watcher.service.opening import begin
from watcher.service.plan import read_plan
from watcher.store import Store

WHY = ("--why", "a film about him")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    with Store.open(made.database) as store:
        begin(store, read_plan(made.config, {}), datetime.now(UTC))
    return made


def silence(desk: Desk, *args: str, **environ: str) -> Result:
    command = ["silence", "-c", str(desk.config), *args]
    return CliRunner().invoke(main, command, env={"SUDO_USER": "mina", **environ})


def listed(desk: Desk, *args: str) -> list[dict[str, object]]:
    read: list[dict[str, object]] = json.loads(silence(desk, "--json", *args).stdout)
    return read


def plain(text: str) -> str:
    return text.translate({0x2068: None, 0x2069: None})


def test_a_silence_is_made_listed_and_ended(desk: Desk) -> None:
    nothing = silence(desk)
    assert (nothing.exit_code, nothing.stdout, nothing.stderr) == (0, "", "nothing is silenced\n")
    made = silence(desk, "add", "qasem", "--until", "2d", *WHY)
    assert (made.exit_code, made.stdout) == (0, "")
    assert plain(made.stderr).startswith("silence 1: the entity qasem until ")
    (told,) = listed(desk)
    until = datetime.fromisoformat(str(told["until"]))
    assert abs(until - datetime.now(UTC) - timedelta(days=2)) < timedelta(minutes=1)
    assert {key: told[key] for key in ("silence", "target", "subject", "why", "by", "held")} == {
        "silence": 1,
        "target": "entity",
        "subject": "qasem",
        "why": "a film about him",
        "by": "mina",
        "held": 0,
    }
    first, second = plain(silence(desk).stdout).splitlines()
    assert first.startswith("1  entity qasem until ")
    assert second.startswith("   a film about him (mina, ")
    assert second.endswith("; held 0 alerts")
    assert silence(desk, "remove", "1").stderr == "silence 1 has ended\n"
    assert listed(desk) == []
    assert [each["ended_by"] for each in listed(desk, "--all")] == ["mina"]
    over = plain(silence(desk, "--all").stdout)
    assert ", over\n" in over
    assert "; ended by mina " in over
    again = silence(desk, "remove", "1")
    assert (again.exit_code, again.stderr) == (
        1,
        "no silence 1 lasts; list them: watcher silence\n",
    )


def test_a_second_silence_on_the_same_says_that_there_is_one(desk: Desk) -> None:
    silence(desk, "add", "qasem", "--until", "2d", *WHY)
    assert len(silence(desk, "add", "commanders", "--until", "2d", *WHY).stderr.splitlines()) == 1
    before, made = plain(silence(desk, "add", "qasem", "--until", "1d", *WHY).stderr).splitlines()
    assert before.startswith("it is silent already: silence 1 on the entity qasem, from ")
    assert before.endswith(" UTC, by mina: a film about him; both count, this one ends sooner")
    assert made.startswith("silence 3: ")
    silence(desk, "remove", "1")
    assert "by mina" in silence(desk, "add", "qasem", "--until", "3d", *WHY).stderr
    # Of several the one that lasts longest is told.
    (longest, _) = plain(silence(desk, "add", "qasem", "--until", "4d", *WHY).stderr).splitlines()
    assert "silence 4 on" in longest
    assert longest.endswith("both count, this one prolongs it")
    day = f"{datetime.now(UTC) + timedelta(days=9):%Y-%m-%d}"
    silence(desk, "add", "qasem", "--until", day, *WHY)
    (same, _) = plain(silence(desk, "add", "qasem", "--until", day, *WHY).stderr).splitlines()
    assert same.endswith("both count, and both end then")


@pytest.mark.parametrize("number", ["x", "0", "2", "9" * 30])
def test_there_is_no_silence_of_another_number(desk: Desk, number: str) -> None:
    silence(desk, "add", "qasem", "--until", "2d", *WHY)
    refused = silence(desk, "remove", number)
    assert (refused.exit_code, refused.stderr) == (
        1,
        f"no silence {number} lasts; list them: watcher silence\n",
    )
    assert len(listed(desk)) == 1


@pytest.mark.parametrize(
    ("name", "target"),
    [("qasem", "entity"), ("commanders", "rule"), ("articles", "feed")],
)
def test_whatever_raises_alerts_can_be_silenced(desk: Desk, name: str, target: str) -> None:
    assert silence(desk, "add", name, "--until", "2999-12-01T08:00+02:00", *WHY).exit_code == 0
    assert [(each["target"], each["until"]) for each in listed(desk)] == [
        (target, "2999-12-01T06:00:00Z")
    ]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("qasem", "--until", "2001-01-01", *WHY), '"2001-01-01" has passed'),
        (("qasem", "--until", "soon", *WHY), '"soon" is no time; write 6h, 2d or 2026-12-01'),
        (("qasem", "--until", "9999-12-31T23:59-05:00", *WHY), '23:59-05:00" is no time; write'),
        (("qasem", "--until", "2d", "--why", " "), "the reason is empty"),
        (("qasem", "--until", "2d"), "Missing option '--why'"),
        (("qasem", *WHY), "Missing option '--until'"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_silenced(
    desk: Desk, args: tuple[str, ...], says: str
) -> None:
    result = silence(desk, "add", *args)
    assert result.exit_code == 2
    assert says in result.stderr
    assert listed(desk, "--all") == []


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("qasim",), 'feed "qasim"; did you mean "qasem"?'),
        (("qasem", "--as", "rule"), 'no rule "qasem"; write one of: comm'),
    ],
)
def test_whom_nobody_knows_cannot_be_silenced(desk: Desk, args: tuple[str, ...], says: str) -> None:
    result = silence(desk, "add", *args, "--until", "2d", *WHY)
    assert result.exit_code == 1
    assert says in result.stderr
    assert listed(desk, "--all") == []


def test_a_name_of_several_things_wants_to_know_which(desk: Desk) -> None:
    desk.rules.write_text(desk.rules.read_text().replace("commanders", "qasem"))
    refused = silence(desk, "add", "qasem", "--until", "2d", *WHY)
    assert '"qasem" is an entity and a rule; say which: --as entity' in refused.stderr
    assert silence(desk, "add", "qasem", "--until", "2d", *WHY, "--as", "rule").exit_code == 0


def test_while_the_files_are_faulty_what_is_in_force_can_be_silenced(desk: Desk) -> None:
    desk.rules.write_text("rulse: []\n")
    assert silence(desk, "add", "qasem", "--until", "2d", *WHY).exit_code == 0
    assert silence(desk, "add", "commanders", "--until", "2d", *WHY).exit_code == 0
    desk.database.unlink()
    with Store.open(desk.database):
        pass
    assert silence(desk, "add", "qasem", "--until", "2d", *WHY).exit_code == 1


def test_without_a_record_there_is_nothing_to_silence(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    for args in (("add", "qasem", "--until", "2d", *WHY), ("remove", "1")):
        result = silence(desk, *args)
        assert result.exit_code == 1
        assert "nothing is recorded in" in result.stderr
    assert listed(desk) == []


def test_what_a_silence_held_tells_of_it(desk: Desk) -> None:
    article = news.article()
    made = Silence(
        target=Target.RULE,
        subject="irgc",
        until=news.NOW + news.HOUR,
        why="it cries wolf",
        by="mina",
        made=news.NOW,
    )
    with Store.open(desk.database) as store:
        store.silences.add(made)
        found = [(article, [news.mention(article)])]
        lasting = store.silences.lasting(news.NOW)
        store.record(
            judge(found, news.rulebook(), store, now=news.NOW, silences=lasting), None, news.NOW
        )
    shown = CliRunner().invoke(main, ["alerts", "-c", str(desk.config)]).stdout
    assert (
        "held: silence 1 on the rule irgc, from 2026-03-05 08:30:00 to 2026-03-05 09:30:00 UTC,"
        " by mina: it cries wolf"
    ) in plain(shown)
    assert [each["held"] for each in listed(desk, "--all")] == [1]
    assert "held 1 alert\n" in plain(silence(desk, "--all").stdout)


def test_a_user_without_a_name_is_told_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError

    monkeypatch.delenv("SUDO_USER", raising=False)
    monkeypatch.setattr(who.getpass, "getuser", nobody)
    assert who.who().startswith("user ")
