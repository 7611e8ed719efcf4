"""What may be passed over in a feed, found at the speed of a search instead of mark by mark.

A feed of ten megabytes may hold three million tags, of which nothing is kept but two thousand items
and the beginning of each field. To look at every tag would take ten seconds, which is what a whole
look may cost; from where it is plain that nothing more is kept, only what ends that is looked for.
"""

from __future__ import annotations

import re
from collections import deque
from functools import lru_cache

from watcher.feeds.vocabulary import FIELDS, FOREIGN, ITEMS, ROOTS

ENDS = ITEMS | ROOTS


def next_telling(source: str, at: int) -> int:
    """Where the next tag is, from a place on, that may tell something; the end if there is none."""
    return _find(source, at, TELLING)


def next_item(source: str, at: int) -> int:
    """Likewise the next tag of an item, of the root, or of what is not the item's own."""
    return _find(source, at, OUTER)


def next_end(source: str, at: int, name: str) -> int:
    """Likewise the next tag that ends a field of this name."""
    return _find(source, at, _tags(ENDS, name))


def last_items(source: str, at: int, tag: str, most: int) -> tuple[int, int]:
    """Where the last items of a feed begin, and how many there are before these.

    Args:
        source: the document.
        at: where to begin.
        tag: of an item, as this document writes it.
        most: how many are wanted.

    Returns:
        The place of the first that is wanted, `at` if there are no more than these, and how many
        begin from `at` on and before it.
    """
    items = re.compile(rf"<{re.escape(tag)}(?=[\s/>])", re.IGNORECASE)
    last: deque[int] = deque(maxlen=most)
    count = 0
    for count, found in enumerate(items.finditer(source, at), 1):  # noqa: B007 - how many there are
        last.append(found.start())
    return (last[0], count - most) if count > most else (at, 0)


def _find(source: str, at: int, tags: re.Pattern[str]) -> int:
    found = tags.search(source, at)
    return found.start() if found else len(source)


@lru_cache(maxsize=100)
def _tags(names: frozenset[str], closed: str = "") -> re.Pattern[str]:
    """Tags of these names, of whatever namespace, and what may hide one: comments and CDATA.

    Args:
        names: opening and closing.
        closed: of which only closing tags count.
    """
    named = "|".join(sorted({name.rpartition(":")[2] for name in names}))
    space = r"(?:[A-Za-z_][\w.-]{0,40}:)?"
    ends = rf"|/{space}{closed.rpartition(':')[2]}" if closed else ""
    return re.compile(
        rf"<(?:!--|!\[CDATA\[|(?:/?{space}(?:{named}){ends})(?=[\s/>]))", re.IGNORECASE
    )


OUTER = _tags(ENDS | FOREIGN)
TELLING = _tags(ENDS | FOREIGN | frozenset(FIELDS))
