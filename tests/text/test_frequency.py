"""Words that are common in news."""

from __future__ import annotations

from watcher.text import frequency, frequent


def test_frequent_words_are_those_that_so_large_a_share_of_articles_holds() -> None:
    common = frequent(0.1)
    assert "the" in common
    assert all(frequency(word) >= 0.1 for word in common)
    assert {word for word in frequent(0.05) if frequency(word) >= 0.1} == common
