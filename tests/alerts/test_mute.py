from __future__ import annotations

from dataclasses import replace

import pytest

from tests import news
from tests.news import HOUR, NOW
from watcher.alerts import Decision, Reason, Silence, Target, judge, mute

SILENCE = Silence(
    number=7,
    target=Target.ENTITY,
    subject="qasem",
    until=NOW + 2 * HOUR,
    why="a film about him",
    by="mina",
    made=NOW - HOUR,
)
((JUDGED,),) = (dossier.judged for dossier in news.dossiers(news.article()))


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ({}, True),
        ({"target": Target.RULE, "subject": "irgc"}, True),
        ({"target": Target.FEED, "subject": "Example"}, True),
        ({"subject": "esmail"}, False),
        ({"target": Target.RULE}, False),
        ({"target": Target.FEED}, False),
        ({"until": NOW}, False),
        ({"made": NOW + HOUR}, False),
        ({"ended": NOW}, False),
        ({"ended": NOW + HOUR}, True),
    ],
)
def test_a_silence_holds_what_it_names_as_long_as_it_lasts(changes, holds):
    silence = replace(SILENCE, **changes)
    assert mute(JUDGED.alert, [silence]) == (silence if holds else None)


def test_of_several_the_one_that_ends_last_is_told():
    longer = replace(SILENCE, number=8, until=NOW + 5 * HOUR)
    assert mute(JUDGED.alert, [SILENCE, longer, replace(SILENCE, number=9)]) == longer


def test_a_silenced_alert_is_held_with_the_silence_and_sent_to_nobody():
    article = news.article()
    found = [(article, [news.mention(article)])]
    silenced = judge(found, news.rulebook(), news.Nothing(), now=NOW, silences=[SILENCE])
    ((judged,),) = (dossier.judged for dossier in silenced)
    assert judged.alert == JUDGED.alert
    assert (judged.decision, judged.send_to) == (Decision(Reason.SILENCED, silence=7), ())
