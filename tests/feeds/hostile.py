"""A hostile server: what the web sends, path by path, and what must come of each.

Every feed that can be read at all tells of one man, so that it is seen in the end whether he was
found. What cannot be read has the health, and the beginning of the reason, that are shown of it.
"""

from __future__ import annotations

import codecs
import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from tests.servers import Reply, Server
from watcher.source import Health

MAN = "Qasem Soleimani"
MANN = "قاسم سليماني"
ARABIC = f"اغتيال {MANN} في بغداد وقال القائد إن الحرب مستمرة ولن تتوقف"
PERSIAN = "سردار قاسم سلیمانی فرمانده نیروی قدس گفت که جنگ ادامه دارد"
RUSSIAN = "Генерал Касем Сулеймани был убит в Багдаде, сообщил представитель"
HEBREW = "קאסם סולימאני נהרג בבגדד אמר הדובר של הצבא"
TEXT = f"The general {MAN} was there."
XML = {"Content-Type": "application/rss+xml"}
SIZE = 10_000_000


@dataclass(frozen=True, slots=True)
class Case:
    """One path.

    Attributes:
        reply: what is answered.
        health: what must be said of it; by default that all is well.
        reason: how the reason must begin.
        finds: the man is found in it.
    """

    reply: Reply
    health: Health = Health.OK
    reason: str = ""
    finds: bool = True


def feed(text: str = TEXT, more: str = "") -> str:
    """A feed with one item."""
    return (
        "<?xml version='1.0'?><rss version='2.0'><channel><title>F</title>"
        f"<item><title>News</title><guid>g</guid><description>{text}</description>{more}</item>"
        "</channel></rss>"
    )


def good(body: str | bytes, status: int = 200, **headers: str) -> Case:
    """A feed that must be read, and the man found in it."""
    data = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Case(Reply(status, XML | named, data))


def bad(
    reply: Reply | str | bytes, health: Health, reason: str = "", *, finds: bool = False
) -> Case:
    """Something of which the operator must hear."""
    if not isinstance(reply, Reply):
        reply = Reply(200, XML, reply.encode() if isinstance(reply, str) else reply)
    return Case(reply, health, reason, finds)


def packed(data: bytes, *, times: int = 1) -> bytes:
    """Data packed by gzip."""
    for _ in range(times):
        data = gzip.compress(data, mtime=0)
    return data


def raw_deflate(data: bytes) -> bytes:
    """Data packed by deflate without a header."""
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def cases(server: Server) -> dict[str, Case]:
    """Every path and what must come of it; scripts that the paths need beside are written too."""
    found = dict(
        [
            *_encodings(),
            *_packings(),
            *_forms(),
            *_broken(),
            *_hidden(),
            *_attacks(),
            *_answers(),
            *_redirects(server),
        ]
    )
    for path, case in found.items():
        server.script(path, case.reply)
    return found


def _encodings() -> Iterator[tuple[str, Case]]:
    pairs = [
        (ARABIC, "windows-1256"),
        (ARABIC, "iso-8859-6"),
        (PERSIAN, "utf-8"),
        (RUSSIAN, "windows-1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "iso-8859-5"),
        (HEBREW, "windows-1255"),
    ]
    for text, charset in pairs:
        data = feed(text).encode(charset)
        for label in ("", "utf-8", "iso-8859-1", "us-ascii", "x-nonsense", charset):
            kind = f"text/xml; charset={label}" if label else "text/xml"
            yield f"/charset/{charset}/as/{label or 'none'}", good(data, Content_Type=kind)
    for charset in ("utf-16", "utf-32", "utf-16-le", "utf-32-be"):
        yield f"/charset/{charset}", good(feed(ARABIC).encode(charset))
    for mark in (codecs.BOM_UTF8, b"\n \xef\xbb\xbf", codecs.BOM_UTF8 * 2):
        yield f"/mark/{mark.hex()}", good(mark + feed(ARABIC).encode())
    twice = feed(ARABIC).encode()
    for wrong in ("latin-1", "cp1252", "cp1256"):
        data = twice.decode(wrong, "replace").encode() if wrong != "cp1252" else b""
        data = (
            data
            or "".join(
                bytes([byte]).decode(wrong, "ignore") or chr(byte) for byte in twice
            ).encode()
        )
        yield f"/twice/{wrong}", good(data)
    prolog = "<?xml version='1.0' encoding='{}'?>"
    for label in ("utf-16", "iso-8859-1", "windows-1252", "UTF8", "none", ""):
        said = feed(ARABIC).replace("<?xml version='1.0'?>", prolog.format(label))
        yield f"/prolog/{label or 'empty'}", good(said)
    bad_byte = feed(ARABIC * 5 + "XX").encode().replace(b"XX", b"\xff")
    yield "/bad-byte", good(bad_byte)
    yield "/zero-bytes", good(feed(f"\0a{TEXT}\0\x01\x1b[31m\x7f"))
    pieces = feed(PERSIAN).encode() + b"<!-- -->" + b"<item><title>" + ARABIC.encode("cp1256")
    yield "/mixed", good(pieces.replace(b"</channel></rss>", b""))


def _packings() -> Iterator[tuple[str, Case]]:
    data = feed().encode()
    yield "/gzip", good(packed(data), Content_Encoding="gzip")
    yield "/x-gzip", good(packed(data), Content_Encoding="X-GZip")
    yield "/gzip-parts", good(packed(data[:50]) + packed(data[50:]), Content_Encoding="gzip")
    yield "/gzip-padded", good(packed(data) + bytes(9), Content_Encoding="gzip")
    yield "/gzip-twice", good(packed(data, times=2), Content_Encoding="gzip, gzip")
    yield "/gzip-unsaid", good(packed(data))
    yield "/gzip-file", good(packed(data, times=2), Content_Encoding="gzip")
    yield "/gzip-lie", good(data, Content_Encoding="gzip")
    yield "/deflate", good(zlib.compress(data), Content_Encoding="deflate")
    yield "/deflate-raw", good(raw_deflate(data), Content_Encoding="deflate")
    for label in ("identity", "none", "utf-8", "binary"):
        yield f"/packed-as/{label}", good(data, Content_Encoding=label)
    labels = ("br", "zstd", "compress", "gzip, br", "gzip,gzip,gzip,gzip,gzip")
    for number, label in enumerate(labels):
        reply = Reply(200, XML | {"Content-Encoding": label}, b"\x1b" * 99)
        yield f"/packed-as/{number}", bad(reply, Health.FAULTY, "127.0.0.1 sent packed as")
    half = Reply(200, XML | {"Content-Encoding": "gzip"}, packed(data)[:-9])
    yield "/gzip-half", bad(half, Health.GARBLED, "only its beginning", finds=True)
    junk = Reply(200, XML | {"Content-Encoding": "gzip"}, b"\x1f\x8bjunk and more junk")
    yield "/gzip-junk", bad(junk, Health.FAULTY, "127.0.0.1 sent damaged gzip data")
    bomb = {"Content-Encoding": "gzip"}
    zeros = Reply(200, XML | bomb, packed(bytes(12_000_000)))
    yield "/bomb", bad(zeros, Health.FAULTY, "127.0.0.1 sent over 10 MB")
    nested = Reply(
        200, XML | {"Content-Encoding": "gzip, gzip"}, packed(bytes(12_000_000), times=2)
    )
    yield "/bomb-in-bomb", bad(nested, Health.FAULTY, "127.0.0.1 sent over 10 MB")
    unsaid = Reply(200, XML, packed(bytes(12_000_000), times=2))
    yield "/bomb-unsaid", bad(unsaid, Health.FAULTY, "cannot be read: it unpacks to over 10 MB")
    flat = zlib.compress(bytes(12_000_000))
    yield (
        "/bomb-deflate",
        bad(
            Reply(200, XML | {"Content-Encoding": "deflate"}, flat),
            Health.FAULTY,
            "127.0.0.1 sent over",
        ),
    )
    padded = feed().encode().replace(b"</rss>", b" " * 12_000_000 + b"</rss>")
    yield (
        "/bomb-behind-news",
        bad(
            Reply(200, XML | bomb, packed(padded)), Health.GARBLED, "only its beginning", finds=True
        ),
    )


def _forms() -> Iterator[tuple[str, Case]]:
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


def _broken() -> Iterator[tuple[str, Case]]:
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


def _hidden() -> Iterator[tuple[str, Case]]:
    names = {
        "tags": "Qa<b>sem</b> Solei<i>ma</i>ni",
        "escaped-tags": "Qasem Solei&lt;b&gt;ma&lt;/b&gt;ni",
        "twice-escaped-tags": "Qasem Solei&amp;lt;b&amp;gt;ma&amp;lt;/b&amp;gt;ni",
        "soft-hyphen": "Qasem Solei&amp;shy;mani",
        "wbr": "Qasem Solei<wbr/>mani",
        "zero-width": "Qasem Solei\u200bma\u200dni",
        "joiner": "Qa\u2060sem Sol\ufeffeimani",
        "override": "\u202dQasem Solei\u202cmani",
        "isolates": "\u2068Qasem\u2069 \u2068Soleimani\u2069",
        "full-width": "Ｑａｓｅｍ Ｓｏｌｅｉｍａｎｉ",
        "look-alike": "Qаsem Sоleimаni",
        "references": "&#81;asem &#x53;oleimani",
        "tatweel": "قاســـم سليمــاني",
        "harakat": "قَاسِم سُلَيْمَانِي",
        "forms": "ﻗﺎﺳﻢ ﺳﻠﻴﻤﺎﻧﻲ",
        "arabic-tags": "قا<b>سم</b> سلي<span class='x'>ما</span>ني",
        "no-break": "Qasem\u00a0Soleimani",
        "lines": "Qasem\n   Soleimani",
        "cdata": "<![CDATA[Qasem <em>Solei</em>mani]]>",
        "cdata-parts": "<![CDATA[Qasem Solei]]><![CDATA[mani]]>",
        "comment": "Qasem Solei<!-- x -->mani",
        "script": "<![CDATA[<script>var x='</p>'</script><style>a{}</style>Qasem Soleimani]]>",
    }
    for kind, name in names.items():
        yield f"/hidden/{kind}", good(feed(f"The general {name} was there."))


def _attacks() -> Iterator[tuple[str, Case]]:
    tens = ((number + 1, f"&l{number};" * 10) for number in range(9))
    laughs = "".join(f"<!ENTITY l{number} '{ten}'>" for number, ten in tens)
    yield (
        "/laughs",
        bad(
            f'<!DOCTYPE r [<!ENTITY l0 "ha">{laughs}]>{feed("&l9;")}', Health.REFUSED, "refused: it"
        ),
    )
    yield (
        "/file-entity",
        bad(f'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>{feed("&x;")}', Health.REFUSED),
    )
    yield "/deep", good("<rss><channel>" + "<a>" * 30_000 + feed())
    many = " ".join(f"a{number}='1'" for number in range(10_000))
    yield "/wide", good(f"<rss {many}>{feed()}")
    yield "/attributes", good(feed(f"<p {many}>{TEXT}</p>"))
    yield "/long-attribute", good(feed(f"<p title='{'x' * 600_000}'>{TEXT}</p>"))
    told = f"<content:encoded>{TEXT}</content:encoded>"
    yield "/comments", good(feed("&lt;!--" * 20_000, told))
    yield "/open-comments", good(feed() + "<!--" * 30_000)
    yield "/open-tags", good(feed() + "<a b='" * 30_000)
    yield "/angles", good(feed(TEXT + " <" * 50_000))
    yield "/ampersands", good(feed(TEXT + "&" * 100_000))
    yield "/spaces", good(feed(TEXT + " " * 600_000))
    yield "/long-word", good(feed(f"{TEXT} {'a' * 200_000}"))
    yield "/marks", good(feed(f"{TEXT} a" + "\u0301" * 100_000))
    yield "/json-deep", bad('{"a":' * 100_000, Health.NOT_A_FEED, "not a feed: broken JSON")
    yield (
        "/json-number",
        bad(
            '{"version": "https://jsonfeed.org/version/1", "items": [' + "9" * 100_000,
            Health.NOT_A_FEED,
        ),
    )
    links = "<link>javascript:alert(1)</link><guid>data:text/html,x</guid>"
    yield "/links", good(feed(more=links))


def _answers() -> Iterator[tuple[str, Case]]:
    yield "/203", good(feed(), status=203)
    yield "/206", good(feed(), status=206)
    for status, health, reason in (
        (204, Health.NOT_A_FEED, "not a feed: the body is empty"),
        (304, Health.FAULTY, "304 although"),
        (400, Health.FAULTY, "400: bad request"),
        (401, Health.BLOCKED, "401: it asks for a password"),
        (403, Health.BLOCKED, "403: it does not let us in"),
        (404, Health.GONE, "404: nothing is there"),
        (410, Health.GONE, "410: it was taken down"),
        (418, Health.FAULTY, "418: "),
        (451, Health.BLOCKED, "451: it is withheld by law"),
        (500, Health.FAULTY, "500: internal server error"),
        (502, Health.FAULTY, "502: bad gateway"),
        (999, Health.FAULTY, "999: a status that HTTP does not know"),
    ):
        yield f"/{status}", bad(Reply(status), health, reason)
    html = "<!doctype html><html><head><title>Log in</title>{}</head><body>x</body></html>"
    yield (
        "/login",
        bad(html.format(""), Health.NOT_A_FEED, 'not a feed: it is a web page, "Log in"'),
    )
    link = "<link rel='alternate' type='application/rss+xml' href='/rss091'>"
    yield "/page", bad(html.format(link), Health.NOT_A_FEED, "not a feed: it is a web page")
    yield "/empty", bad("", Health.NOT_A_FEED, "not a feed: the body is empty")
    yield "/blank", bad(" \n", Health.NOT_A_FEED, "not a feed: the body is empty")
    yield "/json-error", bad('{"error": "slow down"}', Health.NOT_A_FEED, "not a feed: JSON, but")
    yield "/opml", bad("<opml><body/></opml>", Health.NOT_A_FEED, "not a feed: it is a list of")
    yield "/sitemap-index", bad("<sitemapindex/>", Health.NOT_A_FEED, "not a feed: it is an index")
    yield "/binary", bad(bytes(range(256)) * 99, Health.NOT_A_FEED, "not a feed: it begins with")
    yield "/pdf", bad("%PDF-1.7", Health.NOT_A_FEED, "not a feed: it begins with '%PDF-1.7'")
    yield "/reset", bad(Reply(200, XML, b"x", cut=0, reset=True), Health.UNREACHABLE)
    yield (
        "/short",
        bad(
            Reply(200, XML, feed().encode() + b" " * 99, cut=len(feed())),
            Health.GARBLED,
            "only its beginning can be read (1 article): 127.0.0.1 broke the connection off",
            finds=True,
        ),
    )
    yield "/ssh", bad(Reply(raw=b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), Health.UNREACHABLE)
    yield "/nothing", bad(Reply(raw=b""), Health.UNREACHABLE)
    yield "/http09", bad(Reply(raw=feed().encode()), Health.UNREACHABLE)
    yield (
        "/endless",
        bad(Reply(200, XML, b"<rss><channel>" + b" " * 60_000, endless=True), Health.FAULTY),
    )
    yield (
        "/endless-news",
        bad(
            Reply(200, XML, feed().encode() + b" " * 60_000, endless=True),
            Health.GARBLED,
            "only its beginning can be read (167 articles): 127.0.0.1 sent over 10 MB",
            finds=True,
        ),
    )
    body = feed().encode()
    size = f"{len(body):x}".encode()
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    yield (
        "/chunked",
        Case(Reply(raw=chunked + size + b";x=y\r\n" + body + b"\r\n0\r\nT: 1\r\n\r\n")),
    )
    yield "/http10", Case(Reply(raw=b"HTTP/1.0 200 OK\r\n\r\n" + body))
    yield "/no-reason", Case(Reply(raw=b"HTTP/1.1 200\r\n\r\n" + body))
    yield "/line-feeds", Case(Reply(raw=b"HTTP/1.1 200 OK\nX: y\n\n" + body))
    yield (
        "/early-hints",
        Case(
            Reply(
                raw=b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n" + body
            )
        ),
    )
    many = b"".join(b"X-%d: y\r\n" % number for number in range(900))
    yield "/headers", Case(Reply(raw=b"HTTP/1.1 200 OK\r\n" + many + b"\r\n" + body))
    flood = b"HTTP/1.1 200 OK\r\nX: " + b"y" * 600_000
    yield "/long-header", bad(Reply(raw=flood), Health.UNREACHABLE)
    yield "/bad-chunk", bad(Reply(raw=chunked + b"zz\r\n"), Health.UNREACHABLE)
    yield "/silent", bad(Reply(silent=True), Health.SLOW, "no whole answer from 127.0.0.1 within")
    yield "/drip", bad(Reply(200, XML, body, chunk=1, pause=0.2), Health.SLOW, "no whole answer")


def _redirects(server: Server) -> Iterator[tuple[str, Case]]:
    server.script("/target", Reply(200, XML, feed().encode()))
    for status in (301, 302, 303, 307, 308):
        yield f"/to/{status}", Case(Reply(status, {"Location": "/target"}))
    yield "/to/relative", Case(Reply(302, {"Location": "../target"}))
    yield (
        "/to/self",
        bad(Reply(302, {"Location": "/to/self"}), Health.FAULTY, "127.0.0.1 redirects for ever"),
    )
    yield "/to/nowhere", bad(Reply(302), Health.FAULTY, "302: found")
    port = server.port
    private = (
        f"http://127.0.0.2:{port}/", f"http://[::1]:{port}/", f"http://0.0.0.0:{port}/",
        f"http://[::]:{port}/", f"http://127.0.0.1:{port + 1}/", "http://127.0.0.1/",
        "http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/", "http://10.0.0.1/",
        "http://192.168.1.1/", "http://172.16.0.1/", "http://100.64.0.1/", "http://224.0.0.1/",
        "http://2130706433/", "http://0x7f000001/", "http://127.1/", "http://0/",
        "http://[::ffff:10.0.0.1]/", "http://[::ffff:a9fe:a9fe]/", "http://[64:ff9b::a00:1]/",
        "http://[2002:a00:1::]/", "http://[fe80::1]/", "http://me@10.1.1.1:80/",
        "http://0177.0.0.1/", "http://0300.0250.1.1/", "http://me@012.0.0.1:8080/x",
        f"//127.0.0.2:{port}/",
    )  # fmt: skip
    for number, target in enumerate(private):
        yield (
            f"/inside/{number}",
            bad(Reply(302, {"Location": target}), Health.REFUSED, "refused: "),
        )
    others = ("file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/", "data:,x")
    for number, target in enumerate(others):
        yield f"/other/{number}", bad(Reply(302, {"Location": target}), Health.FAULTY, "only http")
