"""Too many feeds of one host are told before they are late."""

from __future__ import annotations

from pathlib import Path

import pytest

from watcher.config.crowd import crowds
from watcher.config.form import ConfigFile
from watcher.written import load, validate


def told(folder: Path, text: str) -> list[str]:
    loaded = load("watcher.yaml", text)
    form, faults = validate(ConfigFile, loaded, {"folder": folder})
    assert form is not None, faults
    return [str(fault) for fault in crowds(form.settings(folder / "watcher.yaml"), loaded)]


def opml(folder: Path, count: int) -> None:
    feeds = "".join(f'<outline xmlUrl="https://Many.example/{n}"/>' for n in range(count))
    (folder / "x.opml").write_text(f"<opml><body>{feeds}</body></opml>")


def test_a_host_with_more_feeds_than_it_can_be_asked_in_time_is_told(tmp_path: Path) -> None:
    opml(tmp_path, 200)
    more = "sources:\n  - feed: https://one.example/\n  - opml: x.opml\n"
    (warning,) = told(tmp_path, more)
    assert warning.startswith("watcher.yaml:3:5: warning: 200 feeds of many.example are due every")
    assert warning.endswith("every 15 min, and asking them one after another takes 16.7 min")


@pytest.mark.parametrize(
    "text",
    [
        "sources: [{opml: x.opml, every: 1h}]",
        "sources: [{opml: x.opml, every: {from: 5m, to: 6h}}]",
        "{sources: [{opml: x.opml}], network: {hosts: {many.example: {at_once: 2}}}}",
        "{sources: [{opml: x.opml}], network: {hosts: {many.example: {spacing: 1s}}}}",
        "sources: [{opml: gone.opml}, {folder: .}]",
    ],
)
def test_what_can_be_asked_in_time_is_not_told(tmp_path: Path, text: str) -> None:
    opml(tmp_path, 200)
    assert told(tmp_path, text) == []
