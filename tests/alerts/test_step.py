"""The road as it is told: each step in its words."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from tests.alerts.roads import COMMANDERS, retold, road, silence_on, strict, told
from tests.news import HOUR, NOW
from watcher.alerts import Limits, Road, Target, flips, road_data, tell_road
from watcher.match import Refusal
from watcher.watchlist import Conditions, Status
from watcher.watchlist.hours import Rhythm


def lines(here: Road) -> list[str]:
    return told(tell_road(here))


def test_the_road_to_an_alert_is_told_from_the_words_to_the_channels() -> None:
    assert lines(road("Kassem Soleimani was there. Then Soleimani left.")) == [
        "+ 7 words",
        "+ Kassem Soleimani may be Qasem Soleimani · certain 0.##",
        "  + Qasem = Kassem (another spelling) 0.##",
        "  + Soleimani = Soleimani (same) 1.00",
        "  + 0.## reaches the bar of 0.8",
        "+ Soleimani may be Qasem Soleimani (short) · certain 0.##",
        "  + Soleimani = Soleimani (same) 1.00",
        "  - Qasem left out",
        "  + short form; the full name stands in the article: Kassem Soleimani",
        "  + 0.## reaches the bar of 0.8",
        "+ rule commanders raises an alert",
        "  + watch: qasem",
        "  + min_score: 0.8; there is 0.##",
        "  + sent: first",
        "    + published 1h before it was first seen; max_age is 3d",
        "    + no alert for this story within twice the cool_down of 6h",
        "  + to desk, soc",
    ]


def test_what_stands_alone_says_what_it_lacks() -> None:
    assert lines(road("قال سليماني إن الحرب انتهت")) == [
        "+ 5 words",
        "  - Qasem: no word like it",
        "  + Soleimani: nearest سليماني 0.##",
        "- سليماني may be Soleimani (short) · likely 0.##",
        "  + Soleimani = سليماني (transliteration) 0.##",
        f"  - a part that stands alone: {Refusal.ALONE}",
        ". rule commanders watches it",
    ]


def test_a_word_that_is_not_looked_up_says_why() -> None:
    assert lines(road("then qasem Came"))[:2] == [
        "- 3 words; no place in them where a name of it may stand",
        "  - Qasem: nearest qasem 1.00, but it has no capital, in a text that uses them",
    ]


def test_somebody_else_and_a_rival_are_named() -> None:
    assert (
        "  - the words are as much like Gholam Qasem Soleimani, which stands under not:"
        in lines(road("Gholam Qasem Soleimani spoke"))
    )
    assert "  - the words were taken for other: Kasem Suleiman 0.##" in lines(
        road("Kasem Salomani came")
    )


def test_a_weak_name_tells_of_its_support() -> None:
    weak = "  {} the watchlist calls the name weak, so it needs support in the article, {}"
    assert weak.format("-", "and there is none") in lines(road("Esmail spoke", "esmail"))
    both = lines(road("Esmail spoke with Esmail Qaani", "esmail"))
    assert weak.format("+", "which is Esmail Qaani") in both
    assert "- Esmail may be Esmail (weak) · certain 1.00" in lines(road("Esmail spoke", "esmail"))


def test_what_an_article_costs_is_told_between_comparison_and_bar() -> None:
    found = lines(road("Omar Brightwater spoke", "strict"))
    at = next(n for n, line in enumerate(found) if "compared" in line)
    assert [line[4:24] for line in found[at : at + 3]] == [
        "compared, the two na",
        "the first name is mi",
        "0.## does not reach ",
    ]
    assert found[-1] == "- no rule watches strict or a tag of it (x)"


def test_a_context_word_is_told_with_the_words() -> None:
    assert lines(road("Soleimani of the Quds Force"))[0] == (
        "+ 5 words; context in the article: Quds Force"
    )


def test_each_condition_of_a_rule_is_told() -> None:
    rule = strict(conditions=Conditions(languages=("fa",)))
    here = lines(road("Qasem Soleimani", "qasem", rule))
    assert here[-5:] == [
        "  + 1.00 reaches the bar of 0.8",
        "- rule strict raises no alert",
        "  + watch: qasem",
        "  + min_score: 0.8; there is 1.00",
        "  - languages: fa; there is ar",
    ]


def test_a_held_alert_says_by_what() -> None:
    text = "Qasem Soleimani was there."
    old = lines(road(text, published=NOW - timedelta(days=4)))
    assert old[-2:] == [
        "  - held: too old",
        "    - published 4d before it was first seen; max_age is 3d",
    ]
    past = lines(road(text, published=NOW))
    day = "published 2026-03-05, which counts as first seen, as of an archive"
    assert f"    + {day}; max_age is 3d" in past
    ahead = lines(road(text, published=NOW + timedelta(hours=2)))
    clock = "published 2h after it was first seen, by its publisher's clock"
    assert f"    + {clock}; max_age is 3d" in ahead
    tested = lines(road(text, "qasem", strict(status=Status.TEST), published=None))
    assert tested[-2:] == ["  - held: test", "    - the rule has status: test"]
    silence = silence_on(Target.ENTITY, "qasem")
    silenced = lines(road(text, limits=Limits(silences=(silence,))))
    assert silenced[-2:] == [
        "  - held: silenced",
        "    - entity qasem is silenced until 2026-03-05 09:30:00 UTC by ann: known",
    ]


def test_every_silence_that_held_it_is_told_as_it_stands_now() -> None:
    first = silence_on(Target.ENTITY, "qasem")
    ended = replace(first, number=4, until=NOW + 9 * HOUR, ended=NOW + HOUR, ended_by="bob")
    over = replace(ended, number=5, ended=NOW - HOUR)
    rule = replace(first, number=6, target=Target.RULE, subject="commanders")
    here = road("Qasem Soleimani", limits=Limits(silences=(first, ended, over, rule)))
    assert lines(here)[-3:] == [
        "    - entity qasem was silenced by ann: known; bob ended it 2026-03-05 09:30:00 UTC",
        "    - entity qasem is silenced until 2026-03-05 09:30:00 UTC by ann: known",
        "    - rule commanders is silenced until 2026-03-05 09:30:00 UTC by ann: known",
    ]
    told_of = [step.facts for step in tell_road(here)[-1].steps[-1].steps[-3:]]
    assert [facts["silence"] for facts in told_of] == [4, 3, 6]
    assert [facts["ended"] for facts in told_of] == ["2026-03-05T09:30:00Z", None, None]


def test_a_story_told_before_is_told_with_its_alert() -> None:
    held = retold(COMMANDERS, 2)
    earlier = held.branches[0].earlier
    assert earlier is not None
    assert lines(held)[-3:] == [
        "  - held: same story",
        "    + published 1h before it was first seen; max_age is 3d",
        f"    - {earlier.alert} told the story 2h before, with 1.00; cool_down is 6h",
    ]
    assert lines(retold(COMMANDERS, 7))[-4] == "  + sent: repeat"


def test_programs_get_the_same_steps_with_figures() -> None:
    here = road("Qasem Soleimani")
    data = road_data(here, tell_road(here))
    assert json.loads(json.dumps(data)) == data
    assert (data["found"], data["raised"], data["sent"]) == (True, ["commanders"], ["commanders"])
    assert data["entity"] == {"id": "qasem", "name": "Qasem Soleimani"}
    steps = data["steps"]
    assert isinstance(steps, list)
    words, name, rule = steps
    assert words == {"stage": "words", "holds": True, "says": "2 words", "words": 2, "context": ""}
    assert (name["quote"], name["score"], name["bar"], name["hurdle"]) == (
        *("Qasem Soleimani", 1.0, 0.8),
        "",
    )
    assert [step["stage"] for step in rule["steps"]] == [
        *("condition", "condition", "decision"),
        "channels",
    ]


def test_an_alert_that_waits_for_its_time_says_until_when() -> None:
    later = strict(digest=Rhythm(every=6 * HOUR))
    waits = lines(road("Qasem Soleimani", "qasem", later))[-1]
    assert waits == "  + to desk, soc, not before 2026-03-05 12:00:00 UTC"


def test_a_rule_that_is_off_is_told() -> None:
    here = replace(road("Walid Omar Brightwater spoke", "strict"), off=("later",))
    assert lines(here)[-1] == "- rule later watches it, but has status: off"
    assert [str(change) for change in flips(here, 9)] == ["rule later: write status: live"]
