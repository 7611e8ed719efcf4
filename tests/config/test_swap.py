"""A file of somebody's replaced: its rights, owner and group stay, and no other's work is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from watcher.config import swap


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "rules.yaml"
    made.write_text("before")
    return made


def fine(_: Path) -> None:
    """Nothing is wrong with it."""


def test_two_who_write_at_once_do_not_write_into_one_file(file: Path) -> None:
    def other(_: Path) -> None:
        swap(file, b"before", b"theirs", fine)

    with pytest.raises(OSError, match="has just been changed by somebody else"):
        swap(file, b"before", b"mine", other)
    assert file.read_bytes() == b"theirs"
    assert list(file.parent.iterdir()) == [file]


def test_the_new_file_is_ours_alone_until_it_has_the_rights_of_the_old(file: Path) -> None:
    file.chmod(0o660)
    seen = []
    swap(file, b"before", b"after", lambda fresh: seen.append(fresh.stat().st_mode & 0o777))
    assert seen == [0o600]
    assert file.stat().st_mode & 0o777 == 0o660


def test_the_group_stays_where_the_owner_cannot(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = []

    def chown(path: Path, user: int, group: int) -> None:
        given.append((path.name.startswith(".rules.yaml."), user, group))
        if user != -1:
            raise PermissionError

    monkeypatch.setattr(os, "chown", chown)
    was = file.stat()
    swap(file, b"before", b"after", fine)
    assert given == [(True, -1, was.st_gid), (True, was.st_uid, -1)]
    assert file.read_bytes() == b"after"


def test_what_the_check_raises_leaves_all_as_it_was(file: Path) -> None:
    def refuse(_: Path) -> None:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - our own
        swap(file, b"before", b"after", refuse)
    assert file.read_bytes() == b"before"
    assert list(file.parent.iterdir()) == [file]
