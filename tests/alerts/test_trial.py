"""Names tried on texts that spell them just so."""

from __future__ import annotations

import pytest

from watcher.alerts import try_names
from watcher.alerts.trial import FEW
from watcher.watchlist import read_rules

ARABIC = "{id: z, name: قاسم سليماني}"
HEBREW = "{id: y, name: Ronen Bar, context: [שב״כ]}"
RULES = """
rules:
  - id: r
    watch: a
    send_to: x
    all: [%s]
    tests: [{text: "%s", alert: []}]
"""


def firm(key: str, rest: str) -> str:
    return f"{{id: {key}, kind: organization, {rest}}}"


def told(*entities: str, rules: str = "") -> list[str]:
    listed = "".join(f"  - {entity}\n" for entity in entities)
    reading = read_rules({"f": f"entities:\n{listed}{rules}"})
    assert reading.faults == ()
    found = try_names(reading.entries, reading.sound)
    return [str(fault).replace(": warning:", "") for fault in found]


@pytest.mark.parametrize(
    "entity",
    [
        "{id: a, name: Qasem Soleimani, not: [Gholamreza Soleimani, حسين سليماني]}",
        "{id: a, name: Omar Hassan, not: [Hassan Hassan]}",
        "{id: a, name: Soleimani, not: [Other One]}",  # one word counts never by itself
        firm("a", "name: Gazprom"),
        firm("a", "name: Gazprom Bank"),  # بنك
        firm("a", "name: Hamas, aliases: [حماس]"),
        firm("a", "name: Hamas, context: [غزة]"),
        firm("a", "name: Hamas, aliases: [حركة المقاومة الإسلامية]"),
        firm("a", "name: Исламское государство, aliases: [ИГИЛ]"),
        firm("a", "name: Islamic State"),
        firm("a", "name: Ural17 бригада"),  # not with capitals either
        firm("a", "name: which"),  # not even beside a context word
        firm("a", "name: исламское государство, status: off"),
        firm("a", "name: Группа Вагнера, weak: [Вагнер], context: [наёмники]"),
        firm("a", "name: ГРУППА ВАГНЕРА, aliases: [Bank Rossiya]"),
        firm("a", "name: Freedom, context: [yacht]"),
        firm("a", "name: Freedom, aliases: [Freedom Hall of Trade]"),
    ],
)
def test_what_texts_give_is_not_spoken_of(entity: str) -> None:
    assert told(entity) == []


@pytest.mark.parametrize(
    ("entity", "message"),
    [
        (
            "{id: a, name: Mykola Azarov, aliases: [Микола Азаров], not: [X Y, Николай Азаров]}",
            'f:2:71 "Николай Азаров" hides "Mykola Azarov", a name of the entity itself',
        ),
        (
            firm("a", "name: Ansar Al Charia Benghazi, not: [Libya Hall, Ansar al Sharia]"),
            (
                'f:2:83 "Ansar al Sharia" hides "Ansar Al Charia Benghazi", a name of the entity'
                " itself"
            ),
        ),
        (
            "{id: a, name: Qasem Soleimani, not: [Soleimani]}",
            'f:2:42 "Soleimani" hides "Qasem Soleimani", a name of the entity itself',
        ),
        (
            "{id: a, name: Mohammad Hassan Qatana, not: [حسن قطانة]}",
            'f:2:49 "حسن قطانة" hides "Mohammad Hassan Qatana", a name of the entity itself',
        ),
        (
            "{id: a, name: Moussa Khalilollahi, not: [Mousa Khalil Elahi]}",
            'f:2:46 "Mousa Khalil Elahi" hides "Moussa Khalilollahi", a name of the entity itself',
        ),
        (
            firm("a", "name: Исламское государство"),
            (
                'f:2:39 "Исламское государство" is not found where it is written so: in scripts'
                " with capitals only words with one are read as names"
            ),
        ),
        (
            firm("a", "name: исламское государство"),
            (
                'f:2:39 "исламское государство" is not found where it is written "Исламское'
                ' государство": in scripts with capitals only words with one are read as names'
            ),
        ),
        (
            firm("a", "name: Red Star Hall, aliases: [Группа Вагнера]"),
            (
                'f:2:64 "группа Вагнера", as it stands within a sentence, is not found: its first'
                " word has no capital there"
            ),
        ),
        (
            firm("a", "name: Freedom"),
            (
                'f:2:39 "Freedom" may be another word than the name: by itself it counts only'
                " beside a context word"
            ),
        ),
    ],
)
def test_what_texts_do_not_give_is_told_at_its_place(entity: str, message: str) -> None:
    assert told(entity) == [message]


def test_an_exclusion_that_is_told_of_as_a_spelling_is_not_told_of_again() -> None:
    assert told("{id: a, name: Yevhen Shevchenko, not: [Евгений Шевченко]}") == []


def test_a_shared_exclusion_is_told_of_at_the_name_that_it_hides() -> None:
    shared = "exclusions: [Николай Азаров]\n"
    assert told("{id: a, name: Mykola Azarov}", rules=shared) == [
        'f:2:19 "Николай Азаров" hides "Mykola Azarov", a name of the entity itself'
    ]


def test_one_word_needs_support_where_no_capital_tells() -> None:
    hamas = '"Hamas" is one word: in %s letters it counts only beside a context word, or another'
    (warning,) = told(firm("a", "name: Hamas"), ARABIC)
    assert warning.startswith(f"f:2:39 {hamas % 'Arabic'}")
    (warning,) = told(firm("a", "name: Hamas"), ARABIC, HEBREW)
    assert hamas % "Arabic and Hebrew" in warning


def test_one_word_without_capitals_may_need_support_everywhere_else() -> None:
    others = "{id: x, name: Иван Грозный}", "{id: w, name: Qasem Soleimani}", HEBREW
    (warning,) = told(firm("a", "name: حماس"), *others)
    assert warning.startswith(
        'f:2:39 "حماس" is one word: in Hebrew, Cyrillic and Latin letters it may count only beside'
        " a context word, or another"
    )
    assert told(firm("a", "name: حماس, aliases: [Hamas, Хамас, חמאס]"), *others) == []


def test_a_name_in_small_letters_alone_is_told_of_once() -> None:
    (warning,) = told(
        firm("a", "name: исламское государство, aliases: [Исламское государство]"),
        firm("b", "name: хамас"),  # which is found with a capital, as texts write it
    )
    assert warning.startswith('f:2:72 "Исламское государство" is not found where it is written so')


def test_a_generic_word_that_does_not_sound_the_same_elsewhere_is_told() -> None:
    wagner = firm("a", "name: Wagner Group")
    assert told(wagner, rules=RULES % ("x", "y")) == []
    for rules in (RULES % ("Прощай", "y"), RULES % ("x", "Прощай")):
        assert told(wagner, rules=rules) == [
            'f:2:39 "Wagner Group" is not found in Cyrillic letters where "Group" is translated'
        ]
    (warning,) = told(wagner, ARABIC, HEBREW, "{id: x, name: Иван Грозный}")
    assert "in Arabic, Hebrew and Cyrillic letters" in warning


def test_of_each_sort_some_are_told_and_whether_there_are_more() -> None:
    words = ("мира", "труда", "знаний", "земли", "воды", "неба")
    some = [firm(f"a{number}", f"name: Стражи {word}") for number, word in enumerate(words)]
    assert len(some) == FEW + 1
    assert "like it" not in told(*some[:FEW])[-1]
    found = told(*some)
    assert len(found) == FEW
    assert found[-1].endswith("; other names are like it")
