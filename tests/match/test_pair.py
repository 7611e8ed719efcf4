"""Names of one part that are written as two words."""

from __future__ import annotations

import pytest

from watcher import Article, Watchlist, find
from watcher.watchlist.entity import Entity

COUNTS = [
    ("Nasr Allah", "وقال نصر الله في خطاب", "نصر الله"),
    ("Abu Ayoub", "وصل أبو أيوب إلى المدينة", "أبو أيوب"),
    ("Jamal Eddine", "كتب جمال الدين في الصحيفة", "جمال الدين"),
    ("Da Silva", "زار دا سيلفا لندن", "دا سيلفا"),
    ("Ibn Laden", "هرب بن لادن من هناك", "بن لادن"),
    ("Cheikh Karima", "سخنان شیخ کریمه در باره", "کریمه"),
    ("Syed Kamall", "said Syed Kammall yesterday", "Kammall"),
]
HELD_BACK = [
    ("another given name before it", "Ibn Laden", "هرب أسامة بن لادن من هناك، ومحمد بن لادن"),
    ("more of the name behind it", "Abu Hamza", "خطب ابو حمزة المصري هناك"),
    ("borne by many", "Abdul Rahman", "قال عبد الرحمن أمس"),
    ("one word in the list", "Laden", "هرب بن لادن من هناك"),
    ("one word in the text", "Ibn Laden", "هرب لادن من هناك"),
    ("another title", "Cheikh Karima", "سخنان ملا کریمه در باره"),
    ("no title in the text", "Cheikh Karima", "سخنان کریمه در باره"),
    ("a title in another sentence", "Cheikh Karima", "قال شیخ. کریمه در باره"),
    ("an article, as nicknames have", "The Tiger", "and so the Tiger came"),
    ("an article, as of where one is from", "al-Khorasani", "said al-Khorasani today"),
    ("a capital behind it", "De Rossum", "said de Rossum Verhagen today"),
]


def quotes(name: str, text: str) -> list[str]:
    people = Watchlist((Entity(id="it", names=(name,)),))
    return [mention.quote for mention in find(Article(text=text), people)]


@pytest.mark.parametrize(("name", "text", "found"), COUNTS)
def test_two_written_words_are_more_than_one_part_alone(name: str, text: str, found: str) -> None:
    assert quotes(name, text) == [found]


@pytest.mark.parametrize(
    ("name", "text"), [row[1:] for row in HELD_BACK], ids=[row[0] for row in HELD_BACK]
)
def test_it_needs_support_all_the_same_if(name: str, text: str) -> None:
    assert quotes(name, text) == []
