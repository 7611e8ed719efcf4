"""Who gives a command, for the record."""

from __future__ import annotations

import getpass
import os


def who() -> str:
    """The name of the person at the keyboard, that behind sudo too; the user's number without."""
    try:
        return os.environ.get("SUDO_USER") or getpass.getuser()
    except (KeyError, OSError):  # a user who has no name, as in a container
        return f"user {os.getuid()}"
