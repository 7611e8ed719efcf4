from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pytest

from tests.news import NOW
from watcher.alerts import (
    Alert,
    compile_rules,
    learn_right,
    learn_wrong,
    raise_alerts,
    rehearse,
)
from watcher.alerts import lesson as module
from watcher.article import Article
from watcher.match import Index, Mention, find
from watcher.watchlist import Rulebook, RuleTest, Watchlist, read_rules

RULES = """\
entities:
  - {id: ali, name: Ali Shamkhani, aliases: [علی شمخانی]}
  - {id: firm, name: Melli Bank, kind: organization}
  - {id: qasem, name: Qasem Soleimani, short: [Soleimani]}
rules:
  - {id: all, watch: [ali, firm, qasem], send_to: [desk]}
"""


def rulebook(text: str = RULES) -> Rulebook:
    read = read_rules({"rules.yaml": text}).rulebook
    assert read is not None
    return read


def raised(text: str, title: str = "") -> tuple[Alert, Article]:
    article, rules = Article(text=text, title=title, id="a"), rulebook()
    alert, *_ = raise_alerts(article, find(article, compile_rules(rules)), rules, NOW)
    return alert, article


@pytest.mark.parametrize(
    ("text", "excludes"),
    [
        ("Then Hossein Ali Shamkhani won.", ("Hossein Ali Shamkhani",)),
        ("Yesterday Bank Melli Iran Club lost.", ("Bank Melli Iran",)),
        ("Maria Ali Shamkhani sang.", ("Maria Ali Shamkhani",)),
        ("Yesterday Ali Shamkhani sang.", ()),
        ("Yesterday President Ali Shamkhani sang.", ()),
        ("Then Ali Shamkhani, Reza and others sang.", ()),
        ("وقال علی شمخانی أمس", ()),
    ],
)
def test_the_name_of_somebody_else_is_proposed_where_one_helps(
    text: str, excludes: tuple[str, ...]
):
    lesson = learn_wrong(*raised(text), rulebook())
    assert lesson is not None
    assert lesson.excludes == excludes
    assert lesson.test == (RuleTest(text=text, alert=()) if excludes else None)
    assert bool(lesson.says) is not bool(excludes)


@pytest.mark.parametrize(
    "text",
    [
        "وقال جيريمي هانت أمس",
        "Сказал Джереми Хант вчера",
        "Then Jeremi Hunt left.",
        "אמר ג'רמי האנט אתמול",
    ],
)
def test_a_spelling_of_the_name_itself_is_never_excluded(text: str):
    rules = "entities: [{id: hunt, name: Jeremy Hunt}]\n"
    book = rulebook(f"{rules}rules: [{{id: all, watch: hunt, send_to: desk}}]\n")
    article = Article(text=text, id="a")
    (alert,) = raise_alerts(article, find(article, compile_rules(book)), book, NOW)
    lesson = learn_wrong(alert, article, book)
    assert lesson is not None
    assert lesson.excludes == ()
    assert "is a spelling of the name itself" in lesson.says[0]
    assert not any("weak:" in line for line in lesson.says)


def test_nor_is_words_of_a_script_in_which_no_name_is_written():
    rules = "entities: [{id: bank, name: Tejarat Bank, kind: organization}]\n"
    book = rulebook(f"{rules}rules: [{{id: all, watch: bank, send_to: desk}}]\n")
    article = Article(text="Сказал Тежарат Банк вчера", id="a")
    (alert,) = raise_alerts(article, find(article, compile_rules(book)), book, NOW)
    lesson = learn_wrong(alert, article, book)
    assert lesson is not None
    assert lesson.excludes == ()


def alone(text: str, *names: str) -> tuple[Alert, Article, Rulebook]:
    """An alert on a text of one person with these names, and the rules."""
    entity = f"{{id: one, name: {names[0]}, aliases: [{', '.join(names[1:])}]}}"
    rules = f"entities: [{entity}]\nrules: [{{id: all, watch: one, send_to: desk}}]\n"
    book, article = rulebook(rules), Article(text=text, id="a")
    (alert,) = raise_alerts(article, find(article, compile_rules(book)), book, NOW)
    return alert, article, book


@pytest.mark.parametrize(
    ("names", "text", "other"),
    [
        (("حسن نصر الله",), "Then {} sang.", "Hassan Mahmoud Nasrallah"),
        (
            ("Рамзан Ахматович Кадыров", "Ramzan Kadyrov"),
            "Вчера {} пел.",
            "Рамзан Асланович Кадыров",
        ),
        (("Yahya Sinwar",), "قال {} أمس", "يحيى محمد السنوار"),
        (("Jeremy Hunt",), "Сказал {} вчера.", "Джереми Иван Хант"),
    ],
)
def test_a_name_with_a_part_more_is_somebody_elses_in_whatever_script(
    names: tuple[str, ...], text: str, other: str
):
    alert, article, book = alone(text.format(other), *names)
    lesson = learn_wrong(alert, article, book)
    assert lesson is not None
    assert (lesson.excludes, lesson.says) == ((other,), ())
    assert lesson.test == RuleTest(text=article.text, alert=())
    taught = Watchlist((replace(lesson.entity, exclude=lesson.excludes),))
    assert not find(article, taught)
    assert all(find(Article(text=text.format(name)), taught) for name in names)


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (("Ismail Haniyeh",), "Вчера Исмаил Ханиев пел."),
        (("Ramzan Kadyrov", "Рамзан Ахматович Кадыров"), "Then Ramzan Akhmatovich Kadyrov sang."),
        (("Jeremy Hunt",), "Then Jeremy R. Hunt left."),
    ],
)
def test_neither_a_spelling_nor_a_part_that_the_entity_has_makes_somebody_else(
    names: tuple[str, ...], text: str
):
    lesson = learn_wrong(*alone(text, *names))
    assert lesson is not None
    assert lesson.excludes == ()
    assert lesson.says[0].startswith("no exclusion helps")


def test_what_was_right_elsewhere_is_never_excluded():
    alert, article, book = alone("Then Jeremy Richard Hunt left.", "Jeremy Hunt")
    right, _, _ = alone("At home Jeremy Richard Hunt sang.", "Jeremy Hunt")
    lesson = learn_wrong(alert, article, book, (right,))
    assert lesson is not None
    assert lesson.excludes == ()


def test_of_somebody_elses_name_the_short_form_goes_with_the_full_one():
    text = "Soleimani won. Then Qasem Walter Soleimani sang, and Soleimani left."
    lesson = learn_wrong(*raised(text), rulebook())
    assert lesson is not None
    assert lesson.excludes == ("Qasem Walter Soleimani",)


def test_of_several_other_people_each_is_excluded_once():
    text = "Then Hossein Ali Shamkhani won. Maria Ali Shamkhani and Hossein Ali Shamkhani sang."
    lesson = learn_wrong(*raised(text), rulebook())
    assert lesson is not None
    assert lesson.excludes == ("Hossein Ali Shamkhani", "Maria Ali Shamkhani")
    assert lesson.test == RuleTest(text=text, alert=())
    helpless = learn_wrong(*raised(f"{text} Then Ali Shamkhani left."), rulebook())
    assert helpless is not None
    assert (helpless.excludes, helpless.test) == ((), None)


def test_the_mention_that_no_exclusion_takes_away_is_the_one_that_is_told():
    text = "Then Hossein Ali Shamkhani won. At the end Ali Shamkhani left."
    lesson = learn_wrong(*raised(text), rulebook())
    assert lesson is not None
    assert lesson.says[:2] == (
        'no exclusion helps: "Ali Shamkhani" is the name itself: At the end «Ali Shamkhani» left.',
        'to exclude "Hossein Ali Shamkhani" would not be enough',
    )


@pytest.mark.parametrize("other", ["", "Maria "])
def test_an_article_full_of_mentions_is_searched_a_few_times_only(
    other: str, monkeypatch: pytest.MonkeyPatch
):
    said = raised(" ".join(f"On day {n} came {other}Ali Shamkhani." for n in range(40)))
    searched: list[Article] = []

    def search(article: Article, watchlist: Index) -> Sequence[Mention]:
        searched.append(article)
        return find(article, watchlist)

    monkeypatch.setattr(module, "find", search)
    assert learn_wrong(*said, rulebook()) is not None
    assert searched.count(said[1]) < 10


def test_a_part_of_the_name_alone_is_excluded_never():
    text = "قال محمد قاسم سليماني إنه جاء. وأضاف سليماني أنه ذهب. وحضر أحمد قاسم سليماني."
    lesson = learn_wrong(*raised(text), rulebook())
    assert lesson is not None
    assert lesson.excludes == ("محمد قاسم سليماني", "أحمد قاسم سليماني")


def test_what_is_proposed_holds_and_leaves_the_others_in_peace():
    text = "Then Hossein Ali Shamkhani met Qasem Soleimani."
    lesson = learn_wrong(*raised(text), rulebook())
    assert lesson is not None
    assert lesson.test == RuleTest(text=text, alert=("qasem",))
    entity = replace(lesson.entity, exclude=lesson.excludes)
    rules = replace(
        rulebook(),
        watchlist=Watchlist((entity, *rulebook().watchlist.entities[1:])),
        rules=(replace(lesson.rule, tests=(lesson.test,)),),
    )
    assert rehearse(rules, partial(find, watchlist=compile_rules(rules))) == ()


def test_an_article_that_alerts_no_more_is_kept_as_a_test():
    alert, article = raised("Then Ali Shamkhani sang.", "News")
    later = rulebook(RULES.replace("Ali Shamkhani,", "Ali Samkhani, not: [Ali Shamkhani],"))
    lesson = learn_wrong(alert, article, later)
    assert lesson is not None
    assert (lesson.excludes, lesson.test) == ((), RuleTest(text=article.text, alert=()))
    assert "raises no such alert" in lesson.says[0]


def test_of_what_left_the_rules_nothing_can_be_learnt():
    alert, article = raised("Then Ali Shamkhani sang.")
    for gone in (RULES.replace("id: all", "id: some"), RULES.replace("ali,", "hasan,")):
        assert learn_wrong(alert, article, rulebook(gone)) is None
        assert learn_right(alert, article, rulebook(gone)) is None


def test_a_headline_is_part_of_a_test_that_needs_it():
    alert, article = raised("Then Soleimani left.", "Qasem Soleimani came")
    bare = replace(alert, quotes=alert.quotes[1:])
    lesson = learn_right(bare, article, rulebook())
    assert lesson is not None
    assert lesson.test == RuleTest(
        text="Then Soleimani left.", title="Qasem Soleimani came", alert=("qasem",)
    )


@pytest.mark.parametrize(
    ("text", "aliases"),
    [
        ("Then Casym Soleimaanee came.", ("Casym Soleimaanee",)),
        ("Then Qassem Suleimani came.", ()),
        ("Then Qasem Soleimani came.", ()),
        ("Then QASEM SOLEIMANI came. Soleimani left.", ()),
    ],
)
def test_a_new_spelling_is_offered_as_an_alias(text: str, aliases: tuple[str, ...]):
    lesson = learn_right(*raised(text), rulebook())
    assert lesson is not None
    assert (lesson.aliases, bool(lesson.says)) == (aliases, not aliases)
    assert lesson.test is not None
    assert lesson.test.alert == ("qasem",)


def test_a_spelling_that_is_found_no_more_is_offered_as_an_alias():
    alert, article = raised("Then Qasem Soleimani came.")
    lesson = learn_right(alert, article, rulebook(RULES.replace("Qasem S", "Hajj Q")))
    assert lesson is not None
    assert lesson.aliases == ("Qasem Soleimani",)


def test_of_a_right_alert_that_the_rules_raise_no_more_no_test_says_so():
    alert, article = raised("Then Ali Shamkhani sang.")
    later = rulebook(RULES.replace("Ali Shamkhani,", "Ali Shamkhani, not: [Ali Shamkhani],"))
    lesson = learn_right(alert, article, later)
    assert lesson is not None
    assert (lesson.aliases, lesson.test) == ((), None)
    assert lesson.says == (
        "with the rules as they are now, it raises no such alert",
        '"watcher explain" says what holds it back',
    )


def test_a_name_over_two_lines_is_learnt_in_one():
    known = learn_right(*raised("Then Qasem\nSoleimani met them."), rulebook())
    assert known is not None
    assert known.aliases == ()
    other = learn_right(*raised("Then Casym\nSoleimaanee met them."), rulebook())
    assert other is not None
    assert other.aliases == ("Casym Soleimaanee",)
    wrong = learn_wrong(*raised("Then Hossein Ali\nShamkhani won."), rulebook())
    assert wrong is not None
    assert wrong.excludes == ("Hossein Ali Shamkhani",)
