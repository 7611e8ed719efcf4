from __future__ import annotations

from datetime import timedelta

import pytest

from watcher.channels.settings import SlackSettings, TerminalSettings, WebhookSettings
from watcher.config import (
    LogFormat,
    LogLevel,
    LogSettings,
    NetworkSettings,
    Settings,
    read_config,
    read_rulebook,
)
from watcher.errors import ConfigError, RuleError, WatcherError
from watcher.feeds.settings import FeedSource, FolderSource, OpmlSource
from watcher.net import Manners
from watcher.written import SecretRef

WHOLE = """\
state: data
rules: ../rules
sources:
  - folder: seeds
    every: 2s
  - feed: https://example.org/rss.xml
    name: Example
    every: 15m
    full_text: true
  - opml: feeds.opml
channels:
  screen: {terminal: {}}
  desk: {slack: {webhook: {env: SLACK_WEBHOOK_URL}, digest_over: none}}
  soc: {webhook: {url: https://soc.example/hook, secret: {credential: soc-secret}}}
max_age: none
admin: screen
network:
  allow_private: ["127.0.0.1:8080", 10.0.0.0/8]
  hosts:
    RSSHub.example: {spacing: 0s, at_once: 8}
    slow.example: {spacing: 1m}
contact: ops@example.org
log: {format: json, level: debug}
"""
RULES = """\
entities: [{id: a, name: Qasem Soleimani}]
rules: [{id: r, watch: a, send_to: screen}]
"""


@pytest.fixture
def folder(tmp_path):
    """A place where everything that `WHOLE` names is there."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.yaml").write_text(RULES)
    (tmp_path / "etc" / "seeds").mkdir(parents=True)
    (tmp_path / "etc" / "feeds.opml").write_text("<opml/>")
    return tmp_path / "etc"


def write(folder, text):
    (folder / "watcher.yaml").write_text(text)
    return folder / "watcher.yaml"


def test_every_key_reaches_the_settings(folder):
    path = write(folder, WHOLE)
    settings = read_config(path, {})
    assert settings == Settings(
        file=path,
        state=folder / "data",
        rules=folder.parent / "rules",
        sources=(
            FolderSource(folder=folder / "seeds", every=timedelta(seconds=2)),
            FeedSource(feed="https://example.org/rss.xml", name="Example", full_text=True),
            OpmlSource(opml=folder / "feeds.opml"),
        ),
        channels={
            "screen": TerminalSettings(),
            "desk": SlackSettings(webhook=SecretRef(env="SLACK_WEBHOOK_URL"), digest_over=None),
            "soc": WebhookSettings(
                url=SecretRef.openly("https://soc.example/hook"),
                secret=SecretRef(credential="soc-secret"),
            ),
        },
        max_age=None,
        admin=("screen",),
        network=NetworkSettings(
            allow_private=("127.0.0.1:8080", "10.0.0.0/8"),
            hosts={
                "rsshub.example": Manners(timedelta(0), 8),
                "slow.example": Manners(timedelta(minutes=1), 1),
            },
        ),
        contact="ops@example.org",
        log=LogSettings(format=LogFormat.JSON, level=LogLevel.DEBUG),
    )
    assert list(settings.channels) == ["screen", "desk", "soc"]


def test_every_key_has_a_default(folder):
    (folder / "rules").mkdir()
    path = write(folder, "channels:\nsources:\nnetwork:\nlog:\n")
    assert read_config(path, {}) == Settings(
        file=path, state=folder / "var", rules=folder / "rules", max_age=timedelta(days=3)
    )


def test_a_path_counts_from_its_file_whatever_the_current_folder(folder, monkeypatch):
    write(folder, WHOLE)
    there = read_config(folder / "watcher.yaml", {})
    monkeypatch.chdir(folder.parent)
    assert read_config(folder.relative_to(folder.parent) / "watcher.yaml", {}) == there


def test_a_config_with_faults_raises_them_all(folder):
    path = write(folder, "stat: x\nmax_age: 3\nchannels: {a: {}}\nrules: ../rules\n")
    with pytest.raises(ConfigError) as error:
        read_config(path, {})
    assert [fault.line for fault in error.value.faults] == [1, 2, 3]
    assert 'did you mean "state"?' in str(error.value)
    assert isinstance(error.value, WatcherError)


def test_a_config_that_is_not_there_says_so(tmp_path):
    with pytest.raises(ConfigError, match="this file cannot be read: No such file or directory"):
        read_config(tmp_path / "watcher.yaml", {})


def test_a_missing_secret_stops_no_other_channel(folder):
    assert "desk" in read_config(write(folder, WHOLE), {}).channels


def test_the_rulebook_is_read_from_the_folder(folder):
    rulebook = read_rulebook(read_config(write(folder, WHOLE), {}))
    assert [rule.id for rule in rulebook.rules] == ["r"]
    assert "a" in rulebook.watchlist


def test_a_rule_that_sends_to_nobody_known_is_a_fault(folder):
    settings = read_config(write(folder, WHOLE), {})
    (folder.parent / "rules" / "b.yaml").write_text(
        "rules: [{id: q, watch: a, send_to: [skreen, desk]}]"
    )
    with pytest.raises(RuleError, match='there is no channel "skreen"') as error:
        read_rulebook(settings)
    assert [fault.hint for fault in error.value.faults] == ['did you mean "screen"?']


def test_rules_without_files_are_a_fault(folder):
    settings = read_config(write(folder, WHOLE), {})
    (folder.parent / "rules" / "a.yaml").unlink()
    with pytest.raises(RuleError, match="this folder holds no rules"):
        read_rulebook(settings)
