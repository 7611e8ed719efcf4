"""OFAC's advanced XML (SDN_ADVANCED.XML, CONS_ADVANCED.XML).

A normalised form: an entry's sort, the sorts of the parts of its names and the programmes are
numbers that the head of the file explains, and the programmes come after all entries. So the file
is read twice: first the explanations and programmes, then the entries one by one.

Source of the elements: OFAC's notes on the advanced data standard, and files of 2024 to 2026.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from watcher.names.kind import Kind
from watcher.watchlist.entity import Entity
from watcher.watchlist.official.elements import records, text
from watcher.watchlist.official.names import entity
from watcher.watchlist.official.tally import File, Tally

_KINDS = {"individual": Kind.PERSON, "entity": Kind.ORGANIZATION}
_LEFT_OUT = {"vessel": "vessels", "aircraft": "aircraft"}
_SORTS = {"1": "vessel", "2": "aircraft", "3": "entity", "4": "individual"}
"""The sorts as OFAC has always numbered them, for a file that does not explain its numbers."""
_GIVEN = ("Nickname", "First Name", "Middle Name", "Patronymic")
_FAMILY = ("Last Name", "Maiden Name", "Matronymic")
_HEAD = {
    "DateOfIssue",
    "PartyType",
    "PartySubType",
    "NamePartType",
    "SanctionsType",
    "SanctionsEntry",
}


@dataclass(slots=True)
class _Head:
    """What the numbers mean."""

    sorts: dict[str, str] = field(default_factory=dict)
    subsorts: dict[str, tuple[str, str]] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    measures: dict[str, str] = field(default_factory=dict)
    programmes: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def sort(self, number: str) -> str:
        """What an entry is, in lower case; "" if nobody says."""
        called, above = self.subsorts.get(number, (_SORTS.get(number, ""), ""))
        return called if called != "unknown" else self.sorts.get(above, "")


def read_advanced(file: File, tally: Tally) -> Iterator[Entity]:
    """The persons and organisations of the file.

    Raises:
        ListError: it is damaged or cut short.
    """
    head = _Head()
    with file.open() as stream:
        for called, element in records(file.name, stream, _HEAD):
            _learn(head, called, element, tally)
    with file.open() as stream:
        for _, party in records(file.name, stream, {"DistinctParty"}):
            if found := _party(file, party, head, tally):
                yield found


def _learn(head: _Head, called: str, element: Element, tally: Tally) -> None:
    number, said = element.get("ID", ""), (element.text or "").strip()
    match called:
        case "DateOfIssue":
            parts = (text(element, f"{{*}}{unit}").zfill(2) for unit in ("Year", "Month", "Day"))
            tally.date("-".join(parts))
        case "PartyType":
            head.sorts[number] = said.casefold()
        case "PartySubType":
            head.subsorts[number] = said.casefold(), element.get("PartyTypeID", "")
        case "NamePartType":
            head.parts[number] = said
        case "SanctionsType":
            head.measures[number] = said
        case _:
            head.programmes[element.get("ProfileID", "")] += _programmes(element, head)


def _programmes(entry: Element, head: _Head) -> list[str]:
    """The programmes among the measures of an entry: the comments of those that are programmes."""
    return [
        text(measure, "{*}Comment")
        for measure in entry.iterfind("{*}SanctionsMeasure")
        if head.measures.get(measure.get("SanctionsTypeID", ""), "Program") == "Program"
    ]


def _party(file: File, party: Element, head: _Head, tally: Tally) -> Entity | None:
    profile = party.find("{*}Profile")
    number = party.get("FixedRef", "") if profile is None else profile.get("ID", "")
    sort = "" if profile is None else head.sort(profile.get("PartySubTypeID", ""))
    if what := _LEFT_OUT.get(sort):
        tally.left_out[what] += 1
        return None
    full: list[str] = []
    weak: list[str] = []
    for identity in () if profile is None else profile.iterfind("{*}Identity"):
        sorts = _part_sorts(identity, head)
        aliases = sorted(identity.iterfind("{*}Alias"), key=lambda a: a.get("Primary") != "true")
        for alias in aliases:
            names = weak if alias.get("LowQuality") == "true" else full
            names += [_name(name, sorts) for name in alias.iterfind("{*}DocumentedName")]
    found = None
    if number and sort in _KINDS:
        tags = ["ofac", *head.programmes[number]]
        found = entity(f"ofac:{number}", _KINDS[sort], full, weak, tags)
    if found is None:
        why = "has no name" if sort in _KINDS else f'is neither person nor organisation: "{sort}"'
        tally.miss(f"{file.name}: entry {number or '?'}", why)
    return found


def _part_sorts(identity: Element, head: _Head) -> dict[str, str]:
    """What each group of parts of this identity's names is, such as "Last Name"."""
    return {
        group.get("ID", ""): head.parts.get(group.get("NamePartTypeID", ""), "")
        for group in identity.iterfind(".//{*}NamePartGroup")
    }


def _name(name: Element, sorts: dict[str, str]) -> str:
    """A name with its parts in the order of speech; as they stand where their sorts are unknown."""
    parts = [
        (sorts.get(value.get("NamePartGroupID", ""), ""), (value.text or "").strip())
        for value in name.iterfind(".//{*}NamePartValue")
    ]
    if not any(sort in _FAMILY for sort, _ in parts):
        return " ".join(part for _, part in parts)
    order = {sort: place for place, sort in enumerate((*_GIVEN, "", *_FAMILY))}
    parts.sort(key=lambda part: order.get(part[0], order[""]))
    return " ".join(part for _, part in parts)
