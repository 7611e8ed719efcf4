"""The EU's Financial Sanctions Files (xmlFullSanctionsList, version 1.0 and 1.1).

Each name is an element with its whole and its parts, one for each language and script; `strong`
says whether it identifies by itself. The programmes stand at the regulations.

Source of the elements: the list as published in 2024 to 2026.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from watcher.names.kind import Kind
from watcher.watchlist.entity import Entity
from watcher.watchlist.official.elements import records, root
from watcher.watchlist.official.names import entity
from watcher.watchlist.official.tally import File, Tally

_KINDS = {
    "person": Kind.PERSON,
    "p": Kind.PERSON,
    "enterprise": Kind.ORGANIZATION,
    "e": Kind.ORGANIZATION,
}
_PARTS = ("firstName", "middleName", "lastName")


def read_eu(file: File, tally: Tally) -> Iterator[Entity]:
    """The persons and enterprises of the file.

    Raises:
        ListError: it is damaged or cut short.
    """
    with file.open() as stream:
        tally.date(root(file.name, stream).get("generationDate", "")[:10])
    with file.open() as stream:
        for _, element in records(file.name, stream, {"sanctionEntity"}):
            if found := _entry(file, element, tally):
                yield found


def _entry(file: File, element: Element, tally: Tally) -> Entity | None:
    number = element.get("euReferenceNumber") or element.get("logicalId") or ""
    sort = element.find("{*}subjectType")
    code = "" if sort is None else sort.get("code", "").casefold()
    if code and code not in _KINDS:
        tally.left_out[f"of the sort {code}"] += 1
        return None
    full: list[str] = []
    weak: list[str] = []
    for alias in element.iterfind("{*}nameAlias"):
        (weak if alias.get("strong") == "false" else full).append(_whole(alias))
    programmes = [each.get("programme", "") for each in element.iterfind(".//{*}regulation")]
    found = None
    if number and code:
        found = entity(f"eu:{number}", _KINDS[code], full, weak, ["eu", *programmes])
    if found is None:
        why = "lacks its number or its sort" if not (number and code) else "has no name"
        tally.miss(f"{file.name}: entry {number or '?'}", why)
    return found


def _whole(alias: Element) -> str:
    return alias.get("wholeName", "") or " ".join(alias.get(part, "") for part in _PARTS)
