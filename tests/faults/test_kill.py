"""kill -9, before any system call and at any moment: nothing lost, and a repeat is recognisable."""

from __future__ import annotations

import random
import shutil
import threading
from collections import Counter
from itertools import count
from pathlib import Path

import pytest

from tests.faults.stable import KILLED, stable, traced
from tests.servers import Reply, Server, serve
from tests.service.desk import Desk
from watcher.store import Standing, Store

pytestmark = pytest.mark.process

SOC = "{webhook: {url: '%s', secret: {env: SECRET}}}"


def desk_of(folder: Path, server: Server, make: type[Desk] = Desk) -> Desk:
    """A desk that sends to the server."""
    channels = {"soc": SOC % server.script("/hook", Reply(204))}
    return make(folder, channels=channels, private=(server.netloc,))


def arrived(server: Server) -> Counter[tuple[str, str, bytes]]:
    """How often each alert came: by the title of its article, its key and its body."""
    return Counter(
        (asked.json["data"]["article"]["title"], asked.headers["webhook-id"], asked.body)
        for asked in server.of("/hook")
    )


def is_whole(database: Path, copies: Path) -> bool:
    """Whether a copy of the database and its log, as they lie there, opens and is sound."""
    copies.mkdir()
    for path in database.parent.glob("watcher.db*"):
        if not path.name.endswith("-shm"):
            shutil.copy(path, copies)
    with Store.open(copies / database.name) as store:
        return store.check() == ()


@traced
@pytest.mark.parametrize(
    ("call", "step"),
    [
        ("fdatasync", 1),
        ("sendto", 1),
        ("write", 1),
        ("ftruncate", 1),
        ("unlink", 1),
        ("pwrite64", 9),  # most of these stand between others of one transaction
    ],
)
def test_a_kill_before_each_call_in_turn_loses_nothing(
    call: str, step: int, tmp_path: Path
) -> None:
    (tmp_path / "desk").mkdir()
    with serve() as server:
        desk = desk_of(tmp_path / "desk", server)
        with stable(desk) as rounds:
            assert rounds.untraced() == 0
            kills = 0
            for number in count(1, step):
                if len(arrived(server)) == len(list((desk.folder / "articles").iterdir())):
                    desk.put(f"{number}.txt", f"Report {number}: Qasem Soleimani was there.")
                when = f"inject={call}:signal=SIGKILL:when={number}"
                code = rounds.round("-e", f"trace={call}", "-e", when)
                assert code in {0, KILLED}
                assert is_whole(desk.database, tmp_path / str(number))
                if code == 0:
                    break
                kills += 1
            assert rounds.untraced() == 0
        came = arrived(server)
        titles = {title for title, _, _ in came}
        assert len(titles) == len(list((desk.folder / "articles").iterdir()))
        assert len(came) == len(titles)  # a repeat has the key and the body of the first
        assert came.total() - len(titles) <= kills


def test_kills_at_any_moment_of_the_daemon_lose_nothing(tmp_path: Path) -> None:
    chance, articles, kills = random.Random(), count(), 4
    (tmp_path / "desk").mkdir()
    with serve() as server:
        desk = desk_of(tmp_path / "desk", server)
        for kill in range(kills):
            wanted = len(server.of("/hook")) + chance.randint(0, 3)
            for number in (next(articles), next(articles), next(articles)):
                desk.put(f"{number}.txt", f"Report {number}: Qasem Soleimani was there.")
            with desk.daemon() as daemon:
                if wanted:
                    server.wait(wanted, 30)
                threading.Event().wait(chance.random() * 0.05)  # any moment will do
                daemon.process.kill()
                daemon.finish()
            assert not desk.database.exists() or is_whole(desk.database, tmp_path / str(kill))
        total = next(articles)
        with desk.daemon() as daemon:
            daemon.logged("started")  # all may have arrived before
            daemon.until(lambda: len({key for _, key, _ in arrived(server)}) == total)
            assert daemon.stop()[0] == 0
        came = arrived(server)
        assert len(came) == len({title for title, _, _ in came}) == total
        assert came.total() - total <= kills
    with Store.open(desk.database) as store:
        assert {sent.standing for sent in store.outbox()} == {Standing.DELIVERED}
