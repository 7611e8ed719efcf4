from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.archive.crawls import HTML, answer, page, record, write
from watcher.archive.cut import cut
from watcher.archive.document import LARGEST, Document, Fields, Refused

pytest.importorskip("fastwarc")
pytest.importorskip("resiliparse")

FIVE = [page(f"http://x.example/{number}", f"body {number}") for number in range(5)]
ALL = [f"body {number}" for number in range(5)]
PACKED = pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])


def read(path: Path) -> list[Document | Refused]:
    return [each for piece in cut(str(path), Fields()) for each in piece.documents()]


def texts(path: Path) -> list[str]:
    return [each.article.text for each in read(path) if isinstance(each, Document)]


def told(path: Path) -> list[str]:
    return [str(each) for each in read(path) if isinstance(each, Refused)]


@PACKED
def test_each_page_is_a_document_called_by_its_address(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, FIVE)
    documents = read(path)
    assert [each.id for each in documents if isinstance(each, Document)] == [
        f"http://x.example/{number}" for number in range(5)
    ]
    assert texts(path) == ALL


def test_an_address_is_a_link_only_if_people_may_follow_it(tmp_path: Path) -> None:
    links = ["<http://x.example/old>", "javascript:alert(1)", "urn:uuid:0"]
    path = write(tmp_path / "a.warc", [page(link, "body") for link in links])
    documents = [each for each in read(path) if isinstance(each, Document)]
    assert [(each.id, each.article.link) for each in documents] == [
        ("http://x.example/old", "http://x.example/old"),
        ("javascript:alert(1)", ""),
        ("urn:uuid:0", ""),
    ]


def test_a_file_packed_as_a_whole_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(b"".join(FIVE)))
    assert texts(path) == ALL


def test_zstd_is_unpacked_record_by_record(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.zst"
    path.write_bytes(b"".join(map(zstd, FIVE)))
    assert texts(path) == ALL
    whole = path.read_bytes()
    path.write_bytes(whole[:-9])
    assert texts(path) == ALL[:-1]
    assert "incomplete frame" in told(path)[0]


def test_after_a_broken_record_of_zstd_the_others_are_found(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.zst"
    path.write_bytes(b"".join([zstd(FIVE[0]), b"junk" * 9, *map(zstd, FIVE[2:])]))
    assert texts(path) == [ALL[0], *ALL[2:]]


def zstd(data: bytes) -> bytes:
    from fastwarc.stream_io import ZstdWriter  # noqa: PLC0415 - it may be missing

    class Kept(io.BytesIO):
        def close(self) -> None:
            """Keep what was written; the writer closes what it wrote to."""

    kept = Kept()
    writer = ZstdWriter(kept)
    writer.write(data)
    writer.close()
    return kept.getvalue()


def test_what_is_no_text_is_passed_over(tmp_path: Path) -> None:
    records = [
        record("http://x.example/i", answer(b"GIF89a", "Content-Type: image/gif")),
        record("http://x.example/c", answer(b"p {}", "Content-Type: text/css")),
        record("http://x.example/4", answer(b"<p>gone", HTML, status="404 Not Found")),
        record("http://x.example/e", answer(b"", HTML)),
        record("", b"software: x", kind="warcinfo", media="application/warc-fields"),
        record("http://x.example/r", b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        FIVE[0],
    ]
    path = write(tmp_path / "a.warc", records)
    assert (texts(path), told(path)) == (ALL[:1], [])


def test_texts_and_resources_are_read_as_well(tmp_path: Path) -> None:
    records = [
        record("http://x.example/t", b"of a crawl", kind="conversion", media="text/plain"),
        record("http://x.example/p", b"<p>of a folder", kind="resource", media="text/html"),
        record("http://x.example/a", answer(b"as text", "Content-Type: text/plain")),
        record("http://x.example/b", answer(b"\0" * 9, "Content-Type: text/plain")),
        record("http://x.example/n", answer(b"<p>nobody says", "X: y")),
        record("http://x.example/0", b"", kind="resource", media="text/html"),
    ]
    path = write(tmp_path / "a.warc.wet.gz", records)
    assert texts(path) == ["of a crawl", "of a folder", "as text", "nobody says"]


def test_a_record_without_an_address_is_called_by_its_place(tmp_path: Path) -> None:
    text = record("", b"t", kind="conversion", media="text/plain").replace(
        b"WARC-Target-URI: \r\n", b""
    )
    path = write(tmp_path / "a.warc", [text])
    (document,) = read(path)
    assert isinstance(document, Document)
    assert document.id == f"{path}: the record at byte 0"


def deflated(body: bytes) -> bytes:
    return zlib.compress(body)


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


@pytest.mark.parametrize(
    ("headers", "pack"),
    [
        (["Content-Encoding: gzip"], gzip.compress),
        (["Content-Encoding: deflate"], deflated),
        (["Content-Encoding: identity"], bytes),
        (["Transfer-Encoding: chunked"], chunked),
        (
            ["Transfer-Encoding: chunked", "Content-Encoding: x-gzip"],
            lambda body: chunked(gzip.compress(body)),
        ),
    ],
)
def test_what_servers_pack_is_unpacked(
    tmp_path: Path, headers: list[str], pack: Callable[[bytes], bytes]
) -> None:
    body = answer(pack("<p>قاسم سليماني".encode()), HTML, *headers)
    assert texts(write(tmp_path / "a.warc", [record("http://x.example/", body)])) == [
        "قاسم سليماني"
    ]


def test_an_answer_that_cannot_be_unpacked_is_told(tmp_path: Path) -> None:
    lie = record("http://x.example/", answer(b"<p>plain", HTML, "Content-Encoding: gzip"))
    bare = record("http://x.example/", b"no head at all")
    path = write(tmp_path / "a.warc", [lie, bare, FIVE[4]])
    assert texts(path) == ALL[4:]
    assert [message.split(": ")[1:3] for message in told(path)] == [
        ["the record at byte 0", "cannot be read"],
        [f"the record at byte {len(lie)}", "cannot be read"],
    ]


def test_records_too_large_are_left_out_packed_or_not(tmp_path: Path) -> None:
    large = b"x" * (LARGEST + 1)
    bomb = answer(gzip.compress(large), HTML, "Content-Encoding: gzip")
    records = [
        record("http://x.example/l", large, kind="resource", media="text/html"),
        record("http://x.example/b", bomb),
        FIVE[4],
    ]
    path = write(tmp_path / "a.warc.gz", records)
    assert texts(path) == ALL[4:]
    assert [message.split(": ")[-1] for message in told(path)] == [
        "is over 10 MB; cut it into articles"
    ] * 2


def damaged(records: list[bytes], *, packed: bool) -> dict[str, bytes]:
    """Crawls whose third record is broken in some way."""

    def join(third: bytes) -> bytes:
        return b"".join([*records[:2], third, *records[3:]])

    pack = gzip.compress if packed else bytes
    return {
        "junk": join(b"junk junk\n" * 30),
        "zeros": join(records[2][:30] + bytes(9) + records[2][39:]),
        "too long": join(pack(record("http://x.example/2", b"short", length=9999))),
        "too short": join(pack(record("http://x.example/2", b"longer than told", length=3))),
        "no length": join(pack(FIVE[2].replace(b"Content-Length: ", b"Content-Length: x"))),
    }


@PACKED
@pytest.mark.parametrize("how", list(damaged(FIVE, packed=False)))
def test_a_broken_record_does_not_cost_the_others(tmp_path: Path, name: str, how: str) -> None:
    packed = name.endswith(".gz")
    records = [gzip.compress(each) if packed else each for each in FIVE]
    path = tmp_path / name
    path.write_bytes(damaged(records, packed=packed)[how])
    assert [text for text in texts(path) if text != ALL[2]] == [*ALL[:2], *ALL[3:]]
    if how != "zeros" or packed:
        assert told(path)


@PACKED
def test_what_stands_before_the_first_record_is_passed_over(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, FIVE)
    path.write_bytes(b"garbage" + path.read_bytes())
    assert (texts(path), len(told(path))) == (ALL, 1)


@PACKED
@pytest.mark.parametrize("off", [5, 60, 150, 190, 205, 300])
def test_a_file_cut_short_says_so(tmp_path: Path, name: str, off: int) -> None:
    path = write(tmp_path / name, FIVE)
    whole = path.read_bytes()
    last = len(whole) - (len(gzip.compress(FIVE[4])) if name.endswith(".gz") else len(FIVE[4]))
    path.write_bytes(whole[: max(last + 10, len(whole) - off)])
    assert texts(path) in (ALL, ALL[:4])
    if off > 5:
        assert len(told(path)) == 1


def test_a_crawl_of_nothing_holds_nothing(tmp_path: Path) -> None:
    assert read(write(tmp_path / "a.warc", [])) == []


def test_a_crawl_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert told(tmp_path / "a.warc") == [
        f"{tmp_path / 'a.warc'}: cannot be read: No such file or directory"
    ]


def test_many_records_come_in_pieces_in_order(tmp_path: Path) -> None:
    body = "word " * 5000
    records = [page(f"http://x.example/{n}", f"{n} {body}") for n in range(20)]
    path = write(tmp_path / "a.warc.gz", records)
    pieces = list(cut(str(path), Fields()))
    assert len(pieces) > 2
    assert [int(text.split()[0]) for text in texts(path)] == list(range(20))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_is_broken_reading_ends_and_tells(tmp_path: Path, data: st.DataObject) -> None:
    packed = data.draw(st.booleans())
    whole = bytearray(b"".join(gzip.compress(each) if packed else each for each in FIVE))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=30))
        if not whole:
            break
    path = tmp_path / "a.warc"
    path.write_bytes(whole)
    assert all(isinstance(each, Document | Refused) for each in read(path))
