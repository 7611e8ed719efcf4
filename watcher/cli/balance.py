"""What rules would have sent, counted and shown: by day, by entity, by rule, by sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice

from watcher.alerts import (
    Dossier,
    Effect,
    Judged,
    alert_data,
    amount,
    compose,
    effects,
    isolate,
    stamp,
    tidy,
)
from watcher.cli.chart import chart
from watcher.cli.record import shown

_MOST_DAYS = 62
"""Of a longer time only the days that have alerts are shown; and so many rows of any chart."""
_COLOURS = {Effect.ADDED: "\x1b[32m", Effect.DROPPED: "\x1b[31m"}
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"
_SIGNS = {Effect.KEPT: " ", Effect.ADDED: "+", Effect.DROPPED: "−"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """An alert of the past, and what the rules that are tried do to it.

    Attributes:
        judged: the alert and its decision; of one that is dropped, those of the rules in force.
        effect: against the rules in force; kept where nothing is compared.
    """

    judged: Judged
    effect: Effect = Effect.KEPT

    @property
    def sends(self) -> bool:
        """Whether it is sent by either rules."""
        return self.judged.decision.reason.sends

    def data(self, *, diff: bool) -> dict[str, object]:
        """For programs: as webhooks get it, with the decision."""
        alert, decision = self.judged.alert, self.judged.decision
        told: dict[str, object] = alert_data(alert) | {
            "raised": stamp(alert.raised),
            "reason": decision.reason.value,
            "earlier": decision.earlier,
            "send_to": list(self.judged.send_to),
        }
        return told | ({"effect": self.effect.value} if diff else {})


def outcomes(dossiers: Sequence[Dossier]) -> Iterator[Outcome]:
    """The alerts of an article: all of one side, or what two sides send differently or alike."""
    if len(dossiers) > 1:
        yield from (Outcome(*each) for each in effects(dossiers[0], dossiers[1]))
    else:
        yield from map(Outcome, dossiers[0].judged)


@dataclass(slots=True)
class Balance:
    """The alerts of a time, added up.

    Attributes:
        since: of articles first seen then or later.
        until: and before this.
        diff: two sides are compared: only what differs is shown one by one.
        articles: how many there were.
        sent: alerts that are sent, in the order of their articles.
        held: how many were held, by the reason.
    """

    since: datetime
    until: datetime
    diff: bool = False
    articles: int = 0
    sent: list[Outcome] = field(default_factory=list)
    held: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: Outcome) -> None:
        """Count an alert."""
        if outcome.sends:
            self.sent.append(outcome)
        else:
            self.held[outcome.judged.decision.reason] += 1

    def __str__(self) -> str:
        until = self.until - timedelta(microseconds=1)
        when = f"{self.since:%Y-%m-%d} to {until:%Y-%m-%d}"
        effect = Counter(outcome.effect for outcome in self.sent)
        if self.diff:
            told = [
                f"added: {effect[Effect.ADDED]:,}",
                f"dropped: {effect[Effect.DROPPED]:,}",
                f"kept: {effect[Effect.KEPT]:,}",
            ]
        else:
            reasons = ", ".join(f"{reason} {many:,}" for reason, many in self.held.most_common())
            told = [
                f"alerts: {len(self.sent):,}",
                f"held: {self.held.total():,}" + (f" ({reasons})" if reasons else ""),
            ]
        return " · ".join([f"{amount(self.articles, 'article')}, {when}", *told])

    def lines(self, limit: int, *, colour: bool) -> Iterator[str]:
        """The charts, then the alerts.

        Args:
            limit: so many alerts at most.
            colour: whether the screen shows colours.
        """
        for title, rows in self._charts():
            yield ""
            yield f"{_BOLD}{title}{_PLAIN}" if colour else title
            yield from rows
        told = [each for each in self.sent if not self.diff or each.effect is not Effect.KEPT]
        for outcome in told[:limit]:
            yield ""
            yield from _sentence(outcome, colour=colour and self.diff)
        if len(told) > limit:
            yield ""
            yield f"and {len(told) - limit:,} more; --limit shows them"

    def _charts(self) -> Iterator[tuple[str, Iterable[str]]]:
        if not self.sent:
            return
        by_day = {f"{day:%Y-%m-%d}": Counter[Effect]() for day in self._days()}
        for outcome in self.sent:
            by_day[f"{outcome.judged.alert.raised:%Y-%m-%d}"][outcome.effect] += 1
        yield "by day", self._rows(by_day)
        yield "by entity", self._rows(self._ranked("entity"))
        by_rule = self._ranked("rule")
        if len(by_rule) > 1:
            yield "by rule", self._rows(by_rule)

    def _days(self) -> list[date]:
        """The days from the first alert to the last; of too many only those with alerts."""
        days = sorted({outcome.judged.alert.raised.date() for outcome in self.sent})
        number = (days[-1] - days[0]).days + 1
        if number > _MOST_DAYS:
            return days
        return [days[0] + timedelta(days=at) for at in range(number)]

    def _ranked(self, of: str) -> dict[str, Counter[Effect]]:
        """Counts by what an alert is of, the most first."""
        found: dict[str, Counter[Effect]] = {}
        for outcome in self.sent:
            name = str(getattr(outcome.judged.alert, of))
            found.setdefault(name, Counter())[outcome.effect] += 1
        return dict(sorted(found.items(), key=lambda item: (-item[1].total(), item[0])))

    def _rows(self, counts: dict[str, Counter[Effect]]) -> Iterator[str]:
        """Rows of a chart: how many there are with the rules that are tried."""
        some = dict(islice(counts.items(), _MOST_DAYS))
        yield from chart(
            {
                tidy(name): (many.total() - many[Effect.DROPPED], self._change(many))
                for name, many in some.items()
            }
        )
        if len(some) < len(counts):
            yield f"  and {len(counts) - len(some):,} more"

    def _change(self, many: Counter[Effect]) -> str:
        """What is added and dropped, where that is asked."""
        marks = ((Effect.ADDED, "+"), (Effect.DROPPED, "−"))
        return " ".join(f"{mark}{many[effect]}" for effect, mark in marks if many[effect])


def _sentence(outcome: Outcome, *, colour: bool) -> Iterator[str]:
    """An alert: when and of whom, where it stands, its first sentence."""
    alert = outcome.judged.alert
    message = compose(alert)
    paint, plain = (_COLOURS.get(outcome.effect, ""), _PLAIN) if colour else ("", "")
    yield f"{paint}{_SIGNS[outcome.effect]} {shown(alert.raised)}  {message.headline}{plain}"
    for line in (isolate(message.title), message.origin, message.link):
        if line:
            yield f"    {line}"
    more = len(message.excerpts) - 1
    yield f"    {message.excerpts[0].marked('«', '»')}" + (f" (and {more} more)" if more else "")
