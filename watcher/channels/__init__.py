"""How people and programs are told, by every kind of channel; when a failure is tried again."""

from watcher.channels.apprise import AppriseChannel
from watcher.channels.channel import Channel
from watcher.channels.deliver import SCHEDULE, GiveUp, Retry, after_failure
from watcher.channels.mail import MailChannel
from watcher.channels.open import open_channels
from watcher.channels.settings import (
    AppriseSettings,
    ChannelSettings,
    MailSettings,
    SlackSettings,
    TerminalSettings,
    WebhookSettings,
)
from watcher.channels.slack import SlackChannel
from watcher.channels.terminal import TerminalChannel, wants_colour
from watcher.channels.webhook import WebhookChannel

__all__ = [
    "SCHEDULE",
    "AppriseChannel",
    "AppriseSettings",
    "Channel",
    "ChannelSettings",
    "GiveUp",
    "MailChannel",
    "MailSettings",
    "Retry",
    "SlackChannel",
    "SlackSettings",
    "TerminalChannel",
    "TerminalSettings",
    "WebhookChannel",
    "WebhookSettings",
    "after_failure",
    "open_channels",
    "wants_colour",
]
