"""Lengths of time as rules write them."""

from __future__ import annotations

from datetime import timedelta

_UNITS = ((86400, "d"), (3600, "h"), (60, "m"), (1, "s"))


def length(span: timedelta, units: int = 2) -> str:
    """A length of time in its largest units: "2d 3h", "15m"; "0s" for less than a second.

    Args:
        span: not negative; what is less than the smallest unit told is left out.
        units: how many are told.
    """
    seconds = int(span.total_seconds())
    told = []
    for size, unit in _UNITS:
        count, seconds = divmod(seconds, size)
        if count:
            told.append(f"{count}{unit}")
    return " ".join(told[:units]) or "0s"
