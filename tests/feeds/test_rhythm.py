"""An interval finds itself by the share of news, between the operator's limits."""

from __future__ import annotations

from datetime import timedelta
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from watcher.feeds import Rhythm
from watcher.feeds.rhythm import AnyRhythm

READ = TypeAdapter(AnyRhythm)
MINUTE = timedelta(minutes=1)
WIDE = READ.validate_python({"from": "5m", "to": "6h"})


def test_one_interval_is_both_limits():
    assert READ.validate_python("15m") == Rhythm.fixed(15 * MINUTE)
    assert READ.validate_python(15 * MINUTE) == READ.validate_python(Rhythm.fixed(15 * MINUTE))


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("5", "is not a length of time; write 30s, 15m, 6h or 2d"),
        ("0s", "this is too short; write 1s or more"),
        (None, "nothing is not a length of time"),
        ({"from": "6h", "to": "5m"}, '"from" is longer than "to"; write {from: 5m, to: 6h}'),
    ],
)
def test_what_is_no_rhythm_is_refused_in_words(value, says):
    with pytest.raises(ValidationError) as refused:
        READ.validate_python(value)
    assert says in refused.value.errors()[0]["msg"]


@pytest.mark.parametrize(
    ("wait", "new", "total", "minutes"),
    [
        (None, 20, 20, 5),  # never under the lower limit
        (60, 20, 20, 30),
        (60, 10, 20, 60),
        (60, 1, 20, 90),
        (60, 0, 0, 90),  # not changed
        (300, 0, 20, 360),  # never over the upper limit
        (9999, 10, 20, 360),  # the limits have become narrower since
    ],
)
def test_the_interval_follows_the_share_of_news(wait, new, total, minutes):
    before = None if wait is None else wait * MINUTE
    assert WIDE.adapt(before, new, total) == minutes * MINUTE


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=60))
def test_no_run_of_looks_leads_out_of_the_limits(looks):
    found = reduce(lambda wait, look: WIDE.adapt(wait, *look), looks, None)
    assert found is None or WIDE.shortest <= found <= WIDE.longest
