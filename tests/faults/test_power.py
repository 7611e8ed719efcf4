"""Power cut: what was told to anybody stands on the disk by then.

strace writes down every write and sync of a round, with its bytes. From that the disk is rebuilt as
a power cut would leave it at each moment: what was synced is there, and of what was not any part.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.faults.stable import stable, traced
from tests.faults.test_kill import desk_of
from tests.servers import serve
from watcher.store import Standing, Store

pytestmark = pytest.mark.process

CALLS = "trace=pwrite64,fdatasync,fsync,ftruncate,unlink,sendto"
LINE = re.compile(r'^\d+ +(?P<call>\w+)\((?:\d+<(?P<open>[^>]*)>|"(?P<named>[^"]*)")(?P<rest>.*)$')
QUOTED = r'"((?:\\x[0-9a-f]{2})*)"'
WRITTEN = re.compile(QUOTED + r", \d+, (?P<at>\d+)")
LENGTH = re.compile(r", (?P<length>\d+)")


@dataclass(frozen=True, slots=True)
class Call:
    """A system call: its name, the file, and for a write its bytes and where they go."""

    name: str
    file: str
    data: bytes = b""
    at: int = 0


@dataclass
class Disk:
    """Files as a power cut would leave them.

    Attributes:
        synced: what is there for certain.
        loose: calls that may or may not have reached the disk.
    """

    synced: dict[str, bytearray] = field(default_factory=dict)
    loose: list[Call] = field(default_factory=list)

    def take(self, call: Call) -> None:
        """Let a call happen."""
        if call.name in {"fdatasync", "fsync"}:
            for written in [loose for loose in self.loose if loose.file == call.file]:
                put(self.synced, written)
            self.loose = [loose for loose in self.loose if loose.file != call.file]
        else:
            self.loose.append(call)

    def after(self, chance: random.Random) -> dict[str, bytearray]:
        """The files after a cut: of what was not synced any part, and of a write maybe half."""
        files = {name: bytearray(content) for name, content in self.synced.items()}
        for call in self.loose:
            fate = chance.choice(("lost", "half", "whole"))
            if fate == "half" and call.name == "pwrite64":
                put(files, Call(call.name, call.file, call.data[: len(call.data) // 2], call.at))
            elif fate == "whole":
                put(files, call)
        return files


def put(files: dict[str, bytearray], call: Call) -> None:
    """Do to the files what the call says."""
    if call.name == "unlink":
        files.pop(call.file, None)
        return
    content = files.setdefault(call.file, bytearray())
    if call.name == "ftruncate":
        content[:] = content[: call.at].ljust(call.at, b"\0")
    else:
        content[:] = content.ljust(call.at, b"\0")
        content[call.at : call.at + len(call.data)] = call.data


def read_calls(trace: Path) -> Iterator[Call]:
    """The calls that strace wrote down: those to the database and its log, and each post."""
    for line in trace.read_text().splitlines():
        match = LINE.match(line)
        if not match:
            continue
        file = Path(unescape(match["open"] or match["named"]).decode()).name
        if match["call"] == "sendto":
            sent = re.search(QUOTED, match["rest"])
            if sent and unescape(sent[1]).startswith(b"POST /hook "):
                yield Call("sendto", file)
        elif file in {"watcher.db", "watcher.db-wal"}:
            yield read_call(match["call"], file, match["rest"])


def unescape(text: str) -> bytes:
    """What strace wrote in hexadecimal."""
    return bytes.fromhex(text.replace("\\x", ""))


def read_call(name: str, file: str, rest: str) -> Call:
    if name == "pwrite64" and (written := WRITTEN.search(rest)):
        return Call(name, file, unescape(written[1]), int(written["at"]))
    if name == "ftruncate" and (cut := LENGTH.search(rest)):
        return Call(name, file, at=int(cut["length"]))
    assert name in {"fdatasync", "fsync", "unlink"}, rest
    return Call(name, file)


def waiting(files: dict[str, bytearray], folder: Path) -> list[tuple[str, Standing]]:
    """Key and standing of each delivery on a disk that was cut off so; the disk must be sound."""
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    with Store.open(folder / "watcher.db") as store:
        assert store.check() == ()
        return [(sent.key, sent.standing) for sent in store.outbox()]


@traced
def test_what_is_sent_stands_on_the_disk_and_any_cut_leaves_a_sound_record(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    trace, chance = tmp_path / "trace", random.Random(7)
    with serve() as server:
        desk = desk_of(tmp_path / "desk", server)
        with stable(desk) as rounds:
            assert rounds.untraced() == 0
            before = desk.database.read_bytes()
            disk = Disk({"watcher.db": bytearray(before)})
            for number in range(3):
                desk.put(f"{number}.txt", f"Report {number}: Qasem Soleimani was there.")
            options = ("-y", "-xx", "-s", "100000", "-e", CALLS)
            assert rounds.round(*options, into=trace) == 0
            keys = [asked.headers["webhook-id"] for asked in server.of("/hook")]
            # Had the disk forgotten all of the round, the next would send the same once more.
            desk.database.write_bytes(before)
            assert rounds.untraced() == 0
            assert [asked.headers["webhook-id"] for asked in server.of("/hook")] == keys * 2
    posts = 0
    for number, call in enumerate(read_calls(trace)):
        if call.name == "sendto":
            # Nothing that was not synced: all alerts wait, and those before this one are noted.
            found = waiting(disk.synced, tmp_path / f"sent{number}")
            assert found == [
                (key, Standing.WAITING if at >= posts else Standing.DELIVERED)
                for at, key in enumerate(keys)
            ]
            posts += 1
            continue
        disk.take(call)
        if call.name != "pwrite64" or number % 5 == 0:
            for variant in range(3):
                found = waiting(disk.after(chance), tmp_path / f"cut{number}-{variant}")
                assert [key for key, _ in found] in ([], keys)
    assert posts == 3
    assert waiting(disk.synced, tmp_path / "end") == [(key, Standing.DELIVERED) for key in keys]
