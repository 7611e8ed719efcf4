from __future__ import annotations

import json
import time
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.watchlist import (
    Entity,
    Rule,
    Rulebook,
    RuleTest,
    read_rules,
    unknown_channels,
)
from watcher.written import render

ENTITIES = """\
entities:
  - id: qasem-soleimani
    name: Qasem Soleimani
    kind: person
    aliases: [قاسم سليماني]
    short: Soleimani
    context: [Quds Force, فيلق القدس]
    not: [Gholamreza Soleimani]
    tags: [irgc]
  - id: quds-force
    name: Quds Force
    kind: organization
    tags: [irgc, units]
    min_score: 0.9
"""
RULES = """\
rules:
  - id: irgc-commanders
    watch: [irgc]
    send_to: [desk, soc, desk]
    cool_down: 6h
    min_score: 0.8
    tests:
      - text: اجتمع اللواء قاسم سليماني بقيادات في بغداد
        alert: [qasem-soleimani]
      - text: قاسم رضائي قائد حرس الحدود
        alert: []
  - id: one
    watch: qasem-soleimani
    send_to: desk
"""


def faults(**files):
    reading = read_rules({f"{name}.yaml": text for name, text in files.items()})
    assert reading.rulebook is None
    return [str(fault) for fault in reading.faults]


def entity(entity_id, *, name="Somebody Else", more=""):
    return f"entities:\n  - id: {entity_id}\n    name: {name}\n{more}"


def rule(rule_id="r", watch="a", more=""):
    return f"rules:\n  - id: {rule_id}\n    watch: {watch}\n    send_to: desk\n{more}"


def test_files_become_one_rulebook():
    reading = read_rules({"rules/who.yaml": ENTITIES, "rules/what.yaml": RULES.encode()})
    assert (reading.faults, reading.warnings) == ((), ())
    rulebook = reading.rulebook
    assert rulebook.watchlist.entities == (
        Entity(
            id="qasem-soleimani",
            names=("Qasem Soleimani", "قاسم سليماني"),
            short=("Soleimani",),
            context=("Quds Force", "فيلق القدس"),
            exclude=("Gholamreza Soleimani",),
            tags=("irgc",),
        ),
        Entity(
            id="quds-force",
            names=("Quds Force",),
            tags=("irgc", "units"),
            kind="organization",
            min_score=0.9,
        ),
    )
    assert rulebook.rules == (
        Rule(
            id="irgc-commanders",
            entities=frozenset({"qasem-soleimani", "quds-force"}),
            send_to=("desk", "soc"),
            min_score=0.8,
            cool_down=timedelta(hours=6),
            tests=(
                RuleTest(
                    text="اجتمع اللواء قاسم سليماني بقيادات في بغداد",
                    alert=("qasem-soleimani",),
                    where="rules/what.yaml:8:9",
                ),
                RuleTest(text="قاسم رضائي قائد حرس الحدود", alert=(), where="rules/what.yaml:10:9"),
            ),
        ),
        Rule(id="one", entities=frozenset({"qasem-soleimani"}), send_to=("desk",)),
    )


def test_a_name_is_text_whatever_yaml_would_make_of_it():
    reading = read_rules({"a.yaml": entity("no", name="NO WAY\n    aliases: [on call, 1e3x]")})
    assert reading.rulebook.watchlist["no"].names == ("NO WAY", "on call", "1e3x")


def test_a_name_that_is_written_twice_counts_once():
    reading = read_rules({"a.yaml": entity("a", name="A Bcde\n    aliases: [A Bcde, B Cdef]")})
    assert reading.rulebook.watchlist["a"].names == ("A Bcde", "B Cdef")


def test_an_entity_may_have_weak_names_alone():
    reading = read_rules({"a.yaml": "entities: [{id: a, weak: Ali Hassan}]"})
    assert reading.rulebook.watchlist["a"].name == "Ali Hassan"


def test_files_without_anything_are_warned_of():
    reading = read_rules({"a.yaml": "# soon\n", "b.yaml": "entities:\nrules:\n"})
    assert [str(warning) for warning in reading.warnings] == [
        "a.yaml: warning: the file holds no entities and no rules"
    ]
    assert reading.rulebook == Rulebook(
        watchlist=reading.rulebook.watchlist, version=reading.rulebook.version
    )
    assert len(reading.rulebook.watchlist) == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("entities: [{name: X Yyyy}]", 'f.yaml:1:12: the key "id" is missing here'),
        ("entities: [{id: a}]", 'f.yaml:1:12: entity "a" has no name'),
        ("entities: [{id: a, aliases: B C}]", 'f.yaml:1:12: entity "a" has no name'),
        ("entities: [{id: a, name: }]", 'f.yaml:1:12: entity "a" has no name'),
        ("entities: [{id: a, name: ''}]", "f.yaml:1:26: this text is empty"),
        (
            "entities: [{id: a, name: B, alias: C}]",
            'f.yaml:1:29: the key "alias" is not known here',
        ),
        (
            "entities: [{id: a, name: B, aliases: [C, 12]}]",
            'f.yaml:1:42: "12" has no letter, so it cannot be a name',
        ),
        (
            "entities: [{id: a, name: B, kind: vessel}]",
            'f.yaml:1:35: "vessel" is none of the words known here',
        ),
        (
            "entities: [{id: a, name: B, min_score: 90}]",
            'f.yaml:1:40: "90" is not a score',
        ),
        ("rules: [{id: r, send_to: x}]", 'f.yaml:1:9: the key "watch" is missing here'),
        (
            "rules: [{id: r, watch: [], send_to: x}]",
            "f.yaml:1:24: this rule watches nothing",
        ),
        (
            entity("a", more="rules: [{id: r, watch: a, send_to: }]"),
            "f.yaml:4:36: this rule tells nobody",
        ),
        (
            entity("a", more="rules: [{id: r, watch: a, send_to: x, cool_down: 6}]"),
            'f.yaml:4:50: "6" is not a length of time',
        ),
        (
            entity("a", more="rules: [{id: r, watch: a, send_to: x, tests: [{text: y}]}]"),
            'f.yaml:4:47: the key "alert" is missing here',
        ),
        ("people: []", 'f.yaml:1:1: the key "people" is not known here'),
    ],
)
def test_a_fault_of_one_file_is_told_at_its_place(text, expected):
    assert faults(f=text) == [expected]


def test_an_id_that_two_entities_share_names_both_places():
    assert faults(a=entity("x"), b=entity("x")) == [
        'b.yaml:2:9: another entity has the id "x": a.yaml:2:9'
    ]


def test_an_id_that_two_rules_share_names_both_places():
    assert faults(a=entity("a"), b=rule(), c=rule()) == [
        'c.yaml:2:9: another rule has the id "r": b.yaml:2:9'
    ]


def test_a_rule_and_an_entity_may_share_an_id():
    assert read_rules({"a.yaml": entity("a", more=rule("a"))}).faults == ()


def test_what_a_rule_watches_must_exist():
    reading = read_rules({"f.yaml": ENTITIES + rule(watch="[irg, nobody, irgc]")})
    assert (
        "\n".join(render(fault) for fault in reading.faults)
        == """\
f.yaml:17:13: no entity has the tag or the id "irg"
        watch: [irg, nobody, irgc]
                ^
    did you mean "irgc"?
f.yaml:17:18: no entity has the tag or the id "nobody"
        watch: [irg, nobody, irgc]
                     ^
    write one of: irgc, qasem-soleimani, quds-force, units"""
    )


def test_whom_a_test_names_must_be_watched():
    tests = "    tests:\n      - {text: x, alert: [qasem-solemani, quds-force]}\n"
    assert faults(f=ENTITIES + rule(watch="qasem-soleimani", more=tests)) == [
        'f.yaml:20:27: no entity has the id "qasem-solemani"',
        'f.yaml:20:43: the rule does not watch "quds-force", so it cannot alert for it',
    ]


def test_a_fault_brings_no_echo_of_itself():
    broken_entity = "entities:\n  - {id: a, name: X Yyyy, tags: [t], typo: 1}\n"
    assert len(faults(f=broken_entity, g=rule(watch="[a, t]"))) == 1
    assert len(faults(f="entities: [{id: 'a", g=rule(watch="a"))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "entities: [{id: a, name: X Yyyy, tag: [t]}]",
        "entities: [{ids: a, name: X Yyyy, tags: [t]}]",
        "enttities: [{id: a, name: X Yyyy, tags: [t]}]",
        "entities: {id: a, name: X Yyyy, tags: [t]}",
        "entities: [{id: b, name: B Cccc}, {id: a, tags: [t]",
        "entities: [{id: b, name: B Cccc}]\nentities: [{id: a, name: X Yyyy, tags: [t]}]",
    ],
)
def test_whom_a_faulty_entry_may_mean_is_not_unknown(text):
    tests = "    tests: [{text: x, alert: a}]\n"
    told = faults(f=text, g=rule(watch="[a, t, nobody]", more=tests))
    assert [fault.partition(":")[0] for fault in told] == ["f.yaml", "g.yaml"]
    assert told[1] == 'g.yaml:3:19: no entity has the tag or the id "nobody"'


def test_a_file_that_could_not_be_read_may_hold_anybody():
    text = {"f.yaml": rule(watch="nobody")}
    assert read_rules(text, complete=False).faults == ()
    utf_16 = read_rules(text | {"g.yaml": b"\xff\xfea\0"})
    assert [fault.message for fault in utf_16.faults] == ["the file is UTF-16"]


def test_what_a_rule_fails_to_watch_is_told_once():
    tests = "    tests: [{text: x, alert: a}]\n"
    assert len(faults(f=entity("a", more=rule(watch="aa", more=tests)))) == 1
    assert len(faults(f=entity("a", more=rule(watch="[]", more=tests)))) == 1
    misspelt = rule(more=tests).replace("watch", "wach")
    assert len(faults(f=entity("a", more=misspelt))) == 1


def test_warnings_and_tests_of_what_is_sound_do_not_wait_for_the_rest():
    tests = "    tests: [{text: x, alert: a}, {text: y, alert: b}, {text: z, alert: []}]\n"
    reading = read_rules(
        {
            "f.yaml": entity("a", name="Ali", more="  - {id: b, name: 3}\n"),
            "g.yaml": rule(watch="[a, b]", more=tests) + "  - {id: s}\n",
            "h.yaml": entity("c") + rule("s") + "    tests: [{text: w, alert: []}]\n",
        }
    )
    assert reading.rulebook is None
    assert len(reading.warnings) == 1
    assert [entity.id for entity in reading.sound.watchlist] == ["a", "c"]
    first, second = reading.sound.rules
    assert first.entities == {"a"}
    assert [test.text for test in first.tests] == ["x", "z"]
    assert [test.where for test in first.tests] == ["g.yaml:5:13", "g.yaml:5:55"]
    assert [test.text for test in second.tests] == ["w"]


def test_of_two_entities_with_one_id_neither_is_tried():
    tests = "    tests: [{text: x, alert: a}, {text: y, alert: []}]\n"
    reading = read_rules({"f.yaml": entity("a", more=rule(more=tests)), "g.yaml": entity("a")})
    assert len(reading.faults) == 1
    assert len(reading.sound.watchlist) == 0
    assert [test.text for test in reading.sound.rules[0].tests] == ["y"]


def test_faults_of_all_kinds_in_all_files_come_in_one_run():
    a = entity("x", more="    kinds: person\n")
    b = entity("x", more=rule(watch="y", more="    send: z\n"))
    assert faults(a=a, b=b, d=rule(watch="x")) == [
        'a.yaml:4:5: the key "kinds" is not known here',
        'b.yaml:2:9: another entity has the id "x": a.yaml:2:9',
        'b.yaml:6:12: no entity has the tag or the id "y"',
        'b.yaml:8:5: the key "send" is not known here',
        'd.yaml:2:9: another rule has the id "r": b.yaml:5:9',
    ]


def test_shapes_that_are_wholly_wrong_are_told_once():
    assert faults(f="- a") == ["f.yaml:1:1: a list stands where a block of keys is expected"]
    assert faults(f="entities: [a, [b]]\nrules: {c: d}") == [
        'f.yaml:1:12: "a" stands where a block of keys is expected',
        "f.yaml:1:15: a list stands where a block of keys is expected",
        "f.yaml:2:8: a block of keys stands where a list is expected",
    ]
    tests = "    tests: {text: x}\n"
    assert faults(f=entity("a", more=rule(more=tests)))[0].startswith("f.yaml:8:12: a block")


def test_channels_are_checked_by_whoever_knows_them():
    reading = read_rules({"who.yaml": ENTITIES, "what.yaml": RULES})
    assert unknown_channels(reading, {"desk", "soc"}) == ()
    assert [(str(fault), fault.hint) for fault in unknown_channels(reading, ["desks"])] == [
        ('what.yaml:4:15: there is no channel "desk"', 'did you mean "desks"?'),
        (
            'what.yaml:4:21: there is no channel "soc"',
            "write one of: desks",
        ),
        ('what.yaml:4:26: there is no channel "desk"', 'did you mean "desks"?'),
        ('what.yaml:14:14: there is no channel "desk"', 'did you mean "desks"?'),
    ]
    assert unknown_channels(reading, [])[0].hint == "name it under channels: in watcher.yaml"


def test_doubts_are_told_beside_the_rulebook():
    reading = read_rules({"f.yaml": entity("a", name="Ali")})
    assert reading.rulebook is not None
    assert [str(warning) for warning in reading.warnings] == [
        'f.yaml:3:11: warning: "Ali" is so short that it stands in many texts by chance'
    ]


def test_a_thousand_entities_are_read_quickly():
    entry = (
        "  - id: e{0}\n    name: Qasem Soleimani {0}x\n    aliases: [قاسم سليماني {0}س]\n"
        "    short: [Soleimani]\n    context: [Quds Force]\n    tags: [irgc]\n"
    )
    text = "entities:\n" + "".join(entry.format(n) for n in range(1000)) + rule(watch="irgc")
    began = time.process_time()
    reading = read_rules({"f.yaml": text})
    assert len(reading.rulebook.rules[0].entities) == 1000
    assert time.process_time() - began < 2  # measured 0.2 s; slow machines are given room


KEYS = st.sampled_from(["entities", "rules", "id", "name", "watch", "send_to", "tests", "alert"])
TREES = st.recursive(
    st.none() | st.sampled_from(["a", "b", "NO", "12", "Qasem Soleimani", "1h"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["entities", "rules"]), TREES))
def test_a_file_of_any_shape_is_read_or_refused_with_a_place(tree):
    text = json.dumps(tree)
    reading = read_rules({"f.yaml": text})
    assert (reading.rulebook is None) == bool(reading.faults)
    for fault in reading.faults:
        assert fault.line == 1
        assert 1 <= fault.column <= len(text)


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text):
    reading = read_rules({"f.yaml": text})
    assert (reading.rulebook is None) == bool(reading.faults)
