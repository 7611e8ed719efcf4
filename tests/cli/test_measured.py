"""`watcher check --measure`: what the record says of the rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.cli.plain import lay_out
from tests.news import article
from watcher.alerts import Dossier, Silence, Target
from watcher.cli import main
from watcher.store import DATABASE, Store
from watcher.watchlist.check import OFTEN

RULES = """\
entities:
  - {id: hope, name: Bob Hope, aliases: [Hope Springfield], weak: [Hope Bobson]}
rules:
  - {id: r, watch: hope, send_to: screen}
"""
NOW = datetime.now(UTC)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return lay_out(tmp_path, RULES)


def check(*args: str) -> Result:
    return CliRunner().invoke(main, ["check", "--measure", *args])


def put(desk: Path, texts: list[str], *silences: Silence) -> None:
    with Store.open(desk / "var" / DATABASE) as store:
        told = [Dossier(article=article(n, text, title="")) for n, text in enumerate(texts)]
        store.record(told, None, NOW - timedelta(hours=1))
        for silence in silences:
            store.silences.add(silence)


def silence(target: Target, subject: str, *, days: int = 1) -> Silence:
    made, until = NOW - timedelta(days=days), NOW + timedelta(days=1)
    return Silence(target=target, subject=subject, until=until, why="x", by="me", made=made)


def test_a_name_that_alerts_too_often_is_warned_of_where_it_stands(desk: Path) -> None:
    put(desk, ["Hope Springfield came."] * OFTEN + ["Bob Hope came."] * (OFTEN - 1))
    result = check()
    assert result.exit_code == 0
    told = result.stdout.splitlines()
    assert told[0] == (
        'rules/r.yaml:2:42: warning: "Hope Springfield" would alert 20 times a week by itself'
        " (20 of 39 articles on record)"
    )
    assert told[2].index("^") == told[1].index("Hope Springfield")
    assert len(told) == 4
    assert check("--strict").exit_code == 2


def test_silences_that_nobody_needs_are_named(desk: Path) -> None:
    put(
        desk,
        [],
        silence(Target.ENTITY, "gone"),
        silence(Target.RULE, "gone"),
        silence(Target.FEED, "gone"),
        silence(Target.ENTITY, "hope", days=8),
        silence(Target.RULE, "r"),
        silence(Target.FEED, "articles"),
    )
    since = f"{NOW - timedelta(days=8):%Y-%m-%d}"
    told = [line for line in check().stdout.splitlines() if not line.startswith(" ")]
    assert told == [
        'silence 1: warning: the entity "gone" is not there any more',
        'silence 2: warning: the rule "gone" is not there any more',
        'silence 3: warning: the feed "gone" is not there any more',
        f'silence 4: warning: since {since} nothing of the entity "hope" was held back',
    ]


def test_without_a_record_or_with_faults_it_says_so(desk: Path) -> None:
    result = check()
    assert result.exit_code == 0
    assert "nothing is recorded in" in result.stderr
    (desk / "rules" / "r.yaml").write_text(RULES.replace("send_to", "sendto"))
    result = check()
    assert result.exit_code == 2
    assert "--measure needs a configuration and rules without faults" in result.stderr
