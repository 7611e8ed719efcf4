"""From mentions to decisions: what is told, to whom, and why or why not."""

from watcher.alerts.alert import Alert, Quote
from watcher.alerts.clean import isolate, shorten, tidy
from watcher.alerts.data import (
    alert_data,
    digest_data,
    evidence_data,
    parse_alert,
    parse_evidence,
    stamp,
)
from watcher.alerts.decide import Decision, Limits, Past, Reason, decide
from watcher.alerts.delivery import Content, Delivery, Digest
from watcher.alerts.hear import Answer, Scene, answers, hear
from watcher.alerts.identity import alert_id, delivery_key, digest_key, notice_id
from watcher.alerts.judge import Dossier, Judged, Memory, file_away, judge
from watcher.alerts.message import Excerpt, Message, account, compose, plain
from watcher.alerts.mute import Silence, Target, mute
from watcher.alerts.notice import About, Event, Notice, notice_data, write_notice
from watcher.alerts.quote import quote
from watcher.alerts.raising import compile_rules, raise_alerts
from watcher.alerts.rehearse import Failure, rehearse
from watcher.alerts.route import route
from watcher.alerts.sample import sample_delivery
from watcher.alerts.story import Story, same_story, tell
from watcher.alerts.wording import BANDS, Sureness, digits, explain, sureness

__all__ = [
    "BANDS",
    "About",
    "Alert",
    "Answer",
    "Content",
    "Decision",
    "Delivery",
    "Digest",
    "Dossier",
    "Event",
    "Excerpt",
    "Failure",
    "Judged",
    "Limits",
    "Memory",
    "Message",
    "Notice",
    "Past",
    "Quote",
    "Reason",
    "Scene",
    "Silence",
    "Story",
    "Sureness",
    "Target",
    "account",
    "alert_data",
    "alert_id",
    "answers",
    "compile_rules",
    "compose",
    "decide",
    "delivery_key",
    "digest_data",
    "digest_key",
    "digits",
    "evidence_data",
    "explain",
    "file_away",
    "hear",
    "isolate",
    "judge",
    "mute",
    "notice_data",
    "notice_id",
    "parse_alert",
    "parse_evidence",
    "plain",
    "quote",
    "raise_alerts",
    "rehearse",
    "route",
    "same_story",
    "sample_delivery",
    "shorten",
    "stamp",
    "sureness",
    "tell",
    "tidy",
    "write_notice",
]
