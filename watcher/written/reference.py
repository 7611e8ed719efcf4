"""A JSON Schema of ours as a page for people: every block with a table of its keys."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from watcher.written.value import Json

_HEAD = "| key | what may stand there | what it is for | if it is missing |\n|---|---|---|---|"


class _Told(NamedTuple):
    """A block that is to be told, and what leads to it."""

    path: tuple[str, ...]
    block: Json


def reference(schema: Json) -> str:
    """The blocks of a file in Markdown, the outermost first, each told once.

    Args:
        schema: made by `json_schema`.
    """
    definitions: Json = schema["definitions"]
    parts = [f"## {schema['title']}\n\n{_table(schema, definitions)}"]
    told: set[str] = set()
    waiting = deque(_inside(_Told((), schema), definitions, told))
    while waiting:
        each = waiting.popleft()
        parts.append(f"### {' › '.join(each.path)}\n\n{_table(each.block, definitions)}")
        waiting += _inside(each, definitions, told)
    return "\n\n".join(parts) + "\n"


def _table(block: Json, definitions: Json) -> str:
    required = block.get("required", ())
    rows = (
        f"| `{key}` | {_kind(each, definitions)} | {_cell(each['description'])}"
        f" | {'a fault' if key in required else _default(each)} |"
        for key, each in block["properties"].items()
    )
    return "\n".join((_cell(block["description"]), "", _HEAD, *rows))


def _inside(told: _Told, definitions: Json, known: set[str]) -> Iterator[_Told]:
    """The blocks that a block leads to, those left out that are known."""
    for key, each in told.block["properties"].items():
        for steps, name in _blocks(each, definitions):
            if name not in known:
                known.add(name)
                yield _Told((*told.path, f"`{key}`", *steps), _block(definitions[name]))


def _block(definition: Json) -> Json:
    """The definition of a block that may be written in other ways too, without those."""
    block: Json = next(way for way in definition.get("anyOf", (definition,)) if "properties" in way)
    return block


def _default(each: Json) -> str:
    """What stands for a key that is missing; "" if nothing does, or an empty text."""
    told = str(each.get("default", "")).lower()
    return f"`{told}`" if told else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _ways(each: Json, definitions: Json) -> list[Json]:
    """The ways in which a value may be written, nothing left aside."""
    ways = [way for key in ("anyOf", "oneOf", "allOf") for way in each.get(key, ())]
    if "$ref" in each:
        ways = [
            way for way in _meant(each, definitions).get("anyOf", ()) if "properties" not in way
        ]
        return [each, *ways]
    flat = [inner for way in ways for inner in _ways(way, definitions)] if ways else [each]
    return [way for way in flat if way != {"type": "null"}]


def _kind(each: Json, definitions: Json) -> str:
    """What may stand there, in words."""
    one, items = _kinds(each, definitions)
    told = " or ".join(one)
    if not items:
        return told
    if not one:
        return f"list: {' or '.join(items)}"
    rest = "" if items <= one else f": {' or '.join(items)}"
    return f"{told}, or a list{rest}"


def _kinds(each: Json, definitions: Json) -> tuple[AbstractSet[str], AbstractSet[str]]:
    """What may stand there by itself, and what in a list; in their order."""
    one: dict[str, None] = {}
    items: dict[str, None] = {}
    for way in _ways(each, definitions):
        if way.get("type") == "array":
            items |= dict.fromkeys(_kinds(way["items"], definitions)[0])
        else:
            one[_one_kind(way, definitions)] = None
    return one.keys(), items.keys()


def _one_kind(way: Json, definitions: Json) -> str:
    if "$ref" in way:
        meant = _meant(way, definitions)
        return ", ".join(f"`{word}`" for word in meant["enum"]) if "enum" in meant else "block"
    if way.get("type") == "object":
        return "block of such"
    return f"`{way['const']}`" if "const" in way else str(way["title"])


def _blocks(each: Json, definitions: Json) -> Iterator[tuple[tuple[str, ...], str]]:
    """The blocks that may stand behind a key, by name, each with what leads to it."""
    for way in _ways(each, definitions):
        if "$ref" in way:
            if "enum" not in _meant(way, definitions):
                yield (), _name(way)
            continue
        items = [way.get("items"), way.get("additionalProperties")]
        for inner in filter(None, (*items, *way.get("patternProperties", {}).values())):
            several = sum("$ref" in one for one in _ways(inner, definitions)) > 1
            for steps, name in _blocks(inner, definitions):
                first = next(iter(_block(definitions[name])["properties"]))
                yield (f"`{first}`" if several else "each", *steps), name


def _name(way: Json) -> str:
    return str(way["$ref"]).rpartition("/")[2]


def _meant(way: Json, definitions: Json) -> Json:
    meant: Json = definitions[_name(way)]
    return meant
