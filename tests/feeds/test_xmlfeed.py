"""Feeds as the web has them: every tongue, every habit, every break that another reader bears."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.feeds.samples import rss
from watcher.errors import FeedError
from watcher.feeds import Entry, Parsed, xmlfeed
from watcher.feeds.parse import parse_feed

URL = "https://news.example/feeds/all.xml"
DAY = datetime(2026, 5, 1, tzinfo=UTC)


def parse(source: str) -> Parsed:
    return parse_feed(source.encode(), "text/xml", URL)


def only(source: str) -> Entry:
    (entry,) = parse(source).entries
    return entry


def item(inside: str, about: str = "") -> Entry:
    return only(f"<rss version='2.0'><channel>{about}<item>{inside}</item></channel></rss>")


def atom(inside: str, given: str = "") -> Entry:
    return only(
        f"<feed xmlns='http://www.w3.org/2005/Atom' {given}><title>F</title><entry>"
        f"<title>t</title>{inside}</entry></feed>"
    )


TONGUES = {
    "RSS 0.90": "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
    "xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel><title>F</title></channel>{}</rdf:RDF>",
    "RSS 0.91": "<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' "
    "'http://my.netscape.com/publish/formats/rss-0.91.dtd'><rss version='0.91'><channel>"
    "<title>F</title>{}</channel></rss>",
    "RSS 0.92": "<rss version='0.92'><channel><title>F</title>{}</channel></rss>",
    "RSS 1.0": "<?xml version='1.0'?><rdf:RDF xmlns='http://purl.org/rss/1.0/'>"
    "<channel rdf:about='x'><title>F</title><items><rdf:Seq/></items></channel>{}</rdf:RDF>",
    "RSS 1.0 with a prefix": "<RDF xmlns:r='http://purl.org/rss/1.0/'><r:channel><r:title>F"
    "</r:title></r:channel>{}</RDF>",
    "RSS 2.0 in capitals": "<RSS VERSION='2.0'><CHANNEL><TITLE>F</TITLE>{}</CHANNEL></RSS>",
    "RSS under Harvard's name": "<rss xmlns='http://cyber.law.harvard.edu/rss/rss.html'><channel>"
    "<title>F</title>{}</channel></rss>",
    "no channel": "<rss><title>F</title>{}</rss>",
    "no end": "<rss><channel><title>F</title>{}",
    "junk behind": "<rss><channel><title>F</title>{}</channel></rss><script>x()</script>",
}
PLAIN = "<item><title>t</title><link>/1</link><description>d</description></item>"


@pytest.mark.parametrize("tongue", TONGUES)
def test_every_tongue_of_rss(tongue):
    parsed = parse(TONGUES[tongue].format(PLAIN))
    assert parsed.title == "F"
    assert parsed.entries == (Entry(link="https://news.example/1", title="t", text="d"),)


@pytest.mark.parametrize(
    ("space", "date"),
    [("http://purl.org/atom/ns#", "issued"), ("http://www.w3.org/2005/Atom", "published")],
)
def test_both_tongues_of_atom(space, date):
    source = (
        f"<a:feed xmlns:a='{space}' version='0.3'><a:title>F</a:title><a:entry>"
        "<a:title type='text/html' mode='escaped'>&lt;b&gt;t&lt;/b&gt;</a:title><a:id>urn:1</a:id>"
        "<a:link rel='alternate' type='text/html' href='/1'/><a:author><a:id>n</a:id></a:author>"
        f"<a:{date}>2026-05-01T00:00:00Z</a:{date}><a:content type='application/xhtml+xml' "
        "mode='xml'><x:div xmlns:x='http://www.w3.org/1999/xhtml'><x:p>a &amp;lt; b</x:p><x:p>c"
        "</x:p></x:div></a:content></a:entry></a:feed>"
    )
    assert only(source) == Entry(
        guid="urn:1",
        link="https://news.example/1",
        title="t",
        text="a < b\nc",
        published=DAY,
    )


def test_a_news_sitemap():
    source = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
    xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
    xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
    <url><loc>https://news.example/1</loc><n:news><n:publication><n:name>N</n:name>
    <n:language>ar</n:language></n:publication><n:publication_date>2026-05-01</n:publication_date>
    <n:title>قاسم سليماني</n:title></n:news><image:image><image:loc>https://x/1.jpg</image:loc>
    <image:caption>in Baghdad</image:caption></image:image></url>
    <url><loc>https://news.example/about</loc></url></urlset>"""
    parsed = parse(source)
    assert parsed.entries == (
        Entry(
            link="https://news.example/1",
            title="قاسم سليماني",
            text="in Baghdad",
            published=DAY,
            language="ar",
        ),
    )
    assert "1 without title and text left out" in parsed.note


def test_a_podcast_and_a_video():
    entry = item(
        "<itunes:title>t</itunes:title><itunes:summary>s</itunes:summary>"
        "<enclosure url='https://cdn.example/1.mp3' type='audio/mpeg'/>"
    )
    assert (entry.title, entry.text, entry.link) == ("t", "s", "https://cdn.example/1.mp3")
    entry = atom(
        "<media:group xmlns:media='http://search.yahoo.com/mrss/'><media:title>other</media:title>"
        "<media:description>of the film</media:description></media:group>"
    )
    assert (entry.title, entry.text) == ("t", "other\nof the film")


def test_a_second_title_is_told_too_unless_the_first_has_it():
    entry = item("<title>One two</title><dc:title>two</dc:title><title>three</title>")
    assert (entry.title, entry.text) == ("One two", "three")


def test_a_channel_of_the_channel_definition_format():
    entry = only(
        "<CHANNEL HREF='http://a.example/'><TITLE VALUE='F'/><ITEM HREF='/1'><TITLE VALUE='t'/>"
        "<ABSTRACT>s</ABSTRACT></ITEM></CHANNEL>"
    )
    assert (entry.title, entry.text, entry.link) == ("t", "s", "http://a.example/1")


def test_what_stands_in_another_element_is_not_the_entry_s_own():
    entry = atom(
        "<author><name>a</name><id>no</id></author><source><title>no</title><id>no</id>"
        "<source/><updated>2020-01-01</updated><entry-count>1</entry-count></source>"
        "<id>urn:1</id><updated>2026-05-01</updated>"
    )
    assert (entry.title, entry.guid, entry.published) == ("t", "urn:1", DAY)
    about = "<image><title>no</title><url>no</url><link>no</link></image>"
    assert item("<title>t</title><image><title>no</title></image>", about).title == "t"


def test_what_stands_in_a_foreign_namespace_is_none_of_our_fields():
    entry = item(
        "<x:title xmlns:x='urn:x'>no</x:title><title xmlns='urn:x'>t</title>"
        "<media:title>no</media:title><y:guid>no</y:guid><guid>g</guid>"
    )
    assert (entry.title, entry.guid) == ("t", "g")


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<description>a</description><content:encoded>b</content:encoded>", "a\nb"),
        ("<description>a b</description><content:encoded>A: a b, c</content:encoded>", "A: a b, c"),
        ("<description>a</description><description>b</description>", "a\nb"),
        ("<description><p>a</p><p>b &lt; c</p></description>", "a\nb < c"),
        ("<description><![CDATA[<p>a]]> b <![CDATA[c</p>]]></description>", "a b c"),
        ("<description>&lt;p&gt;a&lt;/p&gt;</description>", "a"),
        (
            "<description>&amp;lt;p&amp;gt;a&amp;lt;/p&amp;gt;&amp;amp;nbsp;b</description>",
            "a\n\xa0b",
        ),
        ("<description>Solei<b>ma</b>ni &lt;i&gt;Qa&lt;/i&gt;sem</description>", "Soleimani Qasem"),
        (
            "<description>Solei&amp;shy;mani<wbr/> Qa&lt;wbr&gt;sem</description>",
            "Solei\xadmani Qasem",
        ),
        ("<content:encoded><content:encoded>a</content:encoded>b</content:encoded>", "ab"),
        ("<body xmlns='http://www.w3.org/1999/xhtml'><p>a</p></body>", "a"),
        ("<fullitem>a</fullitem>", "a"),
    ],
)
def test_text(inside, text):
    assert item(f"<title>t</title>{inside}").text == text


@pytest.mark.parametrize(
    ("given", "value", "text"),
    [
        ("type='text'", "a &lt; b", "a < b"),
        ("type='html'", "a &amp;lt; b", "a < b"),
        ("type='xhtml'", "<div>a &lt; b</div>", "a < b"),
        ("mode='base64' type='text/html'", "PHA+YTwvcD4=", "a"),
        ("type='application/octet-stream'", "YQ==", "a"),
        ("type='application/octet-stream'", "YQ", "YQ"),
        ("type='application/octet-stream'", "no base!", "no base!"),
        ("type='image/svg+xml'", "<title>a</title>b", "b"),
        ("src='http://x/'", "", ""),
    ],
)
def test_content_of_every_type(given, value, text):
    assert atom(f"<content {given}>{value}</content>").text == text


@pytest.mark.parametrize(
    ("inside", "link"),
    [
        ("<link>http://a.example/?a=1&b=2&copy=3</link>", "http://a.example/?a=1&b=2&copy=3"),
        ("<link><![CDATA[http://a.example/?a&amp;b]]></link>", "http://a.example/?a&b"),
        ("<link>\n /1 \n</link>", "https://news.example/1"),
        ("<link href='/1'/>", "https://news.example/1"),
        ("<link rel='self' href='/s'/><link href='/1'/>", "https://news.example/1"),
        ("<link type='application/json' href='/j'/><link href='/1'/>", "https://news.example/1"),
        ("<link/><guid>https://a.example/g</guid>", "https://a.example/g"),
        ("<guid isPermaLink='false'>https://a.example/g</guid>", ""),
        ("<guid>g</guid>", ""),
        ("<link rel='related' href='/r'/>", "https://news.example/r"),
        ("<link rdf:resource='/r'/>", "https://news.example/r"),
        ("<atom:link rel='self' href='/s'/><link>/1</link>", "https://news.example/1"),
        ("<link>http://[::1</link>", ""),
    ],
)
def test_link(inside, link):
    assert item(f"<title>t</title>{inside}").link == link


@pytest.mark.parametrize(
    ("given", "own", "link"),
    [
        ("xml:base='http://b.example/x/'", "", "http://b.example/x/1"),
        ("xml:base='/x/'", "xml:base='y/'", "https://news.example/x/y/1"),
        ("", "xml:base='http://c.example'", "http://c.example/1"),
        ("xml:base='http://[::1'", "", "https://news.example/feeds/1"),
    ],
)
def test_relative_links_lead_from_their_base(given, own, link):
    source = f"<feed {given}><entry {own}><title>t</title><link href='1'/></entry></feed>"
    assert only(source).link == link


def test_relative_links_lead_from_the_feed_s_own_page():
    about = "<link>https://site.example/news/</link>"
    assert item("<title>t</title><link>1</link>", about).link == "https://site.example/news/1"


def test_what_an_item_is_about_is_its_name_and_address_in_rdf():
    entry = only("<rdf:RDF><item rdf:about='http://a.example/1'><title>t</title></item></rdf:RDF>")
    assert (entry.guid, entry.link) == ("http://a.example/1", "http://a.example/1")


@pytest.mark.parametrize(
    ("inside", "published"),
    [
        ("<pubDate>Fri, 01 May 2026 00:00:00 GMT</pubDate>", DAY),
        ("<pubDate>soon</pubDate><dc:date>2026-05-01</dc:date>", DAY),
        ("<a10:updated>2020-01-01</a10:updated><pubDate>1 May 2026</pubDate>", DAY),
        ("<updated>2026-05-01</updated>", DAY),
        ("<pubDate>0001-01-01</pubDate>", None),
        ("", None),
    ],
)
def test_date(inside, published):
    assert item(f"<title>t</title>{inside}").published == published


@pytest.mark.parametrize(
    ("given", "inside", "language"),
    [
        ("xml:lang='fa'", "", "fa"),
        ("xml:lang='fa'", "<content xml:lang='ar'>x</content>", "ar"),
        ("", "<dc:language>he</dc:language>", "he"),
        ("", "", ""),
    ],
)
def test_language(given, inside, language):
    assert atom(inside, given).language == language


@pytest.mark.parametrize(
    "source",
    [
        "<rss><channel><item><title>a<link>/1</link><guid>g</guid></item><item><title>b",
        "<rss><channel><item><title>a</title><link>/1<guid>g</guid></item><item><title>b</title>",
        "<rss><channel><item><title>a</title><link>/1</link><guid>g<item><title>b</title></rss>",
        (
            "<rss><channel><item><title>a</title><media:thumbnail url='x'><link>/1</link>"
            "<guid>g</guid></item><item><title>b</title></item></channel>"
        ),
        "<rss><channel><item><guid>g</guid><link>/1</link><title>a</item><item><title>b</title>",
        (
            "<rss><channel><item><title>a</title><link>/1</link><guid>g</guid><source><item>"
            "<title>b</title>"
        ),
        (
            "<rss><channel><item><title><![CDATA[a</title><link>/1</link><guid>g</guid></item>"
            "<item><title>b</title></item>"
        ),
    ],
)
def test_what_is_not_closed_is_closed_by_what_follows(source):
    first, second = parse(source).entries
    assert first.title.startswith("a")
    assert (first.guid in {"g", ""}, second.title) == (True, "b")


def test_a_feed_that_breaks_off_says_so():
    assert parse("<rss><channel><item><title>a</title>").note.endswith(
        "it breaks off before its end"
    )
    with pytest.raises(FeedError, match="it breaks off before its first item") as caught:
        parse("<rss><channel><title>F</ti")
    assert caught.value.state == "faulty"


def test_an_empty_feed_is_a_feed():
    assert parse("<rss><channel><title>F</title></channel></rss>").entries == ()
    assert parse("<feed/>").entries == ()


@pytest.mark.parametrize(
    ("about", "ttl"),
    [
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", timedelta(hours=1)),
        (
            "<sy:updatePeriod> Daily </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            timedelta(hours=6),
        ),
        (
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>x</sy:updateFrequency>",
            timedelta(days=1),
        ),
        ("<sy:updatePeriod>often</sy:updatePeriod>", None),
    ],
)
def test_how_long_a_feed_does_not_change(about, ttl):
    assert parse(f"<rss><channel>{about}<item><title>t</title></item></channel></rss>").ttl == ttl


def test_the_hours_in_which_a_feed_rests():
    hours = "".join(f"<hour>{hour}</hour>" for hour in ("0", "03", " 7 ", "24", "25", "x"))
    parsed = parse(f"<rss><channel><skipHours>{hours}</skipHours></channel></rss>")
    assert parsed.rests == {0, 3, 7}


def test_names_without_end_are_read_and_not_kept():
    names = "".join(f"<x{number}/>" for number in range(1500))
    assert item(f"{names}<title>t &</title><x/>").title == "t &"


def test_what_is_said_too_often_is_heard_a_hundred_times():
    entry = item("".join(f"<description>d{number}</description>" for number in range(5000)))
    assert entry.text.count("\n") == 99


def test_one_field_holds_a_short_book(monkeypatch):
    entry = item(f"<title>t</title><description>{'word ' * 50_000}</description>")
    assert len(entry.text) == 200_000 - 1  # the last space
    parsed = parse_feed(rss(*(f"<description>{'word ' * 20_000}</description>" for _ in range(32))))
    lengths = [len(entry.text) for entry in parsed.entries]
    assert (lengths[0], lengths[29], lengths[31]) == (99_999, 99_999, 999)
    monkeypatch.setattr(xmlfeed, "PIECES", 100)
    assert item(f"<title>&</title><description>{'<b>x</b>' * 500}</description>").text == "x" * 33
    monkeypatch.setattr(xmlfeed, "LONGEST", 10)
    assert item("<title>&</title><description>123456789012</description>").text == "1234567890"
