"""The changes that are proposed do what they should, and nothing else is proposed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import floor

import pytest

from tests.alerts.roads import COMMANDERS, LIMITS, retold, road, silence_on, strict
from tests.news import NOW
from watcher.alerts import (
    Decision,
    Limits,
    Reason,
    Road,
    Scope,
    Target,
    flips,
)
from watcher.alerts.flip import bar_above
from watcher.watchlist import Conditions, Near, Rule, Status

CROWD = 12
AS_WRITTEN = "entity {}: write aliases: [the name as the article has it]"


def changes(here: Road) -> list[str]:
    return [str(change) for change in flips(here, CROWD)]


def best(here: Road) -> float:
    """The score of the surest place, in two digits."""
    return floor(max(one.score for one in here.trace.candidates) * 100) / 100


def test_an_alert_is_silenced_by_a_higher_bar_or_a_weaker_name() -> None:
    here = road("قاسم سليماني كان هناك")
    bar = best(here) + 0.01
    assert changes(here) == [
        f"rule commanders: write min_score: {bar:g}",
        "entity qasem: write weak: [Qasem Soleimani]",
    ]
    silenced = road("قاسم سليماني كان هناك", "qasem", strict(min_score=bar))
    assert not silenced.raised


def test_a_name_with_context_is_not_silenced_by_being_weak() -> None:
    here = road("Qasem Soleimani of the Quds Force")
    assert [branch.judged.alert.score for branch in here.sent if branch.judged] == [1.0]
    assert road("Qasem Soleimani of the Quds Force", "qasem", strict(min_score=1.0)).sent
    assert changes(here) == []  # no bar keeps out what is sure


def test_what_makes_a_part_count_can_be_left_out() -> None:
    here = road("The Quds Force said that Soleimani had come")
    assert changes(here)[1:] == [
        "entity qasem: leave out short: [Soleimani]",
        "entity qasem: leave out context: [Quds Force]",
    ]
    both = road("The Quds Force, فيلق القدس, said that Soleimani had come")
    assert changes(both)[1:] == ["entity qasem: leave out short: [Soleimani]"]


@pytest.mark.parametrize(
    ("score", "bar"), [(0.29, 0.3), (0.57, 0.58), (0.58, 0.59), (0.995, 1.0), (1.0, None)]
)
def test_the_bar_that_silences_lies_above_the_score(score: float, bar: float | None) -> None:
    assert bar_above(score) == bar


def test_a_part_alone_wants_context() -> None:
    found = flips(road("قال سليماني إن الحرب انتهت"), CROWD)
    assert [str(change) for change in found] == [
        "the article would hold: Quds Force",
        "the article would hold: فيلق القدس",
    ]
    assert [change.scope for change in found] == [Scope.ARTICLE] * 2
    assert all(change.score is not None and change.score > 0.7 for change in found)


def test_a_name_below_its_bar_wants_another_bar_or_an_alias() -> None:
    rule = Rule(id="one", entities=frozenset(("strict",)), send_to=("desk",))
    here = road("Omar Brightwater spoke", "strict", rule)
    assert changes(here) == [
        f"entity strict: write min_score: {best(here):g}",
        "entity strict: write aliases: [Omar Brightwater]",
    ]


def test_a_rule_s_own_bar_counts_before_the_entity_s() -> None:
    rule = Rule(id="one", entities=frozenset(("strict",)), send_to=("desk",), min_score=0.9)
    assert changes(road("Omar Brightwater spoke", "strict", rule)) == [
        "entity strict: write aliases: [Omar Brightwater]"
    ]


def test_without_a_rule_one_must_watch() -> None:
    assert changes(road("Walid Omar Brightwater spoke", "strict")) == [
        "rule: write watch: [strict]"
    ]
    assert changes(road("nobody", "strict")) == [
        "rule: write watch: [strict]",
        AS_WRITTEN.format("strict"),
    ]


def test_an_exclusion_is_left_out() -> None:
    assert changes(road("Gholam Qasem Soleimani spoke")) == [
        "entity qasem: leave out not: [Gholam Qasem Soleimani]"
    ]


def test_all_exclusions_are_left_out_where_one_is_not_enough() -> None:
    twice = changes(road("Omar Farouk spoke", "omar"))
    assert twice == [
        "rule: write watch: [omar]",
        "entity omar: leave out not: [Omar Farouk, Omer Faruk]",
    ]


def test_where_nothing_helps_nothing_is_proposed() -> None:
    assert changes(road("Feridun Gul spoke", "neither")) == ["rule: write watch: [neither]"]


def test_a_weak_name_without_context_words_is_written_in_full() -> None:
    assert changes(road("Esmail spoke", "esmail")) == [
        "entity esmail: write context: [words that speak for it in such articles]"
    ]
    assert changes(road("Esmail", "esmail")) == []  # a name that it has is no alias
    assert changes(road("Rustam Qahramani spoke", "rustam")) == [
        "rule: write watch: [rustam]",
        "entity rustam: write aliases: [Rustam Qahramani]",
        "entity rustam: write context: [words that speak for it in such articles]",
    ]


def test_a_name_with_a_comma_or_over_two_lines_is_written_as_one() -> None:
    assert changes(road("Now SOLEIMANIX, Qassem\nspoke"))[-1] == (
        'entity qasem: write aliases: ["SOLEIMANIX, Qassem"]'
    )
    assert changes(road("Rustam\nQahramani spoke", "rustam"))[1] == (
        "entity rustam: write aliases: [Rustam Qahramani]"
    )


LISTED = Rule(id="listed", entities=frozenset(("ofac:7",)), send_to=("desk",))
OWN = "an entity of your own: write name: {}, tags: [ofac, SDGT]"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Kassem spoke", OWN.format("the name as the article has it")),
        ("Walter Marwan Greenfold", OWN.format("Marwan Greenfold")),
        (
            "Now Omar Marwan Greenfield spoke",
            "exclusions: leave out names: [Omar Marwan Greenfield]",
        ),
    ],
)
def test_of_an_official_list_nothing_is_changed_but_what_stands_beside_it(
    text: str, told: str
) -> None:
    found = changes(road(text, "ofac:7", LISTED))
    assert told in found
    assert not any(change.startswith("entity") for change in found)


def test_what_a_list_has_already_is_not_proposed_for_an_entity_of_one_s_own() -> None:
    assert changes(road("Halabi spoke", "ofac:7", LISTED)) == []


def test_a_listed_name_that_is_not_sure_enough_wants_another_bar_of_the_rule() -> None:
    here = road("Now Tarik Olmsted spoke", "ofac:8", replace(LISTED, entities={"ofac:8"}))
    assert changes(here) == [
        f"rule listed: write min_score: {best(here):g}",
        "an entity of your own: write name: Tarik Olmsted, tags: [ofac]",
    ]


def test_a_rival_leaves_room_for_an_alias() -> None:
    assert changes(road("Kasem Salomani came")) == ["entity qasem: write aliases: [Kasem Salomani]"]


def test_words_that_are_like_a_part_are_a_short_form() -> None:
    assert changes(road("Somebody called Kassem")) == [AS_WRITTEN.format("qasem")]
    assert changes(road("Kassem of the Quds Force")) == ["entity qasem: write short: [Kassem]"]


def test_half_a_name_is_no_alias() -> None:
    here = road("Боевики Исламского государства взорвали дом", "state")
    assert [near.quote for near in here.trace.near] == ["Исламского", "государства"]
    assert changes(here) == ["rule: write watch: [state]", AS_WRITTEN.format("state")]
    whole = "entity gas: write aliases: [Razprom]"
    assert changes(road("Then Razprom came", "gas"))[1:] == [whole]


def test_a_short_form_is_proposed_without_what_grammar_wrote_before_it() -> None:
    here = road("قال لقاسم في فيلق القدس")
    assert "entity qasem: write short: [قاسم]" in changes(here)


def test_the_one_thing_a_rule_does_not_get_is_left_out() -> None:
    strange = strict(conditions=Conditions(languages=("fa",)))
    assert changes(road("Qasem Soleimani", "qasem", strange)) == [
        "rule strict: leave out languages:"
    ]
    stranger = strict(conditions=Conditions(languages=("fa",), sources=("Other",)))
    assert changes(road("Qasem Soleimani", "qasem", stranger)) == []


def test_a_rule_that_wants_to_be_surer_gets_another_bar() -> None:
    here = road("قاسم سليماني", "qasem", strict(min_score=0.9999))
    (change,) = flips(here, CROWD)
    assert str(change) == f"rule strict: write min_score: {best(here):g}"
    assert change.score == best(here)


def test_what_is_held_is_released_by_what_held_it() -> None:
    text = "Qasem Soleimani"
    old = road(text, published=NOW - timedelta(days=4, hours=1))
    assert changes(old) == ["watcher.yaml: write max_age: 5d"]
    assert changes(retold(COMMANDERS, 2)) == ["rule commanders: write cool_down: 2h"]
    tested = road(text, "qasem", strict(status=Status.TEST))
    assert changes(tested) == ["rule strict: write status: live"]
    silence = silence_on(Target.RULE, "commanders")
    silenced = road(text, limits=Limits(silences=(silence,), max_age=LIMITS.max_age))
    assert changes(silenced) == ["run: watcher silence remove 3"]


def test_all_silences_that_hold_it_are_ended_but_those_that_are_already() -> None:
    rule = silence_on(Target.RULE, "commanders")
    entity = replace(rule, number=5, target=Target.ENTITY, subject="qasem")
    ended = replace(rule, number=4, ended=NOW + timedelta(minutes=1), ended_by="bob")
    here = road("Qasem Soleimani", limits=Limits(silences=(entity, ended, rule)))
    assert changes(here) == ["run: watcher silence remove 3 && watcher silence remove 5"]
    assert changes(road("Qasem Soleimani", limits=Limits(silences=(ended,)))) == []


def test_no_more_than_a_few_are_told() -> None:
    rules = tuple(replace(COMMANDERS, id=f"rule{n}", status=Status.TEST) for n in range(9))
    assert len(changes(road("قاسم سليماني كان هناك", "qasem", *rules))) == 5


def test_what_leaves_another_rule_to_tell_it_is_not_proposed() -> None:
    rules = tuple(replace(COMMANDERS, id=f"rule{n}") for n in range(2))
    here = road("قاسم سليماني كان هناك", "qasem", *rules)
    assert changes(here) == ["entity qasem: write weak: [Qasem Soleimani]"]


def test_what_would_be_held_for_another_reason_is_not_proposed() -> None:
    old = NOW - timedelta(days=4, hours=1)
    strange = strict(conditions=Conditions(languages=("fa",)))
    assert changes(road("Qasem Soleimani", "qasem", strange, published=old)) == []
    tested = strict(status=Status.TEST)
    assert changes(road("Qasem Soleimani", "qasem", tested, published=old)) == []


@pytest.mark.parametrize("key", ["all", "any", "near"])
def test_each_kind_of_words_asked_for_can_be_left_out(key: str) -> None:
    asked = {
        "all": Conditions(every=("oil",)),
        "any": Conditions(some=("oil",)),
        "near": Conditions(near=Near(("oil",))),
    }
    here = road("Qasem Soleimani", "qasem", strict(conditions=asked[key]))
    assert changes(here) == [f"rule strict: leave out {key}:"]


def test_an_entity_on_test_is_made_live() -> None:
    here = road("Qasem Soleimani")
    tested = replace(here.entity, status=Status.TEST)
    (branch,) = here.branches
    assert branch.judged
    held = replace(branch.judged, decision=Decision(Reason.TEST))
    on_test = replace(here, entity=tested, branches=(replace(branch, judged=held),))
    assert changes(on_test) == ["entity qasem: write status: live"]
