"""Alerts to show: one real in shape, and strategies for any a stranger could cause."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import strategies as st

from watcher.alerts.alert import Alert, Quote
from watcher.alerts.delivery import Delivery
from watcher.article import Article
from watcher.match import Field
from watcher.names.evidence import Equivalence, Evidence, Verdict
from watcher.names.kind import Kind

NOW = datetime(2024, 9, 13, 10, 5, 30, tzinfo=UTC)
LINK = "https://news.example/2019/soleimani?id=7&lang=ar"
HOSTILE = (
    "<!channel> <@U012AB3CD> <#C1|x> @here @channel <https://evil.example|bank> *b* _i_ ~s~ `c` "
    "& &amp; > quote \x1b]0;owned\x07\x1b[2J \x9b31m \u202egnp.exe \u2066x \ufeff \ud800 "
    "\U000e0041\r\n\u2028\0end"
)


def seen(text: str) -> str:
    """The text with its direction isolates made visible: FSI as {, PDI as }."""
    return text.replace("\u2068", "{").replace("\u2069", "}")


def matched(part: str, found: str) -> Evidence:
    return Evidence(
        verdict=Verdict.MATCHED, part=part, found=found, by=Equivalence.TRANSLITERATION, score=0.9
    )


QUOTE = Quote(
    before="أن قائد فيلق القدس، اللواء ",
    match="قاسم سليماني",
    after="، قد اجتمع قبل 3 أسابيع بعناصر الميليشيات.",
    name="Qasem Soleimani",
    score=0.97,
    evidence=(matched("Qasem", "قاسم"), matched("Soleimani", "سليماني")),
    field=Field.TEXT,
)
WHY = ("Qasem = {قاسم} (transliteration)", "Soleimani = {سليماني} (transliteration)")
"""The account of QUOTE, with its isolates made visible (see `seen`)."""

ARTICLE = Article(
    text="",
    id="a1",
    title="قاسم سليماني يجتمع بميليشيات عراقية",
    link=LINK,
    source="The Guardian",
    published=datetime(2019, 5, 16, 18, 30, tzinfo=UTC),
    language="ar",
)


def alert(
    *quotes: Quote,
    article: Article = ARTICLE,
    name: str = "Qasem Soleimani",
    rule: str = "irgc-commanders",
    score: float = 0.97,
) -> Alert:
    return Alert(
        id="alert1",
        rule=rule,
        entity="qasem-soleimani",
        name=name,
        kind=Kind.PERSON,
        tags=("irgc",),
        score=score,
        article=article,
        quotes=quotes or (QUOTE,),
        raised=NOW,
        list_version="l1",
        rules_version="r1",
    )


def delivery(of: Alert | None = None, *, channel: str = "desk", attempts: int = 0) -> Delivery:
    return Delivery(key="msg_1", channel=channel, content=of or alert(), attempts=attempts)


def many(count: int, quote: Quote = QUOTE) -> list[Quote]:
    """So many quotes, no two of them the same."""
    return [replace(quote, before=f"{number} {quote.before}") for number in range(count)]


_parts = st.one_of(
    st.text(max_size=60),
    st.text(alphabet='<>&|*_~`@!#"\\ :\u202e\u2068\u2069\x1b\ud800a\n', max_size=60),
    st.sampled_from((HOSTILE, "&" * 2000, "\U0001f600" * 1500, '"\\' * 900, "", "سليماني")),
)
evidences = st.builds(
    Evidence,
    verdict=st.sampled_from(Verdict),
    part=_parts,
    found=_parts,
    by=st.none() | st.sampled_from(Equivalence),
    score=st.floats(0, 1),
    note=_parts,
)
quotes = st.builds(
    Quote,
    before=_parts,
    match=_parts,
    after=_parts,
    name=_parts,
    score=st.floats(0, 1),
    evidence=st.lists(evidences, max_size=4).map(tuple),
    field=st.none() | st.sampled_from(Field),
)
articles = st.builds(
    Article,
    text=st.just(""),
    id=_parts,
    title=_parts,
    link=_parts | _parts.map("https://x.example/".__add__),
    source=_parts,
    published=st.none() | st.datetimes(timezones=st.just(UTC)),
    language=_parts,
)
alerts = st.builds(
    Alert,
    id=_parts,
    rule=_parts,
    entity=_parts,
    name=_parts,
    kind=st.sampled_from(Kind),
    tags=st.lists(_parts, max_size=3).map(tuple),
    score=st.floats(0, 1),
    article=articles,
    quotes=st.one_of(
        st.lists(quotes, min_size=1, max_size=4),
        st.builds(lambda quote, times: many(times, quote), quotes, st.integers(20, 90)),
    ).map(tuple),
    raised=st.just(NOW),
)
