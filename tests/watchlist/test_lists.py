"""Official lists beside the analysts' own files."""

from __future__ import annotations

from watcher.watchlist import (
    Edition,
    Entity,
    Imported,
    read_rules,
)


def listed(*ids: str, name: str = "ofac", tags: tuple[str, ...] = ("SDGT",)) -> Imported:
    """An official list of persons with these ids."""
    return Imported(
        Edition(name, "2026-11-20", "ab12"),
        tuple(
            Entity(id=each, names=(f"Marek {each}",), tags=(*tags, name), origin=name)
            for each in ids
        ),
    )


def test_rules_watch_official_lists_by_tag_and_by_id():
    text = """\
entities: [{id: a, name: Ana Ordan, tags: [SDGT]}]
rules:
  - {id: all, watch: ofac, send_to: x}
  - {id: programme, watch: SDGT, send_to: x}
  - {id: one, watch: 'ofac:1', send_to: x}
"""
    book = read_rules({"f.yaml": text}, lists=[listed("ofac:1", "ofac:2")]).rulebook
    assert [entity.id for entity in book.watchlist] == ["a", "ofac:1", "ofac:2"]
    assert [rule.entities for rule in book.rules] == [
        {"ofac:1", "ofac:2"},
        {"a", "ofac:1", "ofac:2"},
        {"ofac:1"},
    ]
    assert book.editions == (Edition("ofac", "2026-11-20", "ab12"),)
    assert book.edition(book.watchlist["ofac:1"]) == book.editions[0]
    assert book.edition(book.watchlist["a"]) is None


def test_a_word_that_no_list_knows_is_a_fault_unless_a_list_is_missing():
    text = "rules: [{id: r, watch: SDGTT, send_to: x}]"
    lists = [listed("ofac:1")]
    (fault,) = read_rules({"f.yaml": text}, lists=lists).faults
    assert str(fault) == 'f.yaml:1:24: no entity has the tag or the id "SDGTT"'
    assert fault.hint == 'did you mean "SDGT"?'
    assert read_rules({"f.yaml": text}, complete=False, lists=lists).faults == ()


def test_an_entity_with_the_id_of_a_listed_one_is_a_fault():
    text = "entities: [{id: 'ofac:1', name: Ana Ordan}]"
    reading = read_rules({"f.yaml": text}, lists=[listed("ofac:1")])
    assert [str(fault) for fault in reading.faults] == [
        'f.yaml:1:17: the list "ofac" has "ofac:1" already'
    ]
    assert [entity.name for entity in reading.sound.watchlist] == ["Marek ofac:1"]


def test_of_two_lists_with_one_id_the_first_counts():
    lists = [listed("x:1", name="one"), listed("x:1", "x:2", name="two")]
    book = read_rules({"f.yaml": "rules: []"}, lists=lists).rulebook
    assert [(entity.id, entity.origin) for entity in book.watchlist] == [
        ("x:1", "one"),
        ("x:2", "two"),
    ]
