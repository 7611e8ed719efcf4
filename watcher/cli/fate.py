"""What became of a delivery, for people and for programs."""

from __future__ import annotations

from collections.abc import Mapping

import click

from watcher.alerts import Reason, Silence, amount, isolate, stamp, tidy
from watcher.cli.record import shown
from watcher.store import Dispatch, Standing, Store, Suspension

_BECAME = {
    Standing.WAITING: "waiting for",
    Standing.DELIVERED: "sent to",
    Standing.DEAD: "given up for",
    Standing.DROPPED: "dropped for",
}
_HELD = {
    Reason.SAME_STORY: "the same story was alerted within the cool-down",
    Reason.TOO_OLD: "the article was too old when first seen",
    Reason.TEST: "the entity or the rule is on test",
    Reason.KNOWN: "it was raised before",
    Reason.SILENCED: "it was silenced",
    Reason.ARCHIVE: "it was found in an archive",
}


def tell_stopped(store: Store) -> dict[str, Suspension]:
    """Tell which channels are not sent to, and why; these."""
    stopped = store.suspensions()
    for channel, stop in stopped.items():
        advice = "" if stop.closed else "; mend it, then restart or reload the daemon"
        state = "cannot be opened" if stop.closed else "is suspended"
        click.echo(
            f"{channel} {state} since {shown(stop.since)}: {tidy(stop.reason)}{advice}", err=True
        )
    return stopped


def fate(dispatch: Dispatch, stopped: Mapping[str, Suspension]) -> str:
    """What became of a delivery, in a line.

    Args:
        dispatch: see there.
        stopped: the channels that are not sent to.
    """
    said = f"{_BECAME[dispatch.standing]} {dispatch.channel}"
    if dispatch.standing is Standing.WAITING:
        said += _why_waiting(dispatch, stopped.get(dispatch.channel))
    if dispatch.digest:
        said += f" with the digest {dispatch.digest}"
    if dispatch.standing is Standing.DELIVERED or not dispatch.note:
        return said
    tries = amount(dispatch.attempts, "try", "tries")
    return f"{said} ({tries}: {tidy(dispatch.note)})"


def _why_waiting(dispatch: Dispatch, stop: Suspension | None) -> str:
    """Until when it waits, and behind what; "" if it is due and simply not sent yet."""
    if stop:
        return ", which cannot be opened" if stop.closed else ", which is suspended"
    if dispatch.held:
        return f" for its hour, {shown(dispatch.next_try)} UTC"
    behind = f" behind {dispatch.behind}" if dispatch.behind else ""
    # Before anything was tried, the date is that of the recording and says nothing.
    tried = dispatch.next_try and dispatch.next_try > dispatch.created
    return behind + (f" until {shown(dispatch.next_try)} UTC" if tried else "")


def held(reason: Reason, silence: Silence | None = None) -> str:
    """Why an alert was told nobody, in a line.

    Args:
        reason: one that does not send.
        silence: the one that holds it, if one does.
    """
    return f"held: {silenced(silence) if silence else _HELD[reason]}"


def silenced(silence: Silence) -> str:
    """What holds an alert back, since when, until when, by whom and why."""
    until = min(silence.until, silence.ended or silence.until)
    return (
        f"silence {silence.number} on the {silence.target} {isolate(tidy(silence.subject))},"
        f" from {shown(silence.made)} to {shown(until)} UTC,"
        f" by {tidy(silence.by)}: {isolate(tidy(silence.why))}"
    )


def delivery_data(dispatch: Dispatch, stopped: Mapping[str, Suspension]) -> dict[str, object]:
    """A delivery for programs; `stopped` as for `fate`."""
    stop = stopped.get(dispatch.channel) if dispatch.standing is Standing.WAITING else None
    return {
        "key": dispatch.key,
        "channel": dispatch.channel,
        "digest": dispatch.digest,
        "state": dispatch.standing.value,
        "due": stamp(dispatch.due),
        "held": dispatch.held,
        "behind": dispatch.behind,
        "stopped": tidy(stop.reason) if stop else None,
        "next_try": stamp(dispatch.next_try) if dispatch.next_try else None,
        "attempts": dispatch.attempts,
        "ended": stamp(dispatch.ended) if dispatch.ended else None,
        "note": dispatch.note,
        "tries": [
            {"at": stamp(attempt.at), "outcome": attempt.outcome, "answer": attempt.answer}
            for attempt in dispatch.tries
        ],
    }
