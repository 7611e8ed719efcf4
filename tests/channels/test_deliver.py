"""When a failed delivery is tried again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.alerts.samples import NOW
from watcher.channels.deliver import LONGEST, SCHEDULE, GiveUp, Retry, after_failure
from watcher.errors import DeliveryError


def error(
    retry_after: timedelta | None = None, *, permanent: bool = False, suspend: bool = False
) -> DeliveryError:
    return DeliveryError(
        "desk: Slack answered 503",
        channel="desk",
        retry_after=retry_after,
        permanent=permanent,
        suspend=suspend,
    )


def test_the_schedule_is_that_of_standard_webhooks() -> None:
    waits = [after_failure(n, error(), NOW, 0.0) for n in range(1, 10)]
    seconds = [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400]
    assert waits == [Retry(NOW + timedelta(seconds=s), "desk: Slack answered 503") for s in seconds]
    assert SCHEDULE[0] == timedelta(0)


def test_after_the_last_attempt_it_is_given_up_with_the_reason() -> None:
    assert after_failure(10, error(), NOW, 0.0) == GiveUp(
        "10 attempts failed; the last: desk: Slack answered 503"
    )


@pytest.mark.parametrize(
    ("asked", "attempts", "wait"),
    [
        (timedelta(seconds=90), 1, timedelta(seconds=90)),
        (timedelta(seconds=1), 1, timedelta(seconds=5)),
        (timedelta(0), 3, timedelta(minutes=30)),
        (timedelta(days=3650), 1, timedelta(days=1)),
    ],
)
def test_a_receiver_gets_the_time_it_asks_for(
    asked: timedelta, attempts: int, wait: timedelta
) -> None:
    limit = NOW + min(asked, LONGEST) if asked else None
    assert after_failure(attempts, error(asked), NOW, 0.0) == Retry(
        NOW + wait, "desk: Slack answered 503", limit
    )


@pytest.mark.parametrize("hours", [1, 3])
def test_an_attempt_beside_the_schedule_leaves_it_as_it_is(hours: int) -> None:
    planned, asked = NOW + timedelta(hours=2), NOW + timedelta(hours=hours)
    says = "desk: Slack answered 503"
    assert after_failure(10, error(), NOW, 1.0, planned) == Retry(planned, says)
    wished = after_failure(1, error(timedelta(hours=hours)), NOW, 1.0, planned)
    assert wished == Retry(max(planned, asked), says, asked)
    assert after_failure(1, error(permanent=True), NOW, 1.0, planned) == GiveUp(says)


@pytest.mark.parametrize("suspend", [True, False])
def test_what_cannot_help_is_not_repeated(suspend: bool) -> None:  # noqa: FBT001
    refused = error(timedelta(seconds=1), permanent=True, suspend=suspend)
    assert after_failure(1, refused, NOW, 0.0) == GiveUp("desk: Slack answered 503", suspend)


def test_a_receiver_that_is_gone_is_given_up_even_if_nobody_said_permanent() -> None:
    assert after_failure(1, error(suspend=True), NOW, 0.0) == GiveUp(
        "desk: Slack answered 503", suspend=True
    )


@given(
    st.integers(1, 9),
    st.none() | st.timedeltas(timedelta(0), timedelta(days=9999)),
    st.floats(0, 1),
)
def test_never_early_and_never_parked_in_the_future(
    attempts: int, asked: timedelta | None, jitter: float
) -> None:
    decision = after_failure(attempts, error(asked), NOW, jitter)
    assert isinstance(decision, Retry)
    waited = decision.at - NOW
    assert waited >= SCHEDULE[attempts]
    assert waited >= min(asked or timedelta(0), LONGEST)
    assert waited <= LONGEST * 1.1 + timedelta(seconds=1)
