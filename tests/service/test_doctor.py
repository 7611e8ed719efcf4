"""What the doctor finds at a desk that is well, and at each that is not."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests import news
from tests.service.desk import Desk
from tests.service.scene import KNOWLEDGE, article, now
from watcher.alerts import About, Event, write_notice
from watcher.feeds import first_state
from watcher.pipeline import take_in
from watcher.service import Finding, Grade, examine
from watcher.service.doctor import disk
from watcher.service.symptoms import channel_stands
from watcher.source import Health
from watcher.store import DATABASE, Lock, Matter, Reign, Store, Tally
from watcher.store.record import Suspension

HOUR = timedelta(hours=1)


def written(folder: Path, more: str = "") -> Desk:
    """A desk that tells its operator of trouble."""
    desk = Desk(folder)
    desk.config.write_text(desk.config.read_text() + "admin: [screen]\n" + more)
    return desk


def found(desk: Desk, at: datetime | None = None, **environ: str) -> dict[str, Finding]:
    """All that the doctor finds, by topic."""
    findings = examine(desk.config, desk.environ(**environ), at or now())
    assert len({one.topic for one in findings}) == len(findings)
    return {one.topic: one for one in findings}


def grades(desk: Desk, at: datetime | None = None) -> dict[str, str]:
    """All that is not well, by topic."""
    return {t: one.grade.value for t, one in found(desk, at).items() if one.grade is not Grade.OK}


def version(desk: Desk) -> str:
    """Of the rules as the files hold them."""
    from watcher.service.plan import read_plan  # noqa: PLC0415

    return read_plan(desk.config, desk.environ()).knowledge.rulebook.version


def test_a_desk_that_is_well_is_well(tmp_path: Path) -> None:
    desk = written(tmp_path, "heartbeat: 1d\n")
    with Store.open(desk.database) as store:
        store.reigns.add(Reign(since=now(), rules_version=version(desk), list_version="l"))
        store.settle(replace(first_state(str(tmp_path / "articles"), "articles", now())))
        store.tell(write_notice(Event.HEARTBEAT, About.WATCH, "", "fine", now()), ())
    with Lock.take(desk.database.parent, now()):
        findings = found(desk)
    assert {one.grade for one in findings.values()} == {Grade.OK}, findings
    assert list(findings) == [
        *("files", "daemon", "disk", "database", "clock", "in force", "sources"),
        *("channel screen", "notices"),
    ]
    assert findings["daemon"].says.startswith("process ")
    assert findings["sources"].says == "1 new"
    assert findings["channel screen"].says == "nothing waits"
    assert all(not one.advice for one in findings.values())


def test_before_the_first_start_there_is_little_to_look_at(tmp_path: Path) -> None:
    assert grades(Desk(tmp_path)) == {"daemon": "warn", "database": "warn"}


def test_faults_in_the_files_are_bad_and_what_is_sound_is_looked_at(tmp_path: Path) -> None:
    desk = written(tmp_path)
    desk.rules.write_text("rulse: []\nmore: 1\n")
    files = found(desk)["files"]
    assert files.grade is Grade.BAD
    assert "(and 1 more)" in files.says
    desk.config.write_text("sorces: []\n")
    files = found(desk)["files"]
    assert files.grade is Grade.BAD
    assert "(and 2 more)" in files.says
    desk.config.write_text("rules: nowhere\n")
    assert set(found(desk)) == {"files", "daemon", "disk", "database"}


@pytest.mark.parametrize("faulty", ["sorces: []\nstate: record\n", "state: [\n"])
def test_an_operator_s_file_with_faults_hides_nothing_that_stands_in_the_record(
    tmp_path: Path, faulty: str
) -> None:
    desk = written(tmp_path)
    state = tmp_path / ("record" if "record" in faulty else "var")
    state.mkdir()
    with Store.open(state / DATABASE) as store:
        take_in(store, [article(1)], None, KNOWLEDGE, now())
        store.settle(replace(first_state("k", "Example", now()), health=Health.OK))
    desk.config.write_text(faulty)
    assert "in force" not in found(desk)  # nobody is at work
    with Lock.take(state, now()):
        findings = found(desk)
    assert list(findings) == [
        *("files", "daemon", "disk", "database", "clock", "in force", "sources", "channel list")
    ]
    assert findings["sources"].says == "1 ok"
    assert findings["in force"].says == "the daemon works with what the files held before"
    assert findings["daemon"].grade is Grade.OK
    assert findings["channel list"].says.startswith("1 waiting")


def test_where_there_is_no_operator_s_file_there_is_nothing_else_to_look_at(
    tmp_path: Path,
) -> None:
    (only,) = examine(tmp_path / "none.yaml", {}, now())
    assert (only.topic, only.grade) == ("files", Grade.BAD)
    assert only.advice.startswith("run `watcher init` for a working starter")


def test_a_file_that_is_none_of_the_operators_is_bad(tmp_path: Path) -> None:
    desk = written(tmp_path)
    (only,) = examine(desk.rules, {}, now())
    assert (only.grade, "is not an operator's file" in only.says) == (Grade.BAD, True)


def test_tests_that_fail_are_bad_and_warnings_are_told(tmp_path: Path) -> None:
    desk = written(tmp_path)
    rules = desk.rules.read_text()
    desk.rules.write_text(rules.replace("text: Qasem", "text: Nobody"))
    assert found(desk)["tests"].says == "inside the rules 1 test fails"
    assert found(desk)["files"].grade is Grade.OK
    desk.rules.write_text(rules.replace("text: Qasem", "text: Nobody") + "  - {id: other}\n")
    assert found(desk)["files"].grade is Grade.BAD
    assert found(desk)["tests"].grade is Grade.BAD, "of what has no fault"
    desk.rules.write_text(rules)
    desk.config.write_text(desk.config.read_text().replace("folder: articles", "folder: gone"))
    assert found(desk)["files"].grade is Grade.WARN


def test_a_database_that_is_damaged_is_bad(tmp_path: Path) -> None:
    desk = written(tmp_path)
    with Store.open(desk.database) as store:
        store.record(news.dossiers(*map(news.article, range(60))), None, news.NOW)
    with closing(sqlite3.connect(desk.database)) as other, other:
        other.execute("PRAGMA writable_schema = ON")
        other.execute("DELETE FROM sqlite_master WHERE name = 'mentions_entity'")
    assert found(desk)["database"].says.startswith("damaged: ")
    desk.database.write_bytes(b"nonsense" * 4096)
    findings = found(desk)
    assert "is not a database" in findings["database"].says
    assert findings["channel screen"].grade is Grade.OK


@pytest.mark.parametrize(("free", "grade"), [(2e9, Grade.OK), (5e8, Grade.WARN), (5e7, Grade.BAD)])
def test_a_disk_without_room_is_told(free: float, grade: Grade) -> None:
    assert disk(Path("/var"), int(free)).grade is grade


def test_a_clock_that_is_behind_the_record_is_bad(tmp_path: Path) -> None:
    desk = written(tmp_path)
    with Store.open(desk.database) as store:
        take_in(store, [article()], None, KNOWLEDGE, now())
    assert found(desk)["clock"].grade is Grade.OK
    clock = found(desk, now() - HOUR)["clock"]
    assert (clock.grade, "the record knows" in clock.says) == (Grade.BAD, True)


def test_rules_that_are_not_in_force_are_told(tmp_path: Path) -> None:
    desk = written(tmp_path)
    with Store.open(desk.database) as store:
        store.reigns.add(Reign(since=now(), rules_version="other", list_version="l"))
    assert "in force" not in found(desk)  # nothing is
    with Lock.take(desk.database.parent, now()):
        assert found(desk)["in force"].grade is Grade.WARN
        with Store.open(desk.database) as store:
            store.trouble(Matter(About.RELOAD_REFUSED, "watcher.yaml"), "no", [], now())
        refused = found(desk)["in force"].says
        assert refused.startswith("changed files were refused at ")
        assert refused.endswith("; those before are in force: no")


def test_sources_in_trouble_are_counted_and_those_overdue_are_bad(tmp_path: Path) -> None:
    desk = written(tmp_path)
    state = first_state(str(tmp_path / "articles"), "articles", now() - 2 * HOUR)
    with Store.open(desk.database) as store:
        store.settle(replace(state, health=Health.UNREACHABLE, reason="gone", failures=3))
    sources = found(desk)["sources"]
    assert (sources.grade, sources.says) == (Grade.WARN, "1 unreachable")
    with Lock.take(desk.database.parent, now()):
        sources = found(desk)["sources"]
    assert (sources.grade, "1 overdue, the first since " in sources.says) == (Grade.BAD, True)
    desk.config.write_text("sources: []\n")
    assert found(desk)["sources"].says == "nothing is watched"


@pytest.mark.parametrize(
    ("tally", "grade", "says"),
    [
        (None, Grade.OK, "nothing waits"),
        (Tally(channel="c", delivered=3), Grade.OK, "nothing waits"),
        (
            Tally(channel="c", waiting=2, oldest=news.NOW - HOUR / 2),
            Grade.OK,
            "2 waiting, the first since 2026-03-05 08:00",
        ),
        (
            Tally(channel="c", waiting=2, dead=1, oldest=news.NOW - 2 * HOUR),
            Grade.WARN,
            "2 waiting, the first since 2026-03-05 06:30, 1 given up",
        ),
        (Tally(channel="c", dead=1), Grade.WARN, "1 given up"),
        (
            Tally(channel="c", waiting=1, oldest=news.NOW - 25 * HOUR),
            Grade.BAD,
            "1 waiting, the first since 2026-03-04 07:30",
        ),
    ],
)
def test_a_channel_is_as_well_as_what_waits_for_it(
    tally: Tally | None, grade: Grade, says: str
) -> None:
    finding = channel_stands("c", tally, None, news.NOW)
    assert (finding.grade, finding.says) == (grade, says)


def waited_for(tmp_path: Path) -> Desk:
    """A desk where an alert waits for the channel "list"."""
    desk = written(tmp_path)
    desk.rules.write_text(desk.rules.read_text().replace("[screen]", "[list]"))
    desk.config.write_text(
        desk.config.read_text().replace("channels:\n", "channels:\n  list: {terminal: {}}\n")
    )
    with Store.open(desk.database) as store:
        take_in(store, [article(1)], None, KNOWLEDGE, now())
    return desk


def test_a_channel_whose_tries_fail_is_a_warning_with_the_last_answer(tmp_path: Path) -> None:
    desk = waited_for(tmp_path)
    with Store.open(desk.database) as store:
        (waiting,) = store.outbox(channel="list")
        assert found(desk)["channel list"].grade is Grade.OK, "it was not tried yet"
        for answer in ("list: timeout", "list: 503 busy"):
            store.postponed(waiting.key, now() + HOUR, now(), answer)
    failing = found(desk)["channel list"]
    assert failing.grade is Grade.WARN
    assert failing.says.startswith("1 waiting, the first since ")
    assert failing.says.endswith("; the last answer: 503 busy")
    assert failing.advice.startswith('"watcher outbox --channel list" says why')
    desk.config.write_text("state: [\n")
    assert found(desk)["channel list"] == failing
    with Store.open(desk.database) as store:
        store.delivered(waiting.key, now(), "200 ok")
    assert found(desk)["channel list"].says == "nothing waits"


def test_a_suspended_channel_is_bad() -> None:
    finding = channel_stands("c", None, Suspension(news.NOW, "410 gone"), news.NOW)
    assert (finding.grade, finding.says) == (Grade.BAD, "suspended: 410 gone; nothing waits")
    assert "watcher outbox retry --channel c" in finding.advice


def test_a_channel_that_a_daemon_could_not_open_is_bad_while_it_is_at_work(tmp_path: Path) -> None:
    desk = waited_for(tmp_path)
    with Store.open(desk.database) as store:
        for name in ("list", "screen"):
            store.trouble(Matter(About.CHANNEL_CLOSED, name), "no secret; set it", [], now())
    assert found(desk)["channel list"].grade is Grade.OK, "the next start may well open it"
    with Lock.take(desk.database.parent, now()):
        closed, notices = found(desk)["channel list"], found(desk)["notices"]
        desk.config.write_text("state: [\n")
        assert found(desk)["channel list"] == closed
    assert closed.grade is Grade.BAD
    assert closed.says.startswith("cannot be opened: no secret; set it; 1 waiting, the first since")
    assert (notices.grade, notices.says) == (
        *(Grade.WARN, "trouble is told to screen, where nothing arrives"),
    )


def test_a_channel_without_its_secret_is_bad_unless_only_the_service_has_it(
    tmp_path: Path,
) -> None:
    soc = "{webhook: {url: 'https://soc.example/', secret: {%s}}}"
    desk = Desk(tmp_path, channels={"a": soc % "env: NONE", "b": soc % "credential: key"})
    findings = found(desk)
    assert findings["channel a"].grade is Grade.BAD
    assert findings["channel a"].says == (
        "the environment variable NONE is not set; set it to the secret; nothing waits"
    )
    assert findings["channel a"].advice == "mend it, then restart watcher, which sends what waits"
    assert findings["channel b"].grade is Grade.WARN
    Store.open(desk.database).close()
    with Lock.take(desk.database.parent, now()):
        of_daemon = found(desk)["channel a"]
        assert found(desk, NONE="nothing of the kind")["channel a"].grade is Grade.BAD
    assert of_daemon.grade is Grade.WARN
    assert of_daemon.advice == "run the doctor with the environment of the daemon"
    of_service = found(desk, CREDENTIALS_DIRECTORY=str(tmp_path))["channel b"]
    assert of_service.grade is Grade.BAD
    assert 'the systemd credential "key"' in of_service.says


def test_alerts_for_a_channel_that_left_and_an_operator_who_hears_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with Store.open(desk.database) as store:
        take_in(store, [article()], None, KNOWLEDGE, now())
    assert grades(desk) == {"daemon": "warn", "outbox": "warn", "notices": "warn"}
    assert '1 message waits for "list"' in found(desk)["outbox"].says
    with Store.open(desk.database) as store:
        store.drop(now(), channel="list")
    assert "outbox" not in found(desk)


def test_a_sign_of_life_that_did_not_come_is_bad(tmp_path: Path) -> None:
    desk = written(tmp_path, "heartbeat: 1d\n")
    Store.open(desk.database).close()
    assert found(desk)["notices"].says.endswith("the last sign of life: never")
    desk.config.write_text(desk.config.read_text().replace("heartbeat: 1d", "heartbeat: none"))
    assert found(desk)["notices"].says == "trouble is told to screen"


def test_nothing_secret_is_told(tmp_path: Path) -> None:
    soc = "{webhook: {url: 'https://soc.example/', secret: {file: key}}}"
    desk = Desk(tmp_path, channels={"soc": soc})
    (tmp_path / "key").write_text("whsec_secret!")
    told = json.dumps([one.says + one.advice for one in found(desk).values()])
    assert "secret!" not in told
