"""The shape of a file as JSON Schema, draft-07, which editors check while people type.

It is made from the models that read the files, so it cannot say otherwise than they do; what only
several keys together show (a name that is missing, a word that means nobody) `check` tells.
"""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from watcher.written.model import Closed
from watcher.written.told import spell
from watcher.written.value import Json

DRAFT = "http://json-schema.org/draft-07/schema#"


class _Plain(GenerateJsonSchema):
    """Defaults as files spell them, and no titles made of the names in our code."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        del schema
        return False

    def encode_default(self, dft: Any) -> Any:
        match dft:
            case timedelta():
                return spell(dft)
            case Path() | Enum():
                return str(dft.value if isinstance(dft, Enum) else dft)
            case BaseModel():
                return {}
        return super().encode_default(dft)


def json_schema(shape: type[Closed], title: str) -> Json:
    """The JSON Schema of a file.

    Args:
        shape: the model that reads it.
        title: what people call such a file.
    """
    told = shape.model_json_schema(ref_template="#/definitions/{model}", schema_generator=_Plain)
    definitions = told.pop("$defs", {})
    for name, each in definitions.items():
        for way in (each, *each.get("anyOf", ())):
            if way.get("title") == name:
                del way["title"]
    whole = {"$schema": DRAFT, **told, "title": title, "definitions": definitions}
    fitted: Json = _fitted(whole)
    return fitted


def _fitted(value: Any) -> Any:
    """The same for draft-07, which reads nothing beside a reference; empty defaults are gone."""
    if isinstance(value, list):
        return [_fitted(item) for item in value]
    if not isinstance(value, dict):
        return value
    told = {
        key: _fitted(item)
        for key, item in value.items()
        if not (key == "default" and item in (None, [], {}))
    }
    if "$ref" in told and len(told) > 1:
        return {"allOf": [{"$ref": told.pop("$ref")}], **told}
    return told
