"""Where articles come from: feeds of the web, folders of documents, and lists of feeds."""

from __future__ import annotations

from watcher.feeds.binary import not_text
from watcher.feeds.clean import clean
from watcher.feeds.decode import Decoded, decode
from watcher.feeds.entry import Entry, Parsed, article_id, believable
from watcher.feeds.fetch import look_at_feed
from watcher.feeds.folder import FolderReader
from watcher.feeds.headline import headline
from watcher.feeds.look import Fetched, first_state
from watcher.feeds.news import reckon
from watcher.feeds.opml import Opml, Outline, parse_opml, read_opml, write_opml
from watcher.feeds.pace import after_failure, after_success, latest
from watcher.feeds.page import whole
from watcher.feeds.pages import PageReader
from watcher.feeds.parser import Allowance, Parser
from watcher.feeds.rhythm import Rhythm
from watcher.feeds.settings import (
    AnySource,
    FeedSource,
    FolderSource,
    OpmlSource,
    SourceSettings,
)

__all__ = [
    "Allowance",
    "AnySource",
    "Decoded",
    "Entry",
    "FeedSource",
    "Fetched",
    "FolderReader",
    "FolderSource",
    "Opml",
    "OpmlSource",
    "Outline",
    "PageReader",
    "Parsed",
    "Parser",
    "Rhythm",
    "SourceSettings",
    "after_failure",
    "after_success",
    "article_id",
    "believable",
    "clean",
    "decode",
    "first_state",
    "headline",
    "latest",
    "look_at_feed",
    "not_text",
    "parse_opml",
    "read_opml",
    "reckon",
    "whole",
    "write_opml",
]
