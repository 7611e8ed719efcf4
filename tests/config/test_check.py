from __future__ import annotations

import pytest

from watcher.config import check_all

RULES = """\
entities: [{id: a, name: Qasem Soleimani}]
rules: [{id: r, watch: a, send_to: screen}]
"""
CONFIG = """\
sources: [{feed: 'https://example.org/rss'}]
channels: {screen: {terminal: {}}}
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.yaml").write_text(RULES)
    (tmp_path / "watcher.yaml").write_text(CONFIG)
    return tmp_path


def faults(path):
    checked = check_all(path, {})
    return [str(fault) for fault in checked.faults]


def test_all_is_well(folder):
    checked = check_all(folder / "watcher.yaml", {})
    assert (checked.faults, checked.warnings) == ((), ())
    assert checked.settings.rules == folder / "rules"
    assert "a" in checked.rulebook.watchlist


def test_a_folder_with_a_config_is_checked_as_that(folder):
    checked = check_all(folder, {})
    assert checked.settings == check_all(folder / "watcher.yaml", {}).settings
    assert checked.rulebook is not None


def test_faults_of_config_and_rules_come_in_one_run(folder):
    (folder / "watcher.yaml").write_text(CONFIG + "max_age: 3\n")
    (folder / "rules" / "b.yaml").write_text("rules: [{id: q, watch: b, send_to: skreen}]")
    assert faults(folder) == [
        'rules/b.yaml:1:24: no entity has the tag or the id "b"',
        'rules/b.yaml:1:36: there is no channel "skreen"',
        'watcher.yaml:3:10: "3" is not a length of time',
    ]


def test_a_fault_of_shape_hides_no_other_fault(folder):
    (folder / "watcher.yaml").write_text("""\
sources:
  - {folder: none, evary: 5s}
  - {feed: 'https://example.org/rss', every: 1}
  - {feed: 'https://example.org/rss', every: 10s}
  - {feed: 'https://example.com/rss', name: rss}
  - {folder: rss}
  - {opml: none.opml}
  - {feed: 3}
channels:
  screen: {terminal: {}}
  desk: {slack: {}}
admin: [desk, nobody]
max_age: 3
""")
    (folder / "rules" / "a.yaml").write_text(RULES.replace("screen", "[screen, desk, skreen]"))
    (folder / "rules" / "b.yaml").write_text("entities: 'x")
    checked = check_all(folder, {})
    assert [str(fault) for fault in checked.faults] == [
        'rules/a.yaml:2:51: there is no channel "skreen"',
        "rules/b.yaml:1:11: a quote is opened here and never closed",
        'watcher.yaml:2:20: the key "evary" is not known here',
        'watcher.yaml:3:46: "1" is not a length of time',
        "watcher.yaml:4:5: this source stands twice; first at watcher.yaml:3:5",
        'watcher.yaml:6:5: another source is called "rss": watcher.yaml:5:5',
        'watcher.yaml:8:12: "3" is not an http or https address',
        'watcher.yaml:11:17: the key "webhook" is missing here',
        'watcher.yaml:12:15: there is no channel "nobody"',
        'watcher.yaml:13:10: "3" is not a length of time',
    ]
    assert [str(warning) for warning in checked.warnings] == [
        f"watcher.yaml:2:14: warning: the folder {folder}/none does not exist",
        "watcher.yaml:4:46: warning: a public host is asked more than once a minute",
        f"watcher.yaml:6:14: warning: the folder {folder}/rss does not exist",
        f"watcher.yaml:7:12: warning: the file {folder}/none.opml does not exist",
    ]
    assert [rule.id for rule in checked.sound.rules] == ["r"]


@pytest.mark.parametrize(
    "text",
    [
        "channls: {screen: {terminal: {}}}\nsorces: [{folder: x}]\n",
        "channels: {screen: {termnal: {}}}\nsources: [{folders: x}]\n",
        "channels: [screen]\nsources: {folder: x}\n",
    ],
)
def test_what_was_left_out_is_not_missed_besides(folder, text):
    (folder / "watcher.yaml").write_text(text + "admin: [screen]\nrulez: elsewhere\n")
    (folder / "rules").rename(folder / "elsewhere")
    checked = check_all(folder, {})
    assert (len(checked.faults), checked.warnings) == (3, ())


def test_rules_are_found_through_a_config_that_has_faults(folder):
    (folder / "rules").rename(folder / "elsewhere")
    (folder / "watcher.yaml").write_text(CONFIG + "rules: elsewhere\ntypo: 1\n")
    (folder / "elsewhere" / "b.yaml").write_text("typo: 1")
    assert faults(folder) == [
        'elsewhere/b.yaml:1:1: the key "typo" is not known here',
        'watcher.yaml:4:1: the key "typo" is not known here',
    ]


@pytest.mark.parametrize("text", ["channels: 'x", "channels: [a]", "- x", "channels: {a"])
def test_channels_that_cannot_be_told_are_not_missed(folder, text):
    (folder / "watcher.yaml").write_text(text)
    assert [fault.partition(":")[0] for fault in faults(folder)] == ["watcher.yaml"]


def test_a_config_without_channels_misses_those_of_the_rules(folder):
    (folder / "watcher.yaml").write_text("sources: []\n")
    assert faults(folder) == ['rules/a.yaml:2:36: there is no channel "screen"']


def test_a_config_that_is_not_there_is_the_one_fault(folder):
    assert faults(folder / "none.yaml") == [
        "none.yaml: this file cannot be read: No such file or directory"
    ]
    (fault,) = check_all(folder / "none.yaml", {}).faults
    assert fault.hint.startswith("run `watcher init` for a working starter, or name the file: -c")


def test_a_path_that_cannot_be_reached_is_the_one_fault(folder):
    far = "a" * 300
    assert faults(folder / far) == [f"{far}: this file cannot be read: File name too long"]
    assert check_all(folder / far, {}).faults[0].hint == ""


def test_missing_rules_are_told_once(folder):
    (folder / "rules" / "a.yaml").unlink()
    (folder / "rules").rmdir()
    assert len(faults(folder)) == 1


@pytest.mark.parametrize("path", ["rules", "rules/a.yaml"])
def test_rules_are_checked_by_themselves(folder, path):
    checked = check_all(folder / path, {})
    assert checked.settings is None
    assert checked.faults == ()
    assert [rule.send_to for rule in checked.rulebook.rules] == [("screen",)]


def test_a_file_of_rules_is_known_by_what_it_holds(folder):
    for text in ["rules: [{id: r}]", "entities: [{id: r}]"]:
        (folder / "some.yaml").write_text(text)
        assert faults(folder / "some.yaml")[0].startswith("some.yaml:1:")
    (folder / "some.yaml").write_text("- x")
    assert faults(folder / "some.yaml") == [
        "some.yaml:1:1: a list stands where a block of keys is expected"
    ]


@pytest.mark.parametrize(
    "text", ["enttities: []", "rulez: [a]", "rules: [{id: 'x", "entities: {", "colour: red"]
)
def test_a_file_of_rules_with_faults_is_checked_by_itself(folder, text):
    (folder / "rules" / "b.yaml").write_text("typo: 1")
    (folder / "some.yaml").write_text(text)
    (fault,) = faults(folder / "some.yaml")
    assert fault.startswith("some.yaml:1:")


@pytest.mark.parametrize("text", ["channls: {}", "rules: rules", "sources: ['", "log:\n  [\nx: 1"])
def test_an_operators_file_of_any_name_brings_its_rules(folder, text):
    (folder / "rules" / "b.yaml").write_text("typo: 1")
    (folder / "desk.yaml").write_text(text)
    found = faults(folder / "desk.yaml")
    assert 'rules/b.yaml:1:1: the key "typo" is not known here' in found


@pytest.mark.parametrize("text", ["Peace talks: day two: nothing", "- a", "", "Dear all: hello"])
def test_a_text_is_no_file_of_rules(folder, text):
    (folder / "some.txt").write_text(text)
    (fault,) = check_all(folder / "some.txt", {}).faults
    assert str(fault) == "some.txt: this is neither a configuration nor a file of rules"
    assert fault.hint.endswith("texts are searched with: watcher scan")
    (folder / "some.txt").write_text(RULES)
    assert faults(folder / "some.txt") == []


def test_a_watchlist_of_lines_is_checked(folder):
    (folder / "list.jsonl").write_text('{"id": "a", "names": ["A B"]}\n{"id": "b"}\n')
    checked = check_all(folder / "list.jsonl", {})
    assert "a" in checked.rulebook.watchlist
    assert len(checked.warnings) == 1
    (folder / "list.jsonl").write_text("{\n")
    checked = check_all(folder / "list.jsonl", {})
    assert (checked.rulebook, len(checked.faults)) == (None, 1)
    assert faults(folder / "no.jsonl") == [
        "no.jsonl: this file cannot be read: No such file or directory"
    ]


def test_entities_without_rules_alert_nobody(folder):
    (folder / "rules" / "a.yaml").write_text("entities: [{id: a, name: Qasem Soleimani}]")
    assert [str(warning) for warning in check_all(folder, {}).warnings] == [
        "rules: warning: there are no rules, so nobody is alerted"
    ]


HEARD = RULES.replace("send_to: screen", "send_to: screen, sources: [example.org/rss, Desk, Tims]")
OPML = (
    '<opml version="2.0"><body><outline text="Times" xmlUrl="https://times.example/rss"/>'
    '<outline text="" xmlUrl="https://www.post.example/rss"/></body></opml>'
)


def test_a_rule_that_asks_for_a_source_that_is_not_read_is_warned_of(folder):
    (folder / "rules" / "a.yaml").write_text(HEARD)
    (folder / "feeds.opml").write_text(OPML)
    (folder / "watcher.yaml").write_text(CONFIG.replace("}]", "}, {opml: feeds.opml}]", 1))
    checked = check_all(folder, {})
    told = [f"{warning}; {warning.hint}" for warning in checked.warnings]
    assert told == [
        (
            'rules/a.yaml:2:71: warning: there is no source "Desk", so no article of it can'
            " satisfy this rule; write one of: Times, example.org/rss, post.example/rss"
        ),
        (
            'rules/a.yaml:2:77: warning: there is no source "Tims", so no article of it can'
            ' satisfy this rule; did you mean "Times"?'
        ),
    ]


def test_while_a_list_of_feeds_cannot_be_read_nobody_knows_the_sources(folder):
    (folder / "rules" / "a.yaml").write_text(HEARD)
    (folder / "watcher.yaml").write_text(CONFIG.replace("}]", "}, {opml: feeds.opml}]", 1))
    assert not [str(w) for w in check_all(folder, {}).warnings if "no source" in str(w)]


def test_rules_by_themselves_know_of_no_sources(folder):
    (folder / "rules" / "a.yaml").write_text(HEARD)
    assert check_all(folder / "rules", {}).warnings == ()
