"""Times as the database keeps them: whole milliseconds, of dates since the epoch in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def to_ms(at: datetime) -> int:
    """An aware time as epoch milliseconds; what is finer than that is cut off."""
    return (at - _EPOCH) // _MILLISECOND


def from_ms(ms: int) -> datetime:
    """The time, aware, in UTC."""
    return _EPOCH + ms * _MILLISECOND


def to_ms_or_none(at: datetime | None) -> int | None:
    """As `to_ms`; None stays None."""
    return None if at is None else to_ms(at)


def from_ms_or_none(ms: int | None) -> datetime | None:
    """As `from_ms`; None stays None."""
    return None if ms is None else from_ms(ms)


def span_to_ms(span: timedelta | None) -> int | None:
    """A length of time in milliseconds; None stays None."""
    return None if span is None else span // _MILLISECOND


def span_from_ms(ms: int | None) -> timedelta | None:
    """The length of time; None stays None."""
    return None if ms is None else ms * _MILLISECOND
