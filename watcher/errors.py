"""The whole tree of errors.

WatcherError
├── WrittenError     what people write; every fault with file, line, column and what to write
│   ├── RuleError    the analysts' files
│   └── ConfigError  the operator's file
├── FeedError        one source, this time; state, retry_after
├── ListError        an official list, this time; the last one stays
├── NetworkError     one exchange with another machine; trouble (it lives in `watcher.net`)
├── DeliveryError    one channel, this time; channel, retry_after, permanent, suspend
├── UnknownError     there is no such thing: an id or a name that nobody knows
└── StoreError       the database; always chained to its cause

Raised where something cannot go on; a caller at the rim says `except WatcherError` and prints it.
Each message says what, where and what to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta


class WatcherError(Exception):
    """The root: anything watcher raises on purpose."""


class WrittenError(WatcherError):
    """What people wrote cannot be taken as it is; the message lists every fault.

    Attributes:
        faults: each fault by itself (`watcher.written.Fault`); empty if the message is all.
    """

    def __init__(self, message: str, faults: Sequence[object] = ()) -> None:
        super().__init__(message)
        self.faults = tuple(faults)


class RuleError(WrittenError):
    """The analysts' files cannot be taken as they are."""


class ConfigError(WrittenError):
    """The operator's file cannot be taken as it is."""


class FeedError(WatcherError):
    """One source could not be read this time.

    Attributes:
        state: one word for what kind of trouble it is (see `watcher.source.Health`).
        retry_after: how long the other side asked us to wait; None if it did not.
    """

    def __init__(self, message: str, *, state: str, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.state = state
        self.retry_after = retry_after


class ListError(WatcherError):
    """An official list cannot be taken as it is: damaged, cut short, or not what it should be.

    Whatever was taken last stays.
    """


class DeliveryError(WatcherError):
    """One message could not be delivered to one channel this time.

    Attributes:
        channel: the channel's name.
        retry_after: how long the receiver asked us to wait; None if it did not.
        permanent: trying this message again cannot help.
        suspend: the receiver wants nothing from us any more (gone, forbidden).
    """

    def __init__(
        self,
        message: str,
        *,
        channel: str,
        retry_after: timedelta | None = None,
        permanent: bool = False,
        suspend: bool = False,
    ) -> None:
        super().__init__(message)
        self.channel = channel
        self.retry_after = retry_after
        self.permanent = permanent
        self.suspend = suspend


class UnknownError(WatcherError):
    """There is nothing of that id or name; the message says what there is instead."""


class StoreError(WatcherError):
    """The database cannot do what was asked; the cause is chained."""
