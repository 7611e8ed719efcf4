"""A feed is read as its readers read it, and nothing it says is more than text."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.feeds.samples import RSS, rss
from watcher.errors import FeedError
from watcher.feeds import Entry, Parsed
from watcher.feeds.parse import parse_feed
from watcher.source import Health

URL = "https://news.example/feeds/all.xml"
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fa"><title>خبر</title>
<entry><id>urn:1</id><title type="html">&lt;i>سرخط&lt;/i> &amp;amp; خبر</title><link href="../p/1"/>
<updated>2026-05-01T12:00:00+03:30</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>one</p><p>two</p></div></content>
</entry>
<entry><id>urn:2</id><title>plain</title><summary type="text">one
two</summary><published>2026-05-01T12:00:00Z</published>
<content xml:lang="en" type="text">body</content></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>R</title>
 <sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency></channel>
<item rdf:about="http://news.example/1"><title>one</title><link>http://news.example/1</link>
<dc:date>2026-05-01</dc:date></item></rdf:RDF>"""


def entries(data: str | bytes, content_type: str = "") -> tuple[Entry, ...]:
    return parse_feed(data.encode() if isinstance(data, str) else data, content_type, URL).entries


def only(*parts: str) -> Entry:
    (entry,) = entries(rss("".join(parts)))
    return entry


def refusal(data: str | bytes) -> tuple[str, str]:
    with pytest.raises(FeedError) as caught:
        entries(data)
    return str(caught.value), caught.value.state


def test_rss():
    assert parse_feed(RSS.encode(), "application/rss+xml", URL) == Parsed(
        title="وكالة",
        entries=(
            Entry(
                guid="g-1",
                link="https://news.example/1?utm_source=rss",
                title="خبر & آخر",
                text="short\nقاسم سليماني\ntwo",
                published=datetime(2026, 5, 1, 9, tzinfo=UTC),
                language="ar",
            ),
            Entry(link="https://news.example/2", title="second", text="only this", language="ar"),
        ),
        ttl=timedelta(minutes=20),
        note="utf-8 (declared)",
    )


def test_atom():
    assert entries(ATOM) == (
        Entry(
            guid="urn:1",
            link="https://news.example/p/1",
            title="سرخط & خبر",
            text="one\ntwo",
            published=datetime(2026, 5, 1, 8, 30, tzinfo=UTC),
            language="fa",
        ),
        Entry(
            guid="urn:2",
            title="plain",
            text="one\ntwo\nbody",
            published=datetime(2026, 5, 1, 12, tzinfo=UTC),
            language="en",
        ),
    )


def test_rdf():
    parsed = parse_feed(RDF.encode())
    assert parsed.ttl == timedelta(hours=6)
    assert parsed.entries[0].published == datetime(2026, 5, 1, tzinfo=UTC)
    assert parsed.entries[0].link == "http://news.example/1"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("short", "AT&T & Co <br> &nbsp; &eacute;"),
        lambda text: text[: text.index("<item><title>second")],
        lambda text: "\n\n \ufeff" + text,
        lambda text: "<br />\n<b>Warning</b>: mysql_connect() in x.php on line 3\n" + text,
        lambda text: text.replace("<rss", "<!-- a -->\n<?xml-stylesheet href='x'?><rss"),
        lambda text: text.replace("<rss", '<!DOCTYPE rss PUBLIC "-//N" "http://n/rss.dtd"><rss'),
        lambda text: text.replace("short", "a\x00b\x01c\x1b &#0; &#x1b; &#xD800; &#x110000;"),
        lambda text: text.replace("short", f"&#{'9' * 5000};"),
        lambda text: text.replace('encoding="UTF-8"', 'encoding="windows-1252"'),
    ],
    ids=[
        "ampersand",
        "cut",
        "space",
        "junk",
        "comment",
        "doctype",
        "control",
        "digits",
        "label",
    ],
)
def test_what_another_reader_can_read_is_read(spoil):
    entry = entries(spoil(RSS))[0]
    assert (entry.guid, entry.title) == ("g-1", "خبر & آخر")
    assert entry.text.split("\n")[-2:] == ["قاسم سليماني", "two"]


def test_every_encoding_is_read():
    data = RSS.replace("UTF-8", "windows-1256").encode("cp1256")
    assert entries(data)[0].text == "short\nقاسم سليماني\ntwo"
    mislabelled = RSS.encode("cp1256")
    assert parse_feed(mislabelled, "text/xml; charset=utf-8").note == (
        "cp1256 (by the share of letters, although declared utf-8)"
    )


def test_hardly_readable_is_said():
    data = rss("<title>x</title>").replace(b"x", b"\xff" * 200)
    assert parse_feed(data, "text/xml; charset=big5").is_garbled


def test_what_a_feed_says_is_text():
    entry = only(
        "<title>a&lt;script&gt;x&lt;/script&gt; \u202e&#x202E;b\n c&lt;img src=x&gt;</title>",
        "<link>javascript:alert(1)</link><guid>\u202ex</guid>",
        "<description>&lt;p onclick=x&gt;one&lt;/p&gt;&#x1b;[31mtwo</description>",
    )
    assert entry == Entry(guid="x", title="a b c", text="one\n\ufffd[31mtwo")


@pytest.mark.parametrize(
    ("link", "wanted"),
    [
        ("/a b", "https://news.example/a%20b"),
        ("//other.example/x", "https://other.example/x"),
        ("HTTP://a.example/x", "http://a.example/x"),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("mailto:a@b.example", ""),
        ("http://[::1", ""),
        ("http:", ""),
        ("http://a.example/" + "x" * 2000, ""),
    ],
)
def test_a_link_leads_to_http_or_is_none(link, wanted):
    entry = only(f"<title>t</title><guid isPermaLink='false'>g</guid><link>{link}</link>")
    assert entry.link.lower() == wanted.lower()


@pytest.mark.parametrize("date", ["", "soon", "0000-00-00", "Thu, 01 Jan 1970 00:00:00 GMT"])
def test_a_date_that_no_news_can_have_is_none(date):
    assert only(f"<title>t</title><pubDate>{date}</pubDate>").published is None


def test_the_time_of_change_counts_where_no_other_is():
    changed = (
        "<a10:updated xmlns:a10='http://www.w3.org/2005/Atom'>2026-05-01T12:00:00Z</a10:updated>"
    )
    entry = only("<title>t</title><pubDate>soon</pubDate>", changed)
    assert entry.published == datetime(2026, 5, 1, 12, tzinfo=UTC)


def test_entries_that_say_nothing_are_left_out():
    parsed = parse_feed(rss("<title>a</title>", "<link>http://a.example/</link>", ""))
    assert [entry.title for entry in parsed.entries] == ["a"]
    assert parsed.note.endswith("), 2 without title and text left out")


def test_many_items_are_cut_in_the_middle():
    parsed = parse_feed(rss(*(f"<title>{number}</title>" for number in range(5000))))
    names = [entry.title for entry in parsed.entries]
    assert (len(names), names[0], names[999], names[1000], names[-1]) == (
        2000, "0", "999", "4000", "4999",
    )  # fmt: skip
    assert parsed.note.endswith("3000 items in the middle left out")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("", "not a feed: the body is empty"),
        (" \n\ufeff", "not a feed: the body is empty"),
        (
            "<!DOCTYPE html><html><head><title>Log\nin</title></head>",
            'not a feed: it is a web page, "Log in"',
        ),
        ("<HTML><body>rss", "not a feed: it is a web page"),
        ("hello\x1b", "not a feed: it begins with 'hello'"),
        ("x" * 30_000 + RSS, f"not a feed: it begins with '{'x' * 60}'"),
        ("<channel>none</channel>", "not a feed: no RSS or Atom in it"),
    ],
)
def test_what_is_no_feed_is_said(data, message):
    assert refusal(data) == (message, Health.NOT_A_FEED)


@pytest.mark.parametrize(
    ("prolog", "kind"),
    [
        ('<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>', "made of entities"),
        ('<!DOCTYPE r [<!ENTITY % p "x"><!ENTITY b "%p;">]>', "made of entities"),
        ('<!-- <rss> --><!DOCTYPE r [<!ENTITY b SYSTEM "file:///etc/passwd">]>', "of another file"),
        ('<!DOCTYPE r [<!ENTITY % b SYSTEM "http://127.0.0.1/x.dtd"> %b;]>', "of another file"),
        (f'<!DOCTYPE r [<!ENTITY b "{"x" * 999}">]>', "without measure"),
    ],
)
def test_entities_that_grow_are_refused(prolog, kind):
    message, state = refusal(prolog + rss("<title>&b;</title>").decode())
    assert message.startswith(f"refused: it declares entities {kind}")
    assert state is Health.REFUSED


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE r [<!ENTITY b "Donald Duck">]>',
        "<!doctype r SYSTEM 'file:///etc/passwd' [<!ENTITY b \"Donald &#68;uck\"> ]>",
        (
            '<!DOCTYPE r [<!ENTITY % HTMLlat1 PUBLIC "-//W3C//ENTITIES Latin 1 for XHTML//EN" "x"> '
            "%HTMLlat1; <!ENTITY b 'Donald Duck'>]>"
        ),
    ],
)
def test_an_entity_of_a_few_letters_is_read(prolog):
    (entry,) = entries(prolog + rss("<title>&b; &c; &eacute;</title>").decode())
    assert entry.title == "Donald Duck &c; é"


def test_an_article_about_entities_is_no_attack():
    body = "<![CDATA[<pre><!ENTITY x></pre> <!DOCTYPE a [</p>]]>"
    assert only(f"<title>t</title><description>{body}</description>").title == "t"


@pytest.mark.parametrize(
    ("about", "ttl"),
    [
        ("<ttl>60</ttl>", timedelta(hours=1)),
        ("<ttl>soon</ttl>", None),
        ("<ttl>٦٠</ttl>", None),
        ("", None),
    ],
)
def test_how_long_a_feed_does_not_change(about, ttl):
    data = rss("<title>t</title>").replace(b"<item>", about.encode() + b"<item>")
    assert parse_feed(data).ttl == ttl


@given(st.text(alphabet=st.sampled_from("<>/!-[]&;#x\"'= \nadit"), max_size=60))
def test_nothing_but_feed_errors_come_out(junk):
    data = RSS.replace("short", junk).encode()
    with contextlib.suppress(FeedError):
        parse_feed(data)


def test_a_title_and_a_language_have_bearable_lengths():
    title, tag = "a " * 5000, "ar" + "-abcdefg" * 9
    feed = rss(f"<title>{title}</title>")
    (entry,) = parse_feed(
        feed.replace(b"<item>", f"<language>{tag}</language><item>".encode())
    ).entries
    assert (len(entry.title), entry.title[-3:]) == (1000, " a…")
    assert entry.language == "ar" + "-abcdefg" * 4
