"""Messages for whoever looks at the screen, or reads what was piped to a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import StringIO
from typing import TextIO, assert_never

from rich.console import Console
from rich.text import Text

from watcher.alerts import (
    Alert,
    Content,
    Delivery,
    Digest,
    Excerpt,
    Message,
    Notice,
    Sureness,
    account,
    amount,
    compose,
    isolate,
)
from watcher.channels.stream import PATIENCE_S, write
from watcher.errors import DeliveryError
from watcher.watchlist import Severity

_STYLES = {
    Sureness.CERTAIN: "bold green",
    Sureness.VERY_LIKELY: "green",
    Sureness.LIKELY: "yellow",
    Sureness.POSSIBLE: "dim yellow",
}
_GRAVE = {
    Severity.LOW: "dim",
    Severity.NORMAL: "",
    Severity.HIGH: "bold red",
    Severity.CRITICAL: "bold white on red",
}
_MARK = "bold reverse"


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalChannel:
    """Writes each alert, digest and notice to a stream as a short block of lines.

    Attributes:
        name: as the operator's file calls it.
        stream: where to, usually standard output.
        colour: mark names by colour; otherwise they stand between « and ».
        pace: zero, for a screen takes all.
        patience_s: how long a reader may stand still before a write counts as failed.
        digest_over: more waiting alerts than this go as one digest; None for never.
    """

    name: str
    stream: TextIO = field(repr=False)
    colour: bool = False
    pace: timedelta = timedelta(0)
    patience_s: float = PATIENCE_S
    digest_over: int | None = None

    def room(self, alerts: Sequence[Alert]) -> int:
        """All of them."""
        return len(alerts)

    async def send(self, delivery: Delivery, now: datetime) -> str:  # noqa: ARG002 - Channel's
        """Write the message (see `Channel.send`)."""
        shown = show(delivery.content, colour=self.colour)
        try:
            await write(self.stream, shown, self.patience_s)
        except (OSError, ValueError) as error:
            raise DeliveryError(_explain(self.name, error), channel=self.name) from error
        return "written"


def wants_colour(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether to use colours: on a terminal that has them, unless NO_COLOR says no."""
    if environ.get("NO_COLOR") or environ.get("TERM") == "dumb":
        return False
    return stream.isatty()


def show(content: Content, *, colour: bool) -> str:
    """Whatever is sent as lines for a terminal, closed by an empty one (see `render`)."""
    match content:
        case Alert():
            return render(compose(content), colour=colour)
        case Digest():
            lines = [Text(amount(len(content.alerts), "alert"), style="bold")]
            for message in map(compose, content.alerts):
                lines += _entry(message)
        case Notice():
            lines = [Text(content.headline, style="bold"), Text(f"  {isolate(content.words)}")]
        case _:
            assert_never(content)
    return _print([*lines, Text("")], colour=colour)


def render(message: Message, *, colour: bool) -> str:
    """The alert as lines for a terminal, closed by an empty one.

    Lines are not broken, so that they can be searched and copied whole; the terminal wraps them.
    Without colour there is no control character but the line ends.
    """
    lines = [_headline(message)]
    lines += [Text(f"  {message.known}", style="dim")] if message.known else []
    lines += [Text(f"  {isolate(message.title)}", style="bold")] if message.title else []
    lines += [Text(f"  {message.origin}", style="dim")] if message.origin else []
    for excerpt in message.excerpts:
        lines += _excerpt(excerpt, colour=colour)
    lines += [Text(f"  {message.link}", style="underline")] if message.link else []
    return _print([*lines, Text("")], colour=colour)


def _headline(message: Message) -> Text:
    pieces = (
        (message.grave, _GRAVE[message.severity]),
        (isolate(message.entity), "bold"),
        (message.sureness, _STYLES[message.sureness]),
        (isolate(message.rule), ""),
    )
    return Text(" · ").join(Text(told, style) for told, style in pieces if told)


def _entry(message: Message) -> list[Text]:
    """One alert of a digest in two or three lines."""
    told = " · ".join(filter(None, (isolate(message.title), message.origin)))
    lines = [Text.assemble("  ", _headline(message)), Text(f"    {told}")]
    return [*lines, *([Text(f"    {message.link}", style="underline")] if message.link else [])]


def _excerpt(excerpt: Excerpt, *, colour: bool) -> list[Text]:
    if colour:
        marks = excerpt.marked("\0", "\0").split("\0")
        quote = Text.assemble("  ", marks[0], (marks[1], _MARK), marks[2])
    else:
        quote = Text("  " + excerpt.marked("«", "»"))
    why = account(excerpt)
    return [quote, Text(f"    {why}", style="dim")] if why else [quote]


def _print(lines: list[Text], *, colour: bool) -> str:
    paper = StringIO()
    console = Console(
        file=paper,
        force_terminal=colour,
        color_system="standard" if colour else None,
        legacy_windows=False,
        _environ={},
    )
    for line in lines:
        console.print(line, soft_wrap=True, highlight=False, markup=False, emoji=False)
    return paper.getvalue()


def _explain(channel: str, error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return f"{channel}: nobody reads the output; it is tried again later"
    if isinstance(error, BrokenPipeError):
        return f"{channel}: whoever read the output has gone; start watcher with a new reader"
    return f"{channel}: cannot write to the output: {error}"
