"""Do two articles tell the same story?

News is copied: the same agency text stands in a dozen outlets under other headlines, with another
first sentence, cut shorter, lightly edited. The measure is containment: of all runs of three
folded words, the share of the shorter article's runs that the longer one holds too (Broder 1997,
"On the resemblance and containment of documents", with runs of three).

- Containment, not resemblance, because copies are cut: a two-sentence summary is the same story as
  the whole article.
- Runs of three, because two stories about one person share names and titles ("commander of the
  Quds Force of the Revolutionary Guards" is seven runs at the most) but not sentences, while a word
  changed in a copy costs three runs only: one word in ten changed leaves three quarters.
- Half is the bar, between the two. Under `FEW` runs chance is too strong, so all must be there.

Known limits, on the side of one alert too many: a translation, or a copy rewritten from end to end,
is another story. On the other side: short items of one source whose boilerplate is longer than
their news look alike.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from watcher.article import Article
from watcher.text import tokens

RUN = 3
"""Words in a run."""

ENOUGH = 0.5
"""Share of the shorter article's runs that must be in the other."""

FEW = 8
"""Runs below which all of them must be in the other: ten words are a headline, not a text."""

TELLING = 5
"""Words from which a headline shared by two outlets is no accident."""

LONGEST = 15_000
"""Code points of a text that are looked at, about 2,000 words; more of it adds nothing."""

_TRACKING = re.compile(r"utm_|(?:fbclid|gclid|yclid|mc_[ce]id|igshid)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What is compared of an article.

    Attributes:
        source: the source that told it.
        link: its address without what varies between copies of the address; "" if none.
        title: the folded words of its headline; "" if they are too few to tell.
        runs: each run of three words of headline and text, as a number under 2**32.
    """

    source: str
    link: str
    title: str
    runs: frozenset[int]


def tell(article: Article, runs: frozenset[int] | None = None) -> Story:
    """What the article is compared by; about 4 ms for a thousand words.

    Args:
        article: the article.
        runs: its runs if they were kept, so that its text need not be at hand; else None.
    """
    headline = _words(article.title)
    if runs is None:
        runs = _runs(headline + _words(article.text[:LONGEST]))
    return Story(
        source=article.source,
        link=_bare(article.link),
        title=" ".join(headline) if len(headline) >= TELLING else "",
        runs=runs,
    )


def same_story(one: Story, other: Story) -> bool:
    """Tell whether two articles tell the same story; the order of the two does not matter.

    They do if they have the same address, if two sources give them the same headline (within one
    source that may be a column of that name), or if half the shorter one stands in the longer.
    """
    if one.link and one.link == other.link:
        return True
    if one.title and one.title == other.title and one.source != other.source:
        return True
    return _contained(one.runs, other.runs)


def _contained(one: frozenset[int], other: frozenset[int]) -> bool:
    shorter = min(len(one), len(other))
    if not shorter:
        return False
    share = len(one & other) / shorter
    return share >= (ENOUGH if shorter >= FEW else 1.0)


def _words(text: str) -> list[str]:
    return [token.folded for token in tokens(text)]


def _runs(words: list[str]) -> frozenset[int]:
    # A checksum, since Python's own hash differs from one start to the next.
    return frozenset(
        zlib.crc32(" ".join(words[at : at + RUN]).encode()) for at in range(len(words) - RUN + 1)
    )


def _bare(link: str) -> str:
    """The address without scheme, `www.`, fragment and tracking; "" for what many articles have.

    That is a bare front page, or a record of a file, whose name tells nothing of its words.
    """
    try:
        parts = urlsplit(link.strip())
        if parts.scheme == "file" and "#" in link:
            return ""
        place = f"{parts.netloc.removeprefix('www.').lower()}{parts.path.rstrip('/')}"
    except ValueError:
        return link
    asked = sorted(
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.match(key)
    )
    # Feeds that link every item to their front page would otherwise tell one story only.
    return f"{place}?{urlencode(asked)}" if asked or parts.path.strip("/") else ""
