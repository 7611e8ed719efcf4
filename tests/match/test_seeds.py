"""The seed articles, read by eye: what a watchlist of Latin spellings must find in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from watcher import Article, Watchlist, find
from watcher.watchlist.entity import Entity

SEEDS = Path(__file__).parents[2] / "seeds"
ASKED_FOR = ("Qasem Soleimani", "Esmail Qaani", "Saif al-Adel")
OTHERS = ("Hassan Nasrallah", "Ali Khamenei", "Maryam Rajavi", "Jeremy Hunt", "Steve Witkoff")
EXPECTED = {
    "000": {"Qasem Soleimani": ["قاسم سليماني"] * 2, "Hassan Nasrallah": ["حسن نصر الله"]},
    "001": {
        "Esmail Qaani": ["إسماعيل قاآني", "قاآني"],
        "Saif al-Adel": ["سيف العدل"] * 3,
        "Maryam Rajavi": ["مريم رجوي", "رجوي"],
    },
    "002": {
        "Qasem Soleimani": ["قاسم سليماني"] * 2 + ["سليماني"] * 4,
        "Jeremy Hunt": ["جيريمي هانت"],
    },
    "003": {"Steve Witkoff": ["ستيف ويتكوف"]},
    "004": {"Ali Khamenei": ["علي خامنئي"]},
}


def mentions(number: str, names: tuple[str, ...]) -> dict[str, list[str]]:
    watchlist = Watchlist(tuple(Entity(id=name, names=(name,)) for name in names))
    (path,) = SEEDS.glob(f"{number}_*.txt")
    text = path.read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for mention in find(Article(text=text), watchlist):
        assert text[mention.start : mention.end] == mention.quote
        found.setdefault(mention.entity, []).append(mention.quote)
    return found


@pytest.mark.parametrize("number", EXPECTED)
def test_a_seed_gives_exactly_these_mentions(number: str) -> None:
    assert mentions(number, ASKED_FOR + OTHERS) == EXPECTED[number]


@pytest.mark.parametrize("number", EXPECTED)
def test_the_three_people_asked_for_are_found_where_they_stand(number: str) -> None:
    wanted = {name: here for name, here in EXPECTED[number].items() if name in ASKED_FOR}

    assert mentions(number, ASKED_FOR) == wanted
