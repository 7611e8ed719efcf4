from __future__ import annotations

import pytest

from watcher.config import check_all

RULES = """\
entities: [{id: a, name: Qasem Soleimani}]
rules: [{id: r, watch: a, send_to: screen}]
"""
SOURCES = "sources: [{feed: 'https://example.org/rss'}]\n"
KEY = "whsec_" + "A" * 32
CHANNELS = "channels: {screen: {terminal: {}}, %s}\n"


@pytest.fixture
def look(tmp_path):
    """Looks at a config text beside good rules; gives faults and warnings as text."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.yaml").write_text(RULES)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "empty").write_text("")
    (tmp_path / "feeds.opml").write_text("<opml/>")

    def look(text, **environ):
        path = tmp_path / "watcher.yaml"
        path.write_text(text)
        checked = check_all(path, environ)
        return tuple(
            [str(fault).replace(f"{path}:", "").replace(f"{tmp_path}/", "") for fault in found]
            for found in (checked.faults, checked.warnings)
        )

    return look


def faults(look, text):
    return look(SOURCES + CHANNELS % "" + text)[0]


def warnings(look, channel, **environ):
    found, told = look(SOURCES + CHANNELS % f"x: {channel}", **environ)
    assert found == []
    return [warning.replace(" warning: this channel cannot send:", "") for warning in told]


def test_a_good_config_is_not_spoken_of(look):
    assert look(SOURCES + CHANNELS % "") == ([], [])


def test_a_source_may_stand_once(look):
    text = CHANNELS % "" + "sources: [{folder: seeds}, {folder: ./seeds, name: other}]"
    assert look(text)[0] == ["2:28: this source stands twice; first at 2:11"]


def test_names_of_sources_are_unique(look):
    text = CHANNELS % "" + "sources: [{folder: seeds}, {feed: 'https://a.b', name: seeds}]"
    assert look(text)[0] == ['2:28: another source is called "seeds": 2:11']


def test_a_source_that_is_not_there_is_warned_of_and_stops_nothing(look):
    text = CHANNELS % "" + "sources: [{folder: sedes}, {opml: f.opml}, {folder: empty}]"
    assert look(text) == (
        [],
        [
            "2:20: warning: the folder sedes does not exist",
            "2:35: warning: the file f.opml does not exist",
            "2:53: warning: the folder empty does not exist",
        ],
    )


def test_a_list_that_is_none_is_warned_of(look):
    found, (warning,) = look(CHANNELS % "" + "sources: [{opml: empty}]")
    assert found == []
    assert warning.startswith("2:18: warning: no feeds are known from empty: not OPML: no element")


def test_the_rules_must_exist(look):
    assert faults(look, "rules: rulez\n") == [
        "3:1: the analysts' folder rulez does not exist",
    ]


def test_the_admin_must_be_a_channel(look):
    assert faults(look, "admin: [screen, skreen]\n") == ['3:17: there is no channel "skreen"']


@pytest.mark.parametrize(
    ("every", "told"),
    [
        ("none", []),
        ("1d", []),
        ("30m", ["3:12: this is too short"]),
    ],
)
def test_a_sign_of_life_is_for_people(look, every, told):
    found, warned = look(f"{SOURCES}{CHANNELS % ''}heartbeat: {every}\nadmin: screen\n")
    assert (found, warned) == (told, [])


def test_a_sign_of_life_that_nobody_gets_is_warned_of(look):
    assert look(f"{SOURCES}{CHANNELS % ''}heartbeat: 1d\n") == (
        [],
        ["3:12: warning: nobody is told that all is running"],
    )


def test_a_daemon_without_sources_or_channels_is_idle(look):
    assert look("sources: []\nchannels:\n") == (
        ['rules/a.yaml:2:36: there is no channel "screen"'],
        [
            "1:1: warning: there are no sources, so nothing is read",
            "2:1: warning: there are no channels, so nobody is told",
        ],
    )


@pytest.mark.parametrize(
    ("url", "is_public"),
    [
        ("https://example.org/rss", True),
        ("https://8.8.8.8/rss", True),
        ("https://127.0.0.1:80/rss", False),
        ("http://localhost/rss", False),
        ("http://[::1]/rss", False),
        ("http://10.0.0.1/rss", False),
        ("http://rsshub/rss", False),
        ("http://feeds.internal/rss", False),
    ],
)
def test_a_public_host_is_asked_politely(look, url, is_public):
    allowed = "network: {allow_private: [127.0.0.0/8, 10.0.0.0/8, '::1']}\n"
    found, told = look(CHANNELS % "" + allowed + f"sources: [{{feed: '{url}', every: 59s}}]")
    assert found == []
    assert [warning.partition("warning: ")[2] for warning in told] == (
        ["a public host is asked more than once a minute"] if is_public else []
    )


@pytest.mark.parametrize(("every", "told"), [("59s", 1), ("1m", 0)])
def test_the_hosts_of_a_list_are_asked_politely(look, every, told):
    warned = ["2:37: warning: the hosts of this list are asked more than once a minute"]
    text = CHANNELS % "" + f"sources: [{{opml: feeds.opml, every: {every}}}]"
    assert look(text) == ([], warned[:told])


def test_a_secret_that_stands_openly_is_warned_of(look):
    assert warnings(look, "{slack: {webhook: 'https://hooks.example/x'}}") == [
        "2:57: warning: this secret stands openly in the file"
    ]
    hook = f"{{webhook: {{url: 'https://soc.example', secret: {KEY}}}}}"
    assert warnings(look, hook) == ["2:86: warning: this secret stands openly in the file"]


def test_an_unsigned_webhook_is_warned_of(look):
    assert warnings(look, "{webhook: {url: 'https://soc.example'}}") == [
        "2:40: warning: this webhook is sent unsigned, so its receiver cannot know who sent it"
    ]


def test_a_secret_that_is_not_there_is_warned_of(look):
    assert warnings(look, "{slack: {webhook: {env: HOOK}}}") == [
        "2:57: the environment variable HOOK is not set; set it to the secret"
    ]
    assert warnings(look, "{slack: {webhook: {env: HOOK}}}", HOOK="https://a.b") == []


def test_an_address_kept_elsewhere_must_be_one(look):
    assert warnings(look, "{slack: {webhook: {env: HOOK}}}", HOOK="hunter2") == [
        "2:57: what is kept there is no http or https address"
    ]
    hook = "{webhook: {url: {env: URL}, secret: {env: KEY}}}"
    assert warnings(look, hook, KEY=KEY) == [
        "2:55: the environment variable URL is not set; set it to the secret"
    ]
    assert warnings(look, hook, KEY=KEY, URL="https://a.b") == []


def test_a_key_that_cannot_sign_is_warned_of(look):
    hook = "{webhook: {url: 'https://soc.example', secret: {env: KEY}}}"
    (warning,) = warnings(look, hook, KEY="hunter2")
    assert warning.startswith('2:86: channel "x": the secret does not begin with whsec_')
    assert "hunter2" not in warning
    assert warnings(look, hook, KEY=KEY) == []


def test_a_key_that_stands_openly_and_cannot_sign_is_a_fault(look):
    hook = "x: {webhook: {url: 'https://soc.example', secret: whsec_abc}}"
    assert look(SOURCES + CHANNELS % hook)[0] == ["2:86: the secret holds 2 bytes"]


def test_what_cannot_be_reached_is_told(look):
    one, two = "a" * 300, "b" * 300
    text = CHANNELS % "" + f"sources: [{{folder: {one}}}, {{opml: {two}}}]\nrules: {one}"
    found, told = look(text)
    assert found == [f"3:1: the analysts' folder {one} cannot be reached: File name too long"]
    assert told == [
        f"2:20: warning: the folder {one} cannot be reached: File name too long",
        f"2:330: warning: the file {two} cannot be reached: File name too long",
    ]


MAIL = "{mail: {server: 'm.example:587', from: w@a.example, to: d@a.example%s}}"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("", []),
        (", user: desk, password: {env: PASSWORD}", []),
        (", user: desk", ["user and password go together; without both nobody is logged in"]),
        (
            ", user: desk, password: open",
            ["this secret stands openly in the file"],
        ),
        (
            ", user: desk, password: {env: PASSWORD}, security: none",
            ["this password is sent in the clear"],
        ),
        (
            ", user: desk, password: {env: NOTHING}",
            ["the environment variable NOTHING is not set; set it to the secret"],
        ),
    ],
)
def test_a_log_in_that_cannot_work_or_is_seen_is_warned_of(look, more, told):
    found = warnings(look, MAIL % more, PASSWORD="pass word")
    assert [warning.split(" ", 1)[1].removeprefix("warning: ") for warning in found] == told


def test_a_private_address_that_nobody_allowed_is_told(look):
    feed = "sources: [{feed: 'http://%s/rss'}]\n"
    hook = CHANNELS % f"x: {{webhook: {{url: 'http://10.0.0.7/', secret: '{KEY}'}}}}"
    opened = "network: {allow_private: ['127.0.0.1:81', 10.0.0.0/8]}\n"
    refused = "is not a public address, so it is refused"
    told = look(feed % "[::1]:81" + hook)[1]
    assert [each.split(": ")[2] for each in told if refused in each] == [
        f"::1 {refused}",
        f"10.0.0.7 {refused}",
    ]
    assert not [each for each in look(feed % "127.0.0.1:81" + hook + opened)[1] if refused in each]
    assert (
        len([each for each in look(feed % "127.0.0.1:82" + hook + opened)[1] if refused in each])
        == 1
    )
