"""What became of a delivery, for people and for programs."""

from __future__ import annotations

from collections.abc import Collection

import click

from watcher.alerts import Silence, isolate, stamp, tidy
from watcher.cli.record import shown
from watcher.store import Dispatch, Standing, Store

_BECAME = {
    Standing.WAITING: "waiting for",
    Standing.DELIVERED: "sent to",
    Standing.DEAD: "given up for",
    Standing.DROPPED: "dropped for",
}


def tell_stopped(store: Store) -> frozenset[str]:
    """Tell which channels are suspended, and why; their names."""
    stopped = store.suspensions()
    for channel, why in stopped.items():
        click.echo(
            f"{channel} is suspended since {shown(why.since)}: {tidy(why.reason)};"
            " mend it, then restart or reload the daemon",
            err=True,
        )
    return frozenset(stopped)


def fate(dispatch: Dispatch, stopped: Collection[str]) -> str:
    """What became of a delivery, in a line.

    Args:
        dispatch: see there.
        stopped: the suspended channels.
    """
    said = f"{_BECAME[dispatch.standing]} {dispatch.channel}"
    if dispatch.standing is Standing.WAITING:
        said += _why_waiting(dispatch, suspended=dispatch.channel in stopped)
    if dispatch.digest:
        said += f" with the digest {dispatch.digest}"
    if dispatch.standing is Standing.DELIVERED or not dispatch.note:
        return said
    tries = "1 try" if dispatch.attempts == 1 else f"{dispatch.attempts} tries"
    return f"{said} ({tries}: {tidy(dispatch.note)})"


def _why_waiting(dispatch: Dispatch, *, suspended: bool) -> str:
    """Until when it waits, and behind what; "" if it is due and simply not sent yet."""
    if suspended:
        return ", which is suspended"
    if dispatch.held:
        return f" for its hour, {shown(dispatch.next_try)} UTC"
    behind = f" behind {dispatch.behind}" if dispatch.behind else ""
    # Before anything was tried, the date is that of the recording and says nothing.
    tried = dispatch.next_try and dispatch.next_try > dispatch.created
    return behind + (f" until {shown(dispatch.next_try)} UTC" if tried else "")


def silenced(silence: Silence) -> str:
    """What holds an alert back, since when, until when, by whom and why."""
    until = min(silence.until, silence.ended or silence.until)
    return (
        f"silence {silence.number} on the {silence.target} {isolate(tidy(silence.subject))},"
        f" from {shown(silence.made)} to {shown(until)} UTC,"
        f" by {tidy(silence.by)}: {isolate(tidy(silence.why))}"
    )


def delivery_data(dispatch: Dispatch) -> dict[str, object]:
    """A delivery for programs."""
    return {
        "key": dispatch.key,
        "channel": dispatch.channel,
        "digest": dispatch.digest,
        "state": dispatch.standing.value,
        "due": stamp(dispatch.due),
        "held": dispatch.held,
        "behind": dispatch.behind,
        "next_try": stamp(dispatch.next_try) if dispatch.next_try else None,
        "attempts": dispatch.attempts,
        "ended": stamp(dispatch.ended) if dispatch.ended else None,
        "note": dispatch.note,
        "tries": [
            {"at": stamp(attempt.at), "outcome": attempt.outcome, "answer": attempt.answer}
            for attempt in dispatch.tries
        ],
    }
