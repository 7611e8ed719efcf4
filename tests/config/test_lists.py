"""The key `lists:`, and what of the lists is on the disk."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest

from watcher.config import check_all, lists, read_about, read_config
from watcher.config.lists import ListSettings, read_shelf
from watcher.config.read import read_rulebook
from watcher.names import Kind
from watcher.watchlist import Edition, Entity, Listing, read_watchlist
from watcher.watchlist.official import SUFFIX, About, Origin, Publisher, to_line

ORDAN = Entity(id="ofac:1", names=("Marek ORDAN",), tags=("ofac", "SDGT"))
BANK = Entity(id="ofac:2", names=("KALDERA BANK",), kind=Kind.ORGANIZATION)
CONFIG = "rules: rules\nsources: [{folder: .}]\nchannels: {screen: {terminal: {}}}\n"
RULES = "rules: [{id: all, watch: [ofac, desk], send_to: screen}]\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.yaml").write_text(RULES)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def configure(folder: Path, lists: str) -> Path:
    path = folder / "watcher.yaml"
    path.write_text(f"{CONFIG}lists: {lists}\n")
    return path


def put(path: Path, *entities: Entity, about: bool = True) -> bytes:
    """A list as an import leaves it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = b"".join(map(to_line, entities))
    path.write_bytes(data)
    if about:
        said = About(
            publisher=Publisher.OFAC,
            published="2026-11-20",
            version="0123456789abcdef",
            imported="2026-11-21T00:00:00+00:00",
            entities=len(entities),
            checksum=hashlib.sha256(data).hexdigest(),
            origins=(Origin(address="https://a.example/sdn.csv"),),
        )
        path.with_name(path.name + SUFFIX).write_bytes(said.dump())
    return data


def test_a_list_is_written_in_few_words_or_in_full(folder: Path) -> None:
    path = configure(
        folder,
        "[{ofac: 'https://a.example/sdn.csv'},"
        " {uk: [https://b.example/uk.csv, down/uk.csv], name: london, every: 6h, tags: desk},"
        " {file: lists/own.jsonl, tags: [desk, x]}]",
    )
    state = folder / "var" / "lists"
    assert read_config(path, {}).lists == (
        ListSettings(
            name="ofac",
            path=state / "ofac.jsonl",
            publisher=Publisher.OFAC,
            addresses=("https://a.example/sdn.csv",),
        ),
        ListSettings(
            name="london",
            path=state / "london.jsonl",
            publisher=Publisher.UK,
            addresses=("https://b.example/uk.csv", str(folder / "down" / "uk.csv")),
            every=timedelta(hours=6),
            tags=("desk",),
        ),
        ListSettings(name="own", path=folder / "lists" / "own.jsonl", tags=("desk", "x")),
    )
    assert [each.key for each in read_config(path, {}).lists] == [
        "list:ofac",
        "list:london",
        "list:own",
    ]


def test_a_list_on_the_disk_is_watched_with_its_name_and_tags(folder: Path) -> None:
    path = configure(folder, "[{ofac: 'https://a.example/sdn.csv', tags: desk}]")
    put(folder / "var/lists/ofac.jsonl", ORDAN, BANK)
    checked = check_all(path, {})
    assert (checked.faults, checked.warnings) == ((), ())
    assert checked.rulebook is not None
    ordan, bank = checked.rulebook.watchlist
    assert (ordan.tags, bank.tags) == (("ofac", "SDGT", "desk"), ("ofac", "desk"))
    assert (ordan.origin, bank.kind) == ("ofac", Kind.ORGANIZATION)
    assert checked.rulebook.rules[0].entities == {"ofac:1", "ofac:2"}
    assert checked.rulebook.editions == (Edition("ofac", "2026-11-20", "0123456789ab"),)
    assert read_rulebook(read_config(path, {})).editions == checked.rulebook.editions


ABSENT = "is watched: it does not exist"


def test_a_list_that_is_not_there_yet_is_warned_of_and_its_tags_are_no_faults(
    folder: Path,
) -> None:
    path = configure(folder, "[{ofac: 'https://a.example/sdn.csv'}, {file: own.jsonl}]")
    checked = check_all(path, {})
    assert checked.faults == ()
    assert [(str(each), each.hint) for each in checked.warnings] == [
        (
            f'var/lists/ofac.jsonl: warning: nobody of the list "ofac" {ABSENT}',
            "the daemon fetches it when it starts",
        ),
        (
            f'own.jsonl: warning: nobody of the list "own" {ABSENT}',
            'write it with "watcher import", or mend the path',
        ),
    ]


def test_a_file_of_somebody_else_is_known_by_its_own_bytes(folder: Path) -> None:
    path = configure(folder, "[{file: own.jsonl, tags: desk}, {ofac: x.csv}]")
    data = put(folder / "own.jsonl", ORDAN, about=False)
    put(folder / "var/lists/ofac.jsonl", BANK)
    version = hashlib.sha256(data).hexdigest()[:12]
    checked = check_all(path, {})
    assert checked.rulebook is not None
    assert checked.rulebook.editions[0] == Edition("own", "", version)


def test_what_is_said_of_another_state_of_a_list_counts_for_nothing(folder: Path) -> None:
    path = folder / "ofac.jsonl"
    put(path, ORDAN)
    assert read_about(path) is not None
    put(path, ORDAN, BANK, about=False)
    assert read_about(path) is None
    assert read_about(folder / "none.jsonl") is None


def test_a_list_swapped_while_it_is_read_is_called_what_was_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "ofac.jsonl"
    data = put(path, ORDAN)

    def read(shown: str, content: bytes) -> Listing:
        put(path, ORDAN, BANK)
        return read_watchlist(shown, content)

    monkeypatch.setattr(lists, "read_watchlist", read)
    (found,) = read_shelf([ListSettings(name="ofac", path=path)]).lists
    assert len(found.entities) == 1
    assert found.edition == Edition("ofac", "", hashlib.sha256(data).hexdigest()[:12])


def test_a_bad_line_of_a_list_is_warned_of_and_the_others_are_watched(folder: Path) -> None:
    path = folder / "own.jsonl"
    path.write_bytes(to_line(ORDAN) + b"{broken\n")
    shelf = read_shelf([ListSettings(name="own", path=path)])
    assert [entity.id for entity in shelf.lists[0].entities] == ["ofac:1"]
    (warning,) = shelf.warnings
    assert str(warning).startswith("own.jsonl:2:2: warning: this is not JSON: Expecting property")
    assert shelf.complete


def test_a_list_that_cannot_be_read_is_warned_of(folder: Path) -> None:
    shelf = read_shelf([ListSettings(name="own", path=folder)])
    assert [str(each) for each in shelf.warnings] == [
        ".: warning: this file cannot be read: it is a folder"
    ]
    assert not shelf.complete


def test_two_lists_of_one_name_are_a_fault(folder: Path) -> None:
    path = configure(folder, "[{ofac: a.csv}, {file: ofac.jsonl}]")
    assert [str(fault) for fault in check_all(path, {}).faults] == [
        'watcher.yaml:4:24: another list is called "ofac": watcher.yaml:4:9'
    ]


def test_a_publisher_is_not_asked_each_second(folder: Path) -> None:
    web = "{ofac: ['https://a.example/x', y.csv], every: 5s}"
    path = configure(folder, f"[{web}, {{un: z, every: 5s}}]")
    put(folder / "var/lists/ofac.jsonl", ORDAN)
    put(folder / "var/lists/un.jsonl", BANK)
    assert [str(each) for each in check_all(path, {}).warnings] == [
        "watcher.yaml:4:55: warning: a publisher is asked more than once a minute"
    ]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("file:///srv/un.xml", "/srv/un.xml"),
        ("FILE://localhost/srv/un.xml", "/srv/un.xml"),
        ("file:/srv/un.xml", "/srv/un.xml"),
        ("file:./un.xml", "./un.xml"),
    ],
)
def test_a_file_is_named_by_its_path(folder: Path, address: str, told: str) -> None:
    path = configure(folder, f"[{{un: ['{address}']}}]")
    (fault,) = check_all(path, {}).faults
    assert str(fault) == 'watcher.yaml:4:15: a file is named by its path, without "file:"'
    assert fault.hint == f'write "{told}"'


def test_tags_of_lists_with_a_fault_are_no_faults(folder: Path) -> None:
    path = configure(folder, "[{ofac: []}]")
    assert [str(fault) for fault in check_all(path, {}).faults] == [
        "watcher.yaml:4:16: this list is read from nowhere"
    ]
