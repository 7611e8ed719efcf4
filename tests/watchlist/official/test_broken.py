"""Files of every publisher that are broken, hostile or endless: refused in words, in bounds."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import lzma
import time
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from tests.publishers import (
    ADVANCED,
    ALT,
    EU,
    FTM,
    SDN,
    SIMPLE,
    UK,
    UK_XML,
    UN,
    ods,
)
from tests.watchlist.official.reading import UK_SHEET, read, refused
from watcher.errors import ListError
from watcher.watchlist.official import File, Publisher, Tally, read_official, rows
from watcher.watchlist.official import tally as tallies


def test_a_field_without_end_is_not_taken_into_memory() -> None:
    limit = csv.field_size_limit(1000)
    try:
        told = refused("ofac", '1,"' + "x\n" * 2000)
    finally:
        csv.field_size_limit(limit)
    assert told.startswith("0:")
    assert "this is not a table: field larger than field limit" in told


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
@pytest.mark.parametrize("publisher", ["ofac", "un", "opensanctions"])
def test_a_packed_file_is_to_be_unpacked(publisher: str, pack: Callable[[bytes], bytes]) -> None:
    told = refused(publisher, pack(SDN.encode()))
    assert told == "0: is packed; unpack it first, and name the file that comes out"


@pytest.mark.parametrize("publisher", ["ofac", "opensanctions"])
def test_a_line_without_end_is_not_taken_into_memory(
    publisher: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tallies, "LONGEST_LINE", 1000)
    start = '{"id": "' if publisher == "opensanctions" else '1,"'
    assert refused(publisher, start + "x" * 2000) == "0: a line is over 0 MB, as in no list"


CONTENTS: list[tuple[str, str | bytes]] = [
    ("ofac", SDN),
    ("ofac", ADVANCED),
    ("un", UN),
    ("eu", EU),
    ("uk", UK),
    ("uk", UK_SHEET),
    ("uk", UK_XML),
    ("opensanctions", SIMPLE),
    ("opensanctions", FTM),
]


RAW = [(name, text.encode() if isinstance(text, str) else text) for name, text in CONTENTS]


@pytest.mark.parametrize(
    ("publisher", "content", "message"),
    [
        ("un", "", "0: is empty"),
        ("un", " \n ", "0: is empty"),
        ("un", "<", "0:1:1: damaged or cut short: unclosed token"),
        ("un", EU, "0: is not consolidated.xml: its outermost element is <export>"),
        ("un", SDN, "0: is not consolidated.xml: it is no XML"),
        (
            "ofac",
            "<sdnList/>",
            "0: is not sdn.csv with alt.csv, or SDN_ADVANCED.XML: its outermost",
        ),
        ("ofac", "<!DOCTYPE html><html/>", "0: defines entities or a document type"),
        ("eu", EU[:-30], "0:16:46: damaged or cut short: unclosed token"),
        ("ofac", ALT, "none of OFAC's files has the entries themselves; add sdn.csv"),
        ("ofac", "1,2,3\n", "0: this is none of OFAC's tables"),
        ("ofac", "\r\n", "0: is empty"),
        ("ofac", "\x1a", "0: this is none of OFAC's tables"),
        ("ofac", SDN[: SDN.index("KALDERA TR")], "0:2: cut short: a quoted field does not end"),
        ("ofac", SDN[: SDN.index(',"IRAN"') + 7], "0:2: cut short: the last row is not whole"),
        ("uk", SDN, '0: this is no UK list: it has no column "Unique ID"'),
        ("uk", UK[:-60], "0:10: cut short: the last row is not whole"),
        ("uk", UK_SHEET[:-500], "0: damaged or cut short: "),
        ("uk", ods([], part="other.xml"), "0: is not a sheet: it holds no content.xml"),
        ("opensanctions", UK, "0: this is no targets.simple.csv"),
        ("opensanctions", "<a/>", "0: is not targets.simple.csv or entities.ftm.json"),
        ("opensanctions", FTM[:-20], "0:7: this is not JSON: "),
        ("un", "<?xml version='1.0' encoding='utf-7'?><a/>", "0: its encoding cannot be read"),
        ("un", "<?xml version='1.0' encoding='none'?><a/>", "0: its encoding cannot be read"),
        ("un", "<?xml version='1.0' encoding='hex'?><a/>", "0: its encoding cannot be read"),
        ("un", "<CONSOLIDATED_LIST>" + "<a>" * 200, "0: elements are nested more than 100 deep"),
    ],
)
def test_what_cannot_be_a_list_is_refused(
    publisher: str, content: str | bytes, message: str
) -> None:
    told = refused(publisher, content)
    assert told.startswith(message) or message in told


def test_an_entity_bomb_is_refused_unread() -> None:
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        "<CONSOLIDATED_LIST>&b;</CONSOLIDATED_LIST>"
    )
    assert refused("un", bomb).startswith("0: defines entities")
    content = ods([["x"]])
    assert refused("uk", _with_content(content, bomb.encode())).startswith("0: defines entities")


def _with_content(packed: bytes, content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(made, "w") as new:
        new.writestr("mimetype", old.read("mimetype"))
        new.writestr("content.xml", content)
    return made.getvalue()


def test_a_sheet_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "_LARGEST", 1000)
    assert refused("uk", ods([["x" * 2000]])) == "0: unpacks to over 0 MB"


def test_a_large_file_is_read_in_little_memory() -> None:
    entry = UN[UN.index("<INDIVIDUAL>") : UN.index("</INDIVIDUAL>") + len("</INDIVIDUAL>")]
    entry = entry.replace("Nobody.", "Nobody. " * 5000)
    entries = [entry.replace("CDi.901", f"CDi.{number}") for number in range(260)]
    content = (
        f"<CONSOLIDATED_LIST><INDIVIDUALS>{''.join(entries)}</INDIVIDUALS></CONSOLIDATED_LIST>"
    )
    data = content.encode()
    assert len(data) > 10_000_000
    read = read_official(Publisher.UN, [File("un", lambda: io.BytesIO(data))], Tally())
    tracemalloc.start()
    assert sum(1 for _ in read) == 260
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000


@pytest.mark.parametrize("number", range(len(RAW)))
@settings(max_examples=25)
@given(data=st.data())
def test_a_broken_file_is_refused_or_read_but_nothing_else_is_raised(
    number: int, data: st.DataObject
) -> None:
    publisher, raw = RAW[number]
    where = data.draw(st.integers(0, len(raw) - 1))
    broken = data.draw(
        st.sampled_from(
            [raw[:where], raw[:where] + raw[where + 1 :], raw[:where] + b'"' + raw[where:]]
        )
        | st.binary(max_size=40).map(lambda some: raw[:where] + some + raw[where + len(some) :])
    )
    try:
        read(publisher, broken)
    except ListError as error:
        event(str(error)[:20])


@given(st.binary(max_size=200), st.sampled_from(list(Publisher)))
def test_any_bytes_are_refused_or_read(content: bytes, publisher: Publisher) -> None:
    try:
        read(publisher, content)
    except ListError as error:
        event(str(error)[:20])


@pytest.mark.parametrize("number", [n for n, (_, raw) in enumerate(RAW) if raw.startswith(b"<")])
def test_xml_that_ends_early_is_always_refused(number: int) -> None:
    publisher, raw = RAW[number]
    for end in range(1, len(raw.rstrip()), 97):
        refused(publisher, raw[:end])


def test_a_file_is_closed_however_it_ends() -> None:
    opened: list[io.BytesIO] = []

    def opener(content: str) -> Callable[[], io.BytesIO]:
        def open_() -> io.BytesIO:
            opened.append(io.BytesIO(content.encode()))
            return opened[-1]

        return open_

    for content in (UN, UN[:-30]):
        with pytest.raises(ListError) if content != UN else _nothing():
            list(read_official(Publisher.UN, [File("un", opener(content))], Tally()))
    assert all(stream.closed for stream in opened)


def _nothing() -> io.BytesIO:
    return io.BytesIO()


def test_memory_of_a_tally_is_bounded_too() -> None:
    row = SDN.splitlines()[0]
    _, tally = read("ofac", "\n".join([row, *["1,2"] * 50, row.replace("101", "102")]))
    assert (tally.unread, len(tally.faults)) == (50, 20)


def test_remarks_without_end_are_read_in_bounded_time() -> None:
    start = time.process_time()
    rows = ['105,"' + "a.k.a. 'x " * 12_000 + '"'] * 3
    entities, _ = read("ofac", SDN, "\n".join(rows))
    assert len(entities) == 3
    assert time.process_time() - start < 5
