"""An alert in words for people."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest
from hypothesis import given

from tests.alerts.samples import ARTICLE, HOSTILE, LINK, QUOTE, WHY, alert, alerts, seen
from watcher.alerts.alert import Alert
from watcher.alerts.clean import FSI, PDI
from watcher.alerts.message import Excerpt, Message, account, compose, plain
from watcher.alerts.wording import Sureness
from watcher.article import Article
from watcher.match import Field
from watcher.watchlist import Facts, Severity


def hidden(text: str) -> str:
    return text.replace("{", FSI).replace("}", PDI)


def test_an_alert_becomes_neutral_pieces() -> None:
    assert compose(alert()) == Message(
        entity="Qasem Soleimani",
        rule="irgc-commanders",
        sureness=Sureness.CERTAIN,
        score="0.97",
        severity=Severity.NORMAL,
        tags=("irgc",),
        known="",
        title="قاسم سليماني يجتمع بميليشيات عراقية",
        source="The Guardian",
        published="2019-05-16 18:30 UTC",
        link=LINK,
        excerpts=(
            Excerpt(
                before=QUOTE.before,
                match=QUOTE.match,
                after=QUOTE.after,
                name="Qasem Soleimani",
                sureness=Sureness.CERTAIN,
                why=tuple(map(hidden, WHY)),
            ),
        ),
    )


def test_plain_text_says_it_all_line_by_line() -> None:
    assert seen(plain(compose(alert()))).split("\n") == [
        "Qasem Soleimani · certain · irgc-commanders",
        "{قاسم سليماني يجتمع بميليشيات عراقية}",
        "The Guardian · 2019-05-16 18:30 UTC",
        "{أن قائد فيلق القدس، اللواء «قاسم سليماني»، قد اجتمع قبل 3 أسابيع بعناصر الميليشيات.}",
        "Qasem Soleimani: " + ", ".join(WHY),
        LINK,
    ]


def test_what_matters_more_or_less_than_usual_says_so_first() -> None:
    grave = compose(replace(alert(), severity=Severity.CRITICAL))
    assert seen(grave.headline) == "CRITICAL · Qasem Soleimani · certain · irgc-commanders"
    assert compose(replace(alert(), severity=Severity.LOW)).grave == "LOW"


def test_what_else_is_known_of_the_entity_stands_in_one_line() -> None:
    facts = Facts(born="1957", nationality=("IR", "IQ"), note="died\x1b 2020", owner="ana")
    message = compose(replace(alert(), facts=facts))
    assert seen(message.known) == "born 1957 · IR, IQ · died 2020 · ask ana"
    assert seen(plain(message)).split("\n")[1] == seen(message.known)
    assert seen(compose(replace(alert(), facts=Facts(note="x"))).known) == "x"


def test_what_is_not_known_takes_no_line() -> None:
    bare = alert(replace(QUOTE, evidence=(), name=""), article=Article(text=""))
    message = compose(bare)
    assert message.origin == ""
    assert account(message.excerpts[0]) == ""
    assert len(plain(message).split("\n")) == 2


def test_a_long_sentence_is_cut_around_the_mention() -> None:
    long = replace(QUOTE, before="قبل " * 300, match="x" * 300, after=" بعد" * 300)
    (excerpt,) = compose(alert(long)).excerpts
    assert excerpt.before.startswith("…قبل")
    assert excerpt.before.endswith("قبل ")
    assert excerpt.match.endswith("…")
    assert excerpt.after.startswith(" بعد")
    assert excerpt.after.endswith("بعد…")
    assert len(excerpt.marked("", "")) <= 1002


def test_a_headline_repeated_as_the_first_line_is_shown_once() -> None:
    other = replace(QUOTE, after=" وصل.")
    said = compose(alert(QUOTE, other, QUOTE)).excerpts
    assert [excerpt.after for excerpt in said] == [QUOTE.after, other.after]


HEAD = replace(QUOTE, before="", after=" in Baghdad", field=Field.TITLE)


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("", " in Baghdad", [" in Baghdad"]),
        ("", " in Baghdad.", [" in Baghdad"]),
        ("", "", [" in Baghdad"]),
        ("BAGHDAD – ", " In Baghdad, he said.", [" In Baghdad, he said."]),
        ("", " in Damascus.", [" in Baghdad", " in Damascus."]),
        ("", " in Baghdad at noon.", [" in Baghdad at noon."]),
    ],
)
def test_a_headline_that_the_text_says_again_is_shown_once(
    before: str, after: str, shown: list[str]
) -> None:
    again = replace(HEAD, before=before, after=after, field=Field.TEXT)
    assert [one.after for one in compose(alert(HEAD, again)).excerpts] == shown


def test_what_stands_before_the_mention_is_compared_from_the_mention_on() -> None:
    headline = replace(HEAD, before="Watch: ")
    for before, count in (("", 1), ("Again: ", 2), ("They watch: ", 1)):
        again = replace(headline, before=before, field=Field.TEXT)
        assert len(compose(alert(headline, again)).excerpts) == count


def test_a_headline_is_shown_beside_a_sentence_that_has_the_name_for_other_reasons() -> None:
    short = replace(HEAD, evidence=QUOTE.evidence[:1])
    again = replace(HEAD, field=Field.TEXT)
    assert len(compose(alert(short, again)).excerpts) == 2


def test_two_sentences_of_a_text_are_both_shown_though_one_stands_in_the_other() -> None:
    longer = replace(QUOTE, before="ثم " + QUOTE.before)
    assert len(compose(alert(QUOTE, longer)).excerpts) == 2


def test_many_sentences_are_held_against_many_headlines_in_little_time() -> None:
    titles = [replace(HEAD, after=f" came {number} and left") for number in range(60)]
    texts = [
        replace(QUOTE, after=f" went {number} to the old town with all of them")
        for number in range(600)
    ]
    began = process_time()
    assert len(compose(alert(*titles, *texts)).excerpts) == 660
    assert process_time() - began < 2  # working words out for each pair took 7 s


@pytest.mark.parametrize(
    ("score", "digits"), [(0.9499, "0.94"), (0.29, "0.29"), (1.0, "1.00"), (0.0, "0.00")]
)
def test_digits_never_promise_more_than_the_word(score: float, digits: str) -> None:
    assert compose(alert(score=score)).score == digits


@given(alerts)
def test_any_alert_becomes_fit_lines(any_alert: Alert) -> None:
    text = plain(compose(any_alert))
    text.encode("utf-8")
    assert not any(c < " " and c != "\n" for c in text)
    for line in text.split("\n"):
        assert line.count("\u2068") == line.count("\u2069")


def test_nothing_hostile_is_left_in_any_piece() -> None:
    quote = replace(QUOTE, before=HOSTILE, match=HOSTILE, after=HOSTILE, name=HOSTILE)
    article = replace(ARTICLE, title=HOSTILE, link=f"https://x/{HOSTILE}", source=HOSTILE)
    text = plain(compose(alert(quote, article=article, name=HOSTILE, rule=HOSTILE)))
    assert not set("\x1b\x07\x9b\u202e\u2066\ufeff\ud800\0\r\u2028") & set(text)
