"""A small chart for the terminal: one row a thing, with a bar as long as the thing is many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")
_WIDEST = 40
"""Columns of the longest bar."""


def chart(rows: Mapping[str, tuple[int, str]]) -> Iterator[str]:
    """Rows of a chart.

    Args:
        rows: by name, in order, how many there are, and a note behind the number ("" for none).
    """
    longest = max(map(len, rows), default=0)
    most = max((count for count, _ in rows.values()), default=0)
    for name, (count, note) in rows.items():
        told = (f"  {name:<{longest}}", bar(count, most), str(count), note)
        yield " ".join(filter(None, told))


def bar(count: int, most: int) -> str:
    """A bar of blocks, exact to an eighth of a column; whatever is not zero shows.

    Args:
        count: how many there are.
        most: how many the longest bar stands for.
    """
    eighths = max(round(_WIDEST * 8 * count / most), 1) if count else 0
    whole, rest = divmod(eighths, 8)
    return "█" * whole + _EIGHTHS[rest]
