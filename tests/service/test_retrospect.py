from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests import news
from tests.service.desk import Desk
from tests.service.running import Running, run
from tests.service.scene import play, scene, until
from watcher.alerts import Dossier, Reason, alert_data, stamp
from watcher.article import Article
from watcher.errors import StoreError
from watcher.service import retrospect as module
from watcher.service.retrospect import Retrospect, newcomers, newcomers_since
from watcher.store import Reign, Store, Wanted
from watcher.watchlist import Rulebook, Watchlist
from watcher.watchlist.entity import Entity

DAY = timedelta(days=1)


def rulebook(*entities: Entity) -> Rulebook:
    return Rulebook(watchlist=Watchlist(entities))


def test_newcomers_are_those_who_are_new_and_those_with_a_new_name():
    ali = Entity(id="ali", names=("Ali Shamkhani",), weak=("A. S.",))
    reza = Entity(id="reza", names=("Reza Rezaei",))
    before = rulebook(ali, reza)
    assert newcomers(before, before) == frozenset()
    moved = replace(ali, names=("A. S.",), weak=(), context=("admiral",))
    assert newcomers(before, rulebook(moved)) == frozenset()
    named = replace(reza, short=("Rezaei",))
    assert newcomers(before, rulebook(named, replace(ali, id="x"))) == {"reza", "x"}


def test_at_the_start_those_are_new_who_stand_in_no_file_of_the_last_rules():
    files = {"a.yaml": b"entities: [{id: ali, name: Ali Shamkhani}]\n"}
    listed = Entity(id="x", names=("Ali Larijani",), origin="ofac")
    now = rulebook(*(Entity(id=id_, names=("Ali Larijani",)) for id_ in ("ali", "new")), listed)
    with Store.open(Path(":memory:")) as store:
        assert newcomers_since(store, now) == frozenset()
        reign = Reign(since=news.NOW, rules_version="r", list_version="l")
        store.reigns.add(reign)
        assert newcomers_since(store, now) == frozenset()
        store.reigns.add(replace(reign, files=files))
        assert newcomers_since(store, now) == {"new"}


def test_articles_of_late_are_looked_at_again_in_portions_and_each_once(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(module, "PORTION", 3)
    monkeypatch.setattr(module, "PATIENCE", timedelta(seconds=0.01))

    async def act() -> None:
        async with scene() as played:
            house, woken = played.house, list[str]()
            texts = [f"Report {number}: {news.QASEM}, Esmail Qaani" for number in range(8)]
            found = [news.article(n, text, published=None) for n, text in enumerate(texts)]
            times = [datetime.now(UTC) - timedelta(hours=1)] * 5 + [
                datetime.now(UTC) - timedelta(minutes=1),
                datetime.now(UTC) - 3 * DAY,
                datetime.now(UTC) - timedelta(minutes=1),
            ]
            for article, at in zip(found, times, strict=True):
                await house.do(shelve, article, at)
            failures = [StoreError("locked"), None]
            real = module.look_back

            def flaky(*args: object) -> object:
                if failures and (error := failures.pop(0)):
                    raise error
                return real(*args)

            monkeypatch.setattr(module, "look_back", flaky)
            faults: list[BaseException] = []
            looked = Retrospect(house, woken.append, faults.append)
            looked.begin((), DAY)
            looked.begin({"qasem"}, None)
            looked.begin({"qasem"}, DAY)
            await until(lambda: played.logged("looked_back"))
            (told,) = played.logged("looked_back")
            assert (told["entities"], told["articles"], told["alerts"]) == (1, 7, 7)
            filed = await house.do(Store.alerts, Wanted())
            assert {each.alert.entity for each in filed} == {"qasem"}
            assert {each.alert.seen is not None for each in filed} == {True}
            assert {each.decision.reason for each in filed} == {Reason.FIRST}
            assert set(woken) == {"list"}
            mentions = await house.do(lambda store: store.alert(filed[0].alert.id).mentions)
            assert {mention.entity for mention in mentions} == {"qasem", "esmail"}
            looked.begin({"qasem"}, DAY)
            await until(lambda: len(played.logged("looked_back")) == 2)
            assert played.logged("looked_back")[1]["alerts"] == 0
            monkeypatch.setattr(module, "look_back", lambda *_: 1 / 0)
            looked.begin({"qasem"}, DAY)
            await until(lambda: faults)
            looked.stop()
            monkeypatch.setattr(module, "look_back", real)
            again = Retrospect(house, woken.append, faults.append)
            again.resume(DAY)
            await until(lambda: len(played.logged("looked_back")) == 3)
            await house.do(lambda store: store.errands.add({"x"}, news.NOW, news.NOW))
            again.resume(None)
            again.begin({"qasem"}, DAY)
            await until(lambda: len(played.logged("looked_back")) == 4)
            assert await house.do(lambda store: store.errands.all()) == ()
            again.begin({"qasem"}, DAY)
            again.stop()

    play(act)


def shelve(store: Store, article: Article, at: datetime) -> None:
    """Record an article in which nobody was found."""
    store.record([Dossier(article=article)], None, at)


def test_who_is_added_while_the_daemon_runs_is_found_in_what_was_read_before(tmp_path: Path):
    desk = Desk(tmp_path)
    desk.config.write_text(f"{desk.config.read_text()}look_back: 7d\n")
    desk.put("report.txt", "Report: Ali Shamkhani was there.")
    added = desk.rules.read_text().replace(
        "entities:\n", "entities:\n  - {id: ali, name: Ali Shamkhani}\n"
    )

    async def act(running: Running) -> None:
        await running.see("looked")
        desk.rules.write_text(added.replace("[qasem]", "[qasem, ali]", 1))
        await running.see("reloaded")
        await running.see("sent")
        (told,) = await running.see("looked_back")
        assert (told["entities"], told["articles"], told["alerts"]) == (1, 1, 1)
        assert "found in retrospect, first seen 20" in running.out.getvalue()

    assert run(desk, act)[0] == 0
    with Store.open(desk.database) as store:
        (filed,) = store.alerts(Wanted())
    assert alert_data(filed.alert)["retrospective"] == {"first_seen": stamp(filed.alert.seen)}
