from __future__ import annotations

from dataclasses import replace

from watcher.watchlist import read_rules, resolved
from watcher.written import dump

FULL = """\
entities:
  - id: a
    name: NO WAY
    names: {arabic: قاسم سليماني}
    aliases: [on call, "12:30 Abc"]
    short: WAY
    context: [yes, 12:30]
    not: Somebody Else
    tags: [t, "1"]
    min_score: 0.85
    status: test
    born: 1957
    nationality: [NO]
    references: https://x.example
    owner: ana
    note: |
      two
      lines
  - {id: b, weak: [Abcd Efgh], kind: organization, tags: t}
  - {id: c, name: Cdef Ghij, tags: t, status: off}
rules:
  - id: r
    watch: t
    send_to: [d, e]
    min_score: 0.9
    all: [yes, sanction*]
    any: oil
    near: {words: [gas], within: 3}
    unless: [no]
    sources: ["10"]
    languages: ar
    severity: high
    cool_down: 36h
    digest: {at: [08:00, 17:30], zone: Europe/Berlin}
    quiet_hours: {from: 22:00, to: 24:00, zone: UTC, days: [mon, sun]}
    owner: ana
    note: "why: this"
    tests: [{text: "x\\ny", alert: a, title: T, source: S, language: ar}, {text: z, alert: []}]
  - {id: s, watch: b, send_to: d, digest: 1h, near: x, status: off}
exclusions: [{names: Other Else, of: a}]
"""


def read(text: str):
    reading = read_rules({"f": text})
    assert reading.faults == ()
    return reading.rulebook


def test_what_is_written_out_means_the_same():
    first = read(FULL)
    second = read(dump(resolved(first, 0.8)))

    def bare(rule):
        return replace(rule, tests=tuple(replace(test, where="") for test in rule.tests))

    bars = [replace(each, min_score=each.min_score or 0.8) for each in first.watchlist]
    assert list(second.watchlist) == bars
    assert list(map(bare, second.rules)) == list(map(bare, first.rules))
    assert list(map(bare, second.off.rules)) == list(map(bare, first.off.rules))
    assert [each.id for each in second.off.entities] == ["c"]


def test_written_out_twice_is_written_out_once():
    once = dump(resolved(read(FULL), 0.8))
    assert dump(resolved(read(once), 0.8)) == once


def test_tags_defaults_and_exclusions_are_resolved():
    told = resolved(read(FULL), 0.8)
    assert told["entities"][0]["not"] == ["Somebody Else", "Other Else"]
    assert [each["min_score"] for each in told["entities"]] == [0.85, 0.8, 0.8]
    assert told["rules"][0]["watch"] == ["a", "b"]
    assert told["rules"][0]["quiet_hours"] == [
        {"from": "22:00", "to": "00:00", "zone": "UTC", "days": ["mon", "sun"]}
    ]
    assert told["rules"][1]["cool_down"] == "0s"
