from __future__ import annotations

from collections.abc import Sequence

from tests.news import rule, rulebook
from watcher.alerts import Failure, rehearse
from watcher.article import Article
from watcher.match.mention import Mention
from watcher.watchlist.rule import RuleTest


def find(article: Article) -> Sequence[Mention]:
    """Entities are words here, and a question mark makes them unsure."""
    mentions = []
    for word in article.text.split():
        start = article.text.index(word)
        mentions.append(
            Mention(
                entity=word.rstrip("?"),
                name=word,
                start=start,
                end=start + len(word),
                quote=word,
                score=0.6 if word.endswith("?") else 0.9,
            )
        )
    return mentions


def test_tests_that_hold_are_silent():
    tests = (
        RuleTest(text="qasem met qasem and esmail", alert=("esmail", "qasem")),
        RuleTest(text="nobody there", alert=()),
    )
    assert rehearse(rulebook(rule(tests=tests)), find) == ()


def test_a_failure_says_what_is_missing_and_what_is_unwanted_and_what_was_found():
    test = RuleTest(text="esmail? qasem", alert=("esmail",), where="rules/a.yaml:9:5")
    (failure,) = rehearse(rulebook(rule(tests=(test,), min_score=0.8)), find)
    assert failure == Failure(
        where="rules/a.yaml:9:5",
        rule="irgc",
        text="esmail? qasem",
        missing=("esmail",),
        unwanted=("qasem",),
        mentions=tuple(find(Article(text="esmail? qasem"))),
    )
    assert str(failure) == (
        'rules/a.yaml:9:5: rule "irgc" should alert for esmail and should not alert for qasem'
    )


def test_a_failure_without_a_file_speaks_for_itself():
    tests = (RuleTest(text="", alert=("qasem",)), RuleTest(text="esmail qasem", alert=()))
    failures = rehearse(rulebook(rule(tests=tests)), find)
    assert [str(f) for f in failures] == [
        'rule "irgc" should alert for qasem',
        'rule "irgc" should not alert for esmail, qasem',
    ]


def test_each_rule_answers_for_its_own_entities_only():
    test = RuleTest(text="qasem", alert=())
    assert rehearse(rulebook(rule("other", "esmail", tests=(test,)), rule("bare")), find) == ()
