from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from watcher.store.moment import from_ms, from_ms_or_none, to_ms, to_ms_or_none

YEAR_2038 = datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC)


def test_times_are_whole_milliseconds_since_1970():
    assert to_ms(YEAR_2038) == 2**31 * 1000
    assert to_ms(datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)) == -1
    assert to_ms(datetime(1970, 1, 1, 3, 30, tzinfo=timezone(timedelta(hours=3.5)))) == 0


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_time_comes_back_cut_to_the_millisecond(at: datetime):
    assert from_ms(to_ms(at)) == at.replace(microsecond=at.microsecond // 1000 * 1000)


def test_no_time_stays_no_time():
    assert to_ms_or_none(None) is None
    assert from_ms_or_none(None) is None
    assert from_ms_or_none(to_ms_or_none(YEAR_2038)) == YEAR_2038
