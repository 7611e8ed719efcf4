"""What a host lets robots read: robots.txt as RFC 9309 has it.

Written here because Python's own reader knows no wildcards and takes the first rule that fits,
where the standard takes the longest. Nothing costs more than its length, whatever the file holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile
from urllib.parse import quote, unquote, urlsplit

LARGEST = 500_000  # bytes that are read of it; RFC 9309, 2.5 asks for 500 KiB at least
RULES = 5000
LONGEST_DELAY = timedelta(minutes=1)
DELAY = re.compile(r"\d{1,6}(\.\d{1,3})?", re.ASCII)
AGENT = "watcher"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line: a beginning of paths, with `*` for anything and `$` for the end."""

    pattern: str
    allows: bool

    def fits(self, path: str) -> bool:
        """Whether a path begins as the pattern says."""
        first, *others = self.pattern.removesuffix("$").split("*")
        if not path.startswith(first):
            return False
        at = len(first)
        for part in others:
            found = path.find(part, at)
            if found < 0:
                return False
            at = found + len(part)
        if not self.pattern.endswith("$"):
            return True
        last = others[-1] if others else first
        return path.endswith(last) and (bool(others) or path == first)


@dataclass(frozen=True, slots=True)
class Robots:
    """What is meant for us in a robots.txt; without rules everything may be read.

    Attributes:
        rules: in the order of the file.
        delay: least time between two requests; None if it does not say.
    """

    rules: tuple[Rule, ...] = ()
    delay: timedelta | None = None

    def allow(self, url: str) -> bool:
        """Whether an address may be read: the longest rule counts, of equals one that allows."""
        path = _path(url)
        fitting = [rule for rule in self.rules if rule.fits(path)]
        best = max(fitting, key=lambda rule: (len(rule.pattern), rule.allows), default=None)
        return best is None or best.allows


def parse_robots(text: str, agent: str = AGENT) -> Robots:
    """Read what is meant for one robot: the groups that name it, or else those for all.

    Args:
        text: the file; what is no line of it is passed over.
        agent: the robot's name, without its version.
    """
    groups = list(_groups(text))
    own = [lines for agents, lines in groups if agent in agents]
    lines = own or [lines for agents, lines in groups if "*" in agents]
    return _robots(line for group in lines for line in group)


def _groups(text: str) -> Iterator[tuple[list[str], list[tuple[str, str]]]]:
    """Each group: the robots it names, in lower case, and its lines as key and value."""
    agents: list[str] = []
    lines: list[tuple[str, str]] = []
    for key, value in _lines(text):
        if key == "user-agent":
            if lines:
                yield agents, lines
                agents, lines = [], []
            agents.append(_product(value))
        elif key in {"allow", "disallow", "crawl-delay"} and agents:
            lines.append((key, value))
    if agents:
        yield agents, lines


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield key.strip().lower(), value.strip()


def _product(value: str) -> str:
    """The name of a robot without its version, in lower case."""
    if value == "*":
        return value
    letters = takewhile(lambda char: char.isascii() and (char.isalpha() or char in "-_"), value)
    return "".join(letters).lower()


def _robots(lines: Iterable[tuple[str, str]]) -> Robots:
    rules: list[Rule] = []
    delay = None
    for key, value in lines:
        if key == "crawl-delay":
            if DELAY.fullmatch(value):
                delay = min(timedelta(seconds=float(value)), LONGEST_DELAY)
        elif value and len(rules) < RULES:
            rules.append(Rule(_spelt(re.sub(r"\*+", "*", value)), allows=key == "allow"))
    return Robots(tuple(rules), delay)


def _path(url: str) -> str:
    parts = urlsplit(url)
    return _spelt(f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}")


def _spelt(path: str) -> str:
    """A path in one spelling: what need not be escaped is not, and all else is."""
    return quote(unquote(path, errors="surrogateescape"), safe="/*$?=&;:@,+!~'()", errors="replace")
