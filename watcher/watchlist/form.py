"""The shape of an analysts' file: its keys, and what may stand behind each.

What the docstrings say of each key is what the JSON Schema and the reference page say.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from watcher.names.kind import Kind
from watcher.text import Script, scripts_in
from watcher.watchlist.clock import DigestForm, QuietHours
from watcher.watchlist.entity import Entity, Facts
from watcher.watchlist.phrase import read_phrase
from watcher.watchlist.rule import Conditions, Near, Severity
from watcher.watchlist.status import Status
from watcher.written import (
    ANY_TEXT,
    OR_EMPTY,
    OR_ONE,
    Closed,
    Count,
    Duration,
    Id,
    Ids,
    Json,
    Line,
    Lines,
    Name,
    Names,
    Score,
    Text,
    listed,
)


def _some(fault: str) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    """A check that a list holds something."""

    def check(items: tuple[str, ...]) -> tuple[str, ...]:
        if not items:
            raise ValueError(fault)
        return items

    return check


def _phrase(text: str) -> str:
    read_phrase(text)
    return text


def _language(text: str) -> str:
    """The beginning of a BCP 47 tag, in lower case."""
    tag = text.lower().replace("_", "-")
    main, *others = tag.split("-")
    if not (main.isascii() and main.isalpha() and 2 <= len(main) <= 3):
        raise ValueError(f'"{text}" is not a language; write its code, like ar or pt-br')
    if not all(other.isascii() and other.isalnum() for other in others):
        raise ValueError(f'"{text}" is not a language; write its code, like {main}')
    return tag


Phrases = Annotated[
    tuple[Annotated[Line, AfterValidator(_phrase)], ...], BeforeValidator(listed), OR_ONE
]
"""Words and phrases, `*` for any ending of a word; a list may be written as one."""

Languages = Annotated[
    tuple[Annotated[Line, AfterValidator(_language)], ...], BeforeValidator(listed), OR_ONE
]
"""Codes of languages."""


class Written(StrEnum):
    """The scripts by which names may be sorted."""

    LATIN = "latin"
    ARABIC = "arabic"
    CYRILLIC = "cyrillic"
    HEBREW = "hebrew"
    GREEK = "greek"
    GEORGIAN = "georgian"
    ARMENIAN = "armenian"
    DEVANAGARI = "devanagari"
    HAN = "han"
    KANA = "kana"
    HANGUL = "hangul"


def _in_script(names: dict[Written, tuple[str, ...]]) -> dict[Written, tuple[str, ...]]:
    """Refuse a name that stands under a script it has no letter of."""
    for written, each in names.items():
        for name in each:
            if Script[written.name] not in scripts_in(name):
                found = [s.name.lower() for s in Script if s in scripts_in(name)]
                hint = f"; write it under {found[0]}" if found else ""
                raise ValueError(f'"{name}" has no letter of the {written} script{hint}')
    return names


def _no_keys(value: Any) -> Any:
    """A key that is left without a value holds an empty block."""
    return {} if value is None else value


class EntityForm(Closed):
    """One person or organisation that is watched.

    Attributes:
        id: unique among all entities, without spaces; alerts and rules name the entity by it.
        name: the full name, in any script and spelling; shown to people.
        names: full names sorted by script (`arabic: …`), for those who like to see which is which;
            they count like `aliases`. A name under a script it has no letter of is a fault.
        kind: `person` or `organization`; decides how the names are taken apart.
        aliases: other full names: other names, not other spellings, which are found anyway.
        weak: full names too common or too short to count alone: they need a context word, or
            another name of the entity, in the same article.
        short: parts such as the surname; they count only in an article that has the full name or a
            context word.
        context: words that speak for the entity when they stand in the article.
        exclude: names of other people that look alike; where one of them fits at least as well,
            nothing is found.
        tags: words of your own, for rules to watch and receivers to sort by.
        min_score: the entity's own bar from 0 to 1; without it, the general one.
        status: `live`; `test`: found and recorded, and nobody is told; `off`: checked, and not
            looked for.
        born: a date, a year, a place, as you write it; alerts show it.
        nationality: countries, as you write them; alerts show them.
        references: addresses or file numbers that say who this is; alerts carry them.
        owner: whom to ask about this entry; alerts carry it.
        note: what a reader of an alert should know; alerts show it.
    """

    id: Id
    name: Name | None = None
    names: Annotated[
        dict[Written, Names], AfterValidator(_in_script), BeforeValidator(_no_keys), OR_EMPTY
    ] = Field(default_factory=dict)
    kind: Kind = Kind.PERSON
    aliases: Names = ()
    weak: Names = ()
    short: Names = ()
    context: Lines = ()
    exclude: Names = Field(default=(), alias="not")
    tags: Lines = ()
    min_score: Score | None = None
    status: Status = Status.LIVE
    born: Line | None = None
    nationality: Lines = ()
    references: Lines = ()
    owner: Line | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _is_named(self) -> EntityForm:
        sorted_names = any(self.names.values())
        if self.name is None and not sorted_names and (self.aliases or not self.weak):
            raise ValueError(f'entity "{self.id}" has no name; write "name: …"')
        return self

    @property
    def full_names(self) -> tuple[str, ...]:
        """The full names, each once, the one to show first."""
        first = () if self.name is None else (self.name,)
        by_script = (name for names in self.names.values() for name in names)
        return tuple(dict.fromkeys((*first, *by_script, *self.aliases)))

    def entity(self) -> Entity:
        """The entity that was written."""
        return Entity(
            id=self.id,
            names=self.full_names,
            weak=self.weak,
            short=self.short,
            context=self.context,
            exclude=self.exclude,
            tags=self.tags,
            kind=self.kind,
            min_score=self.min_score,
            status=self.status,
            facts=Facts(
                born=self.born or "",
                nationality=self.nationality,
                references=self.references,
                owner=self.owner or "",
                note=_one_line(self.note),
            ),
        )


class ExclusionForm(Closed):
    """People who are none of several entities: a `not:` that those entities share.

    A name by itself excludes it for all of the analysts' entities.

    Attributes:
        names: their names, as under `not:`.
        of: tags or ids of the entities they are not; without it, all entities of these files.
        note: why; for people only.
    """

    also: ClassVar[tuple[Json, ...]] = ({"title": "name", "type": "string"},)

    names: Annotated[Names, AfterValidator(_some("this excludes nobody; write a name"))]
    of: Lines = ()
    note: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _name_alone(cls, value: Any) -> Any:
        return {"names": value} if isinstance(value, str) else value


class TestForm(Closed):
    """An article in small, and whom the rule must alert for.

    Attributes:
        text: its words.
        alert: ids of exactly the entities to alert for; `[]` for none.
        title: its headline.
        source: the source it is from; without it, one that the rule asks for.
        language: its language; without it, one that the rule asks for.
    """

    text: Text
    alert: Ids
    title: Line | None = None
    source: Line | None = None
    language: Annotated[Line, AfterValidator(_language)] | None = None


class NearForm(Closed):
    """Words of which one must stand near the name. A list by itself means the same sentence.

    Attributes:
        words: words and phrases; `*` at the end of a word stands for any ending.
        within: how many words may stand between; without it, the same sentence.
    """

    also: ClassVar[tuple[Json, ...]] = (
        {"title": "text", "type": ANY_TEXT},
        {"type": "array", "items": {"title": "text", "type": ANY_TEXT}},
    )

    words: Annotated[Phrases, AfterValidator(_some("no words are named; write one"))]
    within: Count | None = None

    @model_validator(mode="before")
    @classmethod
    def _words_alone(cls, value: Any) -> Any:
        return {"words": value} if isinstance(value, (str, list)) else value


class RuleForm(Closed):
    """Which entities are watched, under what conditions, and who is told how.

    Attributes:
        id: unique among all rules; alerts name the rule by it.
        watch: tags, or ids of entities; also of official lists.
        send_to: names of channels in `watcher.yaml`.
        min_score: alert only from this score upwards, from 0 to 1.
        every: words or phrases that must all stand in the article; `*` at the end of a word stands
            for any ending. Letters are compared as in names: no case, vowel marks or prefixes.
        some: words or phrases of which one must stand in the article.
        near: words or phrases of which one must stand in the sentence of the name, or within so
            many words of it: `{words: […], within: 10}`. Mentions without one do not count.
        unless: words or phrases of which none may stand in the article.
        sources: names of sources; only their articles count.
        languages: codes such as `ar` or `pt-br`; only articles in these count, and those that do
            not say their language.
        severity: `low`, `normal`, `high` or `critical`; people and programs are told.
        cool_down: how long the same entity in the same story stays silent after an alert; without
            it, never.
        digest: alerts go together, every so often (`1h`) or at times of day.
        quiet_hours: parts of the day in which nobody is told; one, or several in a list.
        status: `live`; `test`: alerts are recorded, and nobody is told; `off`: checked, and not in
            force.
        owner: whom to ask about this rule.
        note: why it is there; for people only.
        tests: texts, each with the entities the rule must alert for; run by `watcher check` and
            before a change comes into force.
    """

    id: Id
    watch: Annotated[
        Lines, AfterValidator(_some("this rule watches nothing; write tags or ids of entities"))
    ]
    send_to: Annotated[
        Ids, AfterValidator(_some("this rule tells nobody; write names of channels"))
    ]
    min_score: Score | None = None
    every: Phrases = Field(default=(), alias="all")
    some: Phrases = Field(default=(), alias="any")
    near: NearForm | None = None
    unless: Phrases = ()
    sources: Lines = ()
    languages: Languages = ()
    severity: Severity = Severity.NORMAL
    cool_down: Duration = timedelta(0)
    digest: DigestForm | None = None
    quiet_hours: QuietHours = ()
    status: Status = Status.LIVE
    owner: Line | None = None
    note: Text | None = None
    tests: Annotated[tuple[TestForm, ...], BeforeValidator(listed), OR_EMPTY] = ()

    def conditions(self) -> Conditions:
        """What must be so of an article besides."""
        near = Near(self.near.words, self.near.within) if self.near else None
        return Conditions(
            every=self.every,
            some=self.some,
            unless=self.unless,
            near=near,
            sources=self.sources,
            languages=self.languages,
        )


class RuleFile(Closed):
    """A file of the analysts' folder.

    Attributes:
        entities: who is watched.
        rules: what is done when somebody is seen.
        exclusions: people who are none of several entities.
    """

    entities: Annotated[tuple[EntityForm, ...], BeforeValidator(listed), OR_EMPTY] = ()
    rules: Annotated[tuple[RuleForm, ...], BeforeValidator(listed), OR_EMPTY] = ()
    exclusions: Annotated[tuple[ExclusionForm, ...], BeforeValidator(listed), OR_EMPTY] = ()


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())
