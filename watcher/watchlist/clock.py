"""Times of day, days and zones in a file: what may stand there, and how else is refused."""

from __future__ import annotations

import re
from datetime import time
from typing import Annotated, Any, ClassVar
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from watcher.watchlist.hours import DAYS, Quiet, Rhythm, is_endless
from watcher.written import (
    LENGTH,
    OR_ONE,
    Closed,
    Interval,
    Json,
    Line,
    did_you_mean,
    listed,
    shape,
)

_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")
_LONG = {"mon": "monday", "tue": "tuesday", "wed": "wednesday", "thu": "thursday"} | {
    "fri": "friday",
    "sat": "saturday",
    "sun": "sunday",
}


def _time(value: Any) -> time:
    """A time of day; 24:00 is the midnight at which the day ends."""
    if isinstance(value, time):
        return value
    found = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found or (found[1] == "24" and found[2] != "00"):
        raise ValueError(f'"{value}" is not a time of day; write hours and minutes, like 22:30')
    return time(int(found[1]) % 24, int(found[2]))


def _day(value: Any) -> int:
    """A day of the week, 0 for Monday."""
    if isinstance(value, int):
        return value
    word = str(value).strip().lower()
    for number, day in enumerate(DAYS):
        if word in {day, _LONG[day]}:
            return number
    raise ValueError(f'"{value}" is not a day of the week; write one of: {", ".join(DAYS)}')


def _zone(value: Any) -> str:
    """The name of a zone that the machine knows the clocks of."""
    name = " ".join(str(value).split())
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        hint = did_you_mean(name, available_timezones()).removeprefix("did you mean ")
        meant = hint.strip('"?') or "Europe/Berlin or UTC"
        raise ValueError(f'there is no time zone "{name}"; write {meant}') from None
    return name


TimeOfDay = Annotated[
    time,
    BeforeValidator(_time),
    shape("time of day", type="string", pattern=r"^\s*([01]?\d|2[0-4]):[0-5]\d\s*$"),
]
"""A time of day: `22:30`."""

Day = Annotated[int, BeforeValidator(_day), shape("day of the week", enum=[*DAYS, *_LONG.values()])]
"""A day of the week: `mon`."""

Zone = Annotated[Line, BeforeValidator(_zone), shape("time zone", type="string")]
"""A time zone of the IANA database: `Europe/Berlin`."""


class DigestForm(Closed):
    """When alerts go together. A length of time by itself (`1h`) is `every`.

    Attributes:
        every: at each multiple of this, counted from midnight in UTC.
        at: at these times of day instead.
        zone: the time zone of those times, such as `Europe/Berlin`.
    """

    also: ClassVar[tuple[Json, ...]] = (LENGTH,)

    every: Interval | None = None
    at: Annotated[tuple[TimeOfDay, ...], BeforeValidator(listed), OR_ONE] = ()
    zone: Zone = "UTC"

    @model_validator(mode="before")
    @classmethod
    def _length_alone(cls, value: Any) -> Any:
        return {"every": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _is_one(self) -> DigestForm:
        if (self.every is None) is not bool(self.at):
            raise ValueError(
                'a digest is due every so often or at times of day; write "digest: 1h"'
                ' or "digest: {at: 08:00, zone: Europe/Berlin}"'
            )
        return self

    def rhythm(self) -> Rhythm:
        """The times that were written."""
        return Rhythm(every=self.every, at=self.at, zone=self.zone)


class QuietForm(Closed):
    """A part of the day in which nobody is told; what is raised then is told when it ends.

    Attributes:
        start: when it begins, such as `22:00`.
        end: when it ends; on the next day if that is not later than `from`.
        zone: the time zone of both, such as `Europe/Berlin`; summer time is taken care of.
        days: on which days it begins (`mon` … `sun`); without it, on all.
    """

    start: TimeOfDay = Field(alias="from")
    end: TimeOfDay = Field(alias="to")
    zone: Zone
    days: Annotated[tuple[Day, ...], BeforeValidator(listed), OR_ONE] = ()

    def quiet(self) -> Quiet:
        """The part of the day that was written."""
        days = frozenset(self.days or range(7))
        return Quiet(start=self.start, end=self.end, zone=self.zone, days=days)


def _one_listed(value: Any) -> Any:
    """A list of blocks may be one block."""
    return [value] if isinstance(value, dict) else listed(value)


def _leaves_time(forms: tuple[QuietForm, ...]) -> tuple[QuietForm, ...]:
    if len({form.zone for form in forms}) > 1:
        raise ValueError("these quiet hours go by several clocks; write the same zone in each")
    if is_endless([form.quiet() for form in forms]):
        raise ValueError("these quiet hours never end, so nobody would be told; write status: test")
    return forms


QuietHours = Annotated[
    tuple[QuietForm, ...], AfterValidator(_leaves_time), BeforeValidator(_one_listed), OR_ONE
]
"""Parts of the day in which nobody is told; one may stand without a list."""
