"""How far a scan is, told on standard error: to who watches, and in one line at the end."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Protocol, Self

import click

from watcher.alerts import tidy
from watcher.archive import TOLD, Refused, Report, Step, Unit

_OFTEN = 0.2
"""Seconds between two looks of the bar."""


class Shown(Protocol):
    """What people watch: see `watcher.cli.bar`."""

    def move(self, at: int, told: str) -> None:
        """Show how far it is, with a few words."""
        ...

    def say(self, words: str) -> None:
        """A line above it."""
        ...

    def close(self) -> None:
        """Take it away."""
        ...


class Figures:
    """The figures of a scan as they grow.

    Attributes:
        report: all so far. What could not be read is told as it comes, so it is only counted here.
    """

    def __init__(
        self,
        *,
        total: int = 0,
        bar: Shown | None = None,
        closing: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin.

        Args:
            total: bytes of all that is to be read; 0 if nobody knows.
            bar: what people watch, if they do; closed at the end.
            closing: whether to tell the figures at the end though nobody watches.
            clock: seconds from some moment on.
        """
        self.report = Report()
        self._total = total
        self._closing = closing or bar is not None
        self._bar = bar
        self._clock = clock
        self._now = Report()
        self._unit: Unit = ()
        self._told = self._untold = self._noted = 0
        self._began = self._moved = clock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close_unit()
        if self._bar:
            self._bar.close()
            self._bar = None
        if self._closing:
            self._say(str(self.report))

    def add(self, report: Report) -> None:
        """Count what is known already: it tells nothing of how fast this run is."""
        self._tell(report)
        self._close_unit()
        self.report = self._sum(report)

    def refuse(self, refused: Refused) -> None:
        """Count and tell what could not even be begun."""
        self.add(Report(refused=1, told=(refused,)))

    def count(self, step: Step) -> None:
        """Add what a step gave."""
        if step.unit != self._unit:
            self._close_unit()
            self._unit = step.unit
        self._tell(step.answer.report)
        self.report = self._sum(step.answer.report)
        self._now += step.answer.report
        now = self._clock()
        if self._bar and now - self._moved >= _OFTEN:
            self._moved = now
            self._bar.move(step.at, self._pace(step.at, now - self._began))

    def _sum(self, report: Report) -> Report:
        """All so far; what was told need not be kept."""
        return Report(
            documents=self.report.documents + report.documents,
            size=self.report.size + report.size,
            mentions=self.report.mentions + report.mentions,
            entities=self.report.entities | report.entities,
            refused=self.report.refused + report.refused,
        )

    def _tell(self, report: Report) -> None:
        """Tell what could not be read, the first of each part; the rest is counted."""
        told = report.told[: TOLD - self._told]
        for refused in told:
            self._say(tidy(str(refused)))
        self._told += len(told)
        self._untold += report.refused - len(told)
        self._note(report.notes)

    def _note(self, notes: Sequence[str]) -> None:
        """Tell what was not understood, the first of all; the rest of such is like it."""
        for note in notes[: TOLD - self._noted]:
            self._noted += 1
            self._say(f"note: {tidy(note)}")
            if self._noted == TOLD:
                self._say("note: further notes are not told")

    def _close_unit(self) -> None:
        """Say how many of a part were not told one by one."""
        if self._untold:
            self._say(f"and {self._untold} more that could not be read near there")
        self._told = self._untold = 0

    def _say(self, words: str) -> None:
        if self._bar:
            self._bar.say(words)
        else:
            click.echo(words, err=True)

    def _pace(self, at: int, seconds: float) -> str:
        """How fast it is, and how much longer it takes if it goes on like that."""
        told = [
            f"{self.report.documents:,} articles",
            f"{self.report.mentions:,} mentions",
            f"{self._now.documents / seconds:,.0f} articles/s",
            f"{self._now.size / 1e6 / seconds:,.1f} MB/s",
        ]
        if at and self._total:
            left = seconds * (self._total - at) / at
            told.append(f"{timedelta(seconds=round(max(0, left)))} left")
        return " · ".join(told)


def open_bar(total: int) -> Shown:
    """A bar on standard error.

    Args:
        total: bytes of all that is to be read; 0 if nobody knows.
    """
    # It takes a tenth of a second to come, and only who watches needs it.
    from watcher.cli.bar import Bar  # noqa: PLC0415

    return Bar(total)
