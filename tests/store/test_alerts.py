from __future__ import annotations

from dataclasses import replace

import pytest

from tests.news import HOUR, NOW, TEXT, article, dossiers, mention, rule
from watcher.alerts import Decision, Past, Reason, tell
from watcher.store import Dispatch, Filed, History, Standing, Store, Wanted

COOL = rule(cool_down=6 * HOUR)
COPY = article(2, link="https://copy.example/9", source="Copy")


def test_what_was_sent_is_remembered_for_decisions(store: Store):
    (told,) = dossiers(article())
    store.record([told], None, NOW)
    new = dossiers(COPY)[0].judged[0].alert
    assert store.past(new, NOW) == (
        Past(
            alert=told.judged[0].alert.id,
            rule="irgc",
            entity="qasem",
            score=0.9,
            raised=NOW,
            reason=Reason.FIRST,
            story=tell(article()),
        ),
    )


def test_what_is_older_or_was_held_or_is_anothers_is_not(store: Store):
    store.record(dossiers(article(1), now=NOW - HOUR), None, NOW)
    store.record(dossiers(article(2, published=NOW - 99 * HOUR)), None, NOW)
    store.record(dossiers(article(3), rules=(rule("other"),)), None, NOW)
    new = dossiers(article(4))[0].judged[0].alert
    assert store.past(new, NOW - HOUR / 2) == ()
    assert len(store.past(new, NOW - 2 * HOUR)) == 1
    assert store.past(replace(new, entity="esmail"), NOW - 2 * HOUR) == ()


def test_the_alert_itself_is_remembered_whatever_its_age(store: Store):
    (told,) = dossiers(article(published=NOW - 99 * HOUR))
    store.record([told], None, NOW)
    (past,) = store.past(told.judged[0].alert, NOW + HOUR)
    assert (past.alert, past.reason) == (told.judged[0].alert.id, Reason.TOO_OLD)


def test_the_store_is_a_memory_to_judge_by(store: Store):
    store.record(dossiers(article(), rules=(COOL,), memory=store), None, NOW)
    told = dossiers(COPY, article(), rules=(COOL,), memory=store, now=NOW + HOUR)
    reasons = [dossier.judged[0].decision.reason for dossier in told]
    assert reasons == [Reason.SAME_STORY, Reason.KNOWN]
    assert store.record(told, None, NOW + HOUR) == ()
    again = dossiers(article(5, f"{TEXT} وأكثر"), rules=(COOL,), memory=store, now=NOW + 7 * HOUR)
    assert again[0].judged[0].decision.reason is Reason.REPEAT


def test_a_held_alert_is_kept_with_its_reason_and_sent_nowhere(store: Store):
    told = dossiers(article(), COPY, rules=(COOL,))
    store.record(told, None, NOW)
    first, copy = (dossier.judged[0] for dossier in told)
    assert store.alerts(Wanted(standing=Standing.HELD)) == (
        Filed(
            alert=copy.alert,
            decision=Decision(Reason.SAME_STORY, first.alert.id),
            dispatches=(),
        ),
    )


def test_a_history_tells_everything(store: Store):
    (told,) = dossiers(article(), rules=(rule(send_to=("desk",)),))
    store.record([told], None, NOW)
    (judged,) = told.judged
    edited = article(text=f"{TEXT} Corrected.")
    store.record(dossiers(edited), None, NOW + HOUR)
    history = store.alert(judged.alert.id)
    (dispatch,) = history.filed.dispatches
    assert history == History(
        filed=Filed(
            alert=judged.alert,
            decision=Decision(Reason.FIRST),
            dispatches=(
                Dispatch(
                    key=dispatch.key,
                    alert=judged.alert.id,
                    channel="desk",
                    standing=Standing.WAITING,
                    due=NOW,
                    attempts=0,
                    created=NOW,
                    ended=None,
                    note="",
                    next_try=NOW,
                ),
            ),
        ),
        article=edited,
        first_seen=NOW,
        last_changed=NOW + HOUR,
        versions=2,
        mentions=(mention(edited),),
    )


def test_an_alert_that_is_not_there_has_no_history(store: Store):
    assert store.alert("alert_0") is None


@pytest.mark.parametrize(
    ("wanted", "articles"),
    [
        (Wanted(), ["a4", "a3", "a2", "a1"]),
        (Wanted(limit=2), ["a4", "a3"]),
        (Wanted(since=NOW + 2 * HOUR), ["a4", "a3"]),
        (Wanted(rule="even"), ["a4", "a2"]),
        (Wanted(entity="qasem", rule="irgc"), ["a3", "a1"]),
        (Wanted(entity="esmail"), []),
        (Wanted(standing=Standing.HELD), ["a4"]),
        (Wanted(standing=Standing.WAITING), ["a3", "a2", "a1"]),
        (Wanted(standing=Standing.DELIVERED), ["a1"]),
        (Wanted(standing=Standing.WAITING, rule="irgc", since=NOW + HOUR), ["a3"]),
    ],
)
def test_alerts_are_listed_newest_first(store: Store, wanted: Wanted, articles: list[str]):
    for number in (1, 2, 3, 4):
        old = {"published": NOW - 99 * HOUR} if number == 4 else {}
        rules = (rule("irgc" if number % 2 else "even"),)
        told = dossiers(article(number, **old), rules=rules, now=NOW + (number - 1) * HOUR)
        store.record(told, None, NOW)
    store.delivered(store.outbox()[0].key, NOW, "200 ok")
    assert [filed.alert.article.id for filed in store.alerts(wanted)] == articles


def test_alerts_are_found_by_how_their_ids_begin(store: Store):
    told = dossiers(article(1), article(2))
    store.record(told, None, NOW)
    ids = tuple(sorted(dossier.judged[0].alert.id for dossier in told))
    assert store.called("alert_") == ids
    assert store.called("alert_", limit=1) == ids[:1]
    assert store.called(ids[1]) == ids[1:]
    assert store.called("alert%") == ()
