"""Keys of entities, rules and exclusions: what they come to, and how they are refused."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from pydantic import TypeAdapter

from watcher.watchlist import (
    Conditions,
    Facts,
    Near,
    Off,
    Quiet,
    Rhythm,
    RuleTest,
    Severity,
    Status,
    read_rules,
)
from watcher.watchlist.clock import QuietHours

ENTITY = "entities:\n  - id: a\n    name: Abcd Efgh\n    tags: [t]\n"
RULE = "rules:\n  - id: r\n    watch: a\n    send_to: desk\n"


def read(text: str):
    reading = read_rules({"f": text})
    assert [str(fault) for fault in reading.faults] == []
    return reading.rulebook


def entity(more: str):
    return read(f"{ENTITY}    {more}\n").watchlist["a"]


def rule(more: str):
    return read(f"{ENTITY}{RULE}    {more}\n").rules[0]


def told(text: str, which: str = "faults") -> list[str]:
    return [
        "; ".join(filter(None, (str(fault), fault.hint)))
        for fault in getattr(read_rules({"f": text}), which)
    ]


def test_names_sorted_by_script_are_names():
    found = entity("names: {arabic: [قاسم سليماني, قاسم], cyrillic: Касем}\n    aliases: Other One")
    assert found.names == ("Abcd Efgh", "قاسم سليماني", "قاسم", "Касем", "Other One")
    alone = read("entities:\n  - id: a\n    names: {hebrew: [יוסף כהן]}\n").watchlist["a"]
    assert alone.name == "יוסף כהן"


def test_a_name_under_the_wrong_script_is_a_fault():
    assert told(f"{ENTITY}    names: {{arabic: Qasem}}\n") == [
        'f:5:12: "Qasem" has no letter of the arabic script; write it under latin'
    ]
    assert told(f"{ENTITY}    names: {{arab: قاسم}}\n") == [
        'f:5:13: "arab" is none of the words known here; did you mean "arabic"?'
    ]


def test_what_else_is_known_of_an_entity_is_kept():
    found = entity(
        "born: 1957\n    nationality: IR\n    references: [https://x.example/1, QDi.001]\n"
        "    owner: ana\n    note: |\n      two\n      lines\n    status: test"
    )
    assert found.status is Status.TEST
    assert found.facts == Facts(
        born="1957",
        nationality=("IR",),
        references=("https://x.example/1", "QDi.001"),
        owner="ana",
        note="two lines",
    )


def test_conditions_of_a_rule():
    assert rule(
        "all: [sanction*, oil]\n    any: killed\n    unless: [Soleimani Street]\n"
        "    near: {words: [attack], within: 10}\n    sources: Example\n    languages: [AR, pt_BR]"
    ).conditions == Conditions(
        every=("sanction*", "oil"),
        some=("killed",),
        unless=("Soleimani Street",),
        near=Near(("attack",), 10),
        sources=("Example",),
        languages=("ar", "pt-br"),
    )
    assert rule("near: [a, b]").conditions.near == Near(("a", "b"))
    assert rule("near: a").conditions.near == Near(("a",))


def test_how_a_rule_tells():
    found = rule(
        "severity: high\n    digest: 1h\n    owner: ana\n    note: why\n"
        "    quiet_hours: {from: 22:00, to: 07:00, zone: Asia/Tehran, days: [fri, Saturday]}"
    )
    assert found.severity is Severity.HIGH
    assert found.digest == Rhythm(every=timedelta(hours=1))
    assert found.quiet_hours == (
        Quiet(start=time(22), end=time(7), zone="Asia/Tehran", days=frozenset({4, 5})),
    )
    assert (found.owner, found.note, found.status) == ("ana", "why", Status.LIVE)


def test_a_digest_at_times_of_day_and_several_quiet_hours():
    found = rule(
        "digest: {at: [08:00, 24:00], zone: Europe/Berlin}\n    quiet_hours:\n"
        "      - {from: 22:00, to: 7:00, zone: UTC}\n      - {from: 12:00, to: 13:00, zone: UTC}"
    )
    assert found.digest == Rhythm(at=(time(8), time(0)), zone="Europe/Berlin")
    assert [each.end for each in found.quiet_hours] == [time(7), time(13)]


def test_a_test_may_say_more_of_its_article():
    found = rule("tests: [{text: x, alert: [], title: T, source: S, language: ar}]")
    assert found.tests == (
        RuleTest(text="x", alert=(), where="f:9:13", title="T", source="S", language="ar"),
    )


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ("all: [a.*b]", 'f:9:11: "a.*b" looks like a regular expression, which is not read; '),
        ("near: {within: 3}", 'f:9:11: the key "words" is missing here; add "words:"'),
        ("near: []", "f:9:11: no words are named; write one"),
        ("languages: arabic", 'f:9:16: "arabic" is not a language; write its code, like ar or '),
        ("languages: ar-x!", 'f:9:16: "ar-x!" is not a language; write its code, like ar'),
        ("severity: hihg", 'is none of the words known here; did you mean "high"?'),
        ("status: tset", 'is none of the words known here; did you mean "test"?'),
        ("digest: soon", 'f:9:13: "soon" is not a length of time; write 30s, 15m, 6h or 2d'),
        ("digest: {zone: UTC}", "a digest is due every so often or at times of day; write "),
        ("digest: {at: 25:00}", '"25:00" is not a time of day; write hours and minutes, like'),
        ("digest: {at: 24:30}", '"24:30" is not a time of day'),
        ("quiet_hours: {from: 22:00, to: 07:00}", 'the key "zone" is missing here; add "zone:"'),
        (
            "quiet_hours: {from: 22:00, to: 07:00, zone: Europe/Belin}",
            'f:9:49: there is no time zone "Europe/Belin"; write Europe/Berlin',
        ),
        ("quiet_hours: {from: 1:00, to: 2:00, zone: ../../etc/passwd}", "there is no time zone"),
        ("quiet_hours: {from: 1:00, to: 2:00, zone: Europe}", "there is no time zone"),
        (
            "quiet_hours: {from: 1:00, to: 2:00, zone: UTC, days: [mo]}",
            '"mo" is not a day of the week; write one of: mon, tue, wed, thu, fri, sat, sun',
        ),
        (
            "quiet_hours: [{from: 1:00, to: 2:00, zone: UTC}, {from: 3:00, to: 4:00, zone: GMT}]",
            "these quiet hours go by several clocks; write the same zone in each",
        ),
        (
            "quiet_hours: {from: 8:00, to: 8:00, zone: UTC}",
            "these quiet hours never end, so nobody would be told; write status: test",
        ),
    ],
)
def test_what_cannot_be_taken_is_told_in_words(more, fault):
    (found,) = told(f"{ENTITY}{RULE}    {more}\n")
    assert fault in found


def test_what_is_off_is_read_and_not_in_force():
    book = read(
        "entities:\n  - {id: a, name: Abcd Efgh, tags: t}\n  - {id: b, name: Bcde Fghi, tags: t,"
        " status: off}\nrules:\n  - {id: r, watch: t, send_to: d, tests: [{text: x, alert: b}]}\n"
        "  - {id: s, watch: t, send_to: d, status: off}\n"
    )
    assert [each.id for each in book.watchlist] == ["a"]
    assert [(each.id, each.entities, each.tests) for each in book.rules] == [("r", {"a"}, ())]
    assert [each.id for each in book.off.entities] == ["b"]
    assert [each.id for each in book.off.rules] == ["s"]


def test_switching_off_changes_the_version_and_writing_it_out_does_not():
    on, off, out = (
        read(ENTITY + RULE + more) for more in ("", "    status: off\n", "    status: live\n")
    )
    assert off.off != Off()
    assert on.version == out.version != off.version


def test_a_rule_that_watches_only_who_is_off_is_warned_of():
    assert told(f"{ENTITY}    status: off\n{RULE}", "warnings") == [
        (
            "f:8:5: warning: everybody whom this rule watches is off;"
            " write status: off here too, or take it from the entities"
        )
    ]
    assert told(f"{ENTITY}    status: off\n{RULE}    status: off\n", "warnings") == []


@pytest.mark.parametrize(
    ("more", "warning"),
    [
        (
            "all: [new sanctions, oil]\n    unless: [sanction*]",
            (
                'f:9:11: warning: no article can satisfy this: "new sanctions" must stand in it,'
                ' and "sanction*" must not; take one of them from "all:" or "unless:"'
            ),
        ),
        (
            "any: [oil, gas]\n    unless: [gas, oil, coal]",
            (
                'f:9:5: warning: no article can satisfy this: all words of "any:" are barred by'
                ' "unless:"; take some from "unless:", or add others to "any:"'
            ),
        ),
        (
            "near: [oil]\n    unless: [oil]",
            (
                'f:9:5: warning: no article can satisfy this: all words of "near:" are barred by'
                ' "unless:"; take some from "unless:", or add others to "near:"'
            ),
        ),
    ],
)
def test_a_rule_that_no_article_can_satisfy_is_warned_of(more, warning):
    assert told(f"{ENTITY}{RULE}    {more}\n", "warnings") == [warning]


def test_a_language_that_nobody_speaks_is_warned_of():
    assert told(f"{ENTITY}{RULE}    languages: [ar, jp, xq-XQ, fas]\n", "warnings") == [
        (
            'f:9:21: warning: no language has the code "jp", so no article can satisfy this;'
            " write ja"
        ),
        (
            'f:9:25: warning: no language has the code "xq", so no article can satisfy this;'
            " write a code of ISO 639-1, like ar, fa or pt-br"
        ),
    ]


@pytest.mark.parametrize(
    "more", ["all: [oil price]\n    unless: [price oil, oil p]", "any: [oil, gas]\n    unless: oil"]
)
def test_what_an_article_can_satisfy_is_not_warned_of(more):
    assert told(f"{ENTITY}{RULE}    {more}\n", "warnings") == []


OTHERS = ENTITY + "  - {id: b, name: Zyxw Vuts, tags: u}\n"


def test_an_exclusion_is_shared_by_those_it_names():
    book = read(f"{OTHERS}exclusions:\n  - {{names: [Abcd Else, Zyxw Else], of: [t, b]}}\n")
    assert [each.exclude for each in book.watchlist] == [("Abcd Else", "Zyxw Else")] * 2


def test_an_exclusion_by_itself_concerns_all_whose_names_it_is_like():
    book = read(f"{OTHERS}exclusions:\n  - Abcd Else\n  - {{names: ابسد, note: x}}\n")
    assert book.watchlist["a"].exclude[:1] == ("Abcd Else",)
    assert book.watchlist["b"].exclude == ()


def test_an_exclusion_adds_to_what_the_entity_says_itself():
    book = read(
        f"{ENTITY}    not: One Else\nexclusions: [{{names: [Two Else, One Else], of: a}}]\n"
    )
    assert book.watchlist["a"].exclude == ("One Else", "Two Else")


def test_faults_and_doubts_of_exclusions():
    assert told(
        f"{OTHERS}exclusions:\n  - {{names: [], of: a}}\n  - {{names: X Yz, of: [c, u]}}\n"
    ) == [
        "f:7:13: this excludes nobody; write a name",
        'f:8:24: no entity has the tag or the id "c"; write one of: a, b, t, u',
    ]
    assert told(f"{OTHERS}exclusions:\n  - abcd EFGH\n  - Qrst Else\n", "warnings") == [
        (
            'f:7:5: warning: "abcd EFGH" is a name of "a" itself, which it hides;'
            ' name those whom it concerns: "of: […]"'
        ),
        "f:8:5: warning: this exclusion concerns no entity; take it away, or mend its names",
    ]


def test_what_is_read_already_is_taken_as_it_is():
    quiet = TypeAdapter(QuietHours)
    first = quiet.validate_python({"from": "22:00", "to": time(7), "zone": "UTC", "days": [0, 6]})
    assert [each.quiet() for each in first] == [
        Quiet(start=time(22), end=time(7), zone="UTC", days=frozenset({0, 6}))
    ]
