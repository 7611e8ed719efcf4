"""Whose a surname is that stands alone, by the words beside it."""

from __future__ import annotations

import pytest

from tests.work import work
from watcher import Article, Watchlist, find
from watcher.watchlist.entity import Entity

COUNTS = [
    ("an acronym before it", "Вчера пишет МИД Путин уехал", "Путин"),
    ("an acronym that ends a sentence", "Так решил ЕС. Путин уехал", "Путин"),
    ("a word of another script before it", "В The Telegraph Путин написал", "Путин"),
    ("an ordinary word that begins a headline", "Ново: Според Путин е късно", "Путин"),
    ("an ordinary word with a capital behind it", "каза Путин Великобритания да", "Путин"),
    ("the first word of a sentence before it", "Ушёл. Меллону Путин сказал", "Путин"),
    ("a line break between headings", "новый Меллон\nПутин уехал", "Путин"),
    ("another line behind it", "приехал Путин\nМеллон уехал", "Путин"),
    ("a whole name behind it", "сказал Путин Дональд Туск не был", "Путин"),
    ("his own initial", "Тогда В. Путин уехал", "Путин"),
    ("his own initials", "Тогда В.В. Путин уехал", "Путин"),
    ("his own initials behind it", "Тогда Путин В.В. уехал", "Путин"),
    ("a title", "Тогда Президент Путин уехал", "Путин"),
    ("both in capitals, an ordinary word", "ВЕЛИКОБРИТАНИЯ ПУТИН", "ПУТИН"),
]
OTHERS = [
    ("another given name", "Позже Борис Путин уехал"),
    ("another given name on the line before", "Позже Борис\nПутин уехал"),
    ("what may be another given name", "Позже Меллон Путин уехал"),
    ("what may be another family name behind it", "Позже Путин Меллон уехал"),
    ("another initial", "Позже Б. Путин уехал"),
    ("other initials", "Позже А.В. Путин уехал"),
    ("another initial behind it", "Позже Путин Б. уехал"),
    ("a given name with another family name", "Позже Владимир Меллон уехал"),
]
CAME = "Владимир Путин приехал. "


def quotes(text: str, *names: str) -> list[str]:
    people = tuple(Entity(id=name, names=(name,)) for name in names)
    return [mention.quote for mention in find(Article(text=text), Watchlist(people))]


@pytest.mark.parametrize(("text", "found"), [row[1:] for row in COUNTS], ids=[r[0] for r in COUNTS])
def test_it_is_the_persons_beside(text: str, found: str) -> None:
    assert quotes(CAME + text, "Vladimir Putin") == ["Владимир Путин", found]


@pytest.mark.parametrize("surname", ["נתניהו", "א-סיסי"])
def test_of_before_a_surname_is_no_given_name(surname: str) -> None:
    text = f"בנימין {surname} אמר. הבית של {surname} נבנה, אחר כך {surname} נסע."
    listed = {"נתניהו": "Benjamin Netanyahu", "א-סיסי": "Benjamin al-Sisi"}[surname]

    assert quotes(text, listed) == [f"בנימין {surname}", surname, surname]


@pytest.mark.parametrize("text", [row[1] for row in OTHERS], ids=[row[0] for row in OTHERS])
def test_it_is_another_persons_beside(text: str) -> None:
    assert quotes(CAME + text, "Vladimir Putin") == ["Владимир Путин"]


def test_what_became_another_persons_stays_so_until_the_person_is_named_again() -> None:
    text = CAME + "Позже Борис Путин уехал. Путин пел. Тогда В. Путин спал. Путин проснулся."

    assert quotes(text, "Vladimir Putin") == ["Владимир Путин", "Путин", "Путин"]


def test_the_surname_of_somebody_introduced_is_no_given_name() -> None:
    text = "Donald Trump met Angela Merkel. Trump-Merkel relations; the Merkel Trump knew"

    assert quotes(text, "Donald Trump", "Angela Merkel") == [
        "Donald Trump",
        "Angela Merkel",
        "Trump",
        "Merkel",
        "Merkel",
        "Trump",
    ]


def test_a_word_of_the_whole_name_is_no_other_given_name() -> None:
    text = "Жан-Ив Льо Дриан говори. Според него Льо Дриан спа."

    assert quotes(text, "Jean-Yves Le Drian") == ["Жан-Ив Льо Дриан", "Дриан"]


def test_a_surname_in_the_name_of_a_foundation_is_no_person() -> None:
    text = "Hillary Clinton spoke. The Clinton Foundation paid"

    assert quotes(text, "Hillary Clinton") == ["Hillary Clinton"]


def test_a_word_that_news_mostly_write_small_makes_another_name_behind_a_surname() -> None:
    text = "James Brady spoke. The Brady Law passed. Since then the Brady Law is stopping people"

    assert quotes(text, "James Brady") == ["James Brady"]


def test_what_is_left_of_an_everyday_word_is_no_surname() -> None:
    # كلينتون is read as "like Linton" too, but news hold it too often for that.
    assert quotes("قال جيمي لينتون إن كلينتون هنا", "Jimmy Linton") == ["جيمي لينتون"]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Vladimir Putin", "Vladimir Putin spoke, and they went do Putina", "Putina"),
        ("Osama bin Laden", "Osama bin Laden spoke, and bin Laden left", "bin Laden"),
    ],
)
def test_a_particle_belongs_to_a_surname_that_is_listed_with_one(
    name: str, text: str, found: str
) -> None:
    assert quotes(text, name) == [name, found]


def test_the_first_word_of_a_text_is_no_given_name() -> None:
    people = Watchlist((Entity(id="it", names=("Vladimir Putin",)),))
    article = Article(title="Владимир Путин", text="Меллону Путин сказал")

    assert [m.quote for m in find(article, people)] == ["Владимир Путин", "Путин"]


def test_work_is_linear_in_a_text_of_surnames_that_look_like_initials() -> None:
    watchlist = Watchlist((Entity(id="li", names=("Wei Li",)),))

    def search(many: int) -> int:
        article = Article(text="Wei Li came. " + "Li. " * many)
        return work(lambda: find(article, watchlist))

    search(10)  # what is worked out once
    # Quadratic, it would be four times as much.
    assert search(3000) < 2.5 * search(1500)
