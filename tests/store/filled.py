"""A store with alerts that wait for two channels, the desk and the soc."""

from __future__ import annotations

from datetime import timedelta

from tests.news import NOW, article, dossiers, rule
from watcher.alerts import Delivery, delivery_key
from watcher.store import Store

MINUTE = timedelta(minutes=1)


def fill(store: Store, *numbers: int) -> list[str]:
    """Record one alert for each number; the keys of their deliveries to the desk."""
    told = dossiers(*(article(n) for n in numbers), rules=(rule(send_to=("desk", "soc")),))
    store.record(told, None, NOW)
    return [delivery_key(dossier.judged[0].alert.id, "desk") for dossier in told]


def key(delivery: Delivery | None) -> str | None:
    return delivery and delivery.key
