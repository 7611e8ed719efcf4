from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.news import HOUR, NOW
from tests.service.desk import RULES, Desk
from watcher.cli import main
from watcher.store import Reign, Store
from watcher.watchlist import Edition

FIRST = RULES.encode()
SECOND = (
    RULES.replace("Esmail Qaani", "Esmail Ghaani, not: [Ali, Reza]")
    .replace("id: commanders\n", "id: generals\n    cool_down: 6h\n")
    .encode()
)


def reign(number: int, version: str, text: bytes | None, *editions: Edition) -> Reign:
    return Reign(
        since=NOW + number * HOUR,
        rules_version=version,
        list_version=f"l{number}",
        editions=editions,
        files={} if text is None else {"rules.yaml": text},
    )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    ofac, newer, un = (
        Edition("ofac", "2026-11-20", "aaa"),
        Edition("ofac", "", "bbb"),
        Edition("un"),
    )
    with Store.open(made.database) as store:
        for each in (
            reign(0, "r0", None),
            reign(1, "r1", FIRST, ofac),
            reign(2, "r2", SECOND, newer, un),
            reign(3, "r2", SECOND + b"# said\n", newer),
            reign(4, "r2", SECOND.replace(b"[Ali, Reza]", b"[Reza, Ali, Ali]"), newer),
        ):
            store.reigns.add(each)
    return made


def history(desk: Desk, *args: str) -> Result:
    return CliRunner().invoke(main, ["history", "-c", str(desk.config), *args])


def plain(text: str) -> str:
    return text.translate({0x2068: None, 0x2069: None})


def test_each_change_is_told_with_what_came_and_went(desk: Desk) -> None:
    result = history(desk)
    assert (result.exit_code, result.stderr) == (0, "")
    assert plain(result.stdout) == (
        "2026-03-05 12:30:00  rules r2, watchlist l4\n"
        "  ~ entity esmail\n"
        "      not: in another number\n"
        "\n"
        "2026-03-05 11:30:00  rules r2, watchlist l3\n"
        "  - list un\n"
        "\n"
        "2026-03-05 10:30:00  rules r2, watchlist l2\n"
        "  + rule generals\n"
        "  - rule commanders\n"
        "  ~ entity esmail\n"
        "      name: Esmail Qaani → Esmail Ghaani\n"
        "      not: + Ali, + Reza\n"
        "  ~ list ofac, version bbb\n"
        "  + list un, version \n"
        "\n"
        "2026-03-05 09:30:00  rules r1, watchlist l1\n"
        "  what changed is not known: the files were not kept then\n"
        "  + list ofac of 2026-11-20, version aaa\n"
        "\n"
        "2026-03-05 08:30:00  rules r0, watchlist l0\n"
        "  the first that is known\n"
        "\n"
    )


def test_programs_get_every_key_as_it_was_and_is(desk: Desk) -> None:
    told: list[dict[str, Any]] = json.loads(history(desk, "--json", "--limit", "3").stdout)
    assert [turn["rules_version"] for turn in told] == ["r2", "r2", "r2"]
    assert told[2]["changes"][2] == {
        "change": "changed",
        "what": "entity",
        "id": "esmail",
        "keys": [
            {"key": "name", "was": ["Esmail Qaani"], "now": ["Esmail Ghaani"]},
            {"key": "not", "was": [], "now": ["Ali", "Reza"]},
        ],
    }
    assert told[1]["lists"] == [{"name": "ofac", "published": "", "version": "bbb"}]
    assert (told[0]["first"], told[0]["known"]) == (False, True)


def test_comments_alone_are_said_to_be_so(desk: Desk) -> None:
    with Store.open(desk.database) as store:
        last = store.reigns.in_force()
        assert last is not None
        more = {"rules.yaml": last.files["rules.yaml"] + b"# more\n"}
        store.reigns.add(reign(5, "r2", more["rules.yaml"], *last.editions))
    assert "  only comments, layout or places\n" in history(desk, "--limit", "1").stdout


def test_the_time_can_be_narrowed_and_an_empty_list_says_so(desk: Desk) -> None:
    since = (NOW + 4 * HOUR).isoformat()
    assert len(json.loads(history(desk, "--json", "--since", since).stdout)) == 1
    later = (NOW + timedelta(days=2)).isoformat()
    assert history(desk, "--since", later).stderr == "nothing has changed in that time\n"
    with Store.open(desk.database) as store:
        store._database.run("DELETE FROM reign_files")
        store._database.run("DELETE FROM reigns")
    assert history(desk).stderr == "nothing is known yet\n"


def test_the_files_of_a_version_can_be_seen(desk: Desk, tmp_path: Path) -> None:
    shown = history(desk, "show", "r1")
    assert (shown.exit_code, shown.stdout) == (0, f"# rules.yaml\n{RULES}\n")
    for version in ("r0", "r9"):
        missing = history(desk, "show", version)
        assert missing.exit_code == 1
        assert missing.stderr == f'no files of "{version}" are kept; list them: watcher history\n'
    desk.database.unlink()
    assert history(desk, "show", "r1").exit_code == 1
    assert (history(desk).exit_code, json.loads(history(desk, "--json").stdout)) == (0, [])
