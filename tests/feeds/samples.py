"""Feeds for the tests."""

from __future__ import annotations

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>وكالة</title><language>ar</language><ttl>20</ttl>
<item><guid isPermaLink="false">g-1</guid><title>خبر &amp;amp; آخر</title>
<link>https://news.example/1?utm_source=rss</link><pubDate>Fri, 01 May 2026 12:00:00 +0300</pubDate>
<description>short</description>
<content:encoded>
<![CDATA[<p>قاسم <b>سليم</b>اني</p><script>x</script><p>two</p>]]></content:encoded>
</item>
<item><title>second</title><link>https://news.example/2</link>
<description>&lt;p&gt;only this&lt;/p&gt;</description></item>
</channel></rss>
"""


def rss(*items: str) -> bytes:
    """A feed with these items."""
    joined = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0"><channel><title>T</title>{joined}</channel></rss>'.encode()


def hostile() -> bytes:
    """Nine megabytes of tags, which take ten seconds."""
    return b"<rss version='2.0'><channel><title>t</title>" + b"<a>" * 3_000_000
