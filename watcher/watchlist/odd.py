"""Lines of a watchlist that are not just as they should be: what they mean, or what is wrong."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from watcher.watchlist.record import Record
from watcher.written import Line, words

Wrong: TypeAlias = tuple[tuple[str | int, ...], tuple[str, str]]
"""The key that is wrong, if it is one; what is wrong, and what to do."""

_Texts = Annotated[
    tuple[str, ...],
    BeforeValidator(lambda value: [value] if isinstance(value, str) else value or ()),
]
_Id = Annotated[Line, BeforeValidator(lambda value: str(value) if type(value) is int else value)]


class _Record(BaseModel):
    """One line; keys that are not named here pass."""

    id: _Id
    names: _Texts = ()
    weak_names: _Texts = ()
    short: _Texts = ()
    context: _Texts = ()
    exclude: _Texts = Field(default=(), alias="not")
    tags: _Texts = ()
    kind: str | None = None


def read(value: object) -> tuple[Record | None, tuple[Wrong, ...]]:
    """What a line says, or None and what is wrong with it.

    Args:
        value: what JSON holds.
    """
    try:
        return Record(**dict(_Record.model_validate(value))), ()
    except ValidationError as error:
        details = error.errors(include_url=False)
    return None, tuple((detail["loc"][:1], words(detail)) for detail in details)
