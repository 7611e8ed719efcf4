from __future__ import annotations

from dataclasses import replace

import pytest

from tests.news import NOW
from watcher.alerts import Alert, compile_rules, raise_alerts
from watcher.alerts.advice import advice, hindrance
from watcher.article import Article
from watcher.match import find
from watcher.names import Evidence, Verdict
from watcher.watchlist import Rulebook, Status, Watchlist, read_rules

RULES = """\
entities:
  - id: qasem
    name: Qasem Soleimani
    aliases: [Haj Qasem Soleimani]
    short: [Soleimani]
    context: [Quds Force]
  - {id: ali, name: Ali Shamkhani}
  - {id: saif, name: Saif al-Adel}
rules:
  - {id: all, watch: [%s], send_to: [desk]}
"""
ELSE = (
    "if others bear the name, let the rule ask for words beside it (near), or name words against it"
    " (unless)"
)


def alone(entity: str) -> Rulebook:
    read = read_rules({"rules.yaml": RULES % entity}).rulebook
    assert read is not None
    return replace(read, watchlist=Watchlist((read.watchlist[entity],)))


def raised(text: str, rules: Rulebook) -> tuple[Alert, Article]:
    article = Article(text=text, id="a")
    (alert,) = raise_alerts(article, find(article, compile_rules(rules)), rules, NOW)
    return alert, article


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "Now Ali Shamkhani sang.",
            '"Ali Shamkhani" is the name itself: Now «Ali Shamkhani» sang.',
        ),
        (
            "Say Али Шамхани sang.",
            '"Али Шамхани" is a spelling of the name itself: Say «Али Шамхани» sang.',
        ),
    ],
)
def test_why_no_exclusion_helps_is_told_of_the_words_that_stand_there(text: str, says: str) -> None:
    rules = alone("ali")
    (quote,) = raised(text, rules)[0].quotes
    assert [*hindrance(quote, rules.watchlist["ali"], ())] == [f"no exclusion helps: {says}"]


def test_what_steers_or_hides_in_the_words_of_an_article_is_not_shown() -> None:
    rules = alone("ali")
    (quote,) = raised("\u202eNow Ali \u202eShamkhani\u202c sang.", rules)[0].quotes
    (why,) = hindrance(quote, rules.watchlist["ali"], ())
    assert why.endswith(': "Ali Shamkhani" is the name itself: Now «Ali Shamkhani» sang.')


def test_so_it_is_of_a_part_that_counts_beside_something_else() -> None:
    rules = alone("qasem")
    (quote,) = raised("The Quds Force praised Soleimani.", rules)[0].quotes
    (why, more) = hindrance(quote, rules.watchlist["qasem"], ("A B", "C D"))
    assert why == (
        'no exclusion helps: "Soleimani" counts beside something else (context in the article:'
        " Quds Force): The Quds Force praised «Soleimani»."
    )
    assert more == 'to exclude "A B" and "C D" would not be enough'


def test_and_of_words_that_give_only_part_of_the_name() -> None:
    rules = alone("ali")
    (quote,) = raised("Now Ali Shamkhani sang.", rules)[0].quotes
    part = Evidence(verdict=Verdict.OMITTED, part="Shamkhani")
    (why,) = hindrance(replace(quote, match="Ali", evidence=(part,)), rules.watchlist["ali"], ())
    assert '"Ali" is read as the name (Shamkhani left out)' in why


def test_what_keeps_an_alert_away_is_told_as_it_was_tried() -> None:
    rules = alone("qasem")
    assert [*advice(*raised("The Quds Force praised Soleimani.", rules), rules)] == [
        "this keeps it away: entity qasem: leave out short: [Soleimani]",
        "this keeps it away: entity qasem: leave out context: [Quds Force]",
        ELSE,
    ]


def test_a_name_is_never_called_weak_for_it() -> None:
    rules = alone("ali")
    assert [*advice(*raised("قال علي شمخاني", rules), rules)] == [ELSE]


def test_a_higher_bar_is_told_only_where_the_mention_is_not_certain() -> None:
    rules = alone("saif")
    likely = [*advice(*raised("وقال سيف العدل أمس", rules), rules)]
    assert likely[0].startswith("this keeps it away: rule all: write min_score: 0.9")
    assert likely[1:] == [ELSE]


def test_of_a_listed_entity_no_key_is_told_and_being_on_test_changes_nothing() -> None:
    rules = alone("qasem")
    said = raised("The Quds Force praised Soleimani.", rules)
    listed = replace(rules.watchlist["qasem"], origin="ofac", short=("Soleimani",))
    assert [*advice(*said, replace(rules, watchlist=Watchlist((listed,))))] == [ELSE]
    tested = (replace(rules.rules[0], status=Status.TEST),)
    assert len([*advice(*said, replace(rules, rules=tested))]) == 3
