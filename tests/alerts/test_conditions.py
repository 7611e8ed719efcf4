from __future__ import annotations

from dataclasses import replace

import pytest

from tests.news import QASEM, TEXT, article, mention, rule, rulebook
from watcher.alerts import Answer, Scene, answers, hear
from watcher.article import Article
from watcher.match import Field
from watcher.watchlist import Conditions, Near

ENTITY = rulebook().watchlist["qasem"]


def asked(article_: Article | None = None, **conditions) -> list[Answer]:
    """The answers to conditions alone."""
    of = article_ or article()
    scene = Scene(ENTITY, of, (mention(of),))
    return list(answers(rule(conditions=Conditions(**conditions)), scene))[2:]


def hears(of: Article, **conditions) -> int:
    """How many mentions a rule with these conditions counts."""
    mentions = (mention(of), replace(mention(of), score=0.1))
    return len(hear(rule(conditions=Conditions(**conditions)), Scene(ENTITY, of, mentions)))


def test_without_conditions_nothing_is_asked():
    assert asked() == []
    assert hears(article()) == 1


def test_all_words_must_stand_in_title_or_text():
    assert asked(every=("بغداد", "Report", "oil")) == [
        Answer(key="all", holds=True, wanted="بغداد", found="بغداد"),
        Answer(key="all", holds=True, wanted="Report", found="Report"),
        Answer(key="all", holds=False, wanted="oil"),
    ]
    assert hears(article(), every=("بغداد", "Report")) == 1
    assert hears(article(), every=("بغداد", "oil")) == 0


def test_of_any_words_one_must_stand_there():
    assert asked(some=("oil", "بغداد")) == [
        Answer(key="any", holds=True, wanted="oil or بغداد", found="بغداد")
    ]
    assert asked(some=("oil", "gas")) == [Answer(key="any", holds=False, wanted="oil or gas")]


def test_what_is_barred_must_not_stand_there():
    assert asked(unless=("oil", "report*")) == [
        Answer(key="unless", holds=False, wanted="no oil or report*", found="report*")
    ]
    assert asked(unless=("oil",)) == [Answer(key="unless", holds=True, wanted="no oil")]
    assert hears(article(), unless=("Report",)) == 0


def test_only_the_sources_that_are_named_count():
    assert asked(sources=("Other", "Example")) == [
        Answer(key="sources", holds=True, wanted="Other or Example", found="Example")
    ]
    assert hears(article(), sources=("Other",)) == 0


@pytest.mark.parametrize(
    ("spoken", "languages", "holds"),
    [
        ("ar", ("ar",), True),
        ("ar-EG", ("ar",), True),
        ("AR", ("fa", "ar"), True),
        ("arc", ("ar",), False),
        ("pt", ("pt-br",), False),
        ("pt-BR", ("pt-br",), True),
        ("", ("ar",), True),  # it does not say
    ],
)
def test_only_the_languages_that_are_named_count(spoken, languages, holds):
    (answer,) = asked(article(language=spoken), languages=languages)
    assert (answer.holds, answer.found) == (holds, spoken)


def test_mentions_count_near_a_word_only():
    assert asked(near=Near(("بغداد", "oil"))) == [
        Answer(key="near", holds=True, wanted="بغداد or oil in the sentence", found=QASEM)
    ]
    assert asked(near=Near(("غادر",), 2)) == [
        Answer(key="near", holds=False, wanted="غادر within 2 words")
    ]
    assert hears(article(), near=Near(("غادر",), 4)) == 1


def test_of_several_mentions_those_near_the_word_are_told():
    of = article(text=f"{TEXT} وعاد قاسم سليماني إلى طهران.", title=f"{QASEM} في طهران")
    first = mention(of)
    second = replace(first, start=of.text.rindex(QASEM), end=of.text.rindex(QASEM) + len(QASEM))
    title = mention(of, field=Field.TITLE)
    scene = Scene(ENTITY, of, (title, first, second))
    found = hear(rule(conditions=Conditions(near=Near(("طهران",)))), scene)
    assert found == (title, second)
