from __future__ import annotations

import gzip
import io
import sys
from pathlib import Path

import pytest

from watcher.archive.cut import bundle, cut
from watcher.archive.document import LARGEST, Document, Fields, Refused
from watcher.archive.piece import Lost, Whole
from watcher.article import Article
from watcher.errors import WatcherError


def read(*paths: str | Path, lines: bool = True) -> list[Document | Refused]:
    return [
        each
        for path in paths
        for piece in cut(str(path), Fields(), lines=lines)
        for each in piece.documents()
    ]


def told(*paths: str | Path) -> list[str]:
    return [str(each) for each in read(*paths) if isinstance(each, Refused)]


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> io.BytesIO:
    """Standard input, to be filled."""
    stream = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stream))
    return stream


def test_plain_text_is_kept_to_the_letter(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffق\r\nb\x00\n".encode())
    assert read(path) == [Document(str(path), Article(text="\ufeffق\r\nb\x00\n"), by_place=True)]


def test_text_in_an_old_charset_is_read_by_what_it_shows(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    text = "اجتمع اللواء قاسم سليماني بقيادات في بغداد وقال إن الاجتماع ناجح"
    path.write_bytes(text.encode("windows-1256"))
    assert read(path) == [Document(str(path), Article(text=text), by_place=True)]


def test_a_page_gives_its_title_and_text(tmp_path: Path) -> None:
    path = tmp_path / "a.HTML"
    path.write_text("<title>T</title><p>Qasem <b>Solei</b>mani</p>")
    assert read(path) == [
        Document(str(path), Article(title="T", text="Qasem Soleimani"), by_place=True)
    ]


def test_lines_are_documents_each_with_its_own_id(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "x", "text": "t", "title": "h", "more": 1}\n{"id": 7, "text": ""}\n')
    assert read(path, lines=False) == [
        Document("x", Article(text="t", title="h")),
        Document(7, Article(text="")),
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"text": "t"}', 'there is no "id"; write "id": "…"'),
        ('{"id": null, "text": "t"}', 'there is no "id"; write "id": "…"'),
        ('{"id": true, "text": "t"}', '"id" is no text and no whole number; write "id": "…"'),
        ('{"id": 1.5, "text": "t"}', '"id" is no text and no whole number; write "id": "…"'),
        ('{"id": 1}', 'there is no "text"; write "text": "…"'),
        ('{"id": 1, "text": "t", "title": 2}', '"title" is no string; write "title": "…"'),
        ("[]", "not an object; write one {…} a line"),
    ],
)
def test_a_line_that_is_no_document_says_why(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f'{line}\n{{"id": 2, "text": "t"}}\n')
    assert read(path) == [Refused(f"{path}:1", message), Document(2, Article(text="t"))]


@pytest.mark.parametrize("name", ["a.json", "a.JSON.gz", "b.json.zst"])
def test_json_is_not_taken_for_a_text(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text('[{"text": "\\u0642"}]')
    (why,) = told(path)
    assert why.startswith(f"{path}: is JSON; name it .jsonl if it holds a document a line")


def test_packed_files_are_unpacked(tmp_path: Path) -> None:
    text, lines = tmp_path / "a.txt.gz", tmp_path / "b.jsonl.gz"
    text.write_bytes(gzip.compress(b"t"))
    lines.write_bytes(gzip.compress(b'{"id": 1, "text": "u"}'))
    assert read(text, lines) == [
        Document(str(text), Article(text="t"), by_place=True),
        Document(1, Article(text="u")),
    ]


def test_files_that_cannot_be_read_are_told_and_the_others_read(tmp_path: Path) -> None:
    good, cut, lie = tmp_path / "good.txt", tmp_path / "cut.txt.gz", tmp_path / "lie.txt.gz"
    good.write_text("t")
    cut.write_bytes(gzip.compress(b"t" * 1000)[:-12])
    lie.write_bytes(b"not packed at all")
    paths = [tmp_path / "none.txt", tmp_path, cut, lie, good]
    assert read(*paths)[-1] == Document(str(good), Article(text="t"), by_place=True)
    assert [message.split(": ")[1] for message in told(*paths)] == ["cannot be read"] * 4
    assert told(tmp_path / "none.txt") == [
        f"{tmp_path / 'none.txt'}: cannot be read: No such file or directory"
    ]


def test_what_stood_before_the_break_of_a_packed_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    whole = b"".join(b'{"id": %d, "text": "%d"}\n' % (n, n**9) for n in range(5000))
    path.write_bytes(gzip.compress(whole)[:-2000])
    *documents, last = read(path)
    assert len(documents) > 100
    assert isinstance(last, Refused)


def test_standard_input_holds_lines_or_a_text(given: io.BytesIO) -> None:
    given.write(b'{"id": 1, "text": "t"}\n{}\n')
    given.seek(0)
    assert read("-") == [
        Document(1, Article(text="t")),
        Refused("standard input:2", 'there is no "id"; write "id": "…"'),
    ]
    given.seek(0)
    assert read("-", lines=False) == [
        Document("standard input", Article(text='{"id": 1, "text": "t"}\n{}\n'), by_place=True)
    ]


def zstd(data: bytes) -> bytes:
    stream_io = pytest.importorskip("fastwarc.stream_io")

    class Kept(io.BytesIO):
        def close(self) -> None:
            """Keep what was written; the writer closes what it wrote to."""

    kept = Kept()
    writer = stream_io.ZstdWriter(kept)
    writer.write(data)
    writer.close()
    return kept.getvalue()


@pytest.mark.parametrize(
    ("packed", "by"),
    [(gzip.compress(b"t", mtime=0), "zcat"), (b"\x28\xb5\x2f\xfd\x00", "zstdcat")],
    ids=["gzip", "zstd"],
)
def test_standard_input_that_is_packed_is_told(given: io.BytesIO, packed: bytes, by: str) -> None:
    given.write(packed * 2)
    given.seek(0)
    (why,) = read("-")
    assert str(why).startswith("standard input: cannot be read: it is packed; unpack it on the way")
    assert by in str(why)


def test_files_packed_by_zstd_are_unpacked_frame_by_frame(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.zst"
    first, second = zstd(b'{"id": 1, "text": "t"}\n'), zstd(b'{"id": 2, "text": "u"}\n')
    path.write_bytes(first + second)
    documents = [Document(1, Article(text="t")), Document(2, Article(text="u"))]
    assert read(path) == documents


def test_what_stood_before_the_break_of_a_zstd_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.zst"
    whole = zstd(b"".join(b'{"id": %d, "text": "%d"}\n' % (n, n**30) for n in range(5000)))
    path.write_bytes(whole[: len(whole) * 2 // 3])
    *documents, last = read(path)
    assert [each.id for each in documents if isinstance(each, Document)][:2000] == [*range(2000)]
    assert str(last) == f"{path}: cannot be read: incomplete frame"


def test_what_unpacks_may_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fastwarc.stream_io", None)
    path = tmp_path / "a.txt.zst"
    path.write_bytes(b"")
    with pytest.raises(WatcherError, match=r'fastwarc.*pip install "entity-watcher\[archive\]"'):
        read(path)


FOREIGN = {
    "a.txt": (b"%PDF-1.7\n\xe2\xe3 1 0 obj", "is a PDF, not text"),
    "a.html": (b"\x89PNG\r\n\x1a\n", "is a picture, not text"),
    "report.docx": (b"PK\3\4\x14\0", "is a zip archive or an office document, not text"),
    "a.txt.gz": (gzip.compress(gzip.compress(b"twice")), "is a packed file, not text"),
    "core": (b"\x7fELF\2\1\1\0", "is not text"),
    "noise.txt": (bytes(range(256)) * 9, "is not text"),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_no_text_is_left_out_with_the_reason(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    data, why = FOREIGN[name]
    path.write_bytes(data)
    assert read(str(path)) == [Refused(str(path), why)]


def test_a_text_may_hold_a_stray_sign(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"one page\x0cand\x01 another \x1b[1m\n" * 9)
    (document,) = read(str(path))
    assert isinstance(document, Document)


def test_the_charset_of_a_page_is_decided_for_all_of_it(tmp_path: Path) -> None:
    """A line alone may read as well in another: of these, two do."""
    lines = ["à Paris", "قاسم سليماني", "café — “déjà vu”", "في بغداد"]
    path = tmp_path / "a.html"
    path.write_bytes("".join(f"<p>{line}</p>\n" for line in lines).encode("cp1256"))
    (document,) = read(path)
    assert isinstance(document, Document)
    assert document.article.text.splitlines() == lines


def test_pieces_are_put_together_in_order() -> None:
    pieces = [Lost(n, "f", Refused("f", "")) for n in range(5)]
    assert [len(each) for each in bundle(pieces, 2)] == [2, 2, 1]
    assert [len(each) for each in bundle(pieces[:4], 2)] == [2, 2]
    assert sum(bundle(pieces, 2), ()) == tuple(pieces)


def test_large_texts_are_not_bundled_as_if_they_were_small() -> None:
    large, small = (Whole(0, "a", b"x" * size, is_page=False) for size in (LARGEST, 1))
    several = bundle([small, large, small, small], 16)
    assert [len(each) for each in several] == [2, 2]
