"""From mentions to decisions: what is told, to whom, and why or why not."""

from watcher.alerts.alert import Alert, Quote
from watcher.alerts.amount import amount
from watcher.alerts.backtest import Effect, Side, backtest, effects
from watcher.alerts.clean import isolate, shorten, tidy, unmark
from watcher.alerts.conditions import Answer
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
from watcher.alerts.flip import flips
from watcher.alerts.hear import Scene, answers, hear
from watcher.alerts.identity import alert_id, delivery_key, digest_key, notice_id
from watcher.alerts.judge import Dossier, Judged, Memory, file_away, judge
from watcher.alerts.lesson import Lesson, learn_right, learn_wrong
from watcher.alerts.message import Excerpt, Message, account, compose, plain
from watcher.alerts.mute import Silence, Target, mute
from watcher.alerts.notice import About, Event, Notice, notice_data, write_notice
from watcher.alerts.proposal import Act, Change, Scope
from watcher.alerts.quote import quote
from watcher.alerts.raising import compile_rules, floors_of, raise_alerts
from watcher.alerts.recall import AsOf, Recall
from watcher.alerts.rehearse import Failure, rehearse
from watcher.alerts.road import Branch, Question, Road, walk
from watcher.alerts.route import route
from watcher.alerts.sample import sample_delivery
from watcher.alerts.span import length
from watcher.alerts.step import Stage, Step, road_data, step_data, tell_road
from watcher.alerts.story import Story, same_story, tell
from watcher.alerts.trial import try_names
from watcher.alerts.wording import BANDS, Sureness, digits, explain, sureness

__all__ = [
    "BANDS",
    "About",
    "Act",
    "Alert",
    "Answer",
    "AsOf",
    "Branch",
    "Change",
    "Content",
    "Decision",
    "Delivery",
    "Digest",
    "Dossier",
    "Effect",
    "Event",
    "Excerpt",
    "Failure",
    "Judged",
    "Lesson",
    "Limits",
    "Memory",
    "Message",
    "Notice",
    "Past",
    "Question",
    "Quote",
    "Reason",
    "Recall",
    "Road",
    "Scene",
    "Scope",
    "Side",
    "Silence",
    "Stage",
    "Step",
    "Story",
    "Sureness",
    "Target",
    "account",
    "alert_data",
    "alert_id",
    "amount",
    "answers",
    "backtest",
    "compile_rules",
    "compose",
    "decide",
    "delivery_key",
    "digest_data",
    "digest_key",
    "digits",
    "effects",
    "evidence_data",
    "explain",
    "file_away",
    "flips",
    "floors_of",
    "hear",
    "isolate",
    "judge",
    "learn_right",
    "learn_wrong",
    "length",
    "mute",
    "notice_data",
    "notice_id",
    "parse_alert",
    "parse_evidence",
    "plain",
    "quote",
    "raise_alerts",
    "rehearse",
    "road_data",
    "route",
    "same_story",
    "sample_delivery",
    "shorten",
    "stamp",
    "step_data",
    "sureness",
    "tell",
    "tell_road",
    "tidy",
    "try_names",
    "unmark",
    "walk",
    "write_notice",
]
