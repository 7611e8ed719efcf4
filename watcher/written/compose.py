"""A YAML parser's events to plain values, within bounds.

PyYAML's own composer takes self references and duplicate keys without a word and recurses as deep
as a file tells it to. Taking the events one by one costs no more time (0.3 s for 5,000 entities)
and lets each of these be refused where it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from watcher.written.fault import Fault, Place
from watcher.written.source import Source
from watcher.written.value import TOP, Block, Mark, Series, Value

DEPTH = 32
"""Blocks within blocks; the house's own files need seven."""

VALUES = 1_000_000
"""Values of one file after its aliases are followed; two seconds' work."""

_PARSER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NOTHING = frozenset({"", "~", "null"})


class Refused(Exception):  # noqa: N818 - not an error of the program, only the way out of the depth
    """The file cannot be read on; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


@dataclass(frozen=True, slots=True)
class _Anchor:
    value: Value
    values: int


class Composer:
    """Reads one document.

    Attributes:
        faults: what is wrong but did not stop the reading.
        quoted: numbers of the lines that lie inside quoted or literal text.
    """

    def __init__(self, source: Source) -> None:
        self.faults: list[Fault] = []
        self.quoted: set[int] = set()
        self._source = source
        self._parser = _PARSER(source.text)
        self._anchors: dict[str, _Anchor | None] = {}
        self._values = 0

    def document(self) -> tuple[Value, Mark]:
        """The one document of the file and where it begins; None if there is none.

        Raises:
            Refused: the file holds something that ends the reading.
            yaml.YAMLError: the parser's own complaint.
        """
        self._next()
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            return None, TOP
        first = self._next()
        value = self._value(first, 1)
        self._next()
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            raise self._refused(
                after, 'a second document begins here ("---")', "keep one document in a file"
            )
        return value, _mark(first)

    def _next(self) -> Any:
        return self._parser.get_event()

    def _value(self, event: Any, depth: int) -> Value:
        self._count(event, 1)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if depth > DEPTH:
            raise self._refused(event, f"nested deeper than {DEPTH} levels", "")
        return self._collection(event, depth)

    def _count(self, event: Any, more: int) -> None:
        self._values += more
        if self._values > VALUES:
            raise self._refused(
                event,
                f"the file holds more than {VALUES:,} values, those of its aliases counted",
                "split it, and write out what aliases repeat",
            )

    def _scalar(self, event: Any) -> str | None:
        self._check_tag(event)
        text = str(event.value)
        plain = event.style in {None, ""}
        value = None if plain and text in _NOTHING else text
        if not plain:
            last = event.end_mark.line + (event.end_mark.column > 0)
            self.quoted.update(range(event.start_mark.line + 2, last + 1))
        if event.anchor:
            self._anchors[event.anchor] = _Anchor(value, 1)
        return value

    def _alias(self, event: Any) -> Value:
        if event.anchor not in self._anchors:
            raise self._refused(
                event,
                f"*{event.anchor} stands for nothing: &{event.anchor} is not written above it",
                f'put text that begins with "*" in quotes: "*{event.anchor}"',
            )
        anchor = self._anchors[event.anchor]
        if anchor is None:
            raise self._refused(event, f"*{event.anchor} stands within itself", "write it out")
        self._count(event, anchor.values)
        return anchor.value

    def _collection(self, event: Any, depth: int) -> Block | Series:
        self._check_tag(event)
        before = self._values
        if event.anchor:
            self._anchors[event.anchor] = None
        is_block = isinstance(event, yaml.MappingStartEvent)
        value = self._block(depth) if is_block else self._series(depth)
        if event.anchor:
            self._anchors[event.anchor] = _Anchor(value, self._values - before + 1)
        return value

    def _series(self, depth: int) -> Series:
        series = Series()
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            series.put(self._value(event, depth + 1), _mark(event))
        return series

    def _block(self, depth: int) -> Block:
        block = Block()
        while not isinstance(at_key := self._next(), yaml.MappingEndEvent):
            key = self._key(at_key, block, depth)
            at_value = self._next()
            value = self._value(at_value, depth + 1)
            if key is not None:
                block.put(key, _mark(at_key), value, _mark(at_value))
        return block

    def _key(self, event: Any, block: Block, depth: int) -> str | None:
        """The text of a key; None, with a fault told, if the entry must be left out."""
        if not isinstance(event, yaml.ScalarEvent):
            self._value(event, depth + 1)
            self._tell(event, "a key must be plain text", 'write "key: value"')
            return None
        self._scalar(event)
        key = str(event.value)
        if not key:
            self._tell(event, "a key is missing before this colon", 'write "key: value"')
            return None
        if key == "<<":
            self._tell(event, 'merge keys ("<<") are not read', "write the keys out")
            return None
        if key in block:
            first = block.keys_at[key].line
            self._tell(
                event, f'the key "{key}" stands twice; first on line {first}', "keep one of them"
            )
            return None
        return key

    def _check_tag(self, event: Any) -> None:
        if event.tag is not None:
            self._tell(event, f'the tag "{event.tag}" is not read', "take the tag away")

    def _tell(self, event: Any, message: str, hint: str) -> None:
        self.faults.append(self._place(event).fault(message, hint))

    def _refused(self, event: Any, message: str, hint: str) -> Refused:
        return Refused(self._place(event).fault(message, hint))

    def _place(self, event: Any) -> Place:
        return self._source.place(*_mark(event))


def _mark(event: Any) -> Mark:
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)
