"""Words of an article are proposed as a name only as a whole, and without what grammar added."""

from __future__ import annotations

import pytest

from watcher.alerts.part import is_half, plain
from watcher.match import Near
from watcher.names import Kind

FIRM, PERSON = Kind.ORGANIZATION, Kind.PERSON


@pytest.mark.parametrize(
    ("words", "name", "kind"),
    [
        ("Исламского", "Исламское государство", FIRM),
        ("The Islamic State", "Islamic State of Iraq", FIRM),
        ("حزب الله", "كتائب حزب الله", FIRM),
        ("Soleimani", "Qasem Soleimani", PERSON),
        ("General Soleimani", "Qasem Soleimani", PERSON),
    ],
)
def test_a_part_of_a_name_is_half_of_it(words: str, name: str, kind: Kind) -> None:
    assert is_half(words, name, kind)


@pytest.mark.parametrize(
    ("words", "name", "kind"),
    [
        ("Islamskiy Gosudarstvo", "Islamic State", FIRM),
        ("حزب الله", "Hezbollah", FIRM),
        ("Omar Brightwater", "Walid Omar Brightwater", PERSON),
        ("Kasem Salomani", "Qasem Soleimani", PERSON),
    ],
)
def test_a_name_of_as_many_parts_is_none_and_people_leave_middle_names_out(
    words: str, name: str, kind: Kind
) -> None:
    assert not is_half(words, name, kind)


@pytest.mark.parametrize(
    ("words", "part", "told"),
    [
        ("لحزب الله", "حزب الله", "حزب الله"),
        ("وسليماني", "Soleimani", "سليماني"),
        ("בחיזבאללה", "Hizballah", "חיזבאללה"),
        ("والید", "Walid", "والید"),
        ("לפיד", "Lapid", "לפיד"),
        ("Нусры", "Нусра", "Нусры"),
        ("لِحزب", "حزب", "حزب"),
    ],
)
def test_what_grammar_wrote_before_a_name_is_no_letter_of_it(
    words: str, part: str, told: str
) -> None:
    assert plain(Near(name="", part=part, quote=words), FIRM) == told
