"""Which names of elements mean what, in all the tongues that feeds are written in.

RSS 0.90 to 2.0, RDF, Atom 0.3 and 1.0, Google's news sitemaps, and the modules that publishers add:
Dublin Core, Content, Media RSS, iTunes, Syndication. Sources: the specifications of each, and the
namespaces that are seen in the wild under their names.
"""

from __future__ import annotations

from enum import Enum


class Slot(Enum):
    """What a field of a feed or of an entry is taken for."""

    TITLE = "title"
    LINK = "link"
    GUID = "guid"
    CONTENT = "content"
    SUMMARY = "summary"
    CAPTION = "caption"
    PUBLISHED = "published"
    UPDATED = "updated"
    LANGUAGE = "language"
    ENCLOSURE = "enclosure"
    TTL = "ttl"
    PERIOD = "period"
    FREQUENCY = "frequency"
    REST = "rest"


# A piece of a namespace's address, in lower case, and the short name we give it; "" is the feed's
# own tongue. The first that fits counts.
SPACES = (
    ("search.yahoo.com/mrss", "media"),
    ("tools.search.yahoo.com", "media"),
    ("itunes.com/dtds", "itunes"),
    ("purl.org/rss/1.0/modules/content", "content"),
    ("purl.org/rss/1.0/modules/syndication", "sy"),
    ("purl.org/rss/1.0/modules/", "?"),
    ("purl.org/dc/terms", "dcterms"),
    ("purl.org/dc/", "dc"),
    ("schemas/sitemap-news", "news"),
    ("schemas/sitemap-image", "image"),
    ("schemas/sitemap-video", "video"),
    ("schemas/sitemap/", ""),
    ("w3.org/1999/xhtml", "xhtml"),
    ("22-rdf-syntax-ns", "rdf"),
    ("w3.org/2005/atom", ""),
    ("purl.org/atom/ns", ""),
    ("purl.org/net/rss", ""),
    ("purl.org/rss/1.0", ""),
    ("netscape.com/rdf", ""),
    ("netscape.com/publish", ""),
    ("backend.userland.com", ""),
    ("law.harvard.edu", ""),
    ("channel.netscape.com", ""),
    ("prismstandard.org", "prism"),
    ("w3.org/xml/1998", "xml"),
)

# What a prefix means where nobody says what it means.
PREFIXES = {
    **{name: name for name in ("media", "itunes", "content", "sy", "dc", "dcterms", "news")},
    **{name: name for name in ("image", "video", "rdf", "xhtml", "xml", "prism")},
    **dict.fromkeys(("atom", "atom03", "atom10", "a10", "a", "rss", "rss10", "ns0"), ""),
}

ITEMS = frozenset({"item", "entry", "url"})
ROOTS = frozenset({"rss", "feed", "rdf:rdf", "rdf", "channel", "urlset"})

# Elements whose own titles, links and dates are not those of the entry or feed that they stand in.
FOREIGN = frozenset(
    {
        "source", "image", "textinput", "author", "contributor", "activity:object",
        "activity:target", "items", "cloud", "media:credit", "media:community", "media:player",
        "itunes:owner", "itunes:image", "skipdays",
    }
)  # fmt: skip

# Name: slot, and its rank among the names of the slot; the least counts.
FIELDS: dict[str, tuple[Slot, int]] = {
    "title": (Slot.TITLE, 0),
    "news:title": (Slot.TITLE, 1),
    "dc:title": (Slot.TITLE, 2),
    "dcterms:title": (Slot.TITLE, 3),
    "itunes:title": (Slot.TITLE, 4),
    "media:title": (Slot.TITLE, 5),
    "video:title": (Slot.TITLE, 6),
    "image:title": (Slot.TITLE, 7),
    "link": (Slot.LINK, 0),
    "loc": (Slot.LINK, 0),
    "guid": (Slot.GUID, 0),
    "id": (Slot.GUID, 1),
    "dc:identifier": (Slot.GUID, 2),
    "content:encoded": (Slot.CONTENT, 0),
    "content": (Slot.CONTENT, 0),
    "fulltext": (Slot.CONTENT, 0),
    "fullitem": (Slot.CONTENT, 0),
    "body": (Slot.CONTENT, 0),
    "xhtml:body": (Slot.CONTENT, 0),
    "xhtml:div": (Slot.CONTENT, 0),
    "description": (Slot.SUMMARY, 0),
    "summary": (Slot.SUMMARY, 0),
    "content:description": (Slot.SUMMARY, 0),
    "dc:description": (Slot.SUMMARY, 1),
    "abstract": (Slot.SUMMARY, 1),
    "dcterms:abstract": (Slot.SUMMARY, 2),
    "itunes:summary": (Slot.SUMMARY, 3),
    "itunes:subtitle": (Slot.CAPTION, 0),
    "media:description": (Slot.CAPTION, 0),
    "media:text": (Slot.CAPTION, 0),
    "image:caption": (Slot.CAPTION, 0),
    "video:description": (Slot.CAPTION, 0),
    "pubdate": (Slot.PUBLISHED, 0),
    "published": (Slot.PUBLISHED, 0),
    "issued": (Slot.PUBLISHED, 0),
    "news:publication_date": (Slot.PUBLISHED, 0),
    "dc:date": (Slot.PUBLISHED, 1),
    "dcterms:issued": (Slot.PUBLISHED, 2),
    "prism:publicationdate": (Slot.PUBLISHED, 3),
    "date": (Slot.PUBLISHED, 4),
    "dcterms:created": (Slot.PUBLISHED, 5),
    "created": (Slot.PUBLISHED, 5),
    "updated": (Slot.UPDATED, 0),
    "modified": (Slot.UPDATED, 0),
    "dcterms:modified": (Slot.UPDATED, 1),
    "lastmod": (Slot.UPDATED, 2),
    "lastbuilddate": (Slot.UPDATED, 3),
    "language": (Slot.LANGUAGE, 0),
    "dc:language": (Slot.LANGUAGE, 1),
    "news:language": (Slot.LANGUAGE, 2),
    "enclosure": (Slot.ENCLOSURE, 0),
    "ttl": (Slot.TTL, 0),
    "sy:updateperiod": (Slot.PERIOD, 0),
    "sy:updatefrequency": (Slot.FREQUENCY, 0),
    "hour": (Slot.REST, 0),
}

SHORT = frozenset({Slot.TITLE, Slot.LINK, Slot.GUID, Slot.PUBLISHED, Slot.UPDATED})
"""Fields of one line: where one is not closed, the next field closes it."""


def space_of(address: str) -> str | None:
    """The short name of a namespace; None if it is no business of ours."""
    lower = address.strip().lower()
    return next((name for piece, name in SPACES if piece in lower), None)


def full_name(space: str | None, local: str) -> str:
    """An element's name as `FIELDS` has it: its space's short name, and its own in lower case."""
    if space is None:
        return f"?:{local}"
    return f"{space}:{local}" if space else local
