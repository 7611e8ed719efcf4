"""The full alerts of the seed articles by the rules that `make run` uses, compared whole.

`pytest tests/pipeline/test_golden.py --golden` writes them anew; then a person reads the diff.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.news import NOW
from watcher.alerts import Alert, alert_data
from watcher.article import Article
from watcher.channels.terminal import show
from watcher.config import check_all
from watcher.feeds import FolderReader, first_state
from watcher.match import compile_index
from watcher.pipeline import Knowledge, take_in
from watcher.store import Store

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden"
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
SOUGHT = {"qasem-soleimani", "esmail-qaani", "saif-al-adel"}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    rulebook = check_all(ROOT / "rules", {}).rulebook
    assert rulebook
    return Knowledge(rulebook=rulebook, index=compile_index(rulebook.watchlist))


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    """The seeds as the folder source reads them, with links that are the same on each machine."""
    reader = FolderReader(ROOT / "seeds", "seeds", "seeds", timedelta(seconds=2))
    found = reader.look(first_state("seeds", "seeds", NOW), NOW, 0.0).articles
    named = {Path(article.link).name: article for article in found}
    return {name: replace(one, link=f"file:///seeds/{name}") for name, one in named.items()}


def raised(article: Article, knowledge: Knowledge) -> list[Alert]:
    with Store.open(Path(":memory:")) as store:
        (dossier,) = take_in(store, (article,), None, knowledge, NOW).dossiers
    return [judged.alert for judged in dossier.judged]


def alerts(article: Article, knowledge: Knowledge) -> list[dict[str, object]]:
    told = json.loads(json.dumps([alert_data(alert) for alert in raised(article, knowledge)]))
    rounded: list[dict[str, object]] = _rounded(told)
    return rounded


def _rounded(value: Any) -> Any:
    """Scores to two digits, as people see them: more would change with every tuning."""
    if isinstance(value, float):
        return round(value, 2)
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return value


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem[:3])
def test_each_seed_gives_the_alerts_that_stand_beside_it(
    seed: Path, knowledge: Knowledge, articles: dict[str, Article], request: pytest.FixtureRequest
) -> None:
    told = alerts(articles[seed.name], knowledge)
    path = GOLDEN / f"{seed.stem}.json"
    if request.config.getoption("--golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    assert told == json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("start", ["003", "004"])
def test_two_of_the_seeds_name_none_of_those_sought(start: str) -> None:
    (path,) = GOLDEN.glob(f"{start}_*.json")
    found = {alert["entity"]["id"] for alert in json.loads(path.read_text(encoding="utf-8"))}
    assert not found & SOUGHT


def test_the_readme_shows_what_make_run_shows_first(
    knowledge: Knowledge, articles: dict[str, Article]
) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    sample, rest = readme.partition("```text\n")[2].split("\n  …\n```", 1)
    assert "```text" not in rest
    first, *_ = raised(next(iter(articles.values())), knowledge)
    shown = show(first, colour=False).translate({0x2068: None, 0x2069: None})
    assert shown.startswith(f"{sample}\n")
