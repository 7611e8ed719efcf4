from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.news import NOW, article, rule
from watcher.alerts import compile_rules
from watcher.alerts.measure import measure
from watcher.watchlist import Conditions, Entity, Rate, Rulebook, Watchlist

ENTITY = Entity(id="hope", names=("Hope Springfield", "Bob Hope"), tags=("t",))
BOOK = Rulebook(watchlist=Watchlist((ENTITY,)), rules=(rule("r", "hope"),))
TEXTS = ("Bob Hope came.", "Hope Springfield came.", "Bob Hope met Hope Springfield.", "Nobody.")


def rates(book=BOOK, days=14):
    count = len(TEXTS)
    came = [
        (article(number, text, title=""), NOW + number * timedelta(days=days) / (count - 1))
        for number, text in enumerate(TEXTS)
    ]
    return measure(came, book, compile_rules(book))


def test_a_name_counts_where_no_other_speaks_for_its_entity():
    assert rates() == (
        Rate(entity="hope", name="Bob Hope", articles=1, of=4, weekly=0.5),
        Rate(entity="hope", name="Hope Springfield", articles=1, of=4, weekly=0.5),
    )


def test_less_than_a_week_counts_as_one():
    assert [rate.weekly for rate in rates(days=1)] == [1.0, 1.0]


def test_what_rules_do_not_alert_for_is_not_counted():
    asks = replace(BOOK.rules[0], conditions=Conditions(every=("springfield",)))
    assert [rate.name for rate in rates(replace(BOOK, rules=(asks,)))] == ["Hope Springfield"]


def test_no_articles_are_no_rates():
    assert measure([], BOOK, compile_rules(BOOK)) == ()
