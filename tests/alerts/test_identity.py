from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from watcher.alerts import alert_id, delivery_key


def test_the_ids_are_those_of_ever():
    # The hashes were made with sha256sum over '5:alert,4:irgc,5:qasem,2:a1,' and its like.
    alert = alert_id("irgc", "qasem", "a1")
    assert alert == "alert_7056b216fb39d40ef033f57f4e1cc2a5"
    assert delivery_key(alert, "desk") == "msg_9f571718eeb06ea2ac66da63b8a5567a"


def test_one_part_cannot_run_into_the_next():
    assert alert_id("a", "bc", "d") != alert_id("ab", "c", "d")
    assert alert_id("a", "1:b,", "c") != alert_id("a,1:b", "", "c")


@given(st.text(st.characters()), st.text(st.characters()))
def test_any_text_makes_an_id_that_standard_webhooks_can_sign(one: str, other: str):
    assert re.fullmatch("alert_[0-9a-f]{32}", alert_id(one, other, one))
    assert re.fullmatch("msg_[0-9a-f]{32}", delivery_key(one, other))
    assert delivery_key(one, other) == delivery_key(one, other)
