"""A page to the text of its article, and an article to the whole of what is said."""

from __future__ import annotations

import pytest

from tests.news import article
from watcher.errors import FeedError
from watcher.feeds import whole
from watcher.feeds.page import LONGEST, parse_page

STORY = (
    "اجتمع اللواء قاسم سليماني بقيادات في بغداد صباح اليوم وبحث معهم مستجدات الأوضاع في المنطقة.",
    "وقال المتحدث إن الاجتماع استمر ثلاث ساعات، وإن الوفد غادر بعد ذلك متوجها إلى دمشق.",
)


def page(*paragraphs: str, charset: str = "utf-8") -> bytes:
    told = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    head = f'<head><meta charset="{charset}"><title>خبر</title><script>evil()</script></head>'
    menu = "<nav><ul><li><a href='/'>الرئيسية</a></li></ul></nav>"
    foot = "<footer>جميع الحقوق محفوظة</footer>"
    html = (
        f"<html>{head}<body>{menu}<article><h1>خبر اليوم</h1>{told}</article>{foot}</body></html>"
    )
    return html.encode(charset)


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256"])
def test_the_article_is_read_and_what_stands_around_it_is_not(charset):
    text = parse_page(page(*STORY, charset=charset), "text/html", "https://news.example/1")
    assert all(paragraph in text.splitlines() for paragraph in STORY)
    assert not any(word in text for word in ("الرئيسية", "محفوظة", "evil"))


def test_plain_text_is_an_article_as_it_is():
    text = parse_page("\n\n  ".join(STORY).encode(), "text/plain; charset=utf-8")
    assert text.splitlines() == list(STORY)


def test_marks_that_steer_are_taken_out_and_length_is_bounded():
    assert "\u202e" not in parse_page(page(STORY[0], STORY[1] + "\u202e" + STORY[0]))
    assert len(parse_page(STORY[0].encode() * 9000, "text/plain")) == LONGEST


@pytest.mark.parametrize("data", [b"", b"<html><body><div id=app></div></body></html>", b"\0\xff"])
def test_a_page_without_an_article_is_said_to_be_one(data):
    with pytest.raises(FeedError, match="there is no article on its page"):
        parse_page(data)


@pytest.mark.parametrize(
    ("feed", "text"),
    [
        ("One two.", "One two. Three four.\nFive."),  # said again on the page
        ("One two. Three […]", "One two. Three four.\nFive."),
        ("One two...", "One two. Three four.\nFive."),
        ("Only here.\nOne two.", "Only here.\nOne two. Three four.\nFive."),
        ("", "One two. Three four.\nFive."),
    ],
)
def test_what_only_the_feed_says_stands_before_the_page(feed, text):
    assert whole(article(text=feed), "One two. Three four.\nFive.").text == text
