from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.names.kind import Kind
from watcher.watchlist import Entity, read_watchlist
from watcher.watchlist.jsonl import SHOWN, read_lines
from watcher.written import render


def read(*lines):
    return read_lines("f.jsonl", "\n".join(lines).encode())


def told(*lines):
    return [str(fault).removeprefix("f.jsonl:") for fault in read(*lines).faults]


def test_a_line_is_an_entity():
    assert read(
        '{"id": "un:1", "names": ["ERIC  BADEGE", "إريك", "ERIC BADEGE"], "weak_names": ["Rumuli"],'
        ' "kind": "person", "context": ["FDLR"], "short": ["Badege"], "tags": "un",'
        ' "not": ["Somebody"], "listed": 2010}'
    ).entities == [
        Entity(
            id="un:1",
            names=("ERIC BADEGE", "إريك"),
            weak=("Rumuli",),
            short=("Badege",),
            context=("FDLR",),
            exclude=("Somebody",),
            tags=("un",),
        )
    ]


def test_only_id_and_one_name_are_needed():
    assert read('{"id": 7, "names": "A B"}', "", '{"id": "8", "weak_names": ["C"]}').entities == [
        Entity(id="7", names=("A B",)),
        Entity(id="8", names=(), weak=("C",)),
    ]


def test_spaces_may_stand_in_an_id():
    assert read('{"id": "ru:RU-С. Howard Nye", "names": ["Си Говард НАЙ"]}').entities[0].id == (
        "ru:RU-С. Howard Nye"
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{bad", "1:2: this is not JSON: Expecting property name enclosed in double quotes"),
        ("[1]", "1:1: a list stands where a block of keys is expected"),
        ("3", "1:1: the number 3 stands where a block of keys is expected"),
        ('{"names": ["A"]}', '1:1: the key "id" is missing here'),
        ('{"names": ["A"], "id": ""}', "1:18: this text is empty"),
        ('{"id": "a", "names": ["A", 3]}', "1:13: the number 3 stands where a text is expected"),
        ('{"id": "a", "names": {"en": "A"}}', "1:13: a block of keys stands where a list"),
        ('{"id": ' + "1" * 5000 + "}", "1:1: a number on this line is too long"),
        ("[" * 100_000, "1:1: this line is nested too deeply"),
    ],
)
def test_a_bad_line_costs_that_line_only(line, expected):
    lines = read(line, '{"id": "b", "names": ["B"]}')
    assert [entity.id for entity in lines.entities] == ["b"]
    assert len(lines.faults) == 1
    assert str(lines.faults[0]).startswith(f"f.jsonl:{expected}")


def test_a_bad_byte_costs_that_line_only():
    lines = read_lines(
        "f.jsonl", b'\xef\xbb\xbf{"id": "a", "names": ["\xd9\x82\xe9"]}\n{"id": "b",'
    )
    assert [str(fault) for fault in lines.faults] == [
        "f.jsonl:1:25: byte 0xE9 is not UTF-8",
        "f.jsonl:2:12: this is not JSON: Expecting property name enclosed in double quotes",
    ]
    assert "�" in render(lines.faults[0])


def test_an_id_that_stands_twice_names_both_lines():
    assert told('{"id": "a", "names": ["A"]}', '{"id": "a", "names": ["B"]}') == [
        '2:2: another line has the id "a": f.jsonl:1'
    ]


def test_names_without_letters_are_left_out_with_a_warning():
    lines = read('{"id": "a", "names": ["Texel Ltd", "2100", ""], "context": ["17"]}')
    assert lines.entities == [Entity(id="a", names=("Texel Ltd",), context=("17",))]
    assert [str(warning) for warning in lines.warnings] == [
        'f.jsonl:1:13: warning: "2100" has no letter to know it by; it is left out'
    ]


@pytest.mark.parametrize("names", ["[]", "null", '["7-28"]', '["", " "]'])
def test_an_entity_without_a_usable_name_is_left_out_with_a_warning(names):
    lines = read(f'{{"id": "a", "names": {names}}}')
    assert (lines.entities, lines.faults) == ([], [])
    assert lines.warnings[-1].message == 'entity "a" has no name and is left out'


def test_no_control_character_and_no_half_character_is_let_through():
    [entity] = read(json.dumps({"id": "a", "names": ["A\x00B\nC\ud800"]})).entities
    assert entity.names == ("A B C",)


OTHER_KINDS = "kinds that are neither person nor organization are read as organization"


def test_other_kinds_are_read_as_organisations_and_counted():
    lines = read(
        '{"id": "1", "names": ["A"], "kind": "vessel"}',
        '{"id": "2", "names": ["B"], "kind": "vessel"}',
        '{"id": "3", "names": ["C"], "kind": "organization"}',
    )
    assert {entity.kind for entity in lines.entities} == {Kind.ORGANIZATION}
    assert [str(warning) for warning in lines.warnings] == [
        f"f.jsonl: warning: {OTHER_KINDS}: vessel (2)"
    ]


def test_many_faults_are_counted_not_listed():
    found = told(*["{"] * (SHOWN + 1234))
    assert len(found) == SHOWN + 1
    assert found[-1] == " 1,234 more faults are not shown"


def test_thousands_of_lines_are_read():
    lines = [
        json.dumps({"id": f"x:{n}", "names": [f"Name {n} Other", f"اسم {n}"], "kind": "person"})
        for n in range(3_000)
    ]
    listing = read_watchlist("big.jsonl", "\n".join(lines).encode())
    assert len(listing.watchlist) == 3_000
    assert (listing.faults, listing.warnings) == ((), ())


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data):
    lines = read_lines("f.jsonl", data)
    assert all(fault.line >= 1 for fault in lines.faults)


VALUES = st.none() | st.text() | st.integers() | st.lists(st.text() | st.integers(), max_size=3)


@given(st.dictionaries(st.sampled_from(["id", "names", "weak_names", "kind", "not"]), VALUES))
def test_an_object_of_any_shape_is_an_entity_or_a_fault_or_a_warning(record):
    lines = read(json.dumps(record))
    assert lines.entities or lines.faults or lines.warnings
    for entity in lines.entities:
        assert " ".join(entity.name.split()) == entity.name
        entity.name.encode()
