"""The road to an alert on a screen: a sign, a sentence, and what it is made of below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from watcher.alerts import Change, Road, Step, digits, isolate, sureness, tidy

_SIGNS = {True: "✓", False: "✗", None: "·"}
_COLOURS = {True: "\x1b[32m", False: "\x1b[31m", None: "\x1b[2m"}
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


def verdict(road: Road) -> str:
    """Whom it is about and what came of it, in one line."""
    return f"{isolate(tidy(road.entity.name))} ({road.entity.id}) · {_came(road)}"


def _came(road: Road) -> str:
    if road.sent:
        return f"alert by {', '.join(branch.rule.id for branch in road.sent)}"
    if road.raised:
        reasons = {branch.judged.decision.reason for branch in road.raised if branch.judged}
        return f"alert held: {', '.join(sorted(reasons))}"
    return "found, no alert" if road.trace.mentions else "not found"


def lines(steps: Iterable[Step], *, colour: bool, depth: int = 0) -> Iterator[str]:
    """Steps, each in a line with its sign."""
    for step in steps:
        sign = _SIGNS[step.holds]
        if colour:
            sign = f"{_COLOURS[step.holds]}{sign}{_PLAIN}"
        yield f"{'  ' * depth}{sign} {step.says}"
        yield from lines(step.steps, colour=colour, depth=depth + 1)


def told_changes(changes: Iterable[Change]) -> Iterator[str]:
    """Changes, each in a line with how sure the entity is then."""
    for change in changes:
        then = ""
        if change.score is not None:
            then = f" → {sureness(change.score)} {digits(change.score)}"
        yield f"  {tidy(str(change))}{then}"


def bold(text: str, *, colour: bool) -> str:
    """A headline."""
    return f"{_BOLD}{text}{_PLAIN}" if colour else text
