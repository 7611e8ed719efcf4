"""Every form of every publisher, whole and broken."""

from __future__ import annotations

import io
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
    COMMENTS,
    EU,
    FTM,
    SDN,
    SIMPLE,
    UK,
    UK_HEADER,
    UK_ROWS,
    UK_XML,
    UN,
    file,
    ods,
)
from watcher.errors import ListError
from watcher.names import Kind
from watcher.watchlist import Entity
from watcher.watchlist.official import File, Publisher, Tally, read_official, rows
from watcher.watchlist.official import tally as tallies

PERSON, ORGANIZATION = Kind.PERSON, Kind.ORGANIZATION
UK_SHEET = ods([["Report Date: 21-Sep-2026"], UK_HEADER.split(","), UK_ROWS[0].split(",")])


def read(publisher: str, *contents: str | bytes) -> tuple[list[Entity], Tally]:
    """The entities of files called 0, 1, …, and the tally."""
    tally = Tally()
    files = [file(content, str(number)) for number, content in enumerate(contents)]
    return list(read_official(Publisher(publisher), files, tally)), tally


def refused(publisher: str, *contents: str | bytes) -> str:
    with pytest.raises(ListError) as caught:
        read(publisher, *contents)
    return str(caught.value)


def person(entity_id: str, *names: str, weak: str = "", tags: str = "") -> Entity:
    return Entity(
        id=entity_id,
        names=names,
        weak=(weak,) if weak else (),
        tags=(entity_id.split(":", maxsplit=1)[0], *tags.split()),
    )


def organisation(entity_id: str, *names: str, weak: str = "", tags: str = "") -> Entity:
    return Entity(
        id=entity_id,
        names=names,
        weak=(weak,) if weak else (),
        tags=(entity_id.split(":", maxsplit=1)[0], *tags.split()),
        kind=ORGANIZATION,
    )


def test_ofac_tables_in_any_order() -> None:
    entities, tally = read("ofac", ALT, "101,1,,,,-0- \n", COMMENTS, SDN)
    assert entities == [
        person("ofac:101", "Marek ORDAN", "Marek ORDANOV", weak="THE GREY", tags="SDGT IRGC"),
        organisation(
            "ofac:102", "KALDERA TRADING CO., LTD.", "OLD KALDERA", weak="KTC", tags="IRAN"
        ),
        person("ofac:105", "YUSIF", weak="LITTLE YUSIF", tags="SDGT"),
    ]
    assert tally == Tally(left_out=tally.left_out)
    assert dict(tally.left_out) == {"vessels": 1, "aircraft": 1}


def test_ofac_entries_without_their_other_names_are_taken_with_advice() -> None:
    entities, tally = read("ofac", SDN)
    assert [entity.id for entity in entities] == ["ofac:101", "ofac:102", "ofac:105"]
    assert tally.advice == ["there is no alt.csv among the files, so other names are missing"]


def test_ofac_rows_that_are_odd_are_counted_and_told() -> None:
    lines = SDN.splitlines()
    odd = [lines[0], '"x",1,2,3,4,5,6,7,8,9,10,11', "7,8", lines[1].replace("KALDERA TRADING", "-")]
    entities, tally = read("ofac", "\n".join([*odd, lines[2], lines[0]]))
    assert [entity.id for entity in entities] == ["ofac:101", "ofac:102"]
    assert tally.unread == 3
    assert tally.faults == [
        "0:2: the row does not begin with a number",
        "0:3: 12 columns expected, 2 found",
        "ofac:101: another entry has the same number",
    ]
    _, tally = read(
        "ofac", lines[0] + "\n" + lines[1].replace("KALDERA TRADING CO., LTD. (KTC)", "7")
    )
    assert tally.faults == ["0:2: entry 102 has no name"]


def test_ofac_advanced() -> None:
    entities, tally = read("ofac", ADVANCED)
    assert entities == [
        person("ofac:101", "Marek ORDAN", "Марек Ордан", weak="THE GREY", tags="SDGT"),
        organisation("ofac:102", "KALDERA"),
    ]
    assert tally.published == "2026-08-07"
    assert dict(tally.left_out) == {"vessels": 1}
    assert tally.faults == [
        '0: entry 104: is neither person nor organisation: ""',
        "0: entry 105: has no name",
        '0: entry 106: is neither person nor organisation: ""',
    ]


def test_ofac_advanced_without_explanations_is_read_by_its_usual_numbers() -> None:
    start, end = ADVANCED.index("<ReferenceValueSets>"), ADVANCED.index("<Locations>")
    entities, _ = read("ofac", ADVANCED[:start] + ADVANCED[end:])
    assert entities[0] == person(
        "ofac:101", "ORDAN Marek", "Ордан Марек", weak="THE GREY", tags="blocked SDGT"
    )


def test_un() -> None:
    entities, tally = read("un", UN)
    assert entities == [
        person(
            "un:CDi.901",
            "MAREK ORDAN",
            "مارك أوردان",
            "Marek Ordanov",
            "Mark Ordan",
            weak="The Grey",
            tags="DRC",
        ),
        organisation("un:KPe.902", "KALDERA", "KALDERA GROUP", "Old Kaldera", tags="DPRK"),
    ]
    assert tally.published == "2026-02-27"
    assert tally.faults == ["0: entry 2: has no name", "0: entry ?: has no number"]


def test_eu() -> None:
    entities, tally = read("eu", EU)
    assert entities == [
        person("eu:EU.901.1", "Marek ORDAN", "Марек Ордан", weak="Grey", tags="TAQA"),
        organisation("eu:14", "Kaldera ЕАД"),
    ]
    assert tally.published == "2026-07-20"
    assert dict(tally.left_out) == {"of the sort vessel": 1}
    assert tally.faults == [
        "0: entry EU.904.1: lacks its number or its sort",
        "0: entry EU.905.1: has no name",
    ]


ORDAN = person(
    "uk:RUS9001", "Marek Ivan ORDAN", "Марек Ордан", "Marek ORDANOV", weak="The Grey", tags="Russia"
)


def test_uk_table() -> None:
    entities, tally = read("uk", UK)
    assert entities == [ORDAN, organisation("uk:IRN9002", "Kaldera, LLC", tags="Iran")]
    assert tally.published == "2026-09-21"
    assert dict(tally.left_out) == {"vessels": 1}
    assert tally.faults == [
        '0:11: there is no "Unique ID" in this row',
        '0:9: RUS9004 is of no known sort: ""',
        "0:10: RUS9005 has no name",
    ]


def test_uk_sheet() -> None:
    entities, tally = read("uk", UK_SHEET)
    assert entities == [
        person("uk:RUS9001", "Marek Ivan ORDAN", "Марек Ордан", tags="Russia"),
    ]
    assert (tally.published, tally.unread) == ("2026-09-21", 0)


@pytest.mark.parametrize("blank", ["<text:s/>", "<text:tab/>", "<text:line-break/>"])
def test_blanks_of_a_sheet_that_are_elements_part_words(blank: str) -> None:
    header, row = (
        UK_HEADER.split(","),
        UK_ROWS[0].replace("Ivan", f"I<text:span>van{blank}</text:span>P"),
    )
    (entity,), _ = read("uk", ods([header, row.split(",")]))
    assert entity.name == "Marek Ivan P ORDAN"


@pytest.mark.parametrize("publisher", ["ofac", "opensanctions"])
def test_a_line_without_end_is_not_taken_into_memory(
    publisher: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tallies, "LONGEST_LINE", 1000)
    start = '{"id": "' if publisher == "opensanctions" else '1,"'
    assert refused(publisher, start + "x" * 2000) == "0: a line is over 0 MB, as in no list"


def test_uk_xml() -> None:
    entities, tally = read("uk", UK_XML)
    assert entities == [
        person("uk:RUS9001", "Marek ORDAN", "Марек Ордан", weak="Grey", tags="Russia"),
    ]
    assert tally.published == "2026-09-10"
    assert dict(tally.left_out) == {"vessels": 1}
    assert tally.faults == ["0: entry ?: has no UniqueID"]


@pytest.mark.parametrize("date", ["nothing", "99/99/2026"])
def test_a_date_that_is_none_is_left_out(date: str) -> None:
    assert read("uk", UK_XML.replace("10/09/2026", date))[1].published == ""


def test_opensanctions_table() -> None:
    entities, tally = read("opensanctions", SIMPLE)
    assert entities == [
        person(
            "opensanctions:NK-901",
            "Marek Ordan",
            "Марек Ордан",
            "Ordan",
            "Marek",
            tags="EU-RUS GB-RUS",
        ),
        organisation("opensanctions:NK-902", "Kaldera"),
    ]
    assert tally.published == "2026-09-15"
    assert dict(tally.left_out) == {"vessels": 1, "of other sorts": 1}
    assert tally.faults == ["0:6: the entry has no id or no name"]


def test_opensanctions_entities() -> None:
    entities, tally = read("opensanctions", FTM)
    assert entities == [
        person(
            "opensanctions:NK-901",
            "Marek Ordan",
            "Марек Ордан",
            weak="The Grey",
            tags="EU-RUS XX-NESTED",
        ),
        organisation("opensanctions:NK-902", "Kaldera"),
    ]
    assert tally.published == "2026-09-15"
    assert dict(tally.left_out) == {"aircraft": 1}
    assert tally.faults == [f"0:{line}: the entry has no id or no name" for line in (6, 7)]


def test_a_bad_line_among_entities_is_counted() -> None:
    lines = FTM.splitlines()
    entities, tally = read("opensanctions", "\n".join([lines[0], "{broken", "", "[1]", lines[1]]))
    assert len(entities) == 2
    assert tally.faults[0].startswith("0:2: this is not JSON: ")
    assert tally.faults[1] == "0:4: this is no object"


def test_other_letters_than_utf8_are_read_as_windows_writes_them() -> None:
    entities, _ = read("ofac", SDN.replace("Marek", "Márek").encode("cp1252"))
    assert entities[0].name == "Márek ORDAN"


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
        ("ofac", f'1,"{"x" * 200_000}"', "0:1: this is not a table: field larger than"),
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


def test_an_entry_without_properties_names_nobody() -> None:
    entities, tally = read("opensanctions", '{"id": "NK-1", "schema": "Person", "caption": "NK-1"}')
    assert (entities, tally.unread) == ([], 1)


def test_a_sanction_may_concern_several_and_name_no_programme() -> None:
    sanction = '{"schema": "Sanction", "properties": {"entity": ["NK-1", "NK-2"]}}'
    entry = '{"id": "NK-1", "schema": "Person", "caption": "Marek Ordan"}'
    entities, _ = read("opensanctions", f"{sanction}\n{entry}\n")
    assert entities == [person("opensanctions:NK-1", "Marek Ordan")]


def test_remarks_without_end_are_read_in_bounded_time() -> None:
    start = time.process_time()
    rows = ['105,"' + "a.k.a. 'x " * 12_000 + '"'] * 3
    entities, _ = read("ofac", SDN, "\n".join(rows))
    assert len(entities) == 3
    assert time.process_time() - start < 5
