"""The shape of an analysts' file: its keys, and what may stand behind each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from watcher.names.kind import Kind
from watcher.watchlist.entity import Entity
from watcher.written import Closed, Duration, Id, Ids, Lines, Name, Names, Score, Text, listed


def _some(fault: str) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    """A check that a list holds something."""

    def check(items: tuple[str, ...]) -> tuple[str, ...]:
        if not items:
            raise ValueError(fault)
        return items

    return check


class EntityForm(Closed):
    """One item of `entities:`; `watcher.watchlist.Entity` says what each key means."""

    id: Id
    name: Name | None = None
    kind: Kind = Kind.PERSON
    aliases: Names = ()
    weak: Names = ()
    short: Names = ()
    context: Lines = ()
    exclude: Names = Field(default=(), alias="not")
    tags: Lines = ()
    min_score: Score | None = None

    @model_validator(mode="after")
    def _is_named(self) -> EntityForm:
        if self.name is None and (self.aliases or not self.weak):
            raise ValueError(f'entity "{self.id}" has no name; write "name: …"')
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """The full names, each once, the one to show first."""
        first = () if self.name is None else (self.name,)
        return tuple(dict.fromkeys((*first, *self.aliases)))

    def entity(self) -> Entity:
        """The entity that was written."""
        return Entity(
            id=self.id,
            names=self.names,
            weak=self.weak,
            short=self.short,
            context=self.context,
            exclude=self.exclude,
            tags=self.tags,
            kind=self.kind,
            min_score=self.min_score,
        )


class TestForm(Closed):
    """One item of a rule's `tests:`."""

    text: Text
    alert: Ids


class RuleForm(Closed):
    """One item of `rules:`; `watcher.watchlist.Rule` says what each key means."""

    id: Id
    watch: Annotated[
        Lines, AfterValidator(_some("this rule watches nothing; write tags or ids of entities"))
    ]
    send_to: Annotated[
        Ids, AfterValidator(_some("this rule tells nobody; write names of channels"))
    ]
    min_score: Score | None = None
    cool_down: Duration = timedelta(0)
    tests: Annotated[tuple[TestForm, ...], BeforeValidator(listed)] = ()


class RuleFile(Closed):
    """A whole file."""

    entities: Annotated[tuple[EntityForm, ...], BeforeValidator(listed)] = ()
    rules: Annotated[tuple[RuleForm, ...], BeforeValidator(listed)] = ()
