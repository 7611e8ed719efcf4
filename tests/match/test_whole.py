"""Short cuts: what is not judged would have come to nothing."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.match.slowly import find_slowly, judged
from tests.match.test_probes import ROWS, plain
from watcher import Article, Watchlist, find
from watcher.match import Field, compile_index, find_all
from watcher.match.bound import may_be_strong, most
from watcher.match.reader import read
from watcher.match.spot import spots
from watcher.match.wanted import Few, Many, evenly
from watcher.match.weak import is_weak
from watcher.match.whole import Whole
from watcher.names import SAME, Kind, parse, weigh
from watcher.names.alike import Likeness
from watcher.names.evidence import Equivalence
from watcher.watchlist.entity import Entity

TEXTS = [plain(row["text"]) for row in ROWS]
NAMES = sorted({row["name"] for row in ROWS})
WORDS = sorted({word for text in TEXTS for word in re.findall(r"\S+", text)})
ORGANISATIONS = (
    Entity(id="stream", names=("Nord Stream",), kind=Kind.ORGANIZATION),
    Entity(id="serena", names=("Serena",), kind=Kind.ORGANIZATION),
    Entity(id="front", names=("Popular Front",), kind=Kind.ORGANIZATION, weak=("Jabha",)),
)
PEOPLE = (
    Entity(
        id="commander",
        names=("Qasem Soleimani",),
        weak=("Soleimani", "Hajj Qasem"),
        short=("Hajji", "الحاج"),
        exclude=("Gholamreza Soleimani",),
        context=("فيلق القدس", "Quds"),
    ),
    Entity(id="nasrallah", names=("Hassan Nasrallah",), min_score=0.6, exclude=("Nasr",)),
)
LIST = Watchlist((*(Entity(id=name, names=(name,)) for name in NAMES), *ORGANISATIONS, *PEOPLE))
INDEX = compile_index(LIST, {"commander": 0.5})
USUAL = compile_index(Watchlist((*LIST.entities[:-1],)))
LOW = compile_index(LIST, {entity.id: 0.1 for entity in LIST})
EXTRA = ["Nord", "Stream", "2", "Serena", "Williams", "Hajji", "الحاج", "غلامرضا", "فيلق", "القدس"]
LINES = st.lists(st.sampled_from([*WORDS, *EXTRA, ",", ".", "\n", "bin", "al"]), max_size=25)


@pytest.mark.parametrize("text", TEXTS)
def test_a_probe_gives_the_same_as_without_short_cuts(text: str) -> None:
    article = Article(title=text, text=f"{text}\n{text}")

    assert find(article, INDEX) == find_slowly(article, INDEX)


@given(LINES, LINES)
def test_any_words_give_the_same_as_without_short_cuts(title: list[str], words: list[str]) -> None:
    article = Article(title=" ".join(title), text=" ".join(words))

    for index in (INDEX, USUAL):
        assert find(article, index) == find_slowly(article, index)
    assert find(article, INDEX, 0.1) == find_slowly(article, LOW)


@example(WORDS)
@given(LINES)
def test_no_spot_scores_more_than_it_was_held_able_to(words: list[str]) -> None:
    page = read(" ".join(words), INDEX)

    for found in judged(page, INDEX):
        assert found.score <= most(found.listed, found.pieces)
        if not is_weak(page, found, len(INDEX.listed)):
            assert may_be_strong(page, found.listed, found.pieces, len(INDEX.listed))


@given(LINES)
def test_what_a_name_demands_drops_only_spots_that_cannot_reach_it(words: list[str]) -> None:
    page = read(" ".join(words), INDEX)
    names = np.ones(len(INDEX.listed), bool)

    every, hopeful = (list(spots(page, INDEX, evenly(names, least))) for least in (0.0, 0.8))

    assert hopeful == [
        s for s in every if s in hopeful or most(INDEX.listed[s.listed], s.pieces) >= 0.8
    ]


@given(LINES, st.sets(st.integers(0, len(INDEX.listed) - 1)))
def test_a_few_names_are_looked_for_as_among_all(words: list[str], some: set[int]) -> None:
    page = read(" ".join(words), INDEX)
    own = np.array(sorted(some), np.intp)
    names = np.isin(np.arange(len(INDEX.listed)), own)

    few = spots(page, INDEX, Few(own, INDEX.usual[own]))

    assert list(few) == list(spots(page, INDEX, Many(names, INDEX.usual)))


@pytest.mark.parametrize("pair", [("Nasrallah", "نصرالله"), ("Путин", "Putin"), ("Cohen", "כהן")])
@pytest.mark.parametrize("kind", Kind)
def test_one_word_hardly_alike_reaches_no_bar(pair: tuple[str, str], kind: Kind) -> None:
    one, other = (parse(text, kind) for text in pair)

    found = weigh(one, other, lambda _, __: Likeness(0.55, Equivalence.TRANSLITERATION))

    assert found.score < 0.75 < SAME


def test_many_articles_give_what_one_at_a_time_gives(monkeypatch: Any) -> None:
    monkeypatch.setattr(import_module("watcher.match.find"), "_TOGETHER", 600)
    articles = [Article(title=text[:40], text=text * 5) for text in TEXTS[:30]]
    articles.append(Article(text="." * 600))

    assert list(find_all(articles, INDEX)) == [find(article, INDEX) for article in articles]


def test_a_few_articles_at_the_end_are_found_too() -> None:
    articles = iter([Article(text="Qasem Soleimani spoke")] * 3)

    assert [len(found) for found in find_all(articles, Watchlist(PEOPLE))] == [1, 1, 1]


@pytest.mark.parametrize("text", ["بشار حديد", "وليد بشير"])
def test_doubtful_words_beside_a_part_left_out_are_vague(text: str) -> None:
    index = compile_index(Watchlist((Entity(id="it", names=("Walid Bashar HADDAD",)),)))
    page = read(text, index)

    (found,) = judged(page, index)

    assert found.score < most(found.listed, found.pieces) < 0.8


def test_words_that_overlap_do_not_stand_beside_each_other() -> None:
    index = compile_index(Watchlist((Entity(id="it", names=("عبدله اللهله",)),)))

    assert list(spots(read("عبد الله الله", index), index, Few(np.array([0]), np.zeros(1)))) == []


def test_the_words_that_names_hold_are_a_set() -> None:
    page = read("ثم قاسم سليماني هنا", INDEX)
    whole = Whole({Field.TEXT: page}, INDEX)

    taken = whole.taken(Field.TEXT, 0.4)

    assert (set(taken), len(taken)) == ({1, 2}, 2)
    assert "word" not in taken


def test_one_word_behind_a_particle_that_is_not_its_own_is_no_name_of_several() -> None:
    group = Entity(id="group", names=("نصرالله",), kind=Kind.ORGANIZATION)
    leader = Entity(id="leader", names=("Hassan Ali",), short=("نصرالله",), context=("Hajj",))
    index = compile_index(Watchlist((group, leader)))
    whole = Whole({Field.TEXT: read("Hajj met van Nasrallah", index)}, index)

    assert list(whole.taken(Field.TEXT, 0.4)) == []


def test_a_name_is_judged_again_for_who_asks_about_less() -> None:
    index = compile_index(Watchlist(PEOPLE))
    whole = Whole({Field.TEXT: read("Kasim Solomon spoke", index)}, index)
    (one,) = whole.every("commander")

    short = whole.judged(one, 0.9)
    found = whole.judged(one)

    assert (short.score < 0.9, short.comparison.evidence) == (True, ())
    assert 0.8 < found.score < 0.9
    assert len(found.comparison.evidence) == 2
    assert whole.judged(one, 0.9) is found


@pytest.mark.parametrize(("name", "found"), [("الأمن", ["الأمن"]), ("Alamn", [])])
def test_a_word_of_everyday_use_is_a_name_only_as_it_is_listed(name: str, found: list[str]) -> None:
    paper = Entity(id="it", names=(name,), kind=Kind.ORGANIZATION, context=("صحيفة",))
    mentions = find(Article(text="كتبت صحيفة الأمن عن هذا"), Watchlist((paper,)))

    assert [mention.quote for mention in mentions] == found


def test_all_who_have_a_word_for_a_name_are_told() -> None:
    ships = [Entity(id=one, names=(f"Serenade {one}",), kind=Kind.ORGANIZATION) for one in "ab"]
    called = [Entity(id=one, names=("Gazprom",), kind=Kind.ORGANIZATION) for one in "cd"]
    sheikhs = [Entity(id=one, names=("Cheikh Karima",)) for one in "ef"]
    index = compile_index(Watchlist((*ships, *called, *sheikhs)))
    text = "Yesterday Gazprom said so. قال الشيخ کریمه هذا"

    assert {mention.entity for mention in find(Article(text=text), index)} == set("cdef")
