"""The files of every publisher, whole."""

from __future__ import annotations

import pytest

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
    ods,
)
from tests.watchlist.official.reading import UK_SHEET, organisation, person, read
from watcher.names import Kind
from watcher.watchlist.official import Tally

PERSON, ORGANIZATION = Kind.PERSON, Kind.ORGANIZATION


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


def test_un_names_that_are_not_there_are_no_part_of_others() -> None:
    entities, _ = read("un", UN.replace("<SECOND_NAME>ORDAN<", "<SECOND_NAME>na<"))
    assert entities[0].names[0] == "MAREK"
    entities, _ = read("un", UN.replace("<SECOND_NAME>ORDAN<", "<SECOND_NAME>NA<"))
    assert entities[0].names[0] == "MAREK NA"


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


def test_uk_xml() -> None:
    entities, tally = read("uk", UK_XML)
    assert entities == [
        person("uk:RUS9001", "Marek ORDAN", "Марек Ордан", weak="Grey", tags="Russia"),
    ]
    assert tally.published == "2026-09-10"
    assert dict(tally.left_out) == {"vessels": 1}
    assert tally.faults == ["0: entry ?: has no UniqueID"]


@pytest.mark.parametrize("date", ["2026-13-01", "zzzz-zz-zz", "\\ud800", ""])
def test_a_date_that_is_none_does_not_count(date: str) -> None:
    assert read("opensanctions", FTM.replace("2026-09-15", date))[1].published == ""


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


def test_the_charset_of_a_table_is_decided_for_all_of_it() -> None:
    quoted = SDN.replace("KALDERA TRADING CO., LTD. (KTC)", "BANK “SOCIÉTÉ”")
    quoted = quoted.replace("Marek", "Márek")
    old, _ = read("ofac", quoted.encode("cp1252"))
    assert [entity.name for entity in old] == ["Márek ORDAN", "BANK “SOCIÉTÉ”", "YUSIF"]
    lone = quoted.encode().replace("Á".encode(), b"\xc1").replace("á".encode(), b"\xe1")
    mixed, _ = read("ofac", lone)
    assert [entity.name for entity in mixed] == ["Márek ORDAN", "BANK “SOCIÉTÉ”", "YUSIF"]
    cut, _ = read("uk", UK.encode().replace("Марек".encode(), "Марек".encode()[:-1]))
    assert cut[0].names[1] == "МареÐ Ордан"


def test_a_field_may_be_long() -> None:
    entities, tally = read("ofac", SDN.replace("DOB 1970;", "x" * 200_000 + ";"))
    assert (len(entities), entities[0].weak, tally.unread) == (3, ("THE GREY",), 0)


def test_an_entry_without_properties_names_nobody() -> None:
    entities, tally = read("opensanctions", '{"id": "NK-1", "schema": "Person", "caption": "NK-1"}')
    assert (entities, tally.unread) == ([], 1)


def test_a_sanction_may_concern_several_and_name_no_programme() -> None:
    sanction = '{"schema": "Sanction", "properties": {"entity": ["NK-1", "NK-2"]}}'
    entry = '{"id": "NK-1", "schema": "Person", "caption": "Marek Ordan"}'
    entities, _ = read("opensanctions", f"{sanction}\n{entry}\n")
    assert entities == [person("opensanctions:NK-1", "Marek Ordan")]
