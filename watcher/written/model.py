"""From plain values to records, with every fault in plain words at its place.

This module and `kinds` are where pydantic enters; its own messages never reach people.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError, ValidationInfo
from pydantic import model_validator as _model_validator
from pydantic_core import ErrorDetails

from watcher.written.fault import Fault, order
from watcher.written.kinds import describe
from watcher.written.load import Loaded
from watcher.written.suggest import did_you_mean, nearest
from watcher.written.value import Block

T = TypeVar("T")

_KNOWN = "keys known for each block"
"""The entry of the context in which `Closed` notes, by `id(block)`, which keys a block may have."""


class Closed(BaseModel):
    """A record that knows all its keys: any other key in a file is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @_model_validator(mode="before")
    @classmethod
    def _note_keys(cls, value: Any, info: ValidationInfo) -> Any:
        if isinstance(value, Block) and info.context is not None and _KNOWN in info.context:
            fields = cls.model_fields.items()
            info.context[_KNOWN][id(value)] = tuple(field.alias or name for name, field in fields)
        return value


def validate(
    shape: type[T], loaded: Loaded, context: Mapping[str, Any] | None = None
) -> tuple[T | None, tuple[Fault, ...]]:
    """Read a loaded file as a record.

    Args:
        shape: a `Closed` model.
        loaded: the file; its own faults are among those returned.
        context: what fields need to know besides, such as `folder` for paths.

    Returns:
        The record and no faults, or None and every fault in order of place.
    """
    if not loaded.whole:
        return None, loaded.faults
    known: dict[int, tuple[str, ...]] = {}
    try:
        value = TypeAdapter(shape).validate_python(
            loaded.value, context={**(context or {}), _KNOWN: known}
        )
    except ValidationError as error:
        details = error.errors(include_url=False)
        told = _Teller(loaded, known, details).faults()
        return None, tuple(sorted((*loaded.faults, *told), key=order))
    return (None, loaded.faults) if loaded.faults else (value, ())


class _Teller:
    """Turns the details of one failed validation into faults."""

    def __init__(
        self, loaded: Loaded, known: Mapping[int, tuple[str, ...]], details: list[ErrorDetails]
    ) -> None:
        self._loaded = loaded
        self._known = known
        self._details = details

    def faults(self) -> list[Fault]:
        """One fault for each detail, a key that is missing because it is misspelt left out."""
        unknown = [detail for detail in self._details if detail["type"] == "extra_forbidden"]
        meant = {(*detail["loc"][:-1], self._meant(detail)) for detail in unknown}
        return [
            self._fault(detail)
            for detail in self._details
            if detail["type"] != "missing" or detail["loc"] not in meant
        ]

    def _fault(self, detail: ErrorDetails) -> Fault:
        path = detail["loc"]
        match detail["type"]:
            case "extra_forbidden":
                return self._unknown(detail)
            case "missing":
                return self._loaded.place(*path[:-1]).fault(
                    f'the key "{path[-1]}" is missing here', f'add "{path[-1]}:"'
                )
        if path and path[-1] == "[key]":
            return self._loaded.key_place(*path[:-1]).fault(*_words(detail))
        return self._loaded.place(*path).fault(*_words(detail))

    def _unknown(self, detail: ErrorDetails) -> Fault:
        key = str(detail["loc"][-1])
        hint = did_you_mean(key, self._unused(detail))
        return self._loaded.key_place(*detail["loc"]).fault(
            f'the key "{key}" is not known here', hint
        )

    def _meant(self, detail: ErrorDetails) -> str:
        """The key that a misspelt one stands for; "" if it is like none."""
        return nearest(str(detail["loc"][-1]), self._unused(detail))

    def _unused(self, detail: ErrorDetails) -> list[str]:
        """The keys that the block could have and has not."""
        block = self._loaded.get(*detail["loc"][:-1])
        used = block if isinstance(block, Block) else {}
        return [key for key in self._known.get(id(block), ()) if key not in used]


def _words(detail: ErrorDetails) -> tuple[str, str]:
    """What is wrong with a value, and what to write instead."""
    value = detail["input"]
    match detail["type"]:
        case "value_error" | "plain":
            message, _, hint = detail["msg"].removeprefix("Value error, ").partition("; write ")
            return message, hint and f"write {hint}"
        case "tuple_type" | "list_type":
            return f"{describe(value)} stands where a list is expected", "write [one, two]"
        case "model_type" | "dict_type":
            if value is None and not detail["loc"]:
                return "the file is empty", ""
            return (
                f"{describe(value)} stands where a block of keys is expected",
                'write "key: value", indented, a line each',
            )
        case "enum":
            choices = re.findall("'([^']*)'", str(detail.get("ctx", {}).get("expected", "")))
            return f"{describe(value)} is not known here", did_you_mean(str(value), choices)
    return f"{describe(value)} cannot stand here", ""
