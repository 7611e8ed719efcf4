"""Names of a floor that are read when somebody first asks for them."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

from watcher.later import later

FLOORS = {
    "watcher.written": ("told", "kinds", "model", "schema", "secret"),
    "watcher.watchlist": ("form", "read", "resolve"),
}


@pytest.mark.parametrize("floor", FLOORS)
def test_every_public_name_is_one_thing_wherever_it_is_found(floor: str) -> None:
    package = import_module(floor)
    modules = [import_module(f"{floor}.{file}") for file in FLOORS[floor]]
    for name in package.__all__:
        held = {id(vars(module)[name]) for module in modules if name in vars(module)}
        assert held <= {id(getattr(package, name))}


def test_what_is_not_public_is_not_there() -> None:
    find = later("watcher.written", *FLOORS["watcher.written"])
    with pytest.raises(AttributeError, match=r"'watcher.written' has no attribute 'BaseModel'"):
        find("BaseModel")
    with pytest.raises(AttributeError, match=r"'watcher.written' has no attribute 'Sound'"):
        later("watcher.written", "told")("Sound")


def test_searching_texts_waits_for_nothing_that_reads_rules() -> None:
    heavy = "{'pydantic', 'rapidfuzz', 'watcher.config', 'watcher.channels'} & set(sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", f"import sys, watcher.cli.scan; print({heavy})"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "set()\n"
