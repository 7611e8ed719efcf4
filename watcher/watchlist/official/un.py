"""The UN Security Council's consolidated list (consolidated.xml).

Persons have up to four names that read in order, a name in the original script, and aliases of
quality Good or Low; of entities the first name is the whole.

Source of the elements: the list as published in 2024 to 2026.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from watcher.names.kind import Kind
from watcher.watchlist.entity import Entity
from watcher.watchlist.official.elements import records, root, text
from watcher.watchlist.official.names import entity
from watcher.watchlist.official.tally import File, Tally

_KINDS = {"INDIVIDUAL": Kind.PERSON, "ENTITY": Kind.ORGANIZATION}
_NOTHING = frozenset(["na", "n/a", "N/A"])
"""What stands for a name that somebody does not have; "NA" in capitals is one."""
_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")


def read_un(file: File, tally: Tally) -> Iterator[Entity]:
    """The persons and entities of the file.

    Raises:
        ListError: it is damaged or cut short.
    """
    with file.open() as stream:
        tally.date(root(file.name, stream).get("dateGenerated", "")[:10])
    with file.open() as stream:
        for called, element in records(file.name, stream, _KINDS):
            if found := _entry(file, called, element, tally):
                yield found


def _entry(file: File, called: str, element: Element, tally: Tally) -> Entity | None:
    number = text(element, "{*}REFERENCE_NUMBER") or text(element, "{*}DATAID")
    parts = (text(element, f"{{*}}{part}") for part in _NAMES)
    whole = " ".join(part for part in parts if part not in _NOTHING)
    full = [whole, text(element, "{*}NAME_ORIGINAL_SCRIPT")]
    weak: list[str] = []
    for alias in element.iterfind(f"{{*}}{called}_ALIAS"):
        is_weak = text(alias, "{*}QUALITY").casefold() == "low"
        (weak if is_weak else full).append(text(alias, "{*}ALIAS_NAME"))
    tags = ["un", text(element, "{*}UN_LIST_TYPE")]
    found = entity(f"un:{number}", _KINDS[called], full, weak, tags) if number else None
    if found is None:
        why = "has no name" if number else "has no number"
        tally.miss(f"{file.name}: entry {number or '?'}", why)
    return found
