from __future__ import annotations

from pathlib import Path

import pytest

from watcher.channels.settings import TerminalSettings
from watcher.config.form import ConfigFile
from watcher.written import load, validate


def faults(text):
    value, found = validate(ConfigFile, load("f", text), {"folder": Path("/etc/watcher")})
    assert value is None
    return [str(fault).removeprefix("f:") for fault in found]


ONE_KIND = "a channel is one of terminal, slack, webhook, mail and apprise"
ONE_LIST = "a list is one of ofac, un, eu, uk, opensanctions and file"
ONE_SOURCE = "a source is one of feed, folder and opml"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "1:1: the file is empty"),
        ("sources: [{feed: example.org}]", '1:18: "example.org" is not an http or https address'),
        ("sources: [{feed: 'file:///etc/passwd'}]", '1:18: "file:///etc/passwd" is not an http'),
        ("sources: [{feeds: 'https://a.b'}]", f"1:11: {ONE_SOURCE}"),
        ("sources: [{feed: 'https://a.b', folder: x}]", f"1:11: {ONE_SOURCE}"),
        ("sources: [https://a.b]", f"1:11: {ONE_SOURCE}"),
        ("sources: {feed: x}", "1:10: a block of keys stands where a list is expected"),
        ("sources: [{folder: x, every: 0s}]", "1:30: this is too short"),
        ("sources: [{folder: x, full_text: yes}]", '1:23: the key "full_text" is not known here'),
        ("sources: [{folder: }]", "1:20: nothing stands where a text is expected"),
        ("channels: {a: {}}", f"1:15: {ONE_KIND}"),
        ("channels: {a: {terminal: {}, slack: {webhook: {env: A}}}}", f"1:15: {ONE_KIND}"),
        ("channels: {a: {slakc: {}}}", '1:16: the key "slakc" is not known here'),
        ("channels: {a: {slack: {}}}", '1:23: the key "webhook" is missing here'),
        ("channels: {a: {slack: {webhook: x}}}", "1:33: this is not an http or https address"),
        ("channels: {a: {webhook: {url: x}}}", "1:31: this is not an http or https address"),
        ("channels: {a b: {terminal: }}", '1:12: "a b" has a space in it'),
        ("channels: [a]", "1:11: a list stands where a block of keys is expected"),
        ("channels: {a: {terminal: {digest_over: 0}}}", '1:40: "0" is not a number of things'),
        ("max_age: ", "1:9: nothing is not a length of time"),
        ("max_age: 3 days", '1:10: "3 days" is not a length of time'),
        ("network: {allow_private: [10.0.0.0/8, foo]}", "1:39: 'foo' is neither host:port"),
        ("network: {hosts: {a: {at_once: 0}}}", '1:32: "0" is not a number of things'),
        ("network: {hosts: {a: {space: 1s}}}", '1:23: the key "space" is not known here'),
        ("network: {hosts: {'a.b:80': {}}}", '1:19: "a.b:80" is not the name of a host'),
        ("network: {hosts: {'https://a.b': {}}}", '1:19: "https://a.b" is not the name of a'),
        (
            "network: {hosts: {a.b: {}, c: {}, A.B.: {at_once: 2}}}",
            '1:18: "a.b" and "A.B." are the same host',
        ),
        ("log: {format: pretty}", '1:15: "pretty" is none of the words known here'),
        ("log: {level: warn}", '1:14: "warn" is none of the words known here'),
        ("lists: [{}]", f"1:9: {ONE_LIST}"),
        ("lists: [{ofac: a.csv, un: b.xml}]", f"1:9: {ONE_LIST}"),
        ("lists: [{ofac: []}]", "1:16: this list is read from nowhere"),
        ("lists: [{ofac: 'ftp://a.b/c'}]", '1:16: "ftp://a.b/c" is not an http or https address'),
        ("lists: [{ofac: a.csv, name: ../x}]", '1:29: "../x" cannot be the name of a file'),
        ("lists: [{ofac: a.csv, name: a b}]", '1:29: "a b" has a space in it'),
        ("lists: [{ofac: a.csv, every: 0s}]", "1:30: this is too short"),
        ("lists: [{ofak: a.csv}]", '1:10: the key "ofak" is not known here'),
        ("state: [a]", "1:8: a list stands where a text is expected"),
    ],
)
def test_what_the_operator_may_not_write_is_told_at_its_place(text, expected):
    found = faults(text)
    assert len(found) == 1
    assert found[0].startswith(expected)


def hints(text):
    _, found = validate(ConfigFile, load("f", text), {"folder": Path("/etc/watcher")})
    return [fault.hint for fault in found]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("channels: {a: {terminal: {}, digest_over: 3}}", 'put it inside "terminal"'),
        ("channels: {a: {webhook: {url: {env: A}}, secret: x}}", 'put it inside "webhook"'),
        (
            "network: {allow_private: [foo]}",
            "write host:port, an address such as 10.1.2.3, or a block such as 10.0.0.0/8",
        ),
        ("sources: [{feed: example.org/rss.xml}]", "write https://example.org/rss.xml"),
        ("sources: [{feed: news}]", "write https://…"),
        ("sources: [{feed: 'ftp://example.org/rss.xml'}]", "write https://…"),
        ("sources: [{folder: ~/news}]", "write the whole path, or ./~/news if that is its name"),
        ("state: ~", ""),
        ("rules: '~'", "write the whole path, or ./~ if that is its name"),
    ],
)
def test_what_to_write_instead_is_said(text, hint):
    assert hints(text) == [hint]


def test_an_open_address_is_not_repeated_in_a_fault():
    [fault] = faults("channels: {a: {slack: {webhook: hooks.example/T0/B0/secret}}}")
    assert "secret" not in fault


@pytest.mark.parametrize("block", ["{}", "", "{digest_over: 50}"])
def test_a_terminal_needs_no_settings(block):
    form, found = validate(ConfigFile, load("f", f"channels: {{a: {{terminal: {block}}}}}"))
    assert found == ()
    assert form.channels["a"].settings() == TerminalSettings()


@pytest.mark.parametrize(
    ("written", "known_as"),
    [("RSSHub.example.", "rsshub.example"), ("10.0.0.1", "10.0.0.1"), ("'[::0:1]'", "::1")],
)
def test_a_host_is_known_as_the_network_calls_it(written, known_as):
    form, found = validate(ConfigFile, load("f", f"network: {{hosts: {{{written}: {{}}}}}}"))
    assert found == ()
    assert list(form.network.settings().hosts) == [known_as]
