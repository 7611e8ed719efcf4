"""A table that is looked into by what a message, a decision or a finding is must hold all of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import Enum

import pytest

from watcher.alerts import Reason
from watcher.alerts.backtest import Effect
from watcher.alerts.wording import Sureness
from watcher.channels import terminal
from watcher.cli import balance, doctor, fate, history, outbox, renewed
from watcher.pipeline import Fate
from watcher.service import Grade, courier
from watcher.store import Standing
from watcher.watchlist import Severity
from watcher.watchlist.change import How
from watcher.watchlist.official.diff import Sort

# An alert as a whole is held, a delivery never: it was not made.
_OF_DELIVERIES = [each for each in Standing if each is not Standing.HELD]


@pytest.mark.parametrize(
    ("table", "every"),
    [
        (fate._HELD, [reason for reason in Reason if not reason.sends]),
        (fate._BECAME, _OF_DELIVERIES),
        (outbox._STANDINGS, [None, *outbox.State]),
        (doctor._COLOURS, Grade),
        (history._SIGNS, How),
        (balance._SIGNS, Effect),
        (renewed._MARKS, Sort),
        (courier._LEVELS, Fate),
        (terminal._STYLES, Sureness),
        (terminal._GRAVE, Severity),
    ],
)
def test_a_table_of_words_leaves_nothing_out(
    table: Mapping[Enum | None, object], every: Collection[Enum | None]
) -> None:
    assert set(table) == set(every)


@pytest.mark.parametrize("reason", [reason for reason in Reason if not reason.sends])
def test_every_reason_to_hold_an_alert_has_its_own_words(reason: Reason) -> None:
    others = {fate.held(each) for each in Reason if not each.sends and each is not reason}
    said = fate.held(reason)
    assert said.startswith("held: ")
    assert said not in others
