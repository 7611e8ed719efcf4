from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.news import WHY, article, mention
from watcher.alerts import Quote, quote
from watcher.article import Article
from watcher.match.mention import Field, Mention


def test_a_mention_is_shown_in_its_sentence():
    within = article()
    assert quote(within, mention(within)) == Quote(
        before="واجتمع اللواء ",
        match="قاسم سليماني",
        after=" بقيادات في بغداد.",
        name="Qasem Soleimani",
        score=0.9,
        evidence=WHY,
        field=Field.TEXT,
    )


def test_a_mention_in_the_headline_is_quoted_from_the_headline():
    within = article(title="بغداد: قاسم سليماني في زيارة")
    shown = quote(within, mention(within, field=Field.TITLE))
    assert shown.before + shown.match + shown.after == within.title
    assert shown.field is Field.TITLE


@given(st.text(max_size=400), st.integers(0, 400), st.integers(0, 400))
def test_what_is_shown_stands_in_the_article(text: str, one: int, other: int):
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    found = Mention(entity="e", name="n", start=start, end=end, quote=text[start:end], score=1.0)
    shown = quote(Article(text=text), found)
    assert shown.match == text[start:end]
    assert shown.before + shown.match + shown.after in text
