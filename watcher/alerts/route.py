"""Which channels hear of an alert."""

from __future__ import annotations

from watcher.watchlist.rule import Rule


def route(rule: Rule) -> tuple[str, ...]:
    """The channels that the rule sends to, each once, in the order the analyst wrote them."""
    return tuple(dict.fromkeys(rule.send_to))
