"""Keys that are taken and not acted on yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from watcher.config.read import examine_config

FILE = """\
sources: [{source}]
channels:
  screen: {{{channel}}}
"""


def warned(folder: Path, source: str, channel: str) -> list[str]:
    """What is warned of in an operator's file with this source and this channel."""
    (folder / "rules").mkdir()
    (folder / "feeds.opml").write_text("<opml><body/></opml>")
    path = folder / "watcher.yaml"
    path.write_text(FILE.format(source=source, channel=channel))
    reading = examine_config(path, {"HOOK": "https://hooks.example/x"})
    assert reading.faults == ()
    return [f"{warning.line}:{warning.column}: {warning.message}" for warning in reading.warnings]


@pytest.mark.parametrize("source", ["feed: https://example.org/", "opml: feeds.opml"])
def test_a_page_that_is_not_fetched_is_told(tmp_path: Path, source: str) -> None:
    (told,) = warned(tmp_path, f"{{{source}, full_text: true}}", "terminal: {}")
    assert told.startswith("1:")
    assert told.endswith("the page is not fetched yet; the feed's own text is read")


@pytest.mark.parametrize("channel", ["terminal: {}", "terminal: {digest_over: 20}"])
def test_what_asks_for_nothing_is_not_warned_of(tmp_path: Path, channel: str) -> None:
    assert warned(tmp_path, "{feed: https://example.org/, full_text: false}", channel) == []
