from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.news import NOW, article, mention, rule, rulebook
from watcher.alerts import Alert, alert_id, compile_rules, quote, raise_alerts
from watcher.match.mention import Field
from watcher.names.kind import Kind
from watcher.watchlist import Edition, Watchlist

BOTH = "Qasem Soleimani met Esmail Qaani. Later Qasem Soleimani left."


def test_an_alert_tells_everything_by_itself():
    within = article()
    found = mention(within)
    assert raise_alerts(within, [found], rulebook(), NOW) == (
        Alert(
            id=alert_id("irgc", "qasem", "a1"),
            rule="irgc",
            entity="qasem",
            name="Qasem Soleimani",
            kind=Kind.PERSON,
            tags=("irgc", "dead"),
            score=0.9,
            article=replace(within, text=""),
            quotes=(quote(within, found),),
            raised=NOW,
            list_version="l1",
            rules_version="r1",
        ),
    )


def test_one_alert_for_each_rule_and_entity_whatever_the_number_of_mentions():
    within = article(text=BOTH, title="Esmail Qaani on the way")
    found = [
        replace(mention(within, "Qasem Soleimani"), start=40, end=55),
        mention(within, "Qasem Soleimani"),
        mention(within, "Esmail Qaani", "esmail"),
        mention(within, "Esmail Qaani", "esmail", Field.TITLE),
    ]
    rules = rulebook(rule("all"), rule("one", "esmail"), rule("none", "other"))
    alerts = raise_alerts(within, found, rules, NOW)
    assert [(a.rule, a.entity, len(a.quotes)) for a in alerts] == [
        ("all", "esmail", 2),
        ("all", "qasem", 2),
        ("one", "esmail", 2),
    ]


def test_quotes_stand_in_the_order_of_the_article_the_headline_first():
    within = article(text=BOTH, title="Who met Qasem Soleimani?")
    found = [
        replace(mention(within, "Qasem Soleimani"), start=40, end=55),
        mention(within, "Qasem Soleimani"),
        mention(within, "Qasem Soleimani", field=Field.TITLE),
    ]
    (alert,) = raise_alerts(within, found, rulebook(), NOW)
    assert [q.before for q in alert.quotes] == ["Who met ", "", "Later "]


def test_a_rule_with_a_bar_counts_and_shows_only_what_reaches_it():
    within = article(text=BOTH)
    weak = mention(within, "Qasem Soleimani", score=0.79)
    sure = replace(weak, start=40, end=55, score=0.8)
    strict = rulebook(rule(min_score=0.8))
    assert raise_alerts(within, [weak], strict, NOW) == ()
    (alert,) = raise_alerts(within, [weak, sure], strict, NOW)
    assert [q.before for q in alert.quotes] == ["Later "]


def test_the_score_is_the_best_of_the_mentions():
    within = article(text=BOTH)
    weak = mention(within, "Qasem Soleimani", score=0.7)
    (alert,) = raise_alerts(
        within, [weak, replace(weak, start=40, end=55, score=0.95)], rulebook(), NOW
    )
    assert alert.score == 0.95


def test_the_time_is_kept_as_exactly_as_the_store_keeps_it():
    within = article()
    (alert,) = raise_alerts(
        within, [mention(within)], rulebook(), NOW + timedelta(microseconds=1_999)
    )
    assert alert.raised == NOW + timedelta(milliseconds=1)


def test_an_article_without_mentions_raises_nothing():
    assert raise_alerts(article(), [], rulebook(), NOW) == ()


def test_a_rule_hears_below_the_general_bar_where_it_says_so():
    within = article()
    unsure = replace(mention(within), score=0.6)
    rules = rulebook(rule("keen", min_score=0.5), rule("plain"))
    assert [a.rule for a in raise_alerts(within, [unsure], rules, NOW)] == ["keen"]


def test_names_are_looked_for_from_the_lowest_bar_of_any_rule():
    rules = rulebook(rule("keen", "qasem", min_score=0.5), rule("keener", "qasem", min_score=0.4))
    index = compile_rules(rules)
    assert index.bar(rules.watchlist["qasem"]) == 0.4
    assert index.lowest == 0.4


def test_an_alert_names_the_list_its_entity_stands_on():
    book = rulebook()
    edition = Edition("ofac", "2026-11-20", "ab12")
    entities = [
        replace(each, origin="ofac" if each.id == "qasem" else "") for each in book.watchlist
    ]
    book = replace(book, watchlist=Watchlist(tuple(entities)), editions=(edition,))
    within = article(text=BOTH)
    found = [mention(within, "Qasem Soleimani"), mention(within, "Esmail Qaani", "esmail")]
    alerts = raise_alerts(within, found, book, NOW)
    assert [alert.edition for alert in alerts] == [edition, None]
