"""XML of any size, one record at a time: no entities, no document types, memory for one record.

Whatever stands outside the wanted records is dropped as it passes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Protocol
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from watcher.errors import ListError

_DEEPEST = 100
"""Elements within elements; the lists have ten."""


class Readable(Protocol):
    """Bytes to be read in pieces."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes; none at the end."""
        ...


def local(tag: str) -> str:
    """The name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]


def text(element: Element, path: str) -> str:
    """The text of an element below this one, "" if there is none; `{*}name` is any namespace."""
    return (element.findtext(path) or "").strip()


def texts(element: Element, path: str) -> list[str]:
    """The texts of all elements below this one that hold any."""
    found = ((each.text or "").strip() for each in element.iterfind(path))
    return [each for each in found if each]


def root(name: str, stream: Readable) -> Element:
    """The outermost element, with its attributes and nothing below it.

    Raises:
        ListError: this is not XML.
    """
    return next(_events(name, stream))[1]


def records(name: str, stream: Readable, wanted: Collection[str]) -> Iterator[tuple[str, Element]]:
    """Every element of these names that stands in no other of them, whole, in order.

    Args:
        name: the file as people know it.
        stream: its bytes.
        wanted: names without namespace.

    Yields:
        Each one's name and the element, which is emptied when the next is asked for.

    Raises:
        ListError: the document is damaged or cut short, or defines entities.
    """
    stack: list[Element] = []
    within = 0
    for event, element in _events(name, stream):
        if event == "start":
            if len(stack) >= _DEEPEST:
                raise ListError(f"{name}: elements are nested more than {_DEEPEST} deep")
            stack.append(element)
            within += local(element.tag) in wanted
            continue
        stack.pop()
        called = local(element.tag)
        within -= called in wanted
        if within:
            continue
        if called in wanted:
            yield called, element
        if stack:
            stack[-1].clear()


def _events(name: str, stream: Readable) -> Iterator[tuple[str, Element]]:
    try:
        yield from iterparse(stream, ("start", "end"), forbid_dtd=True)
    except DefusedXmlException as error:
        raise ListError(f"{name}: defines entities or a document type, as no list does") from error
    except ParseError as error:
        line, column = error.position
        raise ListError(f"{name}:{line}:{column + 1}: damaged or cut short: {error}") from error
    except (ValueError, LookupError) as error:
        raise ListError(f"{name}: its encoding cannot be read: {error}") from error
