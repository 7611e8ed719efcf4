"""An official list as a source: fetched if it is another one, kept if it cannot be right."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.publishers import ALT, SDN, ofac_people
from tests.servers import Reply, Server, serve
from watcher.config import ListSettings, read_about
from watcher.config.lists import read_shelf
from watcher.feeds import first_state
from watcher.net import Gate, Guard, Manners, open_client
from watcher.service import official
from watcher.service.intake import Intake
from watcher.service.official import OfficialList, is_stale, open_lists
from watcher.service.outside import Line
from watcher.source import Health, SourceState
from watcher.watchlist.official import Publisher, Sort

NOW = datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC)
DAY = timedelta(days=1)
MODIFIED = "Fri, 20 Nov 2026 10:00:00 GMT"


class Kept:
    """A list that is kept renewed from a server, and what was told of each look."""

    def __init__(self, folder: Path, *addresses: str) -> None:
        self.settings = ListSettings(
            name="ofac",
            path=folder / "lists" / "ofac.jsonl",
            publisher=Publisher.OFAC,
            addresses=addresses,
        )
        self.told: list[Intake | None] = []
        self.state = first_state(self.settings.key, "ofac", NOW)

    def look(self, now: datetime = NOW) -> SourceState:
        """Look once; the state afterwards."""

        async def tell(_: ListSettings, intake: Intake | None) -> None:
            self.told.append(intake)

        async def act() -> SourceState:
            client = open_client(Guard(("127.0.0.0/8",)))
            line = Line(client, Gate(default=Manners(timedelta(0), 8)))
            async with client:
                source = OfficialList(self.settings, line, tell)
                fetched = await source.look(self.state, lambda: now, 0.5)
                source.close()
                assert fetched.articles == ()
                return fetched.state

        self.state = asyncio.run(act())
        return self.state

    @property
    def ids(self) -> list[str]:
        (listed,) = read_shelf([self.settings]).lists
        return [entity.id for entity in listed.entities]


def csv(content: str, etag: str) -> Reply:
    return Reply(
        200, {"ETag": etag, "Last-Modified": "Fri, 20 Nov 2026 10:00:00 GMT"}, content.encode()
    )


@pytest.fixture
def server():
    with serve() as served:
        yield served


def kept(folder: Path, server: Server) -> Kept:
    return Kept(folder, server.at("/sdn.csv?token=secret"), server.at("/alt.csv"))


def test_a_list_is_fetched_and_fetched_again_only_if_it_is_another_one(
    tmp_path: Path, server: Server
) -> None:
    server.script("/sdn.csv", csv(SDN, '"1"'), Reply(304, {"ETag": '"1b"'}), Reply(304), Reply(304))
    server.script("/alt.csv", csv(ALT, '"2"').gzipped(), Reply(304))
    listed = kept(tmp_path, server)
    assert is_stale(listed.settings)
    state = listed.look()
    assert (state.health, state.last_new, state.due) == (Health.OK, NOW, NOW + DAY)
    assert listed.ids == ["ofac:101", "ofac:102", "ofac:105"]
    assert not is_stale(listed.settings)
    state = listed.look(NOW + DAY)
    assert (state.health, state.last_new, state.last_ok) == (Health.OK, NOW, NOW + DAY)
    listed.look(NOW + 2 * DAY)
    first, second, third = server.of("/sdn.csv")
    assert "if-none-match" not in first.headers
    assert second.headers["if-none-match"] == '"1"'
    assert second.headers["if-modified-since"] == MODIFIED
    assert third.headers["if-none-match"] == '"1b"'
    assert [intake is None for intake in listed.told] == [False, True, True]


def test_when_one_file_is_another_one_all_are_read(tmp_path: Path, server: Server) -> None:
    server.script("/sdn.csv", csv(SDN, '"1"'), Reply(304), csv(SDN, '"1"'))
    server.script("/alt.csv", csv(ALT, '"2"'), csv(ALT.replace("OLD", "NEW"), '"3"'))
    listed = kept(tmp_path, server)
    listed.look()
    listed.look(NOW + DAY)
    assert len(server.of("/sdn.csv")) == 3
    intake = listed.told[-1]
    assert intake is not None
    assert intake.diff.count()[Sort.CHANGED] == 1
    assert intake.about.published == "2026-11-20"


def test_a_server_that_always_says_nothing_is_new_is_not_believed_for_ever(
    tmp_path: Path, server: Server
) -> None:
    server.script("/sdn.csv", csv(SDN, '"1"'), Reply(304), csv(SDN, '"1"'))
    listed = Kept(tmp_path, server.at("/sdn.csv"))
    for days in (0, 6, 8):
        listed.look(NOW + days * DAY)
    assert ["if-none-match" in request.headers for request in server.of("/sdn.csv")] == [
        False,
        True,
        False,
    ]
    assert listed.told[2] is None
    about = read_about(listed.settings.path)
    assert about is not None
    assert about.imported == "2026-11-30T01:02:03+00:00"


PEOPLE = ofac_people({number: f"ORDAN, Marek{chr(96 + number)}" for number in range(1, 9)})
FEW = PEOPLE[: len(PEOPLE) // 4].rpartition("\n")[0]


@pytest.mark.parametrize(
    ("reply", "health", "reason"),
    [
        (Reply(403), Health.BLOCKED, "403: it does not let us in"),
        (Reply(404), Health.GONE, "/sdn.csv: 404: nothing is there"),
        (Reply(503, {"Retry-After": "7200"}), Health.SLOW, "it asks us to wait 2 h"),
        (Reply(body=b"<html>Sign in</html>"), Health.GARBLED, "its outermost element is <html>"),
        (Reply(body=PEOPLE[:-9].encode()), Health.GARBLED, "cut short"),
        (Reply(body=PEOPLE.encode(), cut=300), Health.UNREACHABLE, "broke the connection off"),
        (
            Reply(body=PEOPLE[: len(PEOPLE) // 4].rpartition("\n")[0].encode()),
            Health.GARBLED,
            "less",
        ),
        (Reply(302, {"Location": "http://10.0.0.1/sdn.csv"}), Health.REFUSED, "10.0.0.1 is not"),
    ],
)
def test_a_download_that_cannot_be_right_is_refused_and_the_last_one_stays(
    tmp_path: Path, server: Server, reply: Reply, health: Health, reason: str
) -> None:
    server.script("/sdn.csv", csv(PEOPLE, '"1"'), reply)
    listed = Kept(tmp_path, server.at("/sdn.csv"))
    listed.look()
    state = listed.look(NOW + DAY)
    assert (state.health, state.failures) == (health, 1)
    assert reason in state.reason
    assert timedelta(minutes=9) < state.due - NOW - DAY < timedelta(hours=3)
    assert len(listed.ids) == 8
    assert listed.told[-1] is None
    assert sorted(each.name for each in (tmp_path / "lists").iterdir()) == [
        "ofac.jsonl",
        "ofac.jsonl.about",
    ]


def test_what_is_told_of_a_file_holds_no_token(tmp_path: Path, server: Server) -> None:
    server.script("/sdn.csv", Reply(body=b"1,2\n"))
    assert "secret" not in kept(tmp_path, server).look().reason


def test_files_of_this_machine_are_looked_at_for_their_time(tmp_path: Path) -> None:
    sdn = tmp_path / "sdn.csv"
    listed = Kept(tmp_path, str(sdn))
    state = listed.look()
    assert state.reason == f"{sdn}: cannot be read: No such file or directory"
    sdn.write_text(SDN)
    listed.look()
    listed.look()
    assert [intake is None for intake in listed.told] == [True, False, True]
    sdn.write_text(SDN + ALT.replace("101,1", "1,1"))
    assert "12 columns" not in listed.look().reason


def test_a_state_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "lists").write_text("a file")
    state = Kept(tmp_path, str(tmp_path / "sdn.csv")).look()
    assert state.health is Health.FAULTY
    assert state.reason == f"{tmp_path / 'lists'}: File exists"


def test_what_a_kill_left_of_a_download_goes_with_the_next(tmp_path: Path, server: Server) -> None:
    left = tmp_path / "lists" / ".ofac.jsonl.fetch"
    left.mkdir(parents=True)
    (left / "0").write_text("half a li")
    (left / "9").write_text("of another time")
    server.script("/sdn.csv", csv(SDN, '"1"'))
    assert Kept(tmp_path, server.at("/sdn.csv")).look().health is Health.OK
    assert not left.exists()


def test_whoever_waits_for_a_list_hears_even_of_what_nobody_foresaw(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise LookupError

    monkeypatch.setattr(official, "take_list", fail)
    (tmp_path / "sdn.csv").write_text(SDN)
    one = Kept(tmp_path, str(tmp_path / "sdn.csv"))
    with pytest.raises(LookupError):
        one.look()
    assert one.told == [None]


def test_a_list_is_stale_when_its_addresses_are_others(tmp_path: Path) -> None:
    sdn = tmp_path / "sdn.csv"
    sdn.write_text(SDN)
    listed = Kept(tmp_path, str(sdn))
    listed.look()
    assert not is_stale(listed.settings)
    assert is_stale(replace(listed.settings, addresses=("https://a.example/sdn.csv",)))


def test_a_time_that_cannot_be_read_is_long_ago(tmp_path: Path) -> None:
    sdn = tmp_path / "sdn.csv"
    sdn.write_text(SDN)
    listed = Kept(tmp_path, str(sdn))
    listed.look()
    about = tmp_path / "lists" / "ofac.jsonl.about"
    about.write_text(about.read_text().replace("2026-11-22T01:02:03+00:00", "soon"))
    listed.look()
    assert listed.told[-1] is None
    assert "soon" not in about.read_text()


def test_only_lists_with_a_publisher_are_renewed(tmp_path: Path) -> None:
    own = ListSettings(name="own", path=tmp_path / "own.jsonl")
    listed = Kept(tmp_path, "x").settings

    async def tell(_: ListSettings, __: Intake | None) -> None:
        raise AssertionError

    async def act() -> None:
        async with open_client(Guard()) as client:
            (source,) = open_lists([own, listed], Line(client, Gate()), tell)
            assert (source.key, source.name, source.every) == ("list:ofac", "ofac", DAY)

    asyncio.run(act())


def test_the_version_of_a_list_is_the_fingerprint_of_its_files(tmp_path: Path) -> None:
    sdn = tmp_path / "sdn.csv"
    sdn.write_text(SDN)
    listed = Kept(tmp_path, str(sdn))
    listed.look()
    (stored,) = read_shelf([listed.settings]).lists
    assert stored.edition.version == hashlib.sha256(sdn.read_bytes()).hexdigest()[:12]
