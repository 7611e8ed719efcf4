"""Why changed files are not taken over: each reason in one line, with the file that it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from watcher.alerts import Failure, shorten, tidy
from watcher.errors import ConfigError
from watcher.service.plan import Plan
from watcher.written import Fault


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason.

    Attributes:
        says: what is wrong, where, and what to write instead.
        file: where it has to be mended, as people know it; "" if that cannot be told.
    """

    says: str
    file: str = ""


def refused_by(error: ConfigError) -> list[Refusal]:
    """Why files could not even be read to a plan."""
    faults = [fault for fault in error.faults if isinstance(fault, Fault)]
    return [Refusal(advised(fault), fault.file) for fault in faults] or [Refusal(str(error))]


def refusals(plan: Plan, former: Plan) -> Iterator[Refusal]:
    """Why a plan that could be read cannot be taken over."""
    for failure in plan.failures:
        yield Refusal(worded(failure), failure.where.rsplit(":", 2)[0])
    if plan.settings.state != former.settings.state:
        yield Refusal(
            f"{plan.settings.file}: state: is now {plan.settings.state};"
            " stop watcher, move the folder, and start it again",
            plan.settings.file.name,
        )


def advised(fault: Fault) -> str:
    """What is wrong and what to write instead, in one line."""
    return f"{fault}; {fault.hint}" if fault.hint else str(fault)


def worded(failure: Failure) -> str:
    """Which test inside the rules fails, and its words."""
    return f'{failure} in "{shorten(tidy(failure.text), 120)}"; "watcher check" says why'
