"""Secrets that stand openly in the operator's file, kept out of the lines that faults show.

A fault shows its line, and `check` is run where others look on and its output goes into tickets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from watcher.written import Block, Fault, Loaded, Series, Value

_DOT = "•"
_SECRET = frozenset(("secret", "password"))
_ADDRESSES = frozenset((("slack", "webhook"), ("apprise", "url")))
_ONE_OF = frozenset(("env", "file", "credential"))


def veil(faults: Iterable[Fault], loaded: Loaded) -> tuple[Fault, ...]:
    """The faults, with a dot for each character of a secret in the lines they show.

    Whatever the faults are about, and whatever else of the file is wrong: a string is a secret if
    its key says so. Carets stay where they were.
    """
    secrets = sorted(set(_secrets(loaded.value)), key=len, reverse=True)
    return tuple(replace(f, line_text=_veiled(f.line_text, secrets)) for f in faults)


def _veiled(line: str, secrets: Iterable[str]) -> str:
    for secret in secrets:
        line = line.replace(secret, _DOT * len(secret))
    return line


def _secrets(value: Value, path: tuple[str, ...] = ()) -> Iterator[str]:
    if isinstance(value, Series):
        for item in value:
            yield from _secrets(item, path)
    elif isinstance(value, Block):
        for key, inner in value.items():
            if key not in _ONE_OF:
                yield from _secrets(inner, (*path, key))
    elif isinstance(value, str) and value.strip() and _is_secret(path):
        yield from filter(None, map(str.strip, value.splitlines()))


def _is_secret(path: tuple[str, ...]) -> bool:
    return not _SECRET.isdisjoint(path[-1:]) or path[-2:] in _ADDRESSES
