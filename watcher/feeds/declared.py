"""The entities that a feed declares for itself: a few letters are put in, what grows is refused.

Old feeds declare the signs of HTML; attacks declare entities made of entities, or files. Only one
that stands for plain letters is replaced, once, so that a feed never grows by more than its share.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from watcher.errors import FeedError
from watcher.feeds.tags import resolve
from watcher.source import Health

SUBSET = re.compile(r"<!DOCTYPE\b[^>\[]*\[|<!ENTITY\b", re.IGNORECASE)
ENTITY = re.compile(
    r"""<!ENTITY\s+(?:(%)\s+)?([^\s"'<>%]{1,100})\s+(?:"([^"]*)"|'([^']*)'|([^<>]*))\s*>""",
    re.IGNORECASE,
)
PUBLIC_SETS = re.compile(r"""PUBLIC\s+["']-//W3C//ENTITIES """, re.IGNORECASE)
LONGEST = 200  # characters that one may stand for; names and signs have fewer
MOST = 300  # HTML has 252
REPLACED = 10_000  # references to them in one feed
REFERENCE = re.compile(r"&([^\s&;#<>]{1,100});")


def declared_entities(head: str) -> dict[str, str]:
    """What each entity stands for that a document declares before its root.

    Raises:
        FeedError: one stands for others, for a file, or for very much; or there are very many.
    """
    if not SUBSET.search(head):
        return {}
    found: dict[str, str] = {}
    for number, (percent, name, double, single, elsewhere) in enumerate(ENTITY.findall(head)):
        value = double or single
        if elsewhere.strip() and not (percent and PUBLIC_SETS.match(elsewhere)):
            raise _refusal("of another file")
        if number >= MOST or len(value) > LONGEST:
            raise _refusal("without measure")
        if "%" in value or REFERENCE.search(resolve(value)):
            raise _refusal("made of entities")
        if not percent:
            found.setdefault(name, value)
    return found


def expand(text: str, entities: Mapping[str, str]) -> str:
    """The text with these entities replaced, the first ten thousand times."""
    if not entities:
        return text
    return REFERENCE.sub(lambda match: entities.get(match[1], match[0]), text, REPLACED)


def _refusal(kind: str) -> FeedError:
    message = f"refused: it declares entities {kind}, which no feed needs and attacks are made of"
    return FeedError(message, state=Health.REFUSED)
