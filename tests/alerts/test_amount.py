"""One is one, and several are several."""

from __future__ import annotations

from watcher.alerts import amount


def test_a_number_has_the_word_that_fits_it() -> None:
    assert [amount(number, "alert") for number in (0, 1, 2, 2000)] == [
        *("0 alerts", "1 alert", "2 alerts", "2,000 alerts"),
    ]
    assert amount(1, "entity", "entities") == "1 entity"
    assert amount(2, "entity", "entities") == "2 entities"
