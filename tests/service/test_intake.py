"""A list made from its publisher's files: whole, or not at all."""

from __future__ import annotations

import fcntl
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.publishers import ALT, SDN, file, ofac_people
from watcher.config import read_about
from watcher.errors import ListError
from watcher.service import intake as module
from watcher.service.intake import Intake, Wanted, note_origins, take_list
from watcher.watchlist.official import SUFFIX, Origin, Publisher, Sort

NOW = datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC)
MODIFIED = "Fri, 20 Nov 2026 10:00:00 GMT"
PEOPLE = {number: f"ORDAN, Marek{chr(96 + number)}" for number in range(1, 9)}


def wanted(folder: Path, *contents: str, modified: str = MODIFIED) -> Wanted:
    names = [str(number) for number in range(len(contents))]
    return Wanted(
        Publisher.OFAC,
        tuple(file(content, name) for content, name in zip(contents, names, strict=True)),
        tuple(Origin(address=name, etag="e", modified=modified) for name in names),
        folder / "lists" / "ofac.jsonl",
    )


def take(folder: Path, *contents: str, force: bool = False) -> Intake:
    return take_list(wanted(folder, *contents), NOW, force=force)


def ids(folder: Path) -> list[str]:
    lines = (folder / "lists" / "ofac.jsonl").read_text().splitlines()
    return [json.loads(line)["id"] for line in lines]


def test_a_list_is_written_with_what_is_known_of_it(tmp_path: Path) -> None:
    done = take(tmp_path, SDN, ALT)
    path = tmp_path / "lists" / "ofac.jsonl"
    assert ids(tmp_path) == ["ofac:101", "ofac:102", "ofac:105"]
    assert read_about(path) == done.about
    assert (done.about.published, done.about.entities) == ("2026-11-20", 3)
    assert done.about.imported == "2026-11-22T01:02:03+00:00"
    assert [origin.address for origin in done.about.origins] == ["0", "1"]
    assert sorted(each.name for each in path.parent.iterdir()) == [
        "ofac.jsonl",
        "ofac.jsonl" + SUFFIX,
    ]


def test_the_version_is_that_of_the_publishers_bytes(tmp_path: Path) -> None:
    first = take(tmp_path, SDN, ALT).about
    assert take(tmp_path, SDN, ALT).about.version == first.version
    other = take(tmp_path, SDN.replace("DOB 1970", "DOB 1971"), ALT).about
    assert other.version != first.version
    assert other.checksum == first.checksum


@pytest.mark.parametrize("modified", ["", "yesterday"])
def test_a_date_that_nobody_tells_is_left_out(tmp_path: Path, modified: str) -> None:
    assert take_list(wanted(tmp_path, SDN, modified=modified), NOW).about.published == ""


def test_a_list_that_has_suddenly_shrunk_is_refused_unless_forced(tmp_path: Path) -> None:
    take(tmp_path, ofac_people(PEOPLE))
    half = ofac_people({number: PEOPLE[number] for number in (1, 2, 3, 4)})
    less = ofac_people({number: PEOPLE[number] for number in (1, 2, 3)})
    with pytest.raises(ListError, match="holds 3 persons and organisations, less than half of"):
        take(tmp_path, less)
    assert len(ids(tmp_path)) == 8
    assert take(tmp_path, half).diff.count()[Sort.REMOVED] == 4
    assert take(tmp_path, ofac_people({1: PEOPLE[1]}), force=True).diff.before == 4
    assert ids(tmp_path) == ["ofac:1"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (SDN.splitlines()[2], "there is not one person or organisation in it"),
        (
            "\n".join([SDN.splitlines()[0], *["1,2"] * 3, SDN.splitlines()[1]]),
            r"3 entries cannot be read and 2 can; the list stays as it was \(0:2: 12 columns",
        ),
        (SDN[:200], "cut short"),
    ],
)
def test_what_no_publisher_means_is_refused_and_the_last_one_stays(
    tmp_path: Path, content: str, message: str
) -> None:
    take(tmp_path, SDN)
    before = {each: each.read_bytes() for each in (tmp_path / "lists").iterdir()}
    with pytest.raises(ListError, match=message):
        take(tmp_path, content)
    assert {each: each.read_bytes() for each in (tmp_path / "lists").iterdir()} == before


def test_a_rehearsal_says_what_would_change_and_writes_nothing(tmp_path: Path) -> None:
    done = take_list(wanted(tmp_path, SDN), NOW, keep=False)
    assert done.diff.count()[Sort.ADDED] == 3
    assert list(tmp_path.iterdir()) == []


def test_what_a_crash_left_behind_is_written_over(tmp_path: Path) -> None:
    take(tmp_path, SDN)
    (tmp_path / "lists" / ".ofac.jsonl.new").write_text("half a li")
    take(tmp_path, SDN, ALT)
    assert ids(tmp_path) == ["ofac:101", "ofac:102", "ofac:105"]


def test_two_imports_at_once_do_not_mix(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    with (tmp_path / "lists" / ".ofac.jsonl.new").open("ab") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(ListError, match="is being written by another import just now"):
            take(tmp_path, SDN)
    take(tmp_path, SDN)


def test_a_list_that_has_suddenly_lost_its_other_names_is_refused(tmp_path: Path) -> None:
    more = "".join(f'101,{n},"aka","ORDANOV{n}, Marek",-0- \r\n' for n in range(9, 99))
    take(tmp_path, SDN, ALT + more)
    before = ids(tmp_path)
    with pytest.raises(ListError, match="as if other names were missing; the list stays"):
        take(tmp_path, SDN, ALT)
    assert ids(tmp_path) == before
    assert take(tmp_path, SDN, ALT, force=True).about.entities == 3


@pytest.mark.parametrize("starts", [False, True])
def test_an_import_that_comes_as_another_ends_does_not_empty_the_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, starts: bool
) -> None:
    take(tmp_path, SDN)
    before, fresh = ids(tmp_path), tmp_path / "lists" / ".ofac.jsonl.new"
    lock = fcntl.flock

    def late(file: int, how: int) -> None:
        fresh.write_bytes((tmp_path / "lists" / "ofac.jsonl").read_bytes())
        fresh.replace(tmp_path / "lists" / "ofac.jsonl")
        if starts:
            fresh.write_text("of a third")
        lock(file, how)

    monkeypatch.setattr(fcntl, "flock", late)
    with pytest.raises(ListError, match="is being written by another import just now"):
        take(tmp_path, SDN, ALT)
    assert ids(tmp_path) == before


def test_a_disk_that_takes_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take(tmp_path, SDN)
    before = ids(tmp_path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.os, "fsync", full)
    with pytest.raises(ListError, match="No space left on device; the list stays as it was"):
        take(tmp_path, SDN, ALT)
    with pytest.raises(ListError, match="No space left on device"):
        note_origins(tmp_path / "lists" / "ofac.jsonl", [Origin(address="x")])
    assert ids(tmp_path) == before
    assert len(list((tmp_path / "lists").iterdir())) == 2


def test_validators_of_an_unchanged_list_are_noted(tmp_path: Path) -> None:
    take(tmp_path, SDN)
    path = tmp_path / "lists" / "ofac.jsonl"
    note_origins(path, [Origin(address="0", etag="new")])
    about = read_about(path)
    assert about is not None
    assert about.origins == (Origin(address="0", etag="new"),)
    note_origins(tmp_path / "none.jsonl", [Origin(address="0")])
    assert not (tmp_path / f"none.jsonl{SUFFIX}").exists()
