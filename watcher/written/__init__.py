"""What people write: YAML text to values that know their place, and faults that point at it."""

from typing import TYPE_CHECKING

from watcher.later import later
from watcher.written.amend import Added, Spot, amend, show_lines, write_line
from watcher.written.dump import dump
from watcher.written.fault import TOLD, Fault, Place, Severity, cap, order, render, visible
from watcher.written.load import Loaded, load
from watcher.written.reference import reference
from watcher.written.source import LIMIT_BYTES
from watcher.written.suggest import did_you_mean, nearest, there_is_no
from watcher.written.value import Block, Json, Series, Value

if TYPE_CHECKING:
    from watcher.written.kinds import (
        Count,
        CountOrNone,
        Duration,
        DurationOrNone,
        FilePath,
        Flag,
        Id,
        Ids,
        Interval,
        Line,
        Lines,
        Name,
        Names,
        Score,
        Text,
        Url,
        listed,
        read_url,
    )
    from watcher.written.model import Closed, Sound, sift, validate, words
    from watcher.written.schema import json_schema
    from watcher.written.secret import Secret, SecretRef
    from watcher.written.told import ANY_TEXT, LENGTH, OR_EMPTY, OR_ONE, shape, spell
else:
    __getattr__ = later(__name__, "told", "kinds", "model", "schema", "secret")

__all__ = [
    "ANY_TEXT",
    "LENGTH",
    "LIMIT_BYTES",
    "OR_EMPTY",
    "OR_ONE",
    "TOLD",
    "Added",
    "Block",
    "Closed",
    "Count",
    "CountOrNone",
    "Duration",
    "DurationOrNone",
    "Fault",
    "FilePath",
    "Flag",
    "Id",
    "Ids",
    "Interval",
    "Json",
    "Line",
    "Lines",
    "Loaded",
    "Name",
    "Names",
    "Place",
    "Score",
    "Secret",
    "SecretRef",
    "Series",
    "Severity",
    "Sound",
    "Spot",
    "Text",
    "Url",
    "Value",
    "amend",
    "cap",
    "did_you_mean",
    "dump",
    "json_schema",
    "listed",
    "load",
    "nearest",
    "order",
    "read_url",
    "reference",
    "render",
    "shape",
    "show_lines",
    "sift",
    "spell",
    "there_is_no",
    "validate",
    "visible",
    "words",
    "write_line",
]
