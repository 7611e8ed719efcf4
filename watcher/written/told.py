"""What editors are told of each kind of value: its words in JSON Schema.

Editors read YAML 1.2, in which 12 is a number and true is a truth, where we read text: so text may
be those too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pydantic import GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema

from watcher.written.value import Json

ANY_TEXT = ["string", "number", "boolean"]
"""What text may look like."""

LENGTH: Json = {
    "title": "length of time",
    "type": "string",
    "pattern": r"^\s*[0-9]{1,6}[smhd]\s*$",
}
"""A length of time."""


def shape(title: str, **words: Any) -> WithJsonSchema:
    """A mark on a kind that says what editors are told of it.

    Args:
        title: what people call it.
        words: of JSON Schema, draft-07.
    """
    return WithJsonSchema({"title": title, **words})


@dataclass(frozen=True, slots=True)
class Also:
    """A mark on a kind that may be written in another way too.

    Attributes:
        way: the schema of that way.
    """

    way: Mapping[str, Any]

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> Json:
        return {"anyOf": [handler(core), dict(self.way)]}


class _OrOne:
    """The mark of a list that may be written as one item, or left empty."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> Json:
        told = handler(core)
        one = told["items"]
        ways = one["anyOf"] if set(one) == {"anyOf"} else [one]
        return {"anyOf": [told, *ways, {"type": "null"}]}


OR_ONE = _OrOne()
"""See there."""


class _OrEmpty:
    """The mark of a block or a list that may be left empty."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> Json:
        return {"anyOf": [handler(core), {"type": "null"}]}


OR_EMPTY = _OrEmpty()
"""See there."""


_UNITS = ((86_400, "d"), (3_600, "h"), (60, "m"), (1, "s"))
"""The units of lengths of time, in seconds."""


def spell(span: timedelta) -> str:
    """A length of time as files spell it: in the largest unit that it is a multiple of."""
    seconds = int(span.total_seconds())
    if not seconds:
        return "0s"
    return next(f"{seconds // size}{unit}" for size, unit in _UNITS if seconds % size == 0)


def documented(docstring: str) -> tuple[str, dict[str, str]]:
    """What a docstring says of its class, and of each name under "Attributes:".

    Lines are joined; a name is indented by four spaces, what goes on by eight.
    """
    head, _, tail = docstring.partition("\n\n    Attributes:\n")
    found: dict[str, str] = {}
    name = ""
    for line in tail.splitlines():
        if not line.startswith("        ") or not line.strip():
            continue
        if line[8] != " ":
            name, _, said = line.strip().partition(": ")
            found[name] = said
        else:
            found[name] += f" {line.strip()}"
    summary = " ".join(" ".join(part.split()) for part in head.split("\n\n"))
    return summary, found
