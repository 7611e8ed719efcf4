"""The daemon: what is done when, signals, reload, logs, and what systemd is told."""

from watcher.service.daemon import serve
from watcher.service.house import World
from watcher.service.once import Report, run_dry, run_once

__all__ = ["Report", "World", "run_dry", "run_once", "serve"]
