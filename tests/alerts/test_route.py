from __future__ import annotations

from tests.news import rule
from watcher.alerts import route


def test_each_channel_is_told_once_in_the_order_written():
    assert route(rule(send_to=("soc", "desk", "soc"))) == ("soc", "desk")


def test_a_rule_that_tells_nobody_sends_nowhere():
    assert route(rule(send_to=())) == ()
