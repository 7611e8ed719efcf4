"""What is forgotten changes no answer, and what is met often is kept."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watcher import Article, Watchlist, find
from watcher.match import chunk, compile_index, find_all, memory
from watcher.match.index import Index
from watcher.match.memory import Memory
from watcher.match.reader import read
from watcher.match.single import sift
from watcher.text import Script
from watcher.watchlist.entity import Entity

LIST = Watchlist(
    (
        Entity(id="qs", names=("Qasem Soleimani", "Haj Qasem"), short=("Soleimani",)),
        Entity(id="om", names=("Abu Omid",), context=("officer",)),
        Entity(id="st", names=("Standard Chartered", "Lufthansa"), kind="organization"),
        Entity(id="xi", names=("习近平",)),
    )
)
ARTICLES = [
    Article(text=text)
    for number in range(6)
    for text in (
        f"The officer Abu Omid{number} saw Qassem Soleymani, said Witness{number}. Soleymani left.",
        f"قال قاسم سليماني لوكالة{number} إنه وصل. وقاسم سليماني هنا، وبسليماني",
        "Lufthansa and Standard Chartered's offices; 习近平说。 «Касем Сулеймани»",
        "Haj Qasem, O'Brien and al-Qasem Soleimani's men met Qasem Soleimani.",
    )
]


def met(index: Index) -> list[tuple[object, ...]]:
    """Every mention, article by article, each looked up by itself."""
    return [mention for article in ARTICLES for mention in find_all([article], index)]


@pytest.fixture(scope="module")
def expected() -> list[tuple[object, ...]]:
    return met(compile_index(LIST))


def test_what_is_forgotten_changes_no_mention(monkeypatch: pytest.MonkeyPatch) -> None:
    index = compile_index(LIST)
    expected = met(index)
    first = index.memory
    assert sum(map(len, expected)) > len(ARTICLES)

    for full, letters in ((9, 1 << 20), (1 << 20, 90), (12, 70), (0, 0)):
        monkeypatch.setattr(memory, "FULL", full)
        monkeypatch.setattr(chunk, "_LETTERS", letters)
        assert met(compile_index(LIST)) == expected
        assert met(index) == expected
    assert index.memory is not first


@given(st.permutations(range(len(ARTICLES))), st.integers(0, 40), st.integers(0, 400))
@settings(max_examples=5, deadline=None)
def test_no_mention_depends_on_what_was_met_before(
    expected: list[tuple[object, ...]], order: list[int], full: int, letters: int
) -> None:
    index = compile_index(LIST)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(memory, "FULL", full)
        patch.setattr(chunk, "_LETTERS", letters)
        found = {}
        for number in order:
            found[number] = find(ARTICLES[number], index)
    assert [found[number] for number in range(len(ARTICLES))] == expected


def test_pages_that_were_cut_before_a_forgetting_find_the_same(
    expected: list[tuple[object, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "FULL", 5)
    monkeypatch.setattr(chunk, "_LETTERS", 40)
    index = compile_index(LIST)
    found, memories = [], []
    for number, mentions in enumerate(find_all(ARTICLES, index)):
        found.append(mentions)
        find(Article(text=f"Otto{number} of Bonn{number} met Qasem{number} Omid{number}."), index)
        memories.append(index.memory)

    assert found == expected
    assert len(set(memories)) > len(ARTICLES) // 4


def learned() -> Memory:
    """An index that met three words twice, others once."""
    index = compile_index(LIST)
    for text in (
        "Soleimani Anna Lufthansa",
        "Otto Lufthansa Standard Bert",
        "Soleimani Standard Carl",
    ):
        sift(read(text, index).memory, index)
    return index.memory


def test_units_that_were_met_again_are_kept_with_all_that_is_known_of_them() -> None:
    former = learned()
    kept, numbers = former.kept()

    looked = [(word, word, Script.LATIN) for word in ("soleimani", "lufthansa", "standard")]
    assert kept.units == looked
    assert numbers.tolist() == [0, -1, 1, -1, 2, -1, -1]
    assert [kept.number(unit) for unit in looked] == [0, 1, 2]
    for old, new in enumerate(numbers.tolist()):
        if new >= 0:
            rows = former.rows_of(np.array([old]))[1]
            own = kept.rows_of(np.array([new]))[1]
            assert kept.words.array[own].tolist() == former.words.array[rows].tolist()
            assert kept.logits.array[own].tolist() == former.logits.array[rows].tolist()
            scores = former.scores(rows)
            np.testing.assert_array_equal(kept.scores(own), scores)
            told = np.flatnonzero(scores >= 0)
            assert [*map(kept.told, own[told].tolist())] == [*map(former.told, rows[told].tolist())]
            assert len(kept.counted.get(new, ())) == len(former.counted.get(old, ()))
    assert kept.counted
    assert kept.sifted == len(kept.words.array)
    assert kept.read()[0] == []


def test_what_was_met_often_once_is_forgotten_when_it_is_met_no_more() -> None:
    former = learned()
    once, _ = former.kept()
    twice, numbers = once.kept()
    assert (twice.units, numbers.tolist()) == ([], [-1, -1, -1])


def test_of_units_that_are_all_met_often_half_is_kept_at_most() -> None:
    index = compile_index(LIST)
    for text in ("Anna Bert Carl Dora", "Anna Bert Carl Dora", "Anna Dora", "Anna Dora"):
        index.learn(read(text, index).memory)
    kept, _ = index.memory.kept()
    assert [unit[0] for unit in kept.units] == ["anna", "dora"]


def test_chunks_that_were_met_again_are_kept() -> None:
    index = compile_index(LIST)
    texts = ("Qasem met «Bin-Laden» as he", "an officer. «Bin-Laden» ran", "the officer")
    pages = [read(text, index) for text in texts]
    former = index.chunks()
    kept = former.kept()

    assert [*kept][-2:] == ["«Bin-Laden»", "officer"]
    assert kept.folded == ["bin", "laden", "officer"]
    index._chunks = kept
    for text, page in zip(texts, pages, strict=True):
        again = read(text, index)
        assert list(again.words) == list(page.words)
        assert again.between == page.between
        assert again.units == page.units
        assert again.words.opening() == page.words.opening()
