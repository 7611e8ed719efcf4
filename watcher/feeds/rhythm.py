"""How often a feed is looked at: at one interval, or at one that finds itself between two limits.

News is not to be missed between two looks, and nobody is to be asked for nothing. What tells is the
share of a feed that was new at the last look (as for Media Cloud and its 180,000 feeds): when over
two thirds were new, some may have come and gone unseen, so the interval is halved; when under one
third was, it grows by half.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, ClassVar, Self

from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError, model_validator

from watcher.written import LENGTH, Closed, Interval, Json

FASTER, SLOWER = 0.5, 1.5
MANY, FEW = 2 / 3, 1 / 3

_INTERVAL: TypeAdapter[timedelta] = TypeAdapter(Interval)


class Rhythm(Closed):
    """The limits between which a feed's interval finds itself.

    Attributes:
        shortest: where it begins, and where it returns to when much is new.
        longest: what it grows to while little is.
    """

    also: ClassVar[tuple[Json, ...]] = (LENGTH,)

    shortest: Interval = Field(alias="from")
    longest: Interval = Field(alias="to")

    @classmethod
    def fixed(cls, every: timedelta) -> Self:
        """Always the same interval."""
        return cls.model_validate({"from": every, "to": every})

    @model_validator(mode="after")
    def _is_ordered(self) -> Self:
        if self.longest < self.shortest:
            raise ValueError('"from" is longer than "to"; write {from: 5m, to: 6h}')
        return self

    def begin(self, wait: timedelta | None) -> timedelta:
        """The interval in force: the one found last, within today's limits; first the shortest."""
        return min(max(wait or self.shortest, self.shortest), self.longest)

    def adapt(self, wait: timedelta | None, new: int, total: int) -> timedelta:
        """The next interval.

        Args:
            wait: the one found last; None if there is none yet.
            new: items that were new.
            total: items of the whole feed; 0 if it did not change.
        """
        share = new / total if total else 0.0
        factor = FASTER if share > MANY else SLOWER if share < FEW else 1.0
        return self.begin(self.begin(wait) * factor)


def _read(value: Any) -> Any:
    """One interval is both limits; a block is for the model to read."""
    if not isinstance(value, str | timedelta | None):
        return value
    try:
        return Rhythm.fixed(_INTERVAL.validate_python(value))
    except ValidationError as error:
        raise ValueError(error.errors()[0]["msg"].removeprefix("Value error, ")) from None


AnyRhythm = Annotated[Rhythm, BeforeValidator(_read)]
"""How often: `15m`, or `{from: 5m, to: 6h}`."""
