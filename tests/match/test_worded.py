"""What people are shown stands in the article, letter for letter."""

from __future__ import annotations

import pytest

from watcher import Article, Watchlist, find
from watcher.names import Kind, Verdict
from watcher.watchlist.entity import Entity

NAMES = (
    "Andrei Belousov",
    "Oleksandr Syrskyi",
    "Vladimir Putin",
    "Usama bin Laden",
    "Hassan Nasrallah",
    "Recep Tayyip Erdoğan",
    "Salman bin Abdulaziz Nasrallah",
)
LIST = Watchlist(tuple(Entity(id=name, names=(name,)) for name in NAMES))


def shown(text: str) -> list[list[str]]:
    """What each mention says that the text has."""
    return [
        [piece.found for piece in mention.evidence if piece.found]
        for mention in find(Article(text=text), LIST)
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Андреем Белоусовым сказано.", ["Андреем", "Белоусовым"]),
        ("Видели Олександра Сирського.", ["Олександра", "Сирського"]),
        ("Сказано Владимиром ПУТИНЫМ.", ["Владимиром", "ПУТИНЫМ"]),
        ("Говорят об Усаме бен\nЛадене.", ["Усаме", "бен Ладене"]),
        ("Recep Tayyip Erdoğan'ın sözleri", ["Recep", "Tayyip", "Erdoğan'ın"]),
    ],
)
def test_a_word_is_shown_with_its_ending_its_marks_and_its_capitals(
    text: str, words: list[str]
) -> None:
    assert shown(text) == [words]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("قال الرئيس وأُسامة بن لادن", ["أُسامة", "بن لادن"]),
        ("דיבר ולחסן נסראללה", ["חסן", "נסראללה"]),
        ("اجتمع وبسلمان بن عبدالعزيز نصر الله", ["سلمان", "بن عبدالعزيز", "نصر الله"]),
    ],
)
def test_a_clitic_before_a_word_is_no_part_of_it(text: str, words: list[str]) -> None:
    assert shown(text) == [words]


def test_a_part_that_stands_alone_is_shown_as_it_stands_there() -> None:
    first, alone = find(Article(text="Владимир Путин. Сказано ПУТИНЫМ."), LIST)
    assert [e.found for e in first.evidence] == ["Владимир", "Путин"]
    assert [e.found for e in alone.evidence if e.verdict is Verdict.MATCHED] == ["ПУТИНЫМ"]


@pytest.mark.parametrize("text", ["زعيم لحزب الله في لبنان", "الجيش وحزب الله في لبنان"])
def test_a_clitic_before_two_words_that_make_a_name_is_none_of_it(text):
    party = Entity(id="it", names=("حزب الله",), kind=Kind.ORGANIZATION)

    (found,) = find(Article(text=text), Watchlist((party,)))

    assert (found.quote, found.evidence[0].found) == ("حزب الله", "حزب الله")


def test_an_and_before_a_compound_begins_another_name() -> None:
    text = "قال حسن ونصر الله إن"

    assert not find(Article(text=text), LIST, 0.3)
