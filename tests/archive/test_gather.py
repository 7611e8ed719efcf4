from __future__ import annotations

import os
from pathlib import Path

import pytest

from watcher.archive import Refused, gather


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lay(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("t")


def test_what_is_named_stays_as_it_was_named(desk: Path) -> None:
    lay("b.dat", "a.txt")
    names = ("./b.dat", "a.txt", "-", "none.txt", "a.txt", "b.dat", f"{desk}/a.txt", "./", "-")
    assert gather(names) == ("./b.dat", "a.txt", "-", "none.txt")


def test_a_folder_gives_the_files_of_known_endings_sorted(desk: Path) -> None:
    lay("d/b.jsonl.zst", "d/a.TXT", "d/c/x.parquet", "d/c/y.warc.gz", "d/e.pdf", "d/k.wet.gz")
    lay("d/.hidden.txt", "d/.git/x.txt", "d/page.html", "d/notes.md.gz", "d/readme")
    assert gather(["d"]) == tuple(
        f"d/{name}"
        for name in (
            "a.TXT",
            "b.jsonl.zst",
            "k.wet.gz",
            "notes.md.gz",
            "page.html",
            "c/x.parquet",
            "c/y.warc.gz",
        )
    )


def test_a_pattern_gives_its_matches_sorted(desk: Path) -> None:
    lay("2019/b.jsonl", "2020/a.jsonl", "2020/x/c.jsonl", "2020/x/d.dat")
    assert gather(["20*/**/*.jsonl"]) == ("2019/b.jsonl", "2020/a.jsonl", "2020/x/c.jsonl")
    assert gather(["20[2]0"]) == ("2020/a.jsonl", "2020/x/c.jsonl")
    assert gather(["20*/**/*.dat"]) == ("2020/x/d.dat",)


def test_a_name_that_looks_like_a_pattern_is_a_name(desk: Path) -> None:
    lay("[a].txt")
    assert gather(["[a].txt"]) == ("[a].txt",)


def test_a_pattern_without_a_match_is_told(desk: Path) -> None:
    assert gather(["*.jsonl"]) == (Refused("*.jsonl", "no file has such a name; mend the pattern"),)


def test_a_folder_with_nothing_to_search_is_told(desk: Path) -> None:
    lay("d/notes.log", "d/.hidden.txt")
    message = "holds no file of a known ending; name the files themselves"
    assert gather(["d"]) == (Refused("d", message),)


def test_the_output_of_the_scan_is_left_out(desk: Path) -> None:
    lay("a.txt", "out.jsonl", "out.jsonl.parts/1.jsonl")
    left = (Path("out.jsonl"), desk / "out.jsonl.parts")
    assert gather(["."], left) == ("a.txt",)
    assert gather(["*.*"], left) == ("a.txt",)
    assert gather(["out.jsonl"], left) == ("out.jsonl",)


def test_a_pipe_in_a_folder_is_not_waited_for(desk: Path) -> None:
    os.mkfifo("p.txt")
    assert gather(["."]) == (Refused("p.txt", "is not a plain file"),)
    assert gather(["p.txt"]) == ("p.txt",)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_told(desk: Path) -> None:
    lay("d/a.txt")
    Path("d").chmod(0)
    try:
        assert gather(["d"]) == (Refused("d", "cannot be read: Permission denied"),)
    finally:
        Path("d").chmod(0o700)


def test_a_folder_that_is_gone_meanwhile_is_told(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay("d/a.txt")
    monkeypatch.setattr(Path, "is_dir", lambda _: True)
    assert gather(["gone"]) == (Refused("gone", "cannot be read: No such file or directory"),)
