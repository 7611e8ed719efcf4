"""Feeds in good order, read by feedparser: the same entries as our own reader's, nothing less."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.feeds import Entry
from watcher.feeds.parse import ITEMS
from watcher.feeds.regular import ELEMENTS, LARGEST, read_regular
from watcher.feeds.sheet import rests_of, title_of, to_entries, ttl_of
from watcher.feeds.xmlfeed import read_sheet

URL = "https://news.example/feeds/all.xml"
SPACES = (
    "xmlns:content='http://purl.org/rss/1.0/modules/content/' "
    "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:media='http://search.yahoo.com/mrss/' "
    "xmlns:sy='http://purl.org/rss/1.0/modules/syndication/' "
    "xmlns:atom='http://www.w3.org/2005/Atom'"
)


def rss(inside: str, about: str = "") -> str:
    return f"<rss version='2.0' {SPACES}><channel>{about}<item>{inside}</item></channel></rss>"


def atom(inside: str) -> str:
    return (
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title><entry>{inside}</entry></feed>"
    )


REGULAR = {
    "RSS": rss(
        "<title>قاآني &amp;amp; co</title><link>http://a.example/1</link><guid>g1</guid>"
        "<description>&lt;p&gt;in Baghdad&lt;/p&gt;</description>"
        "<pubDate>Fri, 01 May 2026 10:00:00 +0300</pubDate>",
        "<title>News &lt;b&gt;now&lt;/b&gt;</title><link>http://a.example/</link>"
        "<language>ar</language><ttl>30</ttl>",
    ),
    "content beside a summary": rss(
        "<title>t</title><description>short</description>"
        "<content:encoded><![CDATA[<p>long &amp; whole</p><p>text</p>]]></content:encoded>"
    ),
    "its own day": rss("<title>t</title><dc:date>2026-05-01T10:00:00Z</dc:date>"),
    "its own tongue": rss(
        "<title>t</title><dc:language>fa</dc:language>", "<language>ar</language>"
    ),
    "a day of Iran": rss("<title>t</title><pubDate>۱۱ اردیبهشت ۱۴۰۵</pubDate>"),
    "a guid that is a page": rss("<title>t</title><guid>http://a.example/1</guid>"),
    "a relative link": rss("<title>t</title><link>/1</link>", "<link>http://h.example/x/</link>"),
    "its own address": rss("<title>t</title><atom:link rel='self' href='/s'/><link>/1</link>"),
    "only a sound": rss(
        "<title>t</title><enclosure url='http://a.example/1.mp3' type='audio/mpeg'/>"
    ),
    "without a title": rss("<description>text</description>"),
    "a rhythm": rss("<title>t</title>", "<sy:updatePeriod>daily</sy:updatePeriod>"),
    "what is known to be another's": rss(
        "<title>t</title><source url='http://b.example/'>B</source><author>A</author>",
        "<image><title>logo</title><link>http://b.example/</link></image><title>F</title>",
    ),
    "two enclosures": rss(
        "<title>t</title><enclosure url='http://a.example/1.mp3' type='audio/mpeg'/>"
        "<atom:link rel='enclosure' href='http://a.example/2.mp3'/>"
    ),
    "the feed an entry is from": atom(
        "<source><id>urn:b</id><title>B</title></source><id>urn:1</id><title>t</title>"
    ),
    "no items": "<rss version='2.0'><channel><title>F</title></channel></rss>",
    "RDF": "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
    "xmlns='http://purl.org/rss/1.0/'><channel rdf:about='http://a.example/'><title>F</title>"
    "</channel><item rdf:about='http://a.example/1'><title>t</title><link>http://a.example/1</link>"
    "<description>d</description></item></rdf:RDF>",
    "Atom": atom(
        "<title type='html'>A &amp;lt;b&amp;gt;</title><link href='http://a.example/1'/>"
        "<link rel='enclosure' href='http://a.example/1.mp3'/><id>urn:1</id>"
        "<published>2026-05-01T10:00:00Z</published><updated>2026-05-02T10:00:00Z</updated>"
        "<summary>s</summary><content type='html'>&lt;p&gt;c &amp;amp; d&lt;/p&gt;</content>"
    ),
    "Atom of XHTML": atom(
        "<title>t</title><content type='xhtml' xml:lang='fa'>"
        "<div xmlns='http://www.w3.org/1999/xhtml'><p>a <b>b</b>ee</p><p>c</p></div></content>"
    ),
    "Atom 0.3": "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title>F</title><entry>"
    "<title>t</title><issued>2026-05-01T10:00:00Z</issued><modified>2026-05-02T10:00:00Z</modified>"
    "<content type='text/plain'>c</content></entry></feed>",
}

MANY = " ".join(f"a{number}=''" for number in range(60))
OTHER = {
    "a bare ampersand": rss("<title>a & b</title>"),
    "broken off": rss("<title>t</title>").removesuffix("</rss>"),
    "an unknown prefix": rss("<title>t</title><x:y/>"),
    "a second text": rss("<title>t</title><media:description>d</media:description>"),
    "two titles": rss("<title>t</title><title>u</title>"),
    "a base": rss("<title>t</title>").replace("version", "xml:base='/x/' version"),
    "hours of rest": rss("<title>t</title>", "<skipHours><hour>1</hour><hour>2</hour></skipHours>"),
    "depth": rss("<category>" * 60 + "</category>" * 60 + "<title>t</title>"),
    "attributes": rss(f"<x {MANY}/><title>t</title>"),
    "too many elements": rss(f"<title>t</title><category>{'<x/>' * ELEMENTS}</category>"),
    "too many items": rss("</item><item>".join(["<title>t</title>"] * (ITEMS + 1))),
    "no channel": "<rss version='2.0'><item><title>t</title></item></rss>",
    "a sitemap": "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>http://a"
    ".example/</loc></url></urlset>",
    "a page": "<html><channel/></html>",
    "too long": rss(f"<title>t</title><description>{'x' * LARGEST}</description>"),
    "a place on which feedparser stumbles": rss(
        "<title>t</title><g:pos xmlns:g='http://www.opengis.net/gml'>1 2</g:pos>"
    ),
    "an author's own guid": atom("<title>t</title><author><id>urn:a</id></author>"),
    "a picture's own title": rss("<title>t</title><image><title>logo</title></image>"),
    "a guid that is no page": rss("<guid isPermaLink='false'>http://a.example/1</guid>"),
    "a guid that may be a page": rss("<title>t</title><link/><guid>http://a.example/1</guid>"),
}


def entries(source: str) -> tuple[Entry, ...] | None:
    sheet = read_regular(source, ITEMS)
    return None if sheet is None else tuple(to_entries(sheet, URL))


@pytest.mark.parametrize("name", REGULAR)
def test_a_feed_in_good_order_says_the_same_to_both_readers(name):
    source = REGULAR[name]
    ours = read_sheet(source, 0, ITEMS)
    found = read_regular(source, ITEMS)
    assert found is not None
    assert tuple(to_entries(found, URL)) == tuple(to_entries(ours, URL))
    assert (title_of(found.about), ttl_of(found.about)) == (
        title_of(ours.about),
        ttl_of(ours.about),
    )
    assert (found.dropped, found.is_whole, found.root) == (0, True, ours.root)
    assert rests_of(found.about) == frozenset()


@pytest.mark.parametrize("name", OTHER)
def test_what_feedparser_would_read_less_well_is_left_to_our_reader(name):
    assert read_regular(OTHER[name], ITEMS) is None


WORDS = st.text(
    st.sampled_from("aب ж<>&;'\"/\n\u200c\u064b#x1")
    | st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]),
    max_size=40,
)


@given(title=WORDS, description=WORDS, content=WORDS, guid=WORDS)
def test_any_words_say_the_same_to_both_readers(title, description, content, guid):
    said = {"title": title, "description": description, "content:encoded": content, "guid": guid}
    source = rss("".join(f"<{name}>{escape(text)}</{name}>" for name, text in said.items()))
    found = entries(source)
    assert found == tuple(to_entries(read_sheet(source, 0, ITEMS), URL))
