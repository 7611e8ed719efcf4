from __future__ import annotations

from watcher.names import Kind
from watcher.watchlist import Entity, read_watchlist
from watcher.watchlist.official import Change, Diff, Sort, compare_lists, mark, to_line

A = Entity(id="x:1", names=("Marek Ordan", "Марек Ордан"), weak=("Grey",), tags=("x", "SDGT"))
B = Entity(id="x:2", names=(), weak=("Kaldera",), kind=Kind.ORGANIZATION)
C = Entity(id="x:3", names=("Ana Ordan",))


def compared(old: list[Entity], new: list[Entity]) -> Diff:
    diff = Diff()
    diff.former(map(to_line, old))
    for entity in new:
        diff.take(entity, mark(to_line(entity)))
    diff.finish()
    return diff


def test_a_line_is_read_back_as_the_entity_it_was() -> None:
    data = b"".join(map(to_line, (A, B, C)))
    listing = read_watchlist("list.jsonl", data)
    assert (listing.faults, listing.warnings) == ((), ())
    assert listing.watchlist.entities == (A, B, C)
    assert b'"Mar' in data
    assert "Марек".encode() in data


def test_a_diff_says_who_came_who_went_and_who_is_called_otherwise() -> None:
    renamed = Entity(id="x:2", names=("Caldera",), weak=("Kaldera",), kind=Kind.ORGANIZATION)
    changed = Entity(id="x:1", names=("Marek Ordan",), tags=("x",))
    diff = compared([A, B], [changed, C, renamed])
    assert diff.changes == [
        Change(sort=Sort.CHANGED, id="x:1", name="Marek Ordan"),
        Change(sort=Sort.ADDED, id="x:3", name="Ana Ordan"),
        Change(sort=Sort.RENAMED, id="x:2", name="Caldera", was="Kaldera"),
    ]
    assert (diff.before, diff.after) == (2, 3)
    gone = compared([A, C], [A])
    assert gone.changes == [Change(sort=Sort.REMOVED, id="x:3", name="Ana Ordan")]
    assert gone.count() == {Sort.ADDED: 0, Sort.REMOVED: 1, Sort.RENAMED: 0, Sort.CHANGED: 0}


def test_two_states_that_are_at_hand_are_compared_by_the_same_measure() -> None:
    renamed = Entity(id="x:2", names=("Caldera",), weak=("Kaldera",), kind=Kind.ORGANIZATION)
    changed = Entity(id="x:1", names=("Marek Ordan",), tags=("x",))
    for old, new in (([A, B], [changed, C, renamed]), ([A, C], [A]), ([A, B, C], [C, B, A])):
        assert compare_lists(old, new) == tuple(compared(old, new).changes)


def test_the_same_list_has_no_changes_however_often_it_is_read() -> None:
    assert compared([A, B, C], [C, B, A]).changes == []


def test_lines_of_a_former_list_that_are_no_entities_are_passed_over() -> None:
    diff = Diff()
    diff.former([b"{", b"[]", b"7", b'{"id": 1}', b'{"names": ["x"]}', b'{"id": "x", "names": []}'])
    assert diff.before == 0
    diff.former([b"[" * 100_000, b'{"id": [], "names": ["x"]}', to_line(A)])
    assert diff.before == 1
