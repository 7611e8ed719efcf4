"""What was compiled is opened again, and only that."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from watcher import Article, Watchlist, cache, find
from watcher.cache import beside, folder_of, open_index
from watcher.match import lay, pack
from watcher.names import Kind, Share
from watcher.watchlist.entity import Entity
from watcher.watchlist.rulebook import versioned

IT = Entity(id="it", names=("Qasem Soleimani", "Хасан Насралла"), weak=("Omid",))
LIST = Watchlist((IT, Entity(id="xi", names=("習近平",), context=("China",))))
TEXT = Article(text="Qassem Soleimani met him.")


def read(*entities: Entity) -> Watchlist:
    return versioned(entities, entities)


class Layer:
    """Counts how often a list is laid."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, watchlist: Watchlist, share: Share) -> object:
        self.times += 1
        return lay(watchlist, share)


@pytest.fixture
def layer(monkeypatch: pytest.MonkeyPatch) -> Layer:
    layer = Layer()
    monkeypatch.setattr(cache, "lay", layer)
    monkeypatch.setattr(cache, "_LEAST", 1)
    return layer


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_a_list_is_laid_once(tmp_path: Path, layer: Layer) -> None:
    folder = tmp_path / "deep" / "below"
    first, again = open_index(LIST, folder), open_index(LIST, folder, {"it": 0.3})

    assert layer.times == 1
    assert find(TEXT, first) == find(TEXT, again) == find(TEXT, LIST) != ()
    assert (first.bar(IT), again.bar(IT)) == (0.8, 0.3)
    (file,) = files(folder)
    assert file.stat().st_mode & 0o077 == 0 or folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "other",
    [
        Watchlist(LIST.entities[::-1]),
        Watchlist((replace(IT, names=(*IT.names, "Q")), LIST.entities[1])),
        Watchlist((replace(IT, kind=Kind.ORGANIZATION), LIST.entities[1])),
        Watchlist((replace(IT, weak=(), short=IT.weak), LIST.entities[1])),
        Watchlist((replace(IT, min_score=0.5), LIST.entities[1])),
    ],
)
def test_another_list_is_another_file(tmp_path: Path, layer: Layer, other: Watchlist) -> None:
    open_index(LIST, tmp_path)
    open_index(other, tmp_path)

    assert layer.times == len(files(tmp_path)) == 2


def test_a_list_that_was_read_is_known_without_looking_through_its_names(
    tmp_path: Path, layer: Layer, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_index(read(IT), tmp_path)
    assert sorted(path.suffix for path in files(tmp_path)) == [".compiled", ".list"]

    monkeypatch.setattr(cache, "_fingerprint", None)
    assert find(TEXT, open_index(read(IT), tmp_path)) != ()
    assert layer.times == 1


@pytest.mark.parametrize(
    "change",
    [
        {"names": ("Qasem Soleymani",)},
        {"weak": ()},
        {"kind": Kind.ORGANIZATION},
        {"min_score": 0.5},
        {"exclude": ("Omid Soleimani",)},
        {"short": ("Soleimani",)},
        {"id": "at"},
    ],
)
def test_no_link_leads_from_another_list(
    tmp_path: Path, layer: Layer, change: dict[str, object]
) -> None:
    open_index(read(IT), tmp_path)
    open_index(read(replace(IT, **change)), tmp_path)

    assert layer.times == 2
    assert len(files(tmp_path)) == 4


def test_no_link_leads_from_the_same_entities_in_another_order(
    tmp_path: Path, layer: Layer
) -> None:
    for entities in (LIST.entities, LIST.entities[::-1]):
        assert find(TEXT, open_index(read(*entities), tmp_path)) == find(TEXT, LIST)

    assert layer.times == 2


def test_a_folder_that_holds_no_links_holds_files(
    tmp_path: Path, layer: Layer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    for _ in range(2):
        assert find(TEXT, open_index(read(IT), tmp_path)) != ()

    assert layer.times == 1
    assert [path.suffix for path in files(tmp_path)] == [".compiled"]


def test_what_stands_in_the_place_of_a_link_stays(tmp_path: Path, layer: Layer) -> None:
    open_index(read(IT), tmp_path)
    _, link = sorted(files(tmp_path), key=lambda path: path.suffix)
    link.unlink()
    link.mkdir()
    assert find(TEXT, open_index(read(IT), tmp_path)) != ()

    assert layer.times == 1
    assert sorted(path.suffix for path in files(tmp_path)) == [".compiled", ".list"]


def test_what_is_made_of_a_list_has_no_link(tmp_path: Path, layer: Layer) -> None:
    whole = read(IT)
    open_index(whole, tmp_path)
    open_index(replace(whole, entities=(replace(IT, names=("Else",)),)), tmp_path)

    assert layer.times == 2


def test_lists_whose_notes_differ_share_a_file(tmp_path: Path, layer: Layer) -> None:
    open_index(read(IT), tmp_path)
    open_index(read(replace(IT, tags=("quds",))), tmp_path)

    assert layer.times == 1
    assert sorted(path.suffix for path in files(tmp_path)) == [".compiled", ".list", ".list"]


def test_a_link_that_leads_nowhere_is_led_anew(tmp_path: Path, layer: Layer) -> None:
    open_index(read(IT), tmp_path)
    file, link = sorted(files(tmp_path), key=lambda path: path.suffix)
    for target in (f"{64 * '0'}.compiled", "none"):
        link.unlink()
        link.symlink_to(target)
        assert find(TEXT, open_index(read(IT), tmp_path)) != ()
        assert (layer.times, link.readlink().name) == (1, file.name)


def test_of_links_the_youngest_stay(
    tmp_path: Path, layer: Layer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_SIGNS", 2)
    for tag in "abc":
        open_index(read(replace(IT, tags=(tag,))), tmp_path)

    assert layer.times == 1
    assert [path.suffix for path in files(tmp_path)].count(".list") == 2


def test_context_words_are_taken_from_the_list_itself(tmp_path: Path, layer: Layer) -> None:
    other = Watchlist((replace(IT, context=("Quds",)), LIST.entities[1]))
    open_index(LIST, tmp_path)
    index = open_index(other, tmp_path)

    assert layer.times == 1
    assert find(Article(text="Omid of the Quds Force said."), index) != ()


def test_other_code_or_tables_make_another_file(
    tmp_path: Path, layer: Layer, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_index(LIST, tmp_path)
    monkeypatch.setattr(cache, "_maker", lambda: b"another version")
    open_index(LIST, tmp_path)

    assert layer.times == len(files(tmp_path)) == 2
    names = [name for name, _ in cache._sources()]
    assert {"match/index.py", "names/tables/known.tsv", "text/fold.py"} <= set(names)


def test_a_damaged_file_is_made_again(tmp_path: Path, layer: Layer) -> None:
    open_index(LIST, tmp_path)
    (file,) = files(tmp_path)
    whole = file.read_bytes()
    for times, damaged in enumerate((b"", whole[:-1], whole[:100], b"x" + whole[1:]), 2):
        file.write_bytes(damaged)
        assert find(TEXT, open_index(LIST, tmp_path)) != ()
        assert layer.times == times
        assert file.read_bytes() == whole


def test_what_another_user_wrote_is_not_opened(
    tmp_path: Path, layer: Layer, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_index(LIST, tmp_path)
    own = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: own + 1)
    open_index(LIST, tmp_path)

    assert layer.times == 2


def test_nothing_is_lost_where_nothing_can_be_kept(tmp_path: Path, layer: Layer) -> None:
    (tmp_path / "file").write_text("in the way")
    assert find(TEXT, open_index(LIST, tmp_path / "file")) != ()
    assert find(TEXT, open_index(LIST, None)) != ()
    assert layer.times == 1

    (tmp_path / "taken").mkdir()
    open_index(LIST, tmp_path / "taken")
    (file,) = files(tmp_path / "taken")
    file.unlink()
    file.mkdir()
    assert find(TEXT, open_index(LIST, tmp_path / "taken")) != ()
    assert files(tmp_path / "taken") == [file]


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path, layer: Layer) -> None:
    open_index(LIST, tmp_path)
    (file,) = files(tmp_path)
    file.unlink()
    os.mkfifo(file)

    assert find(TEXT, open_index(LIST, tmp_path)) != ()
    assert layer.times == 2
    assert file.is_file()


def test_a_list_that_cannot_be_mapped_is_used_as_it_was_made(
    tmp_path: Path, layer: Layer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(cache.mmap, "mmap", refuse)

    assert find(TEXT, open_index(LIST, tmp_path)) != ()
    assert (layer.times, len(files(tmp_path))) == (1, 1)


def test_a_daemon_keeps_its_lists_with_its_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert beside(tmp_path) == tmp_path / "compiled"
    assert beside(tmp_path / "none") is None

    own = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: own + 1)
    assert beside(tmp_path) is None


def test_a_disk_that_is_full_leaves_no_draft(
    tmp_path: Path, layer: Layer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object) -> Iterator[bytes]:
        yield next(iter(pack(*given)))
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cache, "pack", full)

    assert find(TEXT, open_index(LIST, tmp_path)) != ()
    assert (layer.times, files(tmp_path)) == (1, [])


def test_the_lists_used_last_stay(
    tmp_path: Path, layer: Layer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_KEPT", 2)
    lists = [Watchlist((replace(IT, id=one),)) for one in "abc"]
    (tmp_path / "old.tmp").touch()
    os.utime(tmp_path / "old.tmp", (1, 1))
    for age, each in enumerate((lists[0], lists[1]), 1):
        before = {*files(tmp_path)}
        open_index(each, tmp_path)
        (new,) = {*files(tmp_path)} - before
        os.utime(new, (10 * age, 10 * age))
    open_index(lists[0], tmp_path)
    open_index(lists[2], tmp_path)

    assert len(files(tmp_path)) == 2
    open_index(lists[0], tmp_path)
    assert layer.times == 3
    open_index(lists[1], tmp_path)
    assert layer.times == 4
    assert cache._used(tmp_path / "gone") == 0.0


def test_a_short_list_is_not_worth_a_file(tmp_path: Path) -> None:
    assert find(TEXT, open_index(LIST, tmp_path)) != ()
    assert files(tmp_path) == []


@pytest.mark.parametrize(
    ("environ", "folder"),
    [
        ({"XDG_CACHE_HOME": "/tmp/c", "HOME": "/home/a"}, Path("/tmp/c/watcher")),
        ({"XDG_CACHE_HOME": "c", "HOME": "/home/a"}, Path("/home/a/.cache/watcher")),
        ({"HOME": "/home/a"}, Path("/home/a/.cache/watcher")),
        ({"HOME": ""}, None),
        ({}, None),
    ],
)
def test_the_folder_is_where_users_keep_such_things(
    environ: dict[str, str], folder: Path | None
) -> None:
    assert folder_of(environ) == folder
