from __future__ import annotations

import pytest

from watcher.archive import Answer, Refused, Report, Step
from watcher.cli.figures import Figures


class Shown:
    """What a person would see."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def move(self, at: int, told: str) -> None:
        self.seen.append(f"{at}: {told}")

    def say(self, words: str) -> None:
        self.seen.append(words)

    def close(self) -> None:
        self.seen.append("closed")


def step(at: int, **figures: int) -> Step:
    return Step(Answer(report=Report(**figures)), at, ())  # type: ignore[arg-type]


def test_the_bar_tells_how_far_how_fast_and_how_much_longer() -> None:
    bar, times = Shown(), iter([0.0, 0.1, 10.0, 10.1])
    with Figures(total=4_000_000, bar=bar, clock=lambda: next(times)) as figures:
        figures.add(Report(documents=1000))
        figures.count(step(100, documents=5))
        figures.count(step(1_000_000, documents=15, size=21_000_000, mentions=7))
        figures.count(step(1_000_000))
    assert bar.seen == [
        "1000000: 1,020 articles · 7 mentions · 2 articles/s · 2.1 MB/s · 0:00:30 left",
        "closed",
    ]


def test_nobody_knows_how_long_standard_input_is() -> None:
    bar, times = Shown(), iter([0.0, 1.0])
    with Figures(bar=bar, clock=lambda: next(times)) as figures:
        figures.count(step(0, documents=3))
    assert bar.seen[0] == "0: 3 articles · 0 mentions · 3 articles/s · 0.0 MB/s"


def test_what_could_not_be_read_stands_above_the_bar() -> None:
    bar = Shown()
    with Figures(bar=bar) as figures:
        figures.refuse(Refused("a\x1b.txt", "why"))
        figures.add(Report(refused=3, told=(Refused("b", "why"),)))
    assert bar.seen == [
        "a.txt: why",
        "b: why",
        "and 2 more that could not be read near there",
        "closed",
    ]
    assert figures.report == Report(refused=4)


def test_of_a_scan_the_first_notes_are_told() -> None:
    bar = Shown()
    noted = Answer(report=Report(documents=1, notes=tuple(f"f\x1b:{n}: what" for n in range(15))))
    with Figures(bar=bar) as figures:
        for unit in (("a",), ("a",), ("b",)):
            figures.count(Step(noted, 0, unit))
    told = [words for words in bar.seen if words.startswith("note")]
    assert told[0] == "note: f:0: what"
    assert (len(told), told[-1]) == (21, "note: further notes are not told")


def test_of_each_part_the_first_refusals_are_told_and_the_others_counted() -> None:
    bar = Shown()
    bad = Answer(report=Report(refused=15, told=tuple(Refused(f"f:{n}", "why") for n in range(15))))
    with Figures(bar=bar) as figures:
        for unit in (("a",), ("a",), ("a",), ("b",), ("c",)):
            figures.count(Step(bad if unit != ("c",) else Answer(), 0, unit))
    told = [words for words in bar.seen if "why" in words or "more" in words]
    assert [words.count("why") for words in told] == [1] * 20 + [0] + [1] * 15
    assert told[20] == "and 25 more that could not be read near there"
    assert figures.report.refused == 60


def test_the_figures_come_last_unless_nobody_wants_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with Figures():
        pass
    with Figures(closing=False):
        pass
    assert capsys.readouterr().err == "documents: 0 · mentions: 0 · entities: 0\n"
