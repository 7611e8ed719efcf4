"""Slack messages hold every limit for any text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hypothesis import given

from tests.alerts.samples import ARTICLE, HOSTILE, LINK, QUOTE, WHY, alert, alerts, many, seen
from watcher.alerts import Alert, compose
from watcher.article import Article
from watcher.channels.blocks import to_blocks, to_text
from watcher.channels.mrkdwn import bold, width


def texts(value: Any) -> Iterator[str]:
    """Every text field of a message, wherever it stands."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from [inner] if key == "text" and isinstance(inner, str) else texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def shown(of: Alert) -> list[str]:
    return [seen(text) for text in texts(to_blocks(compose(of))["blocks"])]


def test_a_message_is_header_link_origin_and_each_quote_with_its_why() -> None:
    title = "قاسم سليماني يجتمع بميليشيات عراقية"
    assert shown(alert()) == [
        "Qasem Soleimani · certain",
        f"<{LINK.replace('&', '&amp;')}|{{{title}}}>",
        "The Guardian · 2019-05-16 18:30 UTC · rule irgc-commanders · irgc · score 0.97",
        "{أن قائد فيلق القدس، اللواء "
        + bold("قاسم سليماني")
        + "، قد اجتمع قبل 3 أسابيع بعناصر الميليشيات.}",
        "Qasem Soleimani: " + ", ".join(WHY),
    ]


def test_kinds_of_blocks() -> None:
    message = to_blocks(compose(alert()))
    blocks: Any = message["blocks"]
    assert [b["type"] for b in blocks] == ["header", "section", "context", "section", "context"]
    assert blocks[0]["text"]["type"] == "plain_text"
    assert all(b["text"]["verbatim"] for b in blocks if b["type"] == "section")
    assert message["unfurl_links"] is False


def test_an_article_without_title_link_or_why_still_makes_a_message() -> None:
    bare = alert(
        replace(QUOTE, evidence=(), name="", before="", after=""), article=Article(text="")
    )
    assert shown(bare) == [
        "Qasem Soleimani · certain",
        "no title",
        "rule irgc-commanders · irgc · score 0.97",
        "{\u200b*قاسم سليماني*\u200b}",
    ]


def test_a_quote_of_nothing_visible_is_no_empty_block() -> None:
    assert shown(alert(replace(QUOTE, before="", match="\x1b", after="")))[3] == "…"


def test_what_does_not_fit_is_counted() -> None:
    few, flood = alert(*many(3)), alert(*many(80))
    assert "more in the same article" not in " ".join(shown(few))
    said = shown(flood)
    quotes = sum("∗" not in text and "*قاسم" in text for text in said)
    assert said[-1] == f"and {80 - quotes} more in the same article"
    assert quotes > 10


def test_the_beginning_of_a_long_sentence_gives_way_not_the_mention() -> None:
    quote = shown(alert(replace(QUOTE, before="& " * 200)))[3]
    assert quote.startswith("{…")
    assert "*قاسم سليماني*" in quote


def test_text_alone_says_the_same() -> None:
    text = seen(str(to_text(compose(alert()))["text"]))
    assert text.startswith("Qasem Soleimani · certain · irgc-commanders\n")
    assert "«قاسم سليماني»" in text
    assert text.endswith(f"\n<{LINK.replace('&', '&amp;')}>")


def test_text_alone_leads_to_the_article_and_nowhere_else() -> None:
    for link in ("https://a.example/one_two/~three*", "https://a.example/?" + "&_" * 300):
        text = str(to_text(compose(alert(article=replace(ARTICLE, link=link))))["text"])
        assert text.endswith(f"\n<{link.replace('&', '&amp;')}>")
        assert width(text) <= 4000
    far = alert(article=replace(ARTICLE, link="file:///one_two"))
    assert str(to_text(compose(far))["text"]).endswith("\nfile:///oneˍtwo")


def test_an_address_that_grows_too_long_by_escaping_is_left_out() -> None:
    long = replace(ARTICLE, link="https://a.example/?" + "&" * 1900, title="t " * 600)
    check(to_blocks(compose(alert(article=long))))


def test_a_hostile_article_rings_nobody_and_forges_no_link() -> None:
    quote = replace(QUOTE, before=HOSTILE, match=HOSTILE, after=HOSTILE, name=HOSTILE)
    article = replace(ARTICLE, title=HOSTILE, source=HOSTILE, link=f"{LINK}{HOSTILE}")
    message = to_blocks(compose(alert(quote, article=article, name=HOSTILE, rule=HOSTILE)))
    check(message)
    linked = re.findall(r"<([^|>]*)[|>]", " ".join(texts(message)))
    assert len(linked) == 2, "the article's own link, in the text and in the blocks"
    assert linked[0] == linked[1]
    assert linked[0].startswith(LINK.replace("&", "&amp;"))


@given(alerts)
def test_any_alert_holds_every_limit(any_alert: Alert) -> None:
    message = compose(any_alert)
    check(to_blocks(message))
    check(to_text(message))


def check(message: dict[str, Any]) -> None:
    """Slack's rules, as this house reads them."""
    json.dumps(message, ensure_ascii=False).encode("utf-8")
    assert 0 < width(message["text"]) <= 4000
    blocks = message.get("blocks", [])
    assert len(blocks) <= 50
    assert width(json.dumps(blocks, ensure_ascii=False)) < 12_000
    limits = {"header": 150, "section": 3000, "context": 3000}
    for block in blocks:
        for text in texts(block):
            assert 0 < width(text) <= limits[block["type"]]
        assert len(block.get("elements", [])) <= 10
    for text in texts(message):
        assert not re.search(r"<[!@#]|@(here|channel|everyone|group)", text, re.IGNORECASE)
        assert not re.search(r"&(?!amp;|lt;|gt;)", text) or text == plain_text(blocks)
        assert "\x1b" not in text


def plain_text(blocks: list[Any]) -> str:
    """The one text that is plain, where an ampersand is an ampersand."""
    return next(texts(blocks[0])) if blocks else ""
