"""Plain values that remember where they were written."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

Value: TypeAlias = "str | Block | Series | None"
"""What a file holds: text, nothing, a block of keys or a series of values."""

Json: TypeAlias = dict[str, Any]
"""An object of JSON."""


class Mark(NamedTuple):
    """A place in a text: line and column, both counted from 1."""

    line: int
    column: int


TOP = Mark(1, 1)
"""Where a file begins."""


class Block(dict[str, Value]):
    """A mapping as written; `keys_at` and `values_at` say where each key and value starts."""

    __slots__ = ("keys_at", "values_at")

    def __init__(self) -> None:
        super().__init__()
        self.keys_at: dict[str, Mark] = {}
        self.values_at: dict[str, Mark] = {}

    def put(self, key: str, key_at: Mark, value: Value, value_at: Mark) -> None:
        """Add an entry with its places."""
        self[key] = value
        self.keys_at[key] = key_at
        self.values_at[key] = value_at


class Series(list[Value]):
    """A list as written; `items_at` says where each item starts."""

    __slots__ = ("items_at",)

    def __init__(self) -> None:
        super().__init__()
        self.items_at: list[Mark] = []

    def put(self, item: Value, at: Mark) -> None:
        """Add an item with its place."""
        self.append(item)
        self.items_at.append(at)
