"""What can go wrong between us and another machine, as one error with one of few reasons."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from watcher.errors import WatcherError


class Trouble(StrEnum):
    """Why an exchange came to nothing, in the word that decides what to do about it."""

    REFUSED = "refused"
    UNRESOLVED = "unresolved"
    UNREACHABLE = "unreachable"
    TLS = "tls"
    TIMEOUT = "timeout"
    RESET = "reset"
    TOO_LARGE = "too large"
    UNREADABLE = "unreadable"
    REDIRECTS = "redirects"
    NOT_HTTP = "not http"


class NetworkError(WatcherError):
    """One exchange failed; the message names the host, never the path, which may be a secret.

    Attributes:
        trouble: which kind of failure it was.
    """

    def __init__(self, message: str, *, trouble: Trouble) -> None:
        super().__init__(message)
        self.trouble = trouble

    def anew(self) -> Self:
        """The same error without where it happened, by which it would hold all that was read."""
        return type(self)(str(self), trouble=self.trouble)
