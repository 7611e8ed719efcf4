"""Sources written into somebody's file: all of it, or nothing and what to paste."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from watcher.config import add_sources, paste
from watcher.config import edit as module
from watcher.config.read import ConfigReading, examine_config
from watcher.errors import ConfigError

FILE = "# mine\nsources:\n  - folder: .  # here\nrules: rules\n"
ITEM = {"feed": "https://a.example/rss", "name": "A: b"}
BLOCK = '  - feed: "https://a.example/rss"\n    name: "A: b"\n'
LINE = '  - {feed: "https://a.example/rss", name: "A: b"}'


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "rules").mkdir()
    path = tmp_path / "watcher.yaml"
    path.write_text(FILE)
    return path


def test_what_is_added_stands_behind_the_others_and_nothing_else_changes(config: Path) -> None:
    config.chmod(0o640)
    add_sources(config, [ITEM], {})
    assert config.read_text() == FILE.replace("# here\n", f"# here\n{BLOCK}")
    assert config.stat().st_mode & 0o777 == 0o640
    add_sources(config, [ITEM], {})
    assert config.read_text().count("a.example") == 1


def test_a_link_to_the_file_stays_one(config: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.yaml"
    link.symlink_to(config)
    add_sources(link, [ITEM], {})
    assert link.is_symlink()
    assert "a.example" in config.read_text()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("sources: |\n  odd\n", "its layout is not one that can be added to safely"),
        (FILE.replace("folder: .", "folder: .\n    name: 'A: b'"), "it would have faults then"),
    ],
)
def test_what_cannot_be_done_is_left_and_what_to_paste_is_told(
    config: Path, text: str, why: str
) -> None:
    config.write_text(text)
    with pytest.raises(ConfigError) as refused:
        add_sources(config, [ITEM], {})
    assert why in str(refused.value)
    assert str(refused.value).endswith(f'put this under "sources:":\n{LINE}')
    assert config.read_text() == text
    assert paste([ITEM]) == LINE


def test_a_file_that_cannot_be_written_is_told(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ConfigError, match="it cannot be written: No space left on device"):
        add_sources(config, [ITEM], {})
    assert config.read_text() == FILE
    assert sorted(path.name for path in config.parent.iterdir()) == ["rules", "watcher.yaml"]


def test_line_ends_stay_as_they_are(config: Path) -> None:
    config.write_bytes(b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode())
    add_sources(config, [ITEM], {})
    added = FILE.replace("# here\n", f"# here\n{BLOCK}")
    assert config.read_bytes() == b"\xef\xbb\xbf" + added.replace("\n", "\r\n").encode()


def test_what_somebody_saves_meanwhile_is_left_to_them(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def examine(trial: Path, environ: dict[str, str]) -> ConfigReading:
        config.write_text(f"{FILE}# theirs\n")
        return examine_config(trial, environ)

    monkeypatch.setattr(module, "examine_config", examine)
    with pytest.raises(ConfigError, match="has just been changed by somebody else; try again"):
        add_sources(config, [ITEM], {})
    assert config.read_text() == f"{FILE}# theirs\n"
