"""Who is watched: entities, and the list that holds them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from watcher.errors import RuleError
from watcher.names.kind import Kind
from watcher.watchlist.status import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What else is known of an entity: for people and receivers, nothing is found by it.

    Attributes:
        born: when (or where) somebody was born, an organisation founded, as written.
        nationality: countries, as written.
        references: where all that is from: addresses, numbers of files.
        owner: whom to ask about the entity.
        note: whatever a reader of an alert should know.
    """

    born: str = ""
    nationality: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    owner: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One person or organisation on the watchlist.

    Attributes:
        id: unique in its watchlist.
        names: full names, the first is shown to people; any script, any spelling.
        weak: full names so common or so short that they count only beside support: a context
            word, or another name of the entity, in the same article.
        short: parts such as a surname that count only in an article that has introduced the
            entity by a full name, or that holds a context word.
        context: words that speak for the entity when they stand in the article.
        exclude: names of other people that must not be taken for this entity (`not:` in YAML).
        tags: labels that rules watch, and that alerts carry.
        kind: person or organisation.
        min_score: the entity's own bar, 0.0 to 1.0; None for the general one.
        status: live; on test, its alerts are recorded and nobody is told.
        facts: what else is known; alerts carry it.
        origin: name of the official list it stands on; "" for the analysts' own.
    """

    id: str
    names: tuple[str, ...]
    weak: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    kind: Kind = Kind.PERSON
    min_score: float | None = None
    status: Status = Status.LIVE
    facts: Facts = Facts()
    origin: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            raise RuleError("an entity needs an id")
        if not self.names and not self.weak:
            raise RuleError(f'entity "{self.id}" has no name; add "name:"')

    @property
    def name(self) -> str:
        """The name to show to people."""
        return self.names[0] if self.names else self.weak[0]


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class Watchlist:
    """Entities to look for, in the order given; ids are unique.

    Attributes:
        entities: the entities.
        version: says which state of the list this is; alerts carry it. "" if nobody gave one.
        digest: the same for lists of the same entities in the same order, and for no others. ""
            if nobody worked it out; what is made of a list by `replace` has none.
    """

    entities: tuple[Entity, ...]
    version: str = ""
    digest: str = field(default="", init=False, repr=False)
    _by_id: dict[str, Entity] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_id = {entity.id: entity for entity in self.entities}
        if len(by_id) < len(self.entities):
            ids = Counter(entity.id for entity in self.entities)
            twice = next(entity_id for entity_id, number in ids.items() if number > 1)
            raise RuleError(f'two entities have the id "{twice}"; ids must be unique')
        object.__setattr__(self, "_by_id", by_id)

    @classmethod
    def known(cls, entities: tuple[Entity, ...], version: str, digest: str) -> Watchlist:
        """A watchlist of which somebody worked out the digest."""
        watchlist = cls(entities, version)
        object.__setattr__(watchlist, "digest", digest)
        return watchlist

    def __iter__(self) -> Iterator[Entity]:
        return iter(self.entities)

    def __len__(self) -> int:
        return len(self.entities)

    def __contains__(self, entity_id: object) -> bool:
        return entity_id in self._by_id

    def __getitem__(self, entity_id: str) -> Entity:
        """The entity with this id; raises KeyError if there is none."""
        return self._by_id[entity_id]
