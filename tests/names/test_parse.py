"""Names taken apart."""

from __future__ import annotations

from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.names import Kind, Role, forget, parse, take_apart
from watcher.names.parse import MAX_LETTERS, MAX_PARTS
from watcher.text import Script


def told(text, kind=Kind.PERSON):
    return [(p.text, p.folded, p.role) for p in parse(text, kind).parts]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Qasem Soleimani", ["qasem", "soleimani"]),
        ("SOLEIMANI, Qasem", ["qasem", "soleimani"]),
        ("سليماني، قاسم", ["قاسم", "سليماني"]),
        ("Abd al-Rahman", ["abdrahman"]),
        ("Abdul Rahman", ["abdrahman"]),
        ("Abdurrahman", ["abdrahman"]),
        ("عبد الرحمن", ["عبدرحمن"]),
        ("عبدالرحمن", ["عبدرحمن"]),
        ("Nasr Allah", ["nasrlah"]),
        ("Nasrallah", ["nasrlah"]),
        ("نصر الله", ["نصرله"]),
        ("نصرالله", ["نصرله"]),
        ("Saif al-Din", ["saifdin"]),
        ("Saifuddin", ["saifdin"]),
        ("Abou Mahdi", ["abumahdi"]),
        ("أبي مهدي", ["ابومهدي"]),
        ("Usama bin Laden", ["usama", "laden"]),
        ("Mohsen Fathi Zadeh", ["mohsen", "fathi"]),
        ("習近平", ["習近平"]),
        ("", []),
        ("?!", []),
        ("bin", ["bin"]),
        ("Zadeh", ["zadeh"]),
    ],
)
def test_parts(text, parts):
    assert [p.folded for p in parse(text).parts] == parts


def test_a_particle_stays_with_its_part():
    laden = parse("Usama bin Laden").parts[1]

    assert (laden.text, laden.folded, laden.whole) == ("bin Laden", "laden", "binladen")
    assert parse("Saif al-Adel").parts[1].article
    assert parse("Fathi Zadeh").parts[0].whole == "fathizadeh"


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Dr. Ayman al-Zawahiri", [Role.TITLE, Role.NAME, Role.NAME]),
        ("سيد علي خامنئي", [Role.HONORIFIC, Role.NAME, Role.NAME]),
        ("John F. Kennedy", [Role.NAME, Role.INITIAL, Role.NAME]),
        ("Robert Downey Jr.", [Role.NAME, Role.NAME, Role.GENERATION]),
        ("Владимир Владимирович Путин", [Role.NAME, Role.PATRONYMIC, Role.NAME]),
        ("КОБЦЕВА Ольга Анатольевна", [Role.NAME, Role.NAME, Role.PATRONYMIC]),
        ("Sergei Viktorovich Lavrov", [Role.NAME, Role.PATRONYMIC, Role.NAME]),
        ("Иван Абрамович", [Role.NAME, Role.NAME]),
        ("Dr", [Role.NAME]),
        ("J. K.", [Role.NAME, Role.NAME]),
    ],
)
def test_roles_of_a_person(text, roles):
    assert [p.role for p in parse(text).parts] == roles


def test_roles_of_an_organisation():
    assert told("Gazprom Export of the North Ltd", Kind.ORGANIZATION) == [
        ("Gazprom", "gazprom", Role.NAME),
        ("Export", "export", Role.GENERIC),
        ("of", "of", Role.PARTICLE),
        ("the", "the", Role.PARTICLE),
        ("North", "north", Role.NAME),
        ("Ltd", "ltd", Role.LEGAL),
    ]


def test_an_organisation_of_generic_words_keeps_them_as_its_name():
    assert {p.role for p in parse("Bank Group", Kind.ORGANIZATION).parts} == {Role.NAME}


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("Qasem Soleimani", False),
        ("SOLEIMANI, Qasem", True),
        ("Qasem SOLEIMANI", True),
        ("QASEM SOLEIMANI", False),
        ("Robert Downey, Jr.", False),
    ],
)
def test_list_order_is_known_where_it_is_shown(text, listed):
    assert parse(text).listed is listed


def test_the_family_name_is_marked():
    assert [p.family for p in parse("SOLEIMANI, Qasem").parts] == [False, True]
    assert [p.family for p in parse("Qasem SOLEIMANI").parts] == [False, True]


def test_a_name_is_read_to_a_bound():
    parts = parse(" ".join("x" * 100 + str(i) for i in range(500))).parts

    assert len(parts) <= MAX_PARTS
    assert all(len(p.folded) <= MAX_LETTERS for p in parts)


def test_a_single_letter_is_read_in_the_script_of_the_others():
    night = parse("Andrew \u0415. Night").parts[1]

    assert (night.folded, night.role) == ("e", Role.INITIAL)
    assert parse("Andrew \u042f. Night").parts[1].script is Script.CYRILLIC


def test_a_realm_behind_a_comma_is_no_given_name():
    gustav = parse("גוסטב השלישי, מלך שוודיה")

    assert [p.role for p in gustav.parts] == [Role.NAME, Role.GENERATION, Role.TITLE, Role.NAME]
    assert not gustav.listed


def test_a_last_i_is_a_number():
    assert parse("Leopold I").parts[1].role is Role.GENERATION
    assert parse("I. Petrov").parts[0].role is Role.INITIAL


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Imran Khan", [Role.NAME, Role.NAME]),
        ("Khalid Sheikh Mohammed", [Role.NAME, Role.NAME, Role.NAME]),
        ("Sheikh Ahmed Yassin", [Role.TITLE, Role.NAME, Role.NAME]),
        ("Said Anwar", [Role.NAME, Role.NAME]),
        ("Said Ahmed Anwar", [Role.HONORIFIC, Role.NAME, Role.NAME]),
        ("Mullah Sheikh Omar Ali", [Role.TITLE, Role.TITLE, Role.NAME, Role.NAME]),
    ],
)
def test_khan_said_and_sheikh_are_titles_only_before_a_name(text, roles):
    assert [part.role for part in parse(text).parts] == roles


WORDS = (
    *("Qasem", "SOLEIMANI", "O'Neill", "Bob", "Nasr", "Saif", "Maria-Luisa", "Ivanovich", "Kim"),
    *("Abd", "abu", "al", "al-Din", "Allah", "bin", "von", "oglu", "zadeh", "Khan", "Said", "Dr.,"),
    *("E.", "II", "i", "3", "Sheikh", "Ltd", "Bank", "the", ",", "-", "د.", "قاسم", "بن", "عبد"),
    *("الله", "سیدرضا", "Иван", "Иванович", "Петров,", "оглы", "김정은", "習近平", "習", "近平。"),
)


@given(st.lists(st.sampled_from(WORDS), max_size=15), st.sampled_from(Kind))
def test_words_that_depend_on_no_other_are_parts_as_all_words_are(
    words: list[str], kind: Kind
) -> None:
    text = " ".join(words)
    found = take_apart(text, kind)
    forget()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(import_module("watcher.names.parse"), "_alone", lambda _: None)
        assert take_apart(text, kind) == found


def test_the_words_of_texts_are_forgotten_before_they_are_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = import_module("watcher.names.parse")
    monkeypatch.setattr(module, "_REMEMBERED_LONG", 5)
    forget()
    known = []
    for number in range(20):
        word = "Wort" + "abcdefghijklmnopqrst"[number]
        assert parse(f"Qasem {word}").parts == take_apart(f"Qasem {word}").parts
        known.append(module._chunk.cache_info().currsize)

    assert 5 < max(known) <= 5 + 2
