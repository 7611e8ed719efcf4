"""The invented alert is plainly invented."""

from __future__ import annotations

from datetime import timedelta

from tests.alerts.samples import NOW, seen
from watcher.alerts.message import compose, plain
from watcher.alerts.sample import sample_delivery
from watcher.alerts.wording import sureness
from watcher.names import Evidence, compare


def test_the_sample_is_marked_as_a_test_and_shows_an_arabic_sentence() -> None:
    delivery = sample_delivery("desk", NOW)
    text = seen(plain(compose(delivery.content)))
    assert delivery.channel == "desk"
    assert "TEST of watcher, not news" in text
    assert "«سمير المثالي»" in text
    assert "al-Mithali = {المثالي} (transliteration)" in text


def test_the_sample_gives_the_reasons_that_a_real_alert_would() -> None:
    (quote,) = sample_delivery("desk", NOW).content.quotes
    real = compare(quote.name, quote.match)
    assert [_account(piece) for piece in quote.evidence] == list(map(_account, real.evidence))
    assert sureness(quote.score) is sureness(real.score)


def _account(piece: Evidence) -> tuple[str, str, str]:
    return piece.verdict, piece.part.replace("-", " "), piece.found


def test_each_sample_has_a_key_of_its_own_made_from_channel_and_time() -> None:
    later = NOW + timedelta(seconds=1)
    keys = {sample_delivery(c, t).key for c in ("desk", "soc") for t in (NOW, later)}
    assert len(keys) == 4
    assert sample_delivery("desk", NOW) == sample_delivery("desk", NOW)
    assert all("." not in key for key in keys)
