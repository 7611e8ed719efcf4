"""One line of a watchlist of JSON lines, before anybody asks whether its names can be used."""

from __future__ import annotations

from typing import Any, NamedTuple

_KEYS = {
    "names": "names",
    "weak_names": "weak_names",
    "short": "short",
    "context": "context",
    "exclude": "not",
    "tags": "tags",
}
"""The fields that hold texts, and their keys."""


class Record(NamedTuple):
    """What a line says; keys that are not named here pass."""

    id: str
    names: tuple[str, ...] = ()
    weak_names: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    kind: str | None = None


def plain(value: object) -> Record | None:
    """A line that is just as it should be; None for any other, which `odd` reads or refuses.

    Args:
        value: what JSON holds, without half characters.
    """
    if type(value) is not dict:
        return None
    ident, kind = value.get("id"), value.get("kind")
    if type(ident) is int:
        ident = str(ident)
    if not isinstance(ident, str) or not ident.isprintable() or not ident.strip():
        return None
    found = {name: _texts(value.get(key)) for name, key in _KEYS.items()}
    texts = {name: several for name, several in found.items() if several is not None}
    if len(texts) < len(found) or not (kind is None or isinstance(kind, str)):
        return None
    return Record(" ".join(ident.split()), **texts, kind=kind)


def _texts(value: Any) -> tuple[str, ...] | None:
    """Texts as a list, as one, or none at all; None if they are something else."""
    if isinstance(value, str):
        return (value,)
    if value is None:
        return ()
    if isinstance(value, list) and all(isinstance(text, str) for text in value):
        return tuple(value)
    return None
