"""How often alerts were right, by entity and rule: `watcher alerts --stats`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from watcher.alerts import isolate, tidy
from watcher.store import Precision


def precision_lines(tallies: Iterable[Precision]) -> Iterator[str]:
    """A line for each entity of each rule, aligned under a header."""
    yield f"{'raised':>7} {'right':>6} {'wrong':>6} {'precision':>10}  rule · entity"
    for each in tallies:
        share = f"{each.share:.0%}" if each.share is not None else "-"
        names = f"{isolate(tidy(each.rule))} · {isolate(tidy(each.entity))}"
        yield f"{each.raised:>7} {each.confirmed:>6} {each.dismissed:>6} {share:>10}  {names}"


def precision_data(tally: Precision) -> dict[str, object]:
    """The same for programs; `precision` is null where nobody has said anything."""
    return {
        "rule": tally.rule,
        "entity": tally.entity,
        "raised": tally.raised,
        "confirmed": tally.confirmed,
        "dismissed": tally.dismissed,
        "precision": tally.share,
    }
