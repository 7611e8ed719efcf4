"""Pages made to cost whoever takes them apart hours or gigabytes.

The parser of crawled pages is quadratic in the elements that are open at once and in the attributes
of one tag, and it opens formatting that was never closed again in each paragraph, as the standard
asks. What a page may cost is bounded here before it is parsed, in time linear to its length. Only
upper bounds are taken, from every "<" on that may begin a tag, so nothing in a comment, a script or
a quoted value hides what the parser will see. A page that people read and that still looks
so is no loss: our own reader takes it.
"""

from __future__ import annotations

import re

from resiliparse.parse.html import HTMLTree

MOST_TAGS = 30_000
"""Of a page; long articles of encyclopedias have twenty thousand. Each of them may be open, which
costs a second or two at worst."""

MOST_ATTRIBUTES = 500
"""Of a tag; 8,000 of one tag cost a tenth of a second, and their square."""

MOST_REOPENED = 300_000
"""Times formatting may be opened again, if no kind of it is ever closed: some 400 MB."""

DEEPEST = 256
"""Elements open at once; browsers stop at 512."""

_TAG = re.compile(r"</?([A-Za-z][^ \t\n\f\r/>]*+)")
# Attributes as the standard's tokenizer takes them (HTML, 13.2.5.32 to 13.2.5.39).
_ATTRIBUTE = r"""[ \t\n\f\r/]*+[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+"""
_VALUE = r"""(?:[ \t\n\f\r]*+=[ \t\n\f\r]*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^ \t\n\f\r>]*+))?+"""
_ATTRIBUTES = re.compile(rf"(?:{_ATTRIBUTE}{_VALUE}){{0,{MOST_ATTRIBUTES}}}+({_ATTRIBUTE})?+")
_FORMATTING = frozenset(
    ["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
"""What is opened again (HTML, 13.2.4.3), three of a kind at most; of links there is one at most."""
_REPEATED = 3
_TOO_DEEP = ">".join("*" * (DEEPEST + 1))


def is_trap(source: str) -> bool:
    """Whether parsing a page may cost more than any page costs that people read."""
    tags = 0
    kinds: set[str] = set()
    left = 2 * len(source)  # so much the tags have together, but for those within others
    for tag in _TAG.finditer(source):
        tags += 1
        attributes = _ATTRIBUTES.match(source, tag.end())
        end = attributes.end() if attributes else tag.end()
        left -= end - tag.end()
        if tag[1].lower() in _FORMATTING:
            kinds.add(source[tag.start() : end])
        if tags > MOST_TAGS or left < 0 or (attributes and attributes[1]):
            return True
    return _REPEATED * len(kinds) * tags > MOST_REOPENED


def is_deep(tree: HTMLTree) -> bool:
    """Whether elements lie deeper in each other than on any page that people read."""
    return tree.document is not None and tree.document.query_selector(_TOO_DEEP) is not None
