"""Long scans killed at every step that shows on the disk: what they write is the same each time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

FULL = "وقال قاسم سليماني اليوم."

# One process forks all scans, each of which kills itself: a start of Python costs a second.
PROGRAM = """
import os, signal, sys, traceback
from pathlib import Path
from watcher.cli import main

folder, archive, people = map(Path, sys.argv[1:4])
STEPS = {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir"}
sys.stderr = open(folder.parent / "told", "a", buffering=1)


def scan(output, processes):
    asked = ["--watchlist", people, "--output", output, "--processes", processes, archive]
    try:
        main(["scan", *map(str, asked)], standalone_mode=False)
    except BaseException:
        traceback.print_exc()


def forked(processes, last=None):
    "Scan in a process of its own; it is killed before the last-th step below the folder."
    pid = os.fork()
    if pid:
        return os.waitpid(pid, 0)[1]
    seen = 0

    def count(event, details):
        nonlocal seen
        if event not in STEPS or not isinstance(details[0], str | Path):
            return
        below = str(details[0]).startswith(str(folder))
        if below and event == "open" and not details[2] & (os.O_WRONLY | os.O_RDWR):
            return
        seen += below
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)

    if last:
        sys.addaudithook(count)
    scan(folder / "out.jsonl", processes)
    os._exit(0)


whole = folder.parent / "whole.jsonl"
scan(whole, 1)  # here, so that those that are forked find all tables read
for processes in (2, 4):
    forked(processes)
    assert (folder / "out.jsonl").read_bytes() == whole.read_bytes(), processes
    (folder / "out.jsonl").unlink()
points = 0
while True:
    killed = forked(1 + points % 2, points + 1)
    if not os.WIFSIGNALED(killed):
        break
    points += 1
    there = (folder / "out.jsonl").exists()
    assert not there or (folder / "out.jsonl").read_bytes() == whole.read_bytes(), points
    forked(2 - points % 2)
    assert (folder / "out.jsonl").read_bytes() == whole.read_bytes(), points
    left = [path.name for path in folder.rglob("*")]
    assert left == ["out.jsonl"], (points, left)
    (folder / "out.jsonl").unlink()
print(points)
"""


def line(ident: int, text: str) -> str:
    return json.dumps({"id": ident, "text": text}, ensure_ascii=False) + "\n"


@pytest.mark.process
def test_wherever_a_scan_is_killed_the_next_writes_the_same(tmp_path: Path) -> None:
    people = tmp_path / "people.jsonl"
    people.write_text('{"id": "qs", "names": ["Qasem Soleimani"]}\n')
    archive = tmp_path / "archive"
    archive.mkdir()
    long = "".join(line(number, " " * 6000 + FULL) for number in range(25))
    (archive / "a.jsonl").write_text(long + "{\n" + line(99, FULL))
    (archive / "b.txt").write_text(FULL)
    (archive / "c.txt").write_bytes(b"\0" * 100)
    (tmp_path / "out").mkdir()
    arguments = [tmp_path / "out", archive, people]
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "Traceback" not in (tmp_path / "told").read_text()
    assert result.stderr == ""
    assert int(result.stdout) > 15
    written = (tmp_path / "whole.jsonl").read_text().splitlines()
    found = [json.loads(each)["doc"] for each in written]
    assert found == [*range(25), 99, str(archive / "b.txt")]
