"""The operator's file gathered into settings, and every fault of all files in one run."""

from watcher.config.check import CONFIG, Checked, check_all
from watcher.config.edit import add_sources, paste
from watcher.config.files import walk
from watcher.config.lists import ListSettings, check_address, read_about
from watcher.config.read import read_config, read_former, read_rulebook, report, revise
from watcher.config.settings import (
    KeepSettings,
    LogFormat,
    LogLevel,
    LogSettings,
    NetworkSettings,
    Settings,
)
from watcher.config.swap import swap

__all__ = [
    "CONFIG",
    "Checked",
    "KeepSettings",
    "ListSettings",
    "LogFormat",
    "LogLevel",
    "LogSettings",
    "NetworkSettings",
    "Settings",
    "add_sources",
    "check_address",
    "check_all",
    "paste",
    "read_about",
    "read_config",
    "read_former",
    "read_rulebook",
    "report",
    "revise",
    "swap",
    "walk",
]
