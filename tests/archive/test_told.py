from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.archive.document import Document
from watcher.archive.told import (
    HEADER,
    harmless,
    mention_line,
    tell_lines,
    tell_lines_with_field,
    tell_rows,
    write_rows,
)
from watcher.article import Article
from watcher.match import Field, Mention
from watcher.names import Equivalence, Evidence, Verdict

SIGNS = "=+-@＝＋－＠"


def mention(quote: str, start: int, field: Field = Field.TEXT) -> Mention:
    return Mention(
        entity="qs",
        name="Q S",
        field=field,
        start=start,
        end=start + len(quote),
        quote=quote,
        score=0.9,
        evidence=(
            Evidence(verdict=Verdict.MATCHED, part="Q", found=quote, by=Equivalence.SPELLING),
        ),
    )


def test_a_program_gets_offsets_and_the_words_untouched() -> None:
    line = json.loads(mention_line("doc\n1", mention("Sol\x1beimani", 3), field=False))
    assert line == {
        "doc": "doc\n1",
        "entity": "qs",
        "name": "Q S",
        "start": 3,
        "end": 13,
        "quote": "Sol\x1beimani",
        "score": 0.9,
        "why": [{"verdict": "matched", "part": "Q", "found": "Sol\x1beimani", "by": "spelling"}],
    }


def test_the_field_is_told_when_asked_for() -> None:
    line = json.loads(mention_line(7, mention("S", 0, Field.TITLE), field=True))
    assert (line["doc"], line["field"]) == (7, "title")


def test_each_mention_is_a_line_with_its_end() -> None:
    document, found = Document(7, Article(text="S S")), (mention("S", 0), mention("S", 2))
    told = tell_lines(document, found)
    assert [json.loads(line)["start"] for line in told.splitlines(keepends=True)] == [0, 2]
    assert told.endswith("\n")
    with_field = tell_lines_with_field(document, found)
    assert [json.loads(line)["field"] for line in with_field.splitlines()] == ["text", "text"]


def test_each_mention_is_a_row_in_the_columns_of_the_header() -> None:
    told = tell_rows(Document("=1+1", Article(text="")), [mention('S, "the\nGeneral"', 5)])
    (row,) = csv.reader(io.StringIO(told))
    assert dict(zip(HEADER, row, strict=True)) == {
        "doc": "'=1+1",
        "entity": "qs",
        "name": "Q S",
        "field": "text",
        "start": "5",
        "end": "21",
        "quote": 'S, "the\nGeneral"',
        "score": "0.9",
        "why": 'Q = S, "the General" (another spelling)',
    }


@pytest.mark.parametrize("sign", SIGNS)
def test_no_cell_begins_a_formula(sign: str) -> None:
    assert harmless(f"{sign}HYPERLINK(1)") == f"'{sign}HYPERLINK(1)"
    assert harmless(f" \t{sign}1") == f" \t'{sign}1"
    assert harmless(f"Ali;{sign}1") == f"Ali;'{sign}1"
    assert harmless(f"Ali,\n {sign}1") == f"Ali,\n '{sign}1"
    assert harmless(f"Ali{sign}1 {sign} 2") == f"Ali{sign}1 {sign} 2"


@given(st.text(alphabet=[*SIGNS, *" \t\r\n,;|'\"", "a", "\0", "\ud800"]))
def test_whatever_separates_cells_none_begins_a_formula(text: str) -> None:
    (row,) = csv.reader(io.StringIO(write_rows([[text]]), newline=""))
    for separator in ",;|\t\r\n":
        for cell in "".join(row).split(separator):
            assert cell.lstrip()[:1] not in {*SIGNS}
    "".join(row).encode()


@given(st.text(alphabet="abc =-", min_size=1))
def test_harmless_text_differs_by_the_apostrophes_only(text: str) -> None:
    assert harmless(text).replace("'", "") == text
