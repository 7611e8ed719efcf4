"""From plain values to records, with every fault in plain words at its place.

This module and `kinds` are where pydantic enters; its own messages never reach people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    GetJsonSchemaHandler,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
)
from pydantic import model_validator as _model_validator
from pydantic_core import CoreSchema, ErrorDetails

from watcher.written.fault import TOLD, Fault, order
from watcher.written.kinds import describe
from watcher.written.load import Loaded
from watcher.written.suggest import did_you_mean, nearest
from watcher.written.told import documented
from watcher.written.value import Block, Json, Series, Value

T = TypeVar("T")

_KNOWN = "keys known for each block"
"""The entry of the context in which `Closed` notes, by `id(block)`, which keys a block may have."""


class Closed(BaseModel):
    """A record that knows all its keys: any other key in a file is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    also: ClassVar[tuple[Json, ...]] = ()
    """In which other ways the block may be written, as JSON Schema."""

    @_model_validator(mode="before")
    @classmethod
    def _note_keys(cls, value: Any, info: ValidationInfo) -> Any:
        if isinstance(value, Block) and info.context is not None and _KNOWN in info.context:
            fields = cls.model_fields.items()
            info.context[_KNOWN][id(value)] = tuple(field.alias or name for name, field in fields)
        return value

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> Json:
        """What pydantic makes of it, with what the docstring says of the block and its keys."""
        reference = handler(core)
        told = handler.resolve_ref_schema(reference)
        told["description"], said = documented(cls.__doc__ or "")
        for name, field in cls.model_fields.items():
            told["properties"][field.alias or name]["description"] = said.get(name, "")
        return {"anyOf": [reference, *cls.also]} if cls.also else reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound(Generic[T]):
    """What is sound in a file that may have faults.

    Attributes:
        value: the record without the items that have faults; None if nothing is left to make it of.
        loaded: the file without those items; what is left keeps its place.
        faults: in order of place; the file's own are among them.
        dropped: paths of the items that were left out, as in the whole file: an item of a list or a
            key of a block directly below the outermost keys, else such a key itself.
    """

    value: T | None
    loaded: Loaded
    faults: tuple[Fault, ...] = ()
    dropped: frozenset[tuple[str | int, ...]] = frozenset()


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
    sound = sift(shape, loaded, context)
    return (None if sound.faults else sound.value), sound.faults


def sift(shape: type[T], loaded: Loaded, context: Mapping[str, Any] | None = None) -> Sound[T]:
    """Read a loaded file as a record of those of its items that are sound, and tell every fault.

    Args:
        shape: a `Closed` model.
        loaded: the file.
        context: what fields need to know besides, such as `folder` for paths.
    """
    if not loaded.whole:
        return Sound(value=None, loaded=loaded, faults=loaded.faults)
    value, told, details = _read(shape, loaded, context)
    if not details:
        return Sound(value=value, loaded=loaded, faults=loaded.faults)
    faults = tuple(sorted((*loaded.faults, *told), key=order))
    dropped = frozenset(_item(loaded, detail["loc"]) for detail in details)
    if () in dropped:
        return Sound(value=None, loaded=loaded, faults=faults, dropped=dropped)
    left = replace(loaded, value=_without(loaded.value, dropped))
    value, _, _ = _read(shape, left, context)
    return Sound(value=value, loaded=left, faults=faults, dropped=dropped)


def _read(
    shape: type[T], loaded: Loaded, context: Mapping[str, Any] | None
) -> tuple[T | None, list[Fault], list[ErrorDetails]]:
    """The record; or None, the faults in plain words, and in pydantic's."""
    known: dict[int, tuple[str, ...]] = {}
    try:
        value = TypeAdapter(shape).validate_python(
            loaded.value, context={**(context or {}), _KNOWN: known}
        )
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, _Teller(loaded, known, details).faults(), details
    return value, [], []


def _item(loaded: Loaded, path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The item of the file that a path leads into or to, at most two steps deep."""
    item: tuple[str | int, ...] = ()
    for step in path[:2]:
        above = loaded.get(*item)
        if not (step in above if isinstance(above, Block) else isinstance(above, Series)):
            break
        item = (*item, step)
    return item


def _without(value: Value, dropped: AbstractSet[tuple[str | int, ...]]) -> Value:
    """A value without the items at these paths, none of them empty; the rest keeps its places."""
    inner: dict[str | int, set[tuple[str | int, ...]]] = {}
    for step, *rest in dropped:
        inner.setdefault(step, set()).add(tuple(rest))
    if isinstance(value, Block):
        return _block_without(value, inner)
    return _series_without(value, inner) if isinstance(value, Series) else value


def _block_without(
    value: Block, inner: Mapping[str | int, AbstractSet[tuple[str | int, ...]]]
) -> Block:
    block = Block()
    for key, held in value.items():
        below = inner.get(key, frozenset())
        if () not in below:
            left = _without(held, below) if below else held
            block.put(key, value.keys_at[key], left, value.values_at[key])
    return block


def _series_without(value: Series, inner: Collection[str | int]) -> Series:
    series = Series()
    for index, held in enumerate(value):
        if index not in inner:
            series.put(held, value.items_at[index])
    return series


class _Teller:
    """Turns the details of one failed validation into faults."""

    def __init__(
        self, loaded: Loaded, known: Mapping[int, tuple[str, ...]], details: list[ErrorDetails]
    ) -> None:
        self._loaded = loaded
        self._known = known
        self._details = details
        self._beside: dict[int, dict[str, str]] = {}

    def faults(self) -> list[Fault]:
        """One fault for each detail, a key that is missing because it is misspelt left out.

        No more are put into words than are told of one file (see `cap`), and one to count.
        """
        lacking = {detail["loc"][:-1] for detail in self._details if detail["type"] == "missing"}
        unknown = [detail for detail in self._details if detail["type"] == "extra_forbidden"]
        meant = {
            (*detail["loc"][:-1], self._meant(detail))
            for detail in unknown
            if detail["loc"][:-1] in lacking
        }
        real = [
            detail
            for detail in self._details
            if detail["type"] != "missing" or detail["loc"] not in meant
        ]
        told = [self._fault(detail) for detail in real[:TOLD]]
        return [*told, *(self._uncounted(detail) for detail in real[TOLD:])]

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

    def _uncounted(self, detail: ErrorDetails) -> Fault:
        """A fault that will but be counted."""
        return self._loaded.key_place(*detail["loc"]).fault("one fault more")

    def _unknown(self, detail: ErrorDetails) -> Fault:
        key = str(detail["loc"][-1])
        unused = self._unused(detail)
        hint = (
            self._inside(detail)
            or did_you_mean(key, unused, most=0)
            or did_you_mean(key, self._keys(detail))
        )
        return self._loaded.key_place(*detail["loc"]).fault(
            f'the key "{key}" is not known here', hint
        )

    def _inside(self, detail: ErrorDetails) -> str:
        """A hint for a key that stands beside the block it belongs into; "" if there is none."""
        above = self._loaded.get(*detail["loc"][:-1])
        if id(above) not in self._beside:
            inner = reversed(above.items()) if isinstance(above, Block) else ()
            self._beside[id(above)] = {
                key: beside for beside, block in inner for key in self._known.get(id(block), ())
            }
        beside = self._beside[id(above)].get(str(detail["loc"][-1]))
        return f'put it inside "{beside}"' if beside else ""

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
