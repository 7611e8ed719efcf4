from __future__ import annotations

from datetime import UTC, datetime

import pytest

from watcher.article import Article


def test_an_article_needs_no_more_than_a_text() -> None:
    article = Article(text="قاسم سليماني")
    assert (article.title, article.id, article.published) == ("", "", None)


def test_a_time_without_a_zone_cannot_be_built() -> None:
    assert Article(text="", published=datetime(2024, 9, 13, tzinfo=UTC)).published is not None
    with pytest.raises(ValueError, match="aware"):
        Article(text="", published=datetime(2024, 9, 13))  # noqa: DTZ001 - the fault under test
