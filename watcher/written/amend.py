"""Adding to a list in a YAML file, and touching nothing else of it.

The file is somebody's: comments, layout, quotes and order stay to the letter. Only what is added is
written, in the style of its surroundings. The result is read again, and if anything but the one
list has changed by that (an alias that stands elsewhere, a layout we did not think of), it is
refused.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from watcher.written.load import load
from watcher.written.value import Block, Series, Value

Added: TypeAlias = "str | Mapping[str, Added] | Sequence[Added]"
"""What can be added: text, a block of keys, a list."""

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_PLAIN = re.compile(r"[^\W\d_](?:[\w’.-]| (?=\w))*")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off"})
_BREAK = re.compile("\r\n|\n|\r")
_REMARK = re.compile("( *)#[^\r\n]*(?:\r\n|[\r\n]|\\Z)")
_HIDDEN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Spot:
    """A list in a file.

    Attributes:
        path: the keys and positions that lead to the block that holds it; empty for the file.
        key: the list's key; it need not be there.
        behind: keys behind which it is put if it is not there, the best first.
    """

    path: tuple[str | int, ...]
    key: str
    behind: tuple[str, ...] = ()


def amend(text: str, spot: Spot, items: Sequence[Added]) -> str | None:
    """The text of a file with items added to a list; None if that is not safe as it is written.

    Args:
        text: the file's; it can be read.
        spot: the list; what stands there by itself becomes the first of its items.
        items: what is added; what stands there already is left out.
    """
    before = load("", text).value
    wanted, missing = _wanted(before, spot, items)
    if wanted is None:
        return None
    if not missing:
        return text
    try:
        changed = _Editor(text).add(spot, missing)
    except (_Strange, yaml.YAMLError):
        return None
    loaded = load("", changed)
    return changed if not loaded.faults and loaded.value == wanted else None


def write_line(value: Added) -> str:
    """A value in one line, as it may stand in any list."""
    match value:
        case str():
            return _scalar(value)
        case Mapping():
            return f"{{{', '.join(f'{key}: {write_line(held)}' for key, held in value.items())}}}"
        case _:
            return f"[{', '.join(map(write_line, value))}]"


def show_lines(key: str, items: Sequence[Added], indent: str = "") -> list[str]:
    """A key with its list, in lines of their own, as people write it."""
    if all(isinstance(item, str) for item in items):
        return [f"{indent}{key}: {write_line(items)}"]
    dashed = [line for item in items for line in _dashed(item, f"{indent}  ")]
    return [f"{indent}{key}:", *dashed]


class _Strange(Exception):  # noqa: N818 - not an error, only the way out
    """The file is written in a way that we do not add to."""


class _Editor:
    """Finds in a text where something is to be added; the adapter to PyYAML's nodes."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in _BREAK.finditer(text))]
        first = _BREAK.search(text)
        self._newline = first[0] if first else "\n"
        self._root: Any = yaml.compose(text.removeprefix("\ufeff"), Loader=_LOADER)
        self._shift = len(text) - len(text.removeprefix("\ufeff"))

    def add(self, spot: Spot, items: Sequence[Added]) -> str:
        """The text with the items added."""
        node = self._root
        if node is None:
            return self._put(len(self._text), show_lines(spot.key, items, ""))
        for step in spot.path:
            node = _step(node, step)
        for key, held in node.value:
            if key.value == spot.key:
                return self._extend(key, held, items)
        return self._new(node, spot, items)

    def _new(self, node: yaml.MappingNode, spot: Spot, items: Sequence[Added]) -> str:
        """A key with a list, in a block that has no such key."""
        if node.flow_style:
            return self._close(node, f"{spot.key}: {write_line(items)}")
        column = node.start_mark.column
        if not spot.path:
            return self._put(len(self._text), show_lines(spot.key, items, " " * column))
        known = {key.value: held for key, held in node.value}
        anchor = next((known[key] for key in spot.behind if key in known), None)
        if anchor is None:
            raise _Strange
        at = self._remarks_end(self._line_end(anchor), column)
        return self._put(at, show_lines(spot.key, items, " " * column))

    def _extend(self, key: yaml.Node, held: yaml.Node, items: Sequence[Added]) -> str:
        """More items for a list that is there, or for what stands in its place."""
        if isinstance(held, yaml.SequenceNode):
            if held.flow_style:
                return self._close(held, ", ".join(map(write_line, items)))
            indent = " " * held.start_mark.column
            added = [line for item in items for line in _dashed(item, indent)]
            return self._put(self._line_end(held), added)
        if not isinstance(held, yaml.ScalarNode) or held.style in {"|", ">"}:
            raise _Strange
        if not held.style and held.value in {"", "~", "null"}:
            begin = self._text.index(":", self._at(key.end_mark)) + 1
            end = begin if not held.value else self._at(held.end_mark)
            return f"{self._text[:begin]} {write_line(items)}{self._text[end:]}"
        begin, end = self._at(held.start_mark), self._at(held.end_mark)
        return f"{self._text[:begin]}{write_line([held.value, *items])}{self._text[end:]}"

    def _close(self, node: yaml.Node, added: str) -> str:
        """Something more before the bracket that closes a node."""
        end = self._at(node.end_mark) - 1
        inside = self._text[:end].rstrip()
        comma = "" if inside.endswith((",", "[", "{")) else ","
        gap = "" if inside.endswith(("[", "{")) else " "
        return f"{inside}{comma}{gap}{added}{self._text[len(inside) :]}"

    def _put(self, at: int, added: Sequence[str]) -> str:
        """Lines of their own behind the one that ends here."""
        before, after = self._text[:at], self._text[at:]
        if before and not before.endswith(("\n", "\r")):
            before += self._newline
        return f"{before}{''.join(f'{line}{self._newline}' for line in added)}{after}"

    def _line_end(self, node: yaml.Node) -> int:
        """Where the line begins behind the one on which a value ends, with comments behind it."""
        while isinstance(node, yaml.CollectionNode) and not node.flow_style:
            last = node.value[-1]
            node = last[1] if isinstance(last, tuple) else last
        mark = node.end_mark
        is_over = isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}
        line = mark.line + (not is_over or mark.column > 0)
        return self._starts[line] if line < len(self._starts) else len(self._text)

    def _remarks_end(self, at: int, column: int) -> int:
        """Where the comments end that stand here, further in than a column."""
        while remark := _REMARK.match(self._text, at):
            if len(remark[1]) <= column:
                break
            at = remark.end()
        return at

    def _at(self, mark: yaml.Mark) -> int:
        shift = self._shift if mark.line == 0 else 0
        return self._starts[mark.line] + mark.column + shift


def _wanted(before: Value, spot: Spot, items: Sequence[Added]) -> tuple[Value, tuple[Added, ...]]:
    """What the file shall say, and which items are missing; None if there is no such place."""
    wanted: Any = Block() if before is None and not spot.path else copy.deepcopy(before)
    place = wanted
    for step in spot.path:
        if not isinstance(place, Block | Series):
            return None, ()
        try:
            place = place[step]  # type: ignore[index]
        except (KeyError, IndexError):
            return None, ()
    if not isinstance(place, Block):
        return None, ()
    held = place.get(spot.key)
    there: list[Any] = list(held) if isinstance(held, Series) else [held] if held else []
    missing = tuple(each for item in items if (each := _plain(item)) not in there)
    place[spot.key] = [*there, *missing]  # type: ignore[assignment]
    return wanted, missing


def _plain(value: Added) -> Any:
    """A value as it will be read."""
    match value:
        case str():
            return value
        case Mapping():
            return {key: _plain(held) for key, held in value.items()}
        case _:
            return [_plain(held) for held in value]


def _step(node: Any, step: str | int) -> Any:
    """What a step leads to; the values have shown that it leads somewhere."""
    if isinstance(node, yaml.MappingNode):
        return next(held for key, held in node.value if key.value == step)
    return node.value[step]


def _dashed(item: Added, indent: str) -> list[str]:
    """An item of a block list, in lines."""
    keys = item.items() if isinstance(item, Mapping) else ()
    first, *rest = [f"{key}: {write_line(held)}" for key, held in keys] or [write_line(item)]
    return [f"{indent}- {first}", *(f"{indent}  {line}" for line in rest)]


def _scalar(text: str) -> str:
    """Text as it can stand in any list: bare if that is safe, else in double quotes."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
