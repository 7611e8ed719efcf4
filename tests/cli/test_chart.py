from __future__ import annotations

import pytest

from watcher.cli.chart import bar, chart


@pytest.mark.parametrize(
    ("count", "most", "drawn"),
    [(0, 7, ""), (1, 100_000, "▏"), (7, 7, "█" * 40), (1, 2, "█" * 20), (1, 64, "▋"), (0, 0, "")],
)
def test_a_bar_is_as_long_as_there_are_many(count: int, most: int, drawn: str) -> None:
    assert bar(count, most) == drawn


def test_rows_stand_under_each_other_with_their_notes() -> None:
    rows = {"a": (2, "+1"), "long": (0, ""), "x": (1, "")}
    assert list(chart(rows)) == [
        f"  a    {'█' * 40} 2 +1",
        "  long 0",
        f"  x    {'█' * 20} 1",
    ]
    assert list(chart({})) == []
