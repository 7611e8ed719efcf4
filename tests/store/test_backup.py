from __future__ import annotations

from pathlib import Path

import pytest

from tests.news import NOW, article, dossiers
from tests.store.memory import dump
from watcher.errors import StoreError
from watcher.store import Store


def test_a_copy_holds_what_was_recorded_while_others_write(store: Store, path: Path):
    store.record(dossiers(article(1)), None, NOW)
    before = dump(store)
    copy = path.with_name("copy.db")
    with Store.open(path) as other, other._database.write():
        other._database.run("DELETE FROM mentions")
        store.backup(copy)
    with Store.open(copy) as copied:
        assert copied.check() == ()
        assert dump(copied) == before


def test_a_file_that_exists_is_never_overwritten(store: Store, tmp_path: Path):
    taken = tmp_path / "taken"
    taken.write_text("precious")
    with pytest.raises(StoreError, match="taken: exists already"):
        store.backup(taken)
    assert taken.read_text() == "precious"


def test_the_rest_of_a_copy_that_was_cut_short_is_in_nobodys_way(store: Store, tmp_path: Path):
    (tmp_path / "copy.db.part").write_text("half")
    store.backup(tmp_path / "copy.db")
    assert [file.name for file in tmp_path.glob("copy*")] == ["copy.db"]


def test_a_place_that_is_not_there_is_told(store: Store, tmp_path: Path):
    with pytest.raises(StoreError, match="cannot be opened"):
        store.backup(tmp_path / "nowhere" / "copy.db")
    with pytest.raises(StoreError, match=r"the copy cannot be written .*name another place"):
        store.backup(tmp_path / ("a" * 300))
    (tmp_path / "dir.part").mkdir()
    with pytest.raises(StoreError, match="dir: the copy cannot be written"):
        store.backup(tmp_path / "dir")
