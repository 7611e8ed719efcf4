"""The least folder that can be checked: one source, one channel, one file of rules."""

from __future__ import annotations

from pathlib import Path

CONFIG = "sources: [{folder: articles}]\nchannels: {screen: {terminal: {}}}\nadmin: [screen]\n"


def lay_out(folder: Path, rules: str) -> Path:
    """Write the files; the folder."""
    (folder / "articles").mkdir()
    (folder / "rules").mkdir()
    (folder / "watcher.yaml").write_text(CONFIG)
    (folder / "rules" / "r.yaml").write_text(rules)
    return folder
