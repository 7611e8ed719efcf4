"""What a feed says is text: marks that steer a terminal, a log or the direction of reading go.

Zero-width marks stay: Persian needs them, and matching folds them away with a map to the source.
"""

from __future__ import annotations

import re

LINE_MARKS = re.compile("[\x85\u2028\u2029]")
STEERING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters but tab and line ends
    "\u202a-\u202e\u2066-\u2069"  # embeddings, overrides and isolates of direction
    "\ufeff\ufff9-\ufffb\ufffe\uffff]+"  # byte order marks, annotations, non-characters
)
BROKEN = re.compile("[\ud800-\udfff]")  # halves of characters, which no database can store
SPACE = re.compile(r"\s+")


def clean(text: str) -> str:
    """The text without control characters and marks that override its direction.

    Line ends and tabs stay as they are; Unicode's line separators become line feeds.
    """
    return BROKEN.sub("\ufffd", STEERING.sub("", LINE_MARKS.sub("\n", text)))


def one_line(text: str) -> str:
    """Clean text on one line, white space collapsed."""
    return SPACE.sub(" ", clean(text)).strip()
