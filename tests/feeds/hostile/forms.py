"""The tongues of feeds, whole and broken."""

from __future__ import annotations

from collections.abc import Iterator

from tests.feeds.hostile.case import (
    TEXT,
    XML,
    Case,
    bad,
    feed,
    good,
    packed,
)
from tests.servers import Reply
from watcher.source import Health


def forms() -> Iterator[tuple[str, Case]]:
    """Every kind of feed."""
    item = f"<item><title>{TEXT}</title><link>/1</link></item>"
    rdf = "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
    entry = f"<entry><id>1</id><title>{TEXT}</title><link href='1'/></entry>"
    yield (
        "/rss090",
        good(f"<rdf:RDF {rdf} xmlns='http://my.netscape.com/rdf/simple/0.9/'>{item}</rdf:RDF>"),
    )
    yield (
        "/rss091",
        good(
            "<!DOCTYPE rss PUBLIC '-//Netscape//DTD RSS 0.91//EN' 'http://127.0.0.1:1/r.dtd'>"
            f"<rss version='0.91'><channel>{item}</channel></rss>"
        ),
    )
    yield "/rss092", good(f"<rss version='0.92'><channel>{item}</channel></rss>")
    yield "/rss10", good(f"<rdf:RDF {rdf} xmlns='http://purl.org/rss/1.0/'>{item}</rdf:RDF>")
    yield "/atom03", good(f"<feed xmlns='http://purl.org/atom/ns#' version='0.3'>{entry}</feed>")
    yield "/atom10", good(f"<feed xmlns='http://www.w3.org/2005/Atom'>{entry}</feed>")
    yield (
        "/atom-prefix",
        good(
            f"<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>{TEXT}</a:title>"
            "</a:entry></a:feed>"
        ),
    )
    json = '{"version": "https://jsonfeed.org/version/%s", "items": [{"id": 1, "title": "%s"}]}'
    yield "/json1", good(json % ("1", TEXT), Content_Type="application/json")
    yield "/json11", good("\ufeff" + json % ("1.1", TEXT), Content_Type="text/html")
    space = "http://www.google.com/schemas/sitemap-news/0.9"
    sitemap = f"<urlset xmlns:n='{space}'><url><loc>http://a.example/1</loc><n:news><n:title>{TEXT}"
    yield "/sitemap", good(f"{sitemap}</n:title></n:news></url></urlset>")
    yield "/sitemap.xml.gz", good(packed(f"{sitemap}</n:title></n:news></url></urlset>".encode()))
    for kind in (
        "text/html",
        "text/plain",
        "application/octet-stream",
        "image/png",
        "nonsense",
        "",
    ):
        yield f"/as/{kind or 'nothing'}", good(feed(), Content_Type=kind)
    media = f"<media:group><media:description>{TEXT}</media:description></media:group>"
    yield "/media", good(feed("", media))
    yield "/podcast", good(feed("", f"<itunes:summary>{TEXT}</itunes:summary>"))
    yield "/encoded", good(feed("", f"<content:encoded><![CDATA[<p>{TEXT}]]></content:encoded>"))
    days = (
        "Fri, 20 Nov 2026 10:00:00 GMT", "2026-11-20", "۱۴۰۵/۰۸/۲۹", "29 آبان 1405", "1448-06-10",
        "١٠ جمادى الآخرة ١٤٤٨", "soon", "", "2099-01-01", "0000-00-00", "32/13/2026",
    )  # fmt: skip
    for number, day in enumerate(days):
        yield f"/date/{number}", good(feed(more=f"<pubDate>{day}</pubDate>"))
    many = "".join(f"<item><title>{number}</title></item>" for number in range(10_000))
    yield "/many", good(f"<rss><channel>{item}{many}</channel></rss>")
    yield "/many-oldest-first", good(f"<rss><channel>{many}{item}</channel></rss>")
    yield "/no-end", good(f"<rss><channel>{item}")
    yield "/empty-feed", Case(Reply(200, XML, b"<rss><channel></channel></rss>"), finds=False)


def broken() -> Iterator[tuple[str, Case]]:
    """Feeds that another reader would give up."""
    yield "/ampersand", good(feed(f"AT&T & Co &nbsp; &bogus; {TEXT} a < b"))
    yield "/cut-in-text", good(feed()[: feed().index("</description>")])
    yield "/cut-in-tag", good(feed()[: feed().index("</description>") + 5])
    yield "/cut-in-cdata", good(feed(f"<![CDATA[{TEXT}").partition("</desc")[0])
    junk = "<br />\n<b>Warning</b>: mysql_connect() in <b>/x.php</b> on line <b>3</b><br />\n"
    yield "/php-warning", good(junk + feed())
    yield "/leading-space", good(" \r\n\t\n" + feed())
    yield "/leading-comment", good("<!-- <rss> <!ENTITY -->" + feed())
    yield "/script-behind", good(feed() + "<script>x()</script><!-- cached -->")
    yield "/unclosed", good(f"<rss><channel><item><title>{TEXT}<link>http://a.example/1<item>")
    yield "/bad-references", good(feed(f"&#0;&#x1b;&#xD800;&#x110000;&#{'9' * 999}; {TEXT}"))
    yield "/backslash", good("<!DOCTYPE rss [<!ENTITY a '\\u'>]>" + feed())
    yield "/entity", good("<!DOCTYPE rss [<!ENTITY man 'Qasem Soleimani'>]>" + feed("Of &man;."))
    yield "/no-namespace", good(feed("", f"<bogus:x/><content:encoded>{TEXT}</content:encoded>"))
    yield "/gml", good(feed(more="<gml:Point srsName='x'><gml:pos>1 2</gml:pos></gml:Point>"))
    yield "/two-feeds", good(feed() + feed("again"))
    yield "/text-in-between", good(f"<rss>junk<channel>&<item><title>{TEXT}</title>;;</item>")
    yield "/comment-without-end", good(f"<rss><!-- never <item><title>{TEXT}</title></item></rss>")
    yield "/second-title", good(feed("", f"<title>{TEXT}</title>"))
    one = "<item><guid>1</guid><title>{}</title></item>"
    same = f"<rss>{one.format('News')}{one.format(TEXT)}</rss>"
    yield "/same-guid", good(same)
    yield "/late-root", good(" \n" * 50_000 + feed())
    odd = f"<x:rss xmlns:x='urn:x'><x:item><x:title>{TEXT}</x:title></x:item></x:rss>"
    yield "/odd-namespace", bad(odd, Health.NOT_A_FEED, "not a feed: no RSS or Atom in it")
    json = '{"version": "https://jsonfeed.org/version/1.1", "items": [%s]}'
    written = f'{{"id": 1, "title": "{TEXT}"}}'
    spoilt = {
        "cut": (json % f'{written}, {{"id": 2, "ti')[:-2],
        "comma": json % f"{written},",
        "number": json % f'{written[:-1]}, "x": {"9" * 5000}}}',
        "line-feed": json % written.replace("The", "The\n"),
        "guarded": ")]}',\n" + json % written,
        "called": f"news({json % written});",
    }
    for kind, text in spoilt.items():
        yield f"/json/{kind}", good(text, Content_Type="application/feed+json")
