from __future__ import annotations

from collections.abc import Sequence

from tests.news import rule, rulebook
from watcher.alerts import Answer, Failure, rehearse
from watcher.article import Article
from watcher.match.mention import Mention
from watcher.watchlist import Conditions, Near, RuleTest


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
        unmet=(Answer(key="min_score", holds=False, wanted="0.8", found="0.60"),),
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


def test_a_test_is_of_the_source_and_language_that_the_rule_asks_for():
    asked = Conditions(sources=("Example",), languages=("ar", "fa"))
    tests = (
        RuleTest(text="qasem", alert=("qasem",)),
        RuleTest(text="qasem", alert=(), source="Other"),
        RuleTest(text="qasem", alert=("qasem",), language="fa"),
        RuleTest(text="qasem", alert=(), language="en"),
    )
    assert rehearse(rulebook(rule(tests=tests, conditions=asked)), find) == ()


def test_a_failure_says_which_condition_was_not_met():
    asked = Conditions(some=("oil", "gas"), near=Near(("met",)), unless=("coal",))
    test = RuleTest(text="qasem", title="Coal", alert=("qasem",))
    (failure,) = rehearse(rulebook(rule(tests=(test,), conditions=asked)), find)
    assert failure.unmet == (
        Answer(key="any", holds=False, wanted="oil or gas"),
        Answer(key="unless", holds=False, wanted="no coal", found="coal"),
        Answer(key="near", holds=False, wanted="met in the sentence"),
    )
