from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from watcher.archive import Report, open_parts, units
from watcher.archive.parts import TOGETHER, _let_go, _locks, is_same, replacing
from watcher.errors import WatcherError

DONE = Report(documents=1)


def test_small_files_are_one_part_and_all_others_each_its_own() -> None:
    paths = ["a.txt", "b.html.gz", "c.jsonl", "d.parquet", "e.md", "-", "f.dat"]
    assert list(units(paths)) == [
        ("a.txt", "b.html.gz"),
        ("c.jsonl",),
        ("d.parquet",),
        ("e.md",),
        ("-",),
        ("f.dat",),
    ]
    many = [f"{n}.txt" for n in range(TOGETHER + 1)]
    assert [len(unit) for unit in units(many)] == [TOGETHER, 1]
    assert list(units([])) == []


def test_a_part_is_done_when_its_report_stands_beside_it(tmp_path: Path) -> None:
    with open_parts(tmp_path / "p", "v1") as parts:
        unit = (str(tmp_path / "a.jsonl"),)
        with parts.write(unit) as file:
            file.write("line\n")
        assert parts.done(unit) is None
        parts.finish(unit, DONE)
        assert parts.done(unit) == DONE
    with open_parts(tmp_path / "p", "v1") as parts:
        assert parts.done(unit) == DONE


def test_a_part_is_done_only_as_long_as_it_would_come_out_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("one")
    unit = (str(path),)
    with open_parts(tmp_path / "p", "v1") as parts:
        parts.finish(unit, DONE)
    with open_parts(tmp_path / "p", "v2") as parts:
        assert parts.done(unit) is None
    with open_parts(tmp_path / "p", "v1") as parts:
        assert parts.done((*unit, "b.txt")) is None
    path.write_text("other")
    with open_parts(tmp_path / "p", "v1") as parts:
        assert parts.done(unit) is None
    path.write_text("one")
    os.utime(path, ns=(1, 1))
    with open_parts(tmp_path / "p", "v1") as parts:
        assert parts.done(unit) is None


def test_an_input_that_grows_while_it_is_read_is_done_once_and_read_anew_next_time(
    tmp_path: Path,
) -> None:
    path, output = tmp_path / "a.jsonl", tmp_path / "out.jsonl"
    path.write_text("one")
    unit = (str(path),)
    with open_parts(tmp_path / "p", "") as parts:
        with parts.write(unit) as file:
            path.write_text("one and two")
            file.write("one\n")
        parts.finish(unit, DONE)
        parts.join([unit], output, "")
    assert output.read_text() == "one\n"
    with open_parts(tmp_path / "p", "") as parts:
        assert parts.done(unit) is None


def test_a_report_without_its_part_does_not_count(tmp_path: Path) -> None:
    with open_parts(tmp_path / "p", "s") as parts:
        with parts.write(("a",)):
            pass
        parts.finish(("a",), Report())
        assert parts.done(("a",))
        for path in (tmp_path / "p").glob("*.part"):
            path.unlink()
        assert parts.done(("a",)) is None


def test_a_report_that_is_torn_does_not_count(tmp_path: Path) -> None:
    with open_parts(tmp_path / "p", "") as parts:
        parts.finish(("a",), DONE)
        (report,) = (tmp_path / "p").iterdir()
        report.write_text('{"documents"')
        assert parts.done(("a",)) is None


def test_parts_are_joined_in_order_and_removed(tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    with open_parts(tmp_path / "p", "") as parts:
        for unit in (("b",), ("a",)):
            with parts.write(unit) as file:
                file.write(f"{unit[0]}\r\n")
        parts.join([("a",), ("b",)], output, "\ufeffhead\r\n")
        parts.remove()
    assert output.read_bytes() == "\ufeffhead\r\na\r\nb\r\n".encode()
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_two_scans_do_not_share_a_folder(tmp_path: Path) -> None:
    with (
        open_parts(tmp_path / "p", ""),
        pytest.raises(WatcherError, match="another scan is at work"),
        open_parts(tmp_path / "p", ""),
    ):
        pass
    with open_parts(tmp_path / "p", ""):
        pass


def test_a_folder_is_not_held_by_what_was_forked_meanwhile(tmp_path: Path) -> None:
    """Else the same command, given again after a kill, would find another scan at work."""
    program = """if True:
        import os, signal, sys, time
        from pathlib import Path
        from watcher.archive import open_parts
        ready, done = os.pipe()
        with open_parts(Path(sys.argv[1]), "s"):
            if os.fork():
                os.read(ready, 1)
                os.kill(os.getpid(), signal.SIGKILL)
            os.write(done, b"x")
            time.sleep(60)
    """
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path / "p")], process_group=0
    ) as run:
        assert run.wait(30) == -signal.SIGKILL
        with open_parts(tmp_path / "p", "s"):
            os.killpg(run.pid, signal.SIGKILL)


def test_what_was_forked_lets_go_of_every_folder(tmp_path: Path) -> None:
    handle = os.open(tmp_path, os.O_RDONLY)
    _locks.add(handle)
    _let_go()
    assert not _locks
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(handle)


def test_parts_are_removed_and_what_others_put_there_is_not(tmp_path: Path) -> None:
    mine = tmp_path / "p" / "notes.txt"
    with open_parts(tmp_path / "p", "") as parts:
        parts.finish(("a",), DONE)
        (tmp_path / "p" / f"{'0' * 32}.tmp").write_text("left by a kill")
        mine.write_text("mine")
        parts.remove()
    assert list((tmp_path / "p").iterdir()) == [mine]


def test_a_folder_that_its_scan_has_just_removed_is_not_shared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "p"
    lock = fcntl.flock

    def late(descriptor: int, how: int) -> None:
        folder.rmdir()
        folder.mkdir()
        lock(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", late)
    with pytest.raises(WatcherError, match="another scan is at work"), open_parts(folder, ""):
        pass


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(WatcherError, match="cannot be used as a folder"),
        open_parts(tmp_path / "file" / "p", ""),
    ):
        pass


def test_what_is_not_finished_leaves_all_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_text("old")

    def stop() -> None:
        with replacing(path) as file:
            file.write("new")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stop()
    assert [each.name for each in tmp_path.iterdir()] == ["out"]
    assert path.read_text() == "old"


def test_two_that_write_the_same_do_not_mix_it(tmp_path: Path) -> None:
    path = tmp_path / "out"
    with replacing(path) as first, replacing(path) as second:
        first.write("one\n")
        second.write("one\n")
    assert path.read_text() == "one\n"
    assert list(tmp_path.iterdir()) == [path]


def test_one_file_is_the_same_by_any_name(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    (tmp_path / "b").symlink_to("a")
    assert is_same(tmp_path / "a", tmp_path / "b")
    assert not is_same(tmp_path / "a", tmp_path / "none")


@pytest.mark.parametrize("name", ["file/out", "x" * 300])
def test_an_output_that_cannot_even_be_named_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WatcherError, match="cannot be written"), replacing(tmp_path / name):
        pass


def test_an_output_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with (
        pytest.raises(WatcherError, match="out: cannot be written: No such file"),
        replacing(tmp_path / "none" / "out"),
    ):
        pass
