"""Sources written into somebody's file: all of it, or nothing and what to paste."""

from __future__ import annotations

from pathlib import Path

import pytest

from watcher.config import add_sources, paste
from watcher.errors import ConfigError

FILE = "# mine\nsources:\n  - folder: .  # here\nrules: rules\n"
ITEM = {"feed": "https://a.example/rss", "name": "A: b"}
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
    added = '  - feed: "https://a.example/rss"\n    name: "A: b"\n'
    assert config.read_text() == FILE.replace("# here\n", f"# here\n{added}")
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


def test_a_file_that_cannot_be_written_is_told(config: Path) -> None:
    config.with_name(".watcher.yaml.new").mkdir()
    with pytest.raises(ConfigError, match="it cannot be written: Is a directory"):
        add_sources(config, [ITEM], {})
    assert config.read_text() == FILE
