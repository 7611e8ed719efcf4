"""How many of something there are, in words."""

from __future__ import annotations


def amount(number: int, one: str, more: str = "") -> str:
    """A number with its word, such as "1 alert" and "2,000 alerts".

    Args:
        number: how many.
        one: the word for one of them.
        more: that for several; `one` with an s unless said.
    """
    return f"{number:,} {one if number == 1 else more or one + 's'}"
