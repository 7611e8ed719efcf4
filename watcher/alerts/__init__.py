"""From mentions to decisions: what is told, to whom, and why or why not."""

from watcher.alerts.alert import Alert, Delivery, Quote
from watcher.alerts.data import alert_data, evidence_data, parse_alert, parse_evidence, stamp
from watcher.alerts.decide import Decision, Limits, Past, Reason, decide
from watcher.alerts.identity import alert_id, delivery_key
from watcher.alerts.judge import Dossier, Judged, Memory, judge
from watcher.alerts.quote import quote
from watcher.alerts.raising import raise_alerts
from watcher.alerts.rehearse import Failure, rehearse
from watcher.alerts.route import route
from watcher.alerts.story import Story, same_story, tell

__all__ = [
    "Alert",
    "Decision",
    "Delivery",
    "Dossier",
    "Failure",
    "Judged",
    "Limits",
    "Memory",
    "Past",
    "Quote",
    "Reason",
    "Story",
    "alert_data",
    "alert_id",
    "decide",
    "delivery_key",
    "evidence_data",
    "judge",
    "parse_alert",
    "parse_evidence",
    "quote",
    "raise_alerts",
    "rehearse",
    "route",
    "same_story",
    "stamp",
    "tell",
]
