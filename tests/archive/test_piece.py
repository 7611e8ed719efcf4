from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.archive import piece
from watcher.archive.document import Document, Fields, Refused
from watcher.archive.lines import Line, read_lines
from watcher.archive.piece import Lines, Lost, cut_lines, cut_whole


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that a test can reach."""
    monkeypatch.setattr(piece, "LARGEST", 50)
    monkeypatch.setattr("watcher.archive.lines.LARGEST", 50)


def cut(data: bytes, step: int = 1 << 17) -> list[Lines | Lost]:
    file = io.BytesIO(data)
    return list(cut_lines(lambda size: file.read(min(size, step)), file.tell, "f", Fields()))


def read(pieces: list[Lines | Lost]) -> Iterator[Document | Refused]:
    for each in pieces:
        yield from each.documents()


@given(
    st.lists(st.sampled_from([b"{", b"\n", b"\r\n", b'{"id":1,"text":"t"}', b"x", b"\xff"])),
    st.integers(1, 9),
)
def test_wherever_it_is_cut_the_lines_and_their_numbers_are_the_same(
    parts: list[bytes], step: int
) -> None:
    data = b"".join(parts)
    whole = [
        (each.place, each.value if isinstance(each, Line) else each.message)
        for each in read_lines(io.BytesIO(data), "f")
    ]
    cut_up = [
        (each.place, each.value if isinstance(each, Line) else each.message)
        for lines in cut(data, step)
        if isinstance(lines, Lines)
        for each in read_lines(lines.data.split(b"\n"), lines.name, lines.first)
    ]
    assert cut_up == whole


@given(st.lists(st.integers(0, 120), max_size=8), st.integers(1, 70), st.sampled_from([b"", b"\n"]))
def test_a_line_too_large_is_refused_wherever_it_is_cut(
    lengths: list[int], step: int, end: bytes
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(piece, "LARGEST", 50)
        patch.setattr("watcher.archive.lines.LARGEST", 50)
        data = b"\n".join(b"x" * length for length in lengths) + end
        told = [str(each).split(":")[1:3] for each in read(cut(data, step))]
    assert told == [
        [
            str(number),
            " is over 10 MB; cut it into articles" if length > 50 else " not JSON at column 1",
        ]
        for number, length in enumerate(lengths, start=1)
        if length
    ]


@pytest.mark.usefixtures("small")
def test_what_follows_a_line_too_large_is_read() -> None:
    data = b"x" * 1000 + b'\n{"id": 1, "text": "t"}\n'
    refused, document = read(cut(data, 64))
    assert isinstance(refused, Refused)
    assert isinstance(document, Document)


@pytest.mark.usefixtures("small")
def test_a_text_too_large_is_refused() -> None:
    (refused,) = cut_whole(io.BytesIO(b"x" * 51).read, lambda: 7, "f", is_page=False)
    assert refused == Lost(7, "f", Refused("f", "is over 10 MB; cut it into articles"))


def test_lines_before_a_break_are_given() -> None:
    given_ = iter([b'{"id": 1, "text": "t"}\n{"id"'])

    def pull(_: int) -> bytes:
        try:
            return next(given_)
        except StopIteration:
            raise EOFError from None

    pieces = cut_lines(pull, lambda: 0, "f", Fields())
    assert len(list(next(pieces).documents())) == 1
    with pytest.raises(EOFError):
        next(pieces)
