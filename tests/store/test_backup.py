from __future__ import annotations

import resource
import signal
from pathlib import Path

import pytest

from tests.news import NOW, article, dossiers
from tests.store.memory import dump
from watcher.errors import StoreError
from watcher.store import Store
from watcher.store import backup as module


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


def test_what_lies_beside_it_stays_as_it_is(store: Store, tmp_path: Path):
    (tmp_path / "copy.db.part").write_text("precious")
    store.backup(tmp_path / "copy.db")
    assert sorted(file.name for file in tmp_path.glob("copy*")) == ["copy.db", "copy.db.part"]
    assert (tmp_path / "copy.db.part").read_text() == "precious"


def test_a_place_that_is_not_there_is_told(store: Store, tmp_path: Path):
    with pytest.raises(StoreError, match=r"the copy cannot be written \(No such file"):
        store.backup(tmp_path / "nowhere" / "copy.db")
    with pytest.raises(StoreError, match=r"the copy cannot be written .*name another place"):
        store.backup(tmp_path / ("a" * 300))


def test_whoever_may_read_the_database_may_read_the_copy(store: Store, path: Path):
    path.chmod(0o640)
    store.backup(path.with_name("copy.db"))
    assert path.with_name("copy.db").stat().st_mode & 0o777 == 0o640
    with Store.open(Path(":memory:")) as fleeting:
        fleeting.backup(path.with_name("fleeting.db"))
    assert path.with_name("fleeting.db").stat().st_mode & 0o777 == 0o600


def test_a_copy_that_is_not_sound_is_thrown_away(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "_look_through", lambda _: ["row 7 missing from index"])
    with pytest.raises(StoreError, match="the copy is not sound \\(row 7 missing from index\\)"):
        store.backup(path.with_name("copy.db"))
    assert list(path.parent.glob("copy*")) == []


def test_a_place_without_room_is_named(store: Store, path: Path):
    store.record(dossiers(*(article(number) for number in range(60))), None, NOW)
    limit, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, hard))
    try:
        with pytest.raises(StoreError, match=r"copy\.db: the copy cannot be written"):
            store.backup(path.with_name("copy.db"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert list(path.parent.glob("copy*")) == []


def test_a_damaged_database_is_told_as_it_is(path: Path, tmp_path: Path):
    with Store.open(path) as store:
        store.record(dossiers(*(article(number) for number in range(60))), None, NOW)
    content = bytearray(path.read_bytes())
    content[5 * 4096 : 9 * 4096] = b"\xff" * 4 * 4096
    path.write_bytes(content)
    with Store.open(path) as store, pytest.raises(StoreError, match="is damaged"):
        store.backup(tmp_path / "copy.db")
    assert list(tmp_path.glob("copy*")) == []
