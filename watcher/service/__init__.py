"""The daemon: what is done when, signals, reload, logs, and what systemd is told."""

from watcher.service.daemon import serve
from watcher.service.doctor import examine
from watcher.service.edits import survey_plan
from watcher.service.finding import FILES, Finding, Grade
from watcher.service.house import World
from watcher.service.importing import import_list
from watcher.service.intake import Intake, persons
from watcher.service.lessons import Addition, additions, teach
from watcher.service.once import Report, run_dry, run_once
from watcher.service.page import read_page
from watcher.service.plan import list_feeds, list_sources
from watcher.service.poll import Polled, poll_feed
from watcher.service.sample import send_sample
from watcher.service.seek import Found, seek_feed
from watcher.service.trouble import tell_letters

__all__ = [
    "FILES",
    "Addition",
    "Finding",
    "Found",
    "Grade",
    "Intake",
    "Polled",
    "Report",
    "World",
    "additions",
    "examine",
    "import_list",
    "list_feeds",
    "list_sources",
    "persons",
    "poll_feed",
    "read_page",
    "run_dry",
    "run_once",
    "seek_feed",
    "send_sample",
    "serve",
    "survey_plan",
    "teach",
    "tell_letters",
]
