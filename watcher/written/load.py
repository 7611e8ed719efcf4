"""YAML text to plain values that know their place.

YAML is read as people write it: every scalar stays text (`NO`, `12:30` and `0x1F` are names, not
a boolean, a time and a number); `null`, `~` and nothing at all are None.

Order of work: bytes to text (`source`), events to values within bounds (`compose`), the parser's
complaints to plain words (`syntax`). What cannot be read on ends the work; everything else is
gathered, so that one run shows every fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from watcher.written.compose import Composer, Refused
from watcher.written.fault import Fault, Place, order
from watcher.written.source import Source, read_source
from watcher.written.syntax import explain, tabs
from watcher.written.value import TOP, Block, Mark, Series, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A file as plain values, and the place of each.

    Attributes:
        source: the text and what people call it.
        value: dicts, lists, text and None; None too if the file is empty or cannot be read.
        begin: where the outermost value begins.
        faults: everything wrong with the file as YAML, in order of place.
        whole: it could be read to its end, so that `value` is worth a further look.
    """

    source: Source
    value: Value = None
    begin: Mark = TOP
    faults: tuple[Fault, ...] = ()
    whole: bool = True

    def place(self, *path: str | int) -> Place:
        """Where a value begins; a path that leads nowhere ends at the last value it meets."""
        value, mark = self.value, self.begin
        for step in path:
            if isinstance(value, Block) and step in value:
                mark, value = value.values_at[str(step)], value[str(step)]
            elif isinstance(value, Series) and isinstance(step, int) and step < len(value):
                mark, value = value.items_at[step], value[step]
        return self.source.place(*mark)

    def key_place(self, *path: str | int) -> Place:
        """Where the key of a value stands; the value's own place if it has no key."""
        *parents, last = path
        above = self.get(*parents)
        if isinstance(above, Block) and last in above:
            return self.source.place(*above.keys_at[str(last)])
        return self.place(*path)

    def get(self, *path: str | int) -> Value:
        """The value a path leads to; steps that lead nowhere are passed over."""
        value = self.value
        for step in path:
            if isinstance(value, Block) and step in value:
                value = value[str(step)]
            elif isinstance(value, Series) and isinstance(step, int) and step < len(value):
                value = value[step]
        return value

    def blocks(self, section: str) -> Iterator[tuple[int, Block]]:
        """The blocks in the list of a section and their positions, whatever else may be wrong."""
        items = self.value.get(section) if isinstance(self.value, Block) else None
        for index, item in enumerate(items if isinstance(items, Series) else ()):
            if isinstance(item, Block):
                yield index, item


def load(file: str, data: bytes | str) -> Loaded:
    """Read one YAML file; faults are in the result, nothing is raised.

    Args:
        file: the path to show to people.
        data: its bytes (UTF-8), or its text.
    """
    source, faults = read_source(file, data)
    if faults:
        return Loaded(source=source, faults=faults, whole=False)
    composer = Composer(source)
    try:
        value, begin = composer.document()
    except Refused as refused:
        return _broken(source, [*composer.faults, refused.fault])
    except yaml.YAMLError as error:
        return _broken(source, [*composer.faults, explain(error, source)])
    told = sorted([*composer.faults, *tabs(source, composer.quoted)], key=order)
    return Loaded(source=source, value=value, begin=begin, faults=tuple(told))


def _broken(source: Source, faults: list[Fault]) -> Loaded:
    return Loaded(source=source, faults=tuple(sorted(faults, key=order)), whole=False)
