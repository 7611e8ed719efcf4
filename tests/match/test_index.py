"""What the index remembers, and what it forgets."""

from __future__ import annotations

import pickle
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import numpy as np
import pytest

from watcher import Article, Watchlist, find
from watcher.match import compile_index, find_all, memory
from watcher.match.lexicon import HIT
from watcher.match.memory import Memory
from watcher.match.reader import read
from watcher.match.spot import learn
from watcher.text import Script
from watcher.watchlist.entity import Entity

LIST = Watchlist((Entity(id="it", names=("Qasem Soleimani",)), Entity(id="one", names=("Omid",))))


def hits(folded: str, script: Script = Script.LATIN) -> list[tuple[int, int, str]]:
    """The parts of the first name that a word is, asked without what is said of the others."""
    own = compile_index(LIST)
    memory = own.memory
    number = np.array([memory.number((folded, folded, script))])
    own.learn(memory)
    _, rows = memory.rows_of(number)
    own.tell(memory, rows)
    back, entries = own.held.of(memory.words.array[rows])
    found = zip(rows[back].tolist(), entries.tolist(), strict=True)
    made = [own.hit(memory, row, entry) for row, entry in found]
    return [(hit.first, hit.last, hit.form) for hit in made if hit.score >= HIT]


def test_a_word_is_the_parts_that_it_is_alike_to() -> None:
    assert hits("soleimani") == [(1, 1, "soleimani")]
    assert hits("qasemsoleimani") == [(0, 1, "qasemsoleimani")]
    assert hits("بقاسم", Script.ARABIC) == [(0, 0, "قاسم")]
    assert hits("berlin") == []


def test_what_is_too_much_to_remember_is_looked_up_again(monkeypatch: Any) -> None:
    monkeypatch.setattr(memory, "FULL", 3)
    own = compile_index(LIST)
    page = read("قال قاسم سليماني وذهب", own)

    learn([page], own)
    own.chunks()
    assert own.memory is not page.memory

    assert [m.quote for m in find(Article(text=page.text), own)] == ["قاسم سليماني"]


@pytest.mark.parametrize("text", ["", "…", "Qasem", "123", "習近平"])
def test_a_list_without_names_finds_nothing(text: str) -> None:
    assert find(Article(text=text), Watchlist(())) == ()


def test_names_of_an_entity_are_known_by_number() -> None:
    own = compile_index(LIST)

    assert [own.listed[n].name.text for n in own.names_of("one")] == ["Omid"]
    assert own.bar(own.listed[0].entity) == 0.8


def test_a_piece_of_a_long_list_is_as_wary_as_the_whole() -> None:
    few = Watchlist((Entity(id="abbas", names=("Mahmoud Abbas",)),))
    said = Article(text="There Mahmoud Abbas said nothing.")
    assert find(said, compile_index(few)) != ()
    assert find(said, compile_index(few, crowd=20_000)) == ()


def test_several_threads_are_answered_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    own = compile_index(LIST)
    inside, most, learn = Counter[str](), [], own.learn

    def slowly(memory: Memory) -> None:
        inside["now"] += 1
        most.append(inside["now"])
        Event().wait(0.01)
        learn(memory)
        inside["now"] -= 1

    monkeypatch.setattr(own, "learn", slowly)
    texts = [Article(text=f"Qasem Soleimani met {name} there.") for name in ("Ali", "Omid", "Reza")]

    with ThreadPoolExecutor(3) as threads:
        found = list(threads.map(lambda text: (find(text, own), *find_all([text], own)), texts))

    assert max(most) == 1
    assert all(one == other != () for one, other in found)


def test_whoever_is_interrupted_leaves_nothing_half_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    own = compile_index(LIST)
    text = Article(text="Qassem Soleymani met him.")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(own._lexicon, "propose", interrupt)
        with pytest.raises(KeyboardInterrupt):
            find(text, own)

    assert len(find(text, own)) == 1


def test_an_index_that_has_searched_can_be_handed_on() -> None:
    article = Article(text="قال قاسم سليماني")
    own = compile_index(LIST)
    found = find(article, own)

    assert found
    assert find(article, pickle.loads(pickle.dumps(own))) == found
