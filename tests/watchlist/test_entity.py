from __future__ import annotations

import pytest

from watcher.errors import RuleError
from watcher.watchlist import Entity, Watchlist

ONE = Entity(id="a", names=("Qasem Soleimani", "قاسم سليماني"))
WEAK = Entity(id="b", names=(), weak=("Ali Hassan",))


def test_the_first_name_is_shown_and_a_weak_one_if_there_is_no_other():
    assert ONE.name == "Qasem Soleimani"
    assert WEAK.name == "Ali Hassan"


def test_an_entity_needs_an_id_and_a_name():
    with pytest.raises(RuleError, match="an entity needs an id"):
        Entity(id="", names=("A",))
    with pytest.raises(RuleError, match='entity "a" has no name; add "name:"'):
        Entity(id="a", names=())


def test_a_watchlist_finds_its_entities_by_id():
    watchlist = Watchlist((ONE, WEAK))
    assert list(watchlist) == [ONE, WEAK]
    assert len(watchlist) == 2
    assert watchlist["b"] is WEAK
    assert "a" in watchlist
    assert "c" not in watchlist
    with pytest.raises(KeyError):
        watchlist["c"]


def test_ids_are_unique_in_a_watchlist():
    with pytest.raises(RuleError, match='two entities have the id "a"'):
        Watchlist((ONE, WEAK, ONE))
