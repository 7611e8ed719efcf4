"""Names of one word: whose they are, and whether they are names at all."""

from __future__ import annotations

import pytest

from watcher.article import Article
from watcher.match import find
from watcher.watchlist.entity import Entity, Watchlist

BIN_LADEN = ("Osama bin Laden", "Ibn Laden")


def quotes(text: str, *names: str, **more: tuple[str, ...]) -> list[str]:
    watchlist = Watchlist((Entity(id="it", names=names, **more),))
    return [mention.quote for mention in find(Article(text=text), watchlist)]


def test_behind_another_given_name_it_is_somebody_else() -> None:
    text = "Quds: Gholamreza Soleimani spoke"

    assert quotes(text, "Qasem Soleimani", "Soleimani", context=("Quds",)) == []


def test_behind_a_title_or_the_persons_own_name_it_is_the_persons() -> None:
    known = {"context": ("Quds",)}

    assert quotes("Quds: General Soleimani spoke", "Qasem Soleimani", "Soleimani", **known)
    assert quotes("Quds: Qasem Soleimani spoke", "Kassem Soleimani", "Soleimani", **known)


def test_where_the_list_has_only_the_word_any_given_name_may_stand_before_it() -> None:
    assert quotes("Quds: Qasem Soleimani spoke", "Soleimani", context=("Quds",)) == ["Soleimani"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("قال أسامة بن لادن إن لدينا رجال", ["أسامة بن لادن"]),
        ("قال أسامة بن لادن إن بن لادن قال", ["أسامة بن لادن", "بن لادن"]),
        ("قال أسامة بن لادن إن محمد بن لادن قال", ["أسامة بن لادن"]),
    ],
)
def test_where_no_capital_tells_the_word_for_son_must_stand_there(
    text: str, found: list[str]
) -> None:
    assert quotes(text, *BIN_LADEN) == found


def test_where_a_capital_tells_it_need_not() -> None:
    assert quotes("Osama bin Laden came. Then Laden left", *BIN_LADEN)[-1] == "Laden"
