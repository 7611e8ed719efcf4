"""A bar for who watches: how far a long work is, how fast, how much longer."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn


class Bar:
    """A bar on standard error, moved by hand: no thread of its own, which no fork would survive."""

    def __init__(self, total: int) -> None:
        """Show a bar.

        Args:
            total: where it ends; 0 if nobody knows.
        """
        self._progress = Progress(
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[told]}", markup=False),
            console=Console(stderr=True, highlight=False),
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task = self._progress.add_task("", total=total or None, told="")
        self._progress.start()

    def move(self, at: int, told: str) -> None:
        """Show how far it is, with a few words."""
        self._progress.update(self._task, completed=at, told=told)
        self._progress.refresh()

    def say(self, words: str) -> None:
        """A line above the bar."""
        self._progress.console.print(words, markup=False, soft_wrap=True)

    def close(self) -> None:
        """Take the bar away."""
        self._progress.stop()
