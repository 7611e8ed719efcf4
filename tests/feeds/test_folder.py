"""A folder of documents is a source like any other."""

from __future__ import annotations

import os
import random
from datetime import UTC, datetime, timedelta

import pytest

from watcher.article import Article
from watcher.feeds import FolderReader, first_state
from watcher.feeds import folder as module
from watcher.source import Health

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
EVERY = timedelta(seconds=10)


def reader(path) -> FolderReader:
    return FolderReader(path, "Desk", "folder-key", EVERY)


def look(source, state=None, minutes=0):
    state = state or first_state("folder-key", "Desk", NOW)
    return source.look(state, NOW + timedelta(minutes=minutes), 0.5)


def titles(fetched) -> list[str]:
    return [article.title for article in fetched.articles]


def test_a_text_file_is_an_article_as_it_stands(tmp_path):
    path = tmp_path / "one.txt"
    path.write_bytes("\n  قاسم سليماني \r\nثاني\n\n".encode())
    fetched = look(reader(tmp_path))
    (article,) = fetched.articles
    assert article == Article(
        id=article.id,
        text="\n  قاسم سليماني \r\nثاني\n\n",
        title="قاسم سليماني",
        link=path.as_uri(),
        source="Desk",
    )
    assert fetched.note == "1 new or changed"
    assert fetched.state.health is Health.OK
    assert fetched.state.due == NOW + EVERY
    assert (fetched.state.last_look, fetched.state.last_ok) == (NOW, NOW)


def test_a_page_is_read_as_a_page(tmp_path):
    (tmp_path / "a.HTM").write_text(
        '<html lang="ar"><title>خبر</title><time datetime="2026-04-01"></time><p>قاسم <b>سل</b>يم'
    )
    (tmp_path / "b.html").write_text("<p>only this")
    first, second = look(reader(tmp_path)).articles
    assert (first.title, first.text, first.language) == ("خبر", "قاسم سليم", "ar")
    assert first.published == datetime(2026, 4, 1, tzinfo=UTC)
    assert (second.title, second.text) == ("only this", "only this")


def test_what_a_text_says_of_itself_counts(tmp_path):
    (tmp_path / "a.md").write_text("---\ntitle: One\ndate: 2026-04-01\nlang: ar\n---\nTwo words")
    (tmp_path / "b.txt").write_text("---\ndate: 1970-01-01\n---\n\nTwo words")
    first, second = look(reader(tmp_path)).articles
    assert (first.title, first.published, first.language) == (
        "One",
        datetime(2026, 4, 1, tzinfo=UTC),
        "ar",
    )
    assert first.text.startswith("---")
    assert (second.title, second.published) == ("Two words", None)


def test_a_date_that_no_news_can_have_is_none(tmp_path):
    (tmp_path / "a.html").write_text('<time datetime="1403-06-23"></time><p>one')
    (article,) = look(reader(tmp_path)).articles
    assert article.published is None


def test_front_matter_that_is_not_understood_is_said_once(tmp_path, monkeypatch):
    (tmp_path / "a.md").write_text("---\ntitle: One\ndate: 01/05/2020\nlang: russian\n---\nWords")
    (tmp_path / "b.md").write_text("---\ntitle: unclosed\n\nWords")
    (tmp_path / "c.md").write_text("---\ndate: 2026-05-04\n---\nWords")
    (tmp_path / "d.md").write_text("---\ndate: 2026-05-03\n---\nWords")
    (tmp_path / "e.html").write_text("<time datetime='2096-04-01'></time>Words")
    source = reader(tmp_path)
    fetched = look(source)
    assert len(fetched.articles) == 5
    assert [bool(article.published) for article in fetched.articles] == [0, 0, 0, 1, 0]
    first, second, third = fetched.doubts
    assert first.startswith('a.md:3: "date: 01/05/2020" is not read; write')
    assert '; 4: "lang: russian" is not read; write' in first
    assert second.startswith("b.md:1: the front matter has no end; write")
    assert third == "c.md: the date 2026-05-04 is not taken: no news has it"
    assert look(source, fetched.state, 1).doubts == ()
    monkeypatch.setattr(module, "TOLD", 1)
    assert look(reader(tmp_path)).doubts == (first, "2 more files with such lines")


def test_files_are_found_at_any_depth_in_the_order_of_their_names(tmp_path):
    for name in ("b/2.txt", "b/1.md", "a.txt", "c.txt", ".git/x.txt", ".hidden.txt", "d.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"# {name}")
    assert titles(look(reader(tmp_path))) == ["a.txt", "b/1.md", "b/2.txt", "c.txt"]


def test_only_what_changed_is_read_again(tmp_path):
    source = reader(tmp_path)
    (tmp_path / "a.txt").write_text("one")
    first = look(source)
    assert titles(first) == ["one"]
    second = look(source, first.state, 1)
    assert (second.articles, second.note) == ((), "")
    (tmp_path / "a.txt").write_text("three")
    (tmp_path / "b.txt").write_text("two")
    third = look(source, second.state, 2)
    assert titles(third) == ["three", "two"]
    assert third.articles[0].id == first.articles[0].id


def test_what_was_not_stored_is_read_again(tmp_path):
    source = reader(tmp_path)
    (tmp_path / "a.txt").write_text("one")
    assert titles(look(source)) == ["one"]
    assert titles(look(source, minutes=1)) == ["one"]


def test_after_a_restart_all_is_read_with_the_same_ids(tmp_path):
    (tmp_path / "a.txt").write_text("one")
    first = look(reader(tmp_path))
    assert look(reader(tmp_path), first.state, 1).articles == first.articles


def test_what_is_skipped_is_said_once(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "LARGEST", 1_000_000)
    outside = tmp_path / "outside.txt"
    outside.write_text("secret")
    root = tmp_path / "root"
    root.mkdir()
    (root / "big.txt").write_bytes(bytes(1_000_001))
    (root / "empty.txt").write_text(" \n")
    (root / "out.txt").symlink_to(outside)
    (root / "nowhere.txt").symlink_to(root / "none")
    (root / "loop.txt").symlink_to(root / "loop.txt")
    (root / "in.txt").symlink_to(root / "text.md")
    (root / "text.md").write_text("one")
    (root / "folder.txt").mkdir()
    os.mkfifo(root / "pipe.txt")
    source = reader(root)
    first = look(source)
    assert titles(first) == ["one", "one"]
    assert first.note == (
        "2 new or changed, skipped: "
        "big.txt is over 1 MB; "
        "empty.txt holds no text; "
        "loop.txt is a link that leads to itself; "
        "nowhere.txt cannot be read: No such file or directory; "
        "out.txt is a link that leads out of the folder; "
        "pipe.txt is not a plain file"
    )
    assert look(source, first.state, 1).note == ""


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\n1 0 obj", "is a PDF, not text"),
        (b"PK\3\4abc", "is a zip archive or an office document, not text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an office document, not text"),
        (b"Qasem Soleimani\0", "is not text"),
        (random.Random(1).randbytes(5000), "is not text"),
        (random.Random(2).randbytes(5000).replace(b"\0", b"\1"), "is not text"),
        (b"\1\2\3 name", "is not text"),
    ],
)
def test_what_is_no_text_is_skipped_and_said(tmp_path, data, reason):
    (tmp_path / "a.txt").write_bytes(data)
    (tmp_path / "b.html").write_bytes(b"<p>one")
    source = reader(tmp_path)
    first = look(source)
    assert titles(first) == ["one"]
    assert first.note == f"1 new or changed, skipped: a.txt {reason}"
    assert look(source, first.state, 1).note == ""


@pytest.mark.parametrize(
    "data",
    [
        "قاسم سليماني".encode("utf-16"),
        "قاسم سليماني في بغداد".encode("cp1256"),
        "قاسم سليماني في بغداد اليوم".encode()[:-1],
        b"\x1b[1mone\x1b[0m\f two\r\n\tthree\x1a",
    ],
)
def test_text_that_is_oddly_encoded_is_text(tmp_path, data):
    (tmp_path / "a.txt").write_bytes(data)
    assert len(look(reader(tmp_path)).articles) == 1


def test_what_becomes_readable_is_read(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("one")
    path.chmod(0o000)
    source = reader(tmp_path)

    def refuse(path, flags):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:  # a test may run as root, to whom nothing is refused
        patched.setattr(module, "_open", refuse)
        first = look(source)
    assert first.note == "skipped: a.txt cannot be read: Permission denied"
    before = path.stat().st_ctime_ns
    while path.stat().st_ctime_ns == before:  # the clock of the file system ticks some ms apart
        path.chmod(0o644)
    assert titles(look(source, first.state, 1)) == ["one"]


def test_a_name_in_no_encoding_is_no_trouble(tmp_path):
    (tmp_path / os.fsdecode(b"\xff\xfe.txt")).write_text("one")
    (article,) = look(reader(tmp_path)).articles
    assert article.link.endswith("/%FF%FE.txt")


def test_an_archive_comes_in_batches(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "BATCH", 2)
    for name in "abcde":
        (tmp_path / f"{name}.txt").write_text(name)
    source = reader(tmp_path)
    first = look(source)
    assert (titles(first), first.note) == (["a", "b"], "2 new or changed, 3 more to come")
    assert first.state.due == NOW
    second = look(source, first.state, 1)
    third = look(source, second.state, 2)
    assert (titles(second), titles(third)) == (["c", "d"], ["e"])
    assert third.state.due > NOW + timedelta(minutes=2)


def test_a_batch_is_bounded_in_bytes_too(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "BATCH_BYTES", 10)
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(name * 8)
    assert len(look(reader(tmp_path)).articles) == 1


def test_a_missing_folder_is_said_and_looked_for_again(tmp_path):
    source = reader(tmp_path / "none")
    first = look(source)
    assert first.articles == ()
    assert first.state.health is Health.UNREACHABLE
    assert (
        first.state.reason == f"cannot read the folder {tmp_path}/none: No such file or directory"
    )
    second = look(source, first.state, 1)
    assert (second.state.failures, second.state.since) == (2, NOW)
    waits = [done.state.due - done.state.last_look for done in (first, second)]
    assert waits[0] == waits[1]  # no host is to be spared
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "a.txt").write_text("one")
    third = look(source, second.state, 2)
    assert (titles(third), third.state.failures, third.state.reason) == (["one"], 0, "")
    assert third.state.since == NOW + timedelta(minutes=2)


@pytest.mark.parametrize("gone", ["inner", "file"])
def test_what_vanishes_during_a_look_is_passed_over(tmp_path, monkeypatch, gone):
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "a.txt").write_text("one")
    (tmp_path / "b.txt").write_text("two")
    scandir = os.scandir

    def vanishing(path):
        if gone == "inner" and str(path).endswith("inner"):
            raise PermissionError(13, "Permission denied")
        entries = list(scandir(path))
        if gone == "file" and not str(path).endswith("inner"):
            (tmp_path / "b.txt").unlink()
        return entries

    monkeypatch.setattr(module.os, "scandir", vanishing)
    assert titles(look(reader(tmp_path))) == (["two"] if gone == "inner" else ["one"])


def test_a_long_first_line_is_cut_for_the_title(tmp_path):
    (tmp_path / "a.txt").write_text("word " * 100)
    (article,) = look(reader(tmp_path)).articles
    assert len(article.title) == 200
    assert article.title.endswith("…")
