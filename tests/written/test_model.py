from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import pytest
from pydantic import BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from watcher.written import (
    Closed,
    Duration,
    Id,
    Names,
    Score,
    Secret,
    listed,
    load,
    render,
    sift,
    validate,
    words,
)


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


class Part(Closed):
    id: Id
    score: Score = 0.5
    colour: Colour = Colour.RED
    exclude: Names = Field(default=(), alias="not")


class Whole(Closed):
    parts: Annotated[tuple[Part, ...], BeforeValidator(listed)] = ()
    send_to: Names = ()
    cool_down: Duration | None = None
    one: Part | None = None
    by_name: dict[Id, Part] = Field(default_factory=dict)
    secret: Secret | None = Field(default=None)

    model_config = ConfigDict(arbitrary_types_allowed=True)


def read(text):
    return validate(Whole, load("f", text))


def told(text):
    value, faults = read(text)
    assert value is None
    return [(str(fault).removeprefix("f:"), fault.hint) for fault in faults]


def test_a_fitting_file_becomes_a_record_without_faults():
    value, faults = read("parts: [{id: a, not: B}]\nsend_to: desk\ncool_down: 6h\n")
    assert faults == ()
    assert value == Whole.model_validate(
        {"parts": [{"id": "a", "not": ["B"]}], "send_to": ["desk"], "cool_down": "6h"}
    )
    assert value.parts[0].exclude == ("B",)


def test_every_fault_is_told_in_one_run_at_its_place():
    text = """\
parts:
  - id: a
    score: 2
    colour: gren
  - name: x
  - id: two words
    nots: [B]
  - text
sendto: desk
cool_down: 3
by_name: {a b: {id: c}}
"""
    assert told(text) == [
        ('3:12: "2" is not a score', "write a number from 0 to 1, like 0.85"),
        ('4:13: "gren" is none of the words known here', 'did you mean "green"?'),
        ('5:5: the key "id" is missing here', 'add "id:"'),
        ('5:5: the key "name" is not known here', "write one of: colour, id, not, score"),
        ('6:9: "two words" has a space in it', 'write "two-words"'),
        ('7:5: the key "nots" is not known here', 'did you mean "not"?'),
        ('8:5: "text" stands where a block of keys is expected', WRITE_A_BLOCK),
        ('9:1: the key "sendto" is not known here', 'did you mean "send_to"?'),
        ('10:12: "3" is not a length of time', "write 30s, 15m, 6h or 2d"),
        ('11:11: "a b" has a space in it', 'write "a-b"'),
    ]


WRITE_A_BLOCK = 'write "key: value", indented, a line each'


def test_a_misspelt_key_is_not_told_as_missing_besides():
    assert told("parts: [{ids: a}]") == [
        ('1:10: the key "ids" is not known here', 'did you mean "id"?')
    ]


def test_a_key_beside_the_block_it_belongs_into_is_sent_there():
    assert told("one: {id: a}\nscore: 1\ncolour: red") == [
        ('2:1: the key "score" is not known here', 'put it inside "one"'),
        ('3:1: the key "colour" is not known here', 'put it inside "one"'),
    ]


def test_a_misspelt_key_that_stands_beside_the_right_one_names_it():
    assert told("send_to: a\nsendto: b") == [
        ('2:1: the key "sendto" is not known here', 'did you mean "send_to"?')
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "1:1: the file is empty"),
        ("just text", '1:1: "just text" stands where a block of keys is expected'),
        ("- a", "1:1: a list stands where a block of keys is expected"),
        ("parts: {}", "1:8: a block of keys stands where a list is expected"),
        ("by_name: []", "1:10: a list stands where a block of keys is expected"),
        ("parts: [{id: a, colour: }]", "1:25: nothing is none of the words known here"),
        ("secret: x", '1:9: "x" cannot stand here'),
    ],
)
def test_the_wrong_kind_of_value_is_told_in_plain_words(text, message):
    assert told(text)[0][0] == message


def test_faults_of_the_yaml_and_of_the_values_come_together():
    assert [fault.line for fault in read("cool_down: x\na: !t 1\na: 2\n")[1]] == [1, 2, 2, 3]


def test_a_file_that_fits_and_has_a_fault_is_not_taken():
    assert told("send_to: a\nsend_to: b") == [
        ('2:1: the key "send_to" stands twice; first on line 1', "keep one of them")
    ]


def test_a_file_that_is_not_whole_is_not_looked_at_further():
    value, faults = read("sendto: 'x")
    assert value is None
    assert len(faults) == 1


def test_a_record_can_be_made_in_python():
    assert Part(id="a").score == 0.5
    with pytest.raises(ValidationError):
        Part.model_validate({"id": "a", "x": 1})


def test_words_for_texts_of_programs():
    class Raw(Closed):
        text: str

    def first(value):
        with pytest.raises(ValidationError) as error:
            TypeAdapter(Raw).validate_python(value)
        return words(error.value.errors()[0])[0]

    assert first({"text": 3}) == "the number 3 stands where a text is expected"


def test_no_word_of_pydantic_reaches_people():
    for fault in read("parts: [1, {id: [], score: x}, []]\nsend_to: {a: b}\nq: 1")[1]:
        shown = render(fault).lower()
        assert "input" not in shown
        assert "valid" not in shown


def test_what_is_sound_is_read_beside_what_is_not_and_keeps_its_place():
    text = """\
parts:
  - {id: a, score: 2}
  - {id: b}
  - text
by_name: {x: {ids: c}, y: {id: d}}
send_to: {}
cool_down: 6h
typo: 1
"""
    sound = sift(Whole, load("f", text))
    assert sound.faults == validate(Whole, load("f", text))[1]
    assert sound.value == Whole.model_validate(
        {"parts": [{"id": "b"}], "by_name": {"y": {"id": "d"}}, "cool_down": "6h"}
    )
    assert str(sound.loaded.place("parts", 0)) == "f:3:5"
    assert str(sound.loaded.key_place("by_name", "y")) == "f:5:24"
    assert sound.dropped == {
        ("parts", 0),
        ("parts", 2),
        ("by_name", "x"),
        ("send_to",),
        ("typo",),
    }


def test_a_file_without_faults_is_sound_as_it_is():
    loaded = load("f", "send_to: a\n")
    assert sift(Whole, loaded).loaded is loaded
    assert sift(Whole, loaded).dropped == frozenset()


@pytest.mark.parametrize("text", ["- a", "sendto: 'x", ""])
def test_of_a_file_that_is_wholly_wrong_nothing_is_sound(text):
    assert sift(Whole, load("f", text)).value is None


def test_what_must_be_there_and_is_not_leaves_nothing_sound():
    assert sift(Part, load("f", "score: 1\n")).value is None
    assert sift(Part, load("f", "id: [a]\n")).value is None
