"""The public functions as a user's program calls them; read by mypy, strictly, never run."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import assert_type

from watcher import Article, Mention, Watchlist, compare, find
from watcher.match import Field, Index, compile_index
from watcher.names import Comparison, Evidence, Kind
from watcher.watchlist import Entity

people = Watchlist(
    entities=(Entity(id="qs", names=("Qasem Soleimani",), short=("Soleimani",)),), version="1"
)
article = Article(text="…", title="…", published=datetime(2024, 9, 13, tzinfo=UTC))

mentions = find(article, people)
assert_type(mentions, tuple[Mention, ...])
assert_type(find(article, compile_index(people), min_score=0.9), tuple[Mention, ...])
assert_type(compile_index(people), Index)

for mention in mentions:
    assert_type(mention.field, Field)
    assert_type(mention.start, int)
    assert_type(mention.quote, str)
    assert_type(mention.evidence, tuple[Evidence, ...])
    assert_type(people[mention.entity], Entity)

answer = compare("Qasem Soleimani", "قاسم سليماني", Kind.PERSON)
assert_type(answer, Comparison)
assert_type(answer.score, float)
assert_type(answer.same, bool)
