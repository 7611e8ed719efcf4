"""What every source says of itself: the same words, taken from its settings."""

from __future__ import annotations

from datetime import timedelta
from typing import Generic, Protocol, TypeVar


class Named(Protocol):
    """Settings of whatever is looked at again and again."""

    @property
    def key(self) -> str:
        """What identifies it across restarts and renames."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def every(self) -> timedelta:
        """How long between two looks."""


S_co = TypeVar("S_co", bound=Named, covariant=True)


class Called(Generic[S_co]):
    """What goes by the words of its settings.

    Attributes:
        settings: what the operator's file says of it.
    """

    settings: S_co

    @property
    def key(self) -> str:
        """What identifies it among the sources."""
        return self.settings.key

    @property
    def name(self) -> str:
        """As the operator calls it."""
        return self.settings.name

    @property
    def every(self) -> timedelta:
        """As the operator says."""
        return self.settings.every


class Known(Called[S_co]):
    """A source that goes by its settings."""

    def __init__(self, settings: S_co) -> None:
        self.settings = settings

    @property
    def longest(self) -> timedelta:
        """The same interval: it has but one."""
        return self.every

    @property
    def full_text(self) -> bool:
        """No: what it brings is whole."""
        return False
