from __future__ import annotations

from datetime import timedelta

import pytest

from watcher.alerts import length


@pytest.mark.parametrize(
    ("span", "told"),
    [
        (timedelta(0), "0s"),
        (timedelta(seconds=59, milliseconds=900), "59s"),
        (timedelta(minutes=15), "15m"),
        (timedelta(days=2, hours=3, minutes=4), "2d 3h"),
        (timedelta(days=1, seconds=5), "1d 5s"),
    ],
)
def test_a_length_of_time_is_told_in_its_largest_units(span: timedelta, told: str) -> None:
    assert length(span) == told
    assert length(span, 1) == told.split(maxsplit=1)[0]
