from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from watcher.archive.cut import cut
from watcher.archive.document import LARGEST, Document, Fields, Refused
from watcher.article import Article

pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")


def write(path: Path, columns: dict[str, Any], **how: Any) -> Path:
    parquet.write_table(pa.table(columns), path, **how)
    return path


def read(path: Path, **called: str) -> list[Document | Refused]:
    pieces = cut(str(path), Fields(**called))
    return [each for piece in pieces for each in piece.documents()]


def test_each_row_is_a_document(tmp_path: Path) -> None:
    at = datetime(2020, 1, 2, tzinfo=UTC)
    columns = {
        "id": ["a", "b"],
        "text": ["قاسم", ""],
        "title": ["T", None],
        "published": [at.date(), None],
        "language": ["ar", None],
        "link": ["https://x.example/a", "javascript:alert(1)"],
        "views": [1, 2],
    }
    assert read(write(tmp_path / "a.parquet", columns)) == [
        Document(
            "a",
            Article(
                text="قاسم",
                title="T",
                published=at,
                language="ar",
                link="https://x.example/a",
            ),
        ),
        Document("b", Article(text="")),
    ]


def test_columns_may_have_other_names_and_rows_no_id(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", {"body": ["t", "u"], "when": [datetime(2020, 1, 2)] * 2})  # noqa: DTZ001
    article = Article(text="t", published=datetime(2020, 1, 2, tzinfo=UTC))
    first, second = read(path, text="body", published="when")
    assert first == Document(f"{path}:1", article, by_place=True)
    assert isinstance(second, Document)
    assert second.id == f"{path}:2"


def test_a_row_that_is_no_document_says_why(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", {"id": [1, 2], "text": ["t", None]})
    assert read(path) == [
        Document(1, Article(text="t")),
        Refused(f"{path}:2", '"text" is no string; write "text": "…"'),
    ]


def test_a_cell_too_large_is_left_out(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", {"text": ["x" * (LARGEST + 1), "t"]})
    large, fine = read(path)
    assert str(large) == f"{path}:1: is over 10 MB; cut it into articles"
    assert isinstance(fine, Document)


def test_a_cell_that_is_not_utf_8_costs_its_row_only(tmp_path: Path) -> None:
    bad = pa.Array.from_buffers(
        pa.string(),
        2,
        [None, pa.py_buffer(b"\0\0\0\0\2\0\0\0\3\0\0\0"), pa.py_buffer(b"\xff\xfet")],
    )
    refused, fine = read(write(tmp_path / "a.parquet", {"text": bad}))
    assert "cannot be read" in str(refused)
    assert isinstance(fine, Document)


def test_a_time_that_python_cannot_hold_costs_its_row_only(tmp_path: Path) -> None:
    late = pa.array([2**50, 0], pa.timestamp("s"))
    path = write(tmp_path / "a.parquet", {"text": ["t", "u"], "published": late})
    refused, fine = read(path)
    assert str(refused).startswith(f"{path}:1: cannot be read: ")
    assert isinstance(fine, Document)


def test_categories_and_times_in_nanoseconds_as_pandas_writes_them_are_read(tmp_path: Path) -> None:
    columns = {
        "id": pa.array(["a", "b"]).dictionary_encode(),
        "text": ["t", "u"],
        "language": pa.array(["ar", "ar"]).dictionary_encode(),
        "published": pa.array([1_577_836_800_123_456_789, None], pa.timestamp("ns", "UTC")),
    }
    at = datetime(2020, 1, 1, 0, 0, 0, 123456, tzinfo=UTC)
    assert read(write(tmp_path / "a.parquet", columns)) == [
        Document("a", Article(text="t", language="ar", published=at)),
        Document("b", Article(text="u", language="ar")),
    ]


def test_two_columns_of_one_name_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    both = pa.table([pa.array(["t"]), pa.array(["u"])], names=["text", "text"])
    parquet.write_table(both, path)
    assert read(path) == [Refused(str(path), 'there are two columns "text"; rename one')]


def test_long_rows_are_handed_over_one_by_one(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", {"text": ["x" * (LARGEST // 2)] * 3})
    pieces = list(cut(str(path), Fields()))
    assert len(pieces) == 3
    assert [each.id for each in read(path) if isinstance(each, Document)] == [
        f"{path}:{number}" for number in (1, 2, 3)
    ]


def test_a_table_without_texts_says_what_it_has(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", {"id": [1], "body": ["t"]})
    why = 'there is no column "text"; say which is meant of: id, body (--field text=…)'
    assert read(path) == [Refused(str(path), why)]


@pytest.mark.parametrize("content", [b"", b"PAR1", b"not a table at all" * 100])
def test_what_is_no_table_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(content)
    (refused,) = read(path)
    assert str(refused).startswith(f"{path}: cannot be read: ")


def test_rows_come_in_order_from_many_groups(tmp_path: Path) -> None:
    columns = {"id": list(range(1000)), "text": [f"t{n}" for n in range(1000)]}
    path = write(tmp_path / "a.parquet", columns, row_group_size=300)
    pieces = list(cut(str(path), Fields()))
    assert len(pieces) == 3 * 5 + 2
    documents = read(path)
    assert [each.id for each in documents if isinstance(each, Document)] == list(range(1000))
    assert 0 < pieces[0].at < pieces[-1].at <= path.stat().st_size


def test_a_broken_group_does_not_cost_the_others(tmp_path: Path) -> None:
    columns = {"id": list(range(30)), "text": [f"text number {n}" for n in range(30)]}
    path = write(
        tmp_path / "a.parquet", columns, row_group_size=10, compression="none", use_dictionary=False
    )
    begins = [
        parquet.ParquetFile(path).metadata.row_group(group).column(1).data_page_offset
        for group in range(3)
    ]
    whole = bytearray(path.read_bytes())
    whole[begins[1] : begins[1] + 20] = b"\xff" * 20
    path.write_bytes(whole)
    documents = read(path)
    ids = [each.id for each in documents if isinstance(each, Document)]
    told = [str(each) for each in documents if isinstance(each, Refused)]
    assert ids == [*range(10), *range(20, 30)]
    assert [message.split(": ")[1] for message in told] == ["row group 2"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2000), st.binary(min_size=1, max_size=20))
def test_whatever_is_broken_reading_ends_and_tells(tmp_path: Path, at: int, junk: bytes) -> None:
    columns = {"id": list(range(30)), "text": [f"text number {n}" for n in range(30)]}
    path = write(tmp_path / "a.parquet", columns, row_group_size=10, compression="none")
    whole = bytearray(path.read_bytes())
    # The footer itself is pyarrow's own to check, and it does so by its length only.
    at %= len(whole) - 8 - int.from_bytes(whole[-8:-4], "little")
    whole[at : at + len(junk)] = junk
    path.write_bytes(whole)
    assert all(isinstance(each, Document | Refused) for each in read(path))


def test_a_schema_that_contradicts_its_columns_does_not_end_the_process(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", {"text": ["x", None]})
    optional, required = b"%\x02\x18\x04text", b"%\x00\x18\x04text"
    whole = path.read_bytes()
    assert whole.count(optional) == 1
    path.write_bytes(whole.replace(optional, required))
    assert all(isinstance(each, Document | Refused) for each in read(path))
