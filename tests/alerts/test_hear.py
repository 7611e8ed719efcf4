from __future__ import annotations

from dataclasses import replace

from tests.news import article, mention, rule, rulebook
from watcher.alerts import Answer, Scene, answers, hear

QASEM = rulebook().watchlist["qasem"]
UNSURE = Scene(QASEM, article(), (mention(article(), score=0.72),))


def test_a_rule_hears_the_mentions_that_answer_all_it_asks():
    sure = replace(UNSURE.mentions[0], score=0.9)
    both = replace(UNSURE, mentions=(*UNSURE.mentions, sure))
    assert hear(rule(), both) == (sure,)
    assert hear(rule(), UNSURE) == ()
    assert hear(rule("other", "esmail"), both) == ()


def test_each_answer_says_what_was_wanted_and_what_was_found():
    assert list(answers(rule("strict", "esmail", min_score=0.85), UNSURE)) == [
        Answer(key="watch", holds=False, wanted="qasem"),
        Answer(key="min_score", holds=False, wanted="0.85", found="0.72"),
    ]
    assert [answer.holds for answer in answers(rule(min_score=0.7), UNSURE)] == [True, True]


def test_nothing_found_is_an_answer_too():
    nothing = replace(UNSURE, mentions=())
    assert list(answers(rule(), nothing))[1] == Answer(
        key="min_score", holds=False, wanted="0.8", found="0.00"
    )
