"""From plain values to records, with every fault in plain words at its place.

This module and `kinds` are where pydantic enters; its own messages never reach people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
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
                return self._loaded.place(*path[:-1]).fault(*words(detail))
        if path and path[-1] == "[key]":
            return self._loaded.key_place(*path[:-1]).fault(*words(detail))
        return self._loaded.place(*path).fault(*words(detail))

    def _unknown(self, detail: ErrorDetails) -> Fault:
        key = str(detail["loc"][-1])
        unused = self._unused(detail)
        hint = did_you_mean(key, unused, most=0) or did_you_mean(key, self._keys(detail))
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
        return [key for key in self._keys(detail) if key not in used]

    def _keys(self, detail: ErrorDetails) -> tuple[str, ...]:
        """The keys that the block could have."""
        return self._known.get(id(self._loaded.get(*detail["loc"][:-1])), ())


def words(detail: ErrorDetails) -> tuple[str, str]:
    """What is wrong with a value, and what to write instead ("" if the first says it all)."""
    return _WORDS.get(detail["type"], _unfit)(detail)


def _unfit(detail: ErrorDetails) -> tuple[str, str]:
    return f"{describe(detail['input'])} cannot stand here", ""


def _missing(detail: ErrorDetails) -> tuple[str, str]:
    key = detail["loc"][-1]
    return f'the key "{key}" is missing here', f'add "{key}:"'


def _own(detail: ErrorDetails) -> tuple[str, str]:
    """A refusal of ours; what stands behind "; write" is the hint."""
    message, _, hint = detail["msg"].removeprefix("Value error, ").partition("; write ")
    return message, hint and f"write {hint}"


def _no_text(detail: ErrorDetails) -> tuple[str, str]:
    return f"{describe(detail['input'])} stands where a text is expected", ""


def _no_list(detail: ErrorDetails) -> tuple[str, str]:
    return f"{describe(detail['input'])} stands where a list is expected", "write [one, two]"


def _no_block(detail: ErrorDetails) -> tuple[str, str]:
    if detail["input"] is None and not detail["loc"]:
        return "the file is empty", ""
    return (
        f"{describe(detail['input'])} stands where a block of keys is expected",
        'write "key: value", indented, a line each',
    )


def _no_choice(detail: ErrorDetails) -> tuple[str, str]:
    choices = re.findall("'([^']*)'", detail["ctx"]["expected"])
    value = detail["input"]
    return (
        f"{describe(value)} is none of the words known here",
        did_you_mean(str(value), choices),
    )


_WORDS: Mapping[str, Callable[[ErrorDetails], tuple[str, str]]] = {
    "missing": _missing,
    "value_error": _own,
    "plain": _own,
    "string_type": _no_text,
    "tuple_type": _no_list,
    "model_type": _no_block,
    "dict_type": _no_block,
    "enum": _no_choice,
}
"""What each of pydantic's complaints means to people; `_unfit` stands for all others."""
