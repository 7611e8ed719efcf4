"""All paths of the hostile server."""

from __future__ import annotations

from tests.feeds.hostile.answers import answers
from tests.feeds.hostile.attacks import attacks
from tests.feeds.hostile.case import Case
from tests.feeds.hostile.forms import broken, forms
from tests.feeds.hostile.hidden import hidden
from tests.feeds.hostile.letters import letters
from tests.feeds.hostile.packing import packing
from tests.feeds.hostile.redirects import redirects
from tests.servers import Server


def cases(server: Server) -> dict[str, Case]:
    """Every path and what must come of it; scripts that the paths need beside are written too."""
    found = dict(
        [
            *letters(),
            *packing(),
            *forms(),
            *broken(),
            *hidden(),
            *attacks(),
            *answers(),
            *redirects(server),
        ]
    )
    for path, case in found.items():
        server.script(path, case.reply)
    return found
