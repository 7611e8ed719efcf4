"""The same command as `watcher`, for where only Python is at hand: `python -m watcher`."""

from __future__ import annotations

from watcher.cli import main

main(prog_name="watcher")
