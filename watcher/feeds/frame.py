"""How the daemon and its parsing processes part one message from the next."""

from __future__ import annotations

import struct

REQUEST = struct.Struct(">II")  # lengths of the description and of the body
REPLY = struct.Struct(">I")

PAGE = "page"  # the task of a description that asks for an article's page instead of a feed
