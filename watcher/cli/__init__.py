"""The command line: a thin file for each verb; arguments in, text out."""

from watcher.cli.group import main

__all__ = ["main"]
