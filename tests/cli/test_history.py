from __future__ import annotations

import json
from dataclasses import replace
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
from watcher.watchlist.official import Change, Sort

FIRST = RULES.encode()
SECOND = (
    RULES.replace("Esmail Qaani", "Esmail Ghaani, not: [Ali, Reza]")
    .replace("id: commanders\n", "id: generals\n    cool_down: 6h\n")
    .encode()
)


RENAMED = Change(sort=Sort.RENAMED, id="ofac:1", name="Ana Kaldera", was="Anna Kaldera")
LOST = tuple(Change(sort=Sort.REMOVED, id=f"ofac:{n}", name="Ivan Velur") for n in range(20, 32))


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
        "  + list un\n"
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
    assert told[1]["lists"] == [{"name": "ofac", "published": "", "version": "bbb", "changes": []}]
    assert (told[0]["first"], told[0]["known"]) == (False, True)


@pytest.fixture
def renewed(desk: Desk) -> Desk:
    """The same, and one more state of the list, of which is known what it brought."""
    with Store.open(desk.database) as store:
        last = store.reigns.in_force()
        assert last is not None
        newest = reign(5, "r2", last.files["rules.yaml"], Edition("ofac", "2026-11-21", "ccc"))
        store.reigns.add(replace(newest, listed={"ofac": (RENAMED, *LOST)}))
    return desk


def test_of_a_list_the_entities_are_told_that_it_brought_and_lost(renewed: Desk) -> None:
    assert plain(history(renewed, "--limit", "1").stdout).splitlines() == [
        "2026-03-05 13:30:00  rules r2, watchlist l5",
        "  ~ list ofac of 2026-11-21, version ccc",
        "      added: 0 · removed: 12 · renamed: 1 · changed: 0",
        *(f"      - ofac:{number}  Ivan Velur" for number in range(20, 30)),
        "        … and 2 more removed",
        "      ~ ofac:1  Anna Kaldera → Ana Kaldera",
        "",
    ]
    (told,) = json.loads(history(renewed, "--limit", "1", "--json").stdout)
    (ofac,) = told["lists"]
    assert len(ofac["changes"]) == 13
    assert ofac["changes"][0] == {
        "change": "renamed",
        "id": "ofac:1",
        "name": "Ana Kaldera",
        "was": "Anna Kaldera",
    }


def test_one_entity_can_be_followed_through_rules_and_lists(renewed: Desk) -> None:
    assert plain(history(renewed, "--entity", "ofac:1").stdout).splitlines() == [
        "2026-03-05 13:30:00  rules r2, watchlist l5",
        "  ~ list ofac of 2026-11-21, version ccc",
        "      added: 0 · removed: 0 · renamed: 1 · changed: 0",
        "      ~ ofac:1  Anna Kaldera → Ana Kaldera",
        "",
    ]
    changed = plain(history(renewed, "--entity", "esmail", "--limit", "2").stdout)
    assert [line for line in changed.splitlines() if line.startswith("  ")] == [
        *("  ~ entity esmail", "      not: in another number"),
        *(
            "  ~ entity esmail",
            "      name: Esmail Qaani → Esmail Ghaani",
            "      not: + Ali, + Reza",
        ),
    ]
    assert history(renewed, "--entity", "qasem").stderr == "nothing has changed\n"
    unknown = history(renewed, "--entity", "esmael")
    assert unknown.exit_code == 1
    assert 'there is no entity "esmael"; did you mean "esmail"?' in unknown.stderr
    renewed.rules.write_text("rulse: 1")
    assert history(renewed, "--entity", "esmael").stderr == "nothing has changed\n"


def test_comments_alone_are_said_to_be_so(desk: Desk) -> None:
    with Store.open(desk.database) as store:
        last = store.reigns.in_force()
        assert last is not None
        more = {"rules.yaml": last.files["rules.yaml"] + b"# more\n"}
        store.reigns.add(reign(5, "r2", more["rules.yaml"], *last.editions))
    assert "  only comments, layout or places\n" in history(desk, "--limit", "1").stdout


def test_what_changes_no_version_is_said_to_change_nothing(desk: Desk) -> None:
    with Store.open(desk.database) as store:
        last = store.reigns.in_force()
        assert last is not None
        tested = last.files["rules.yaml"] + b"      - {text: Reza spoke, alert: []}\n"
        store.reigns.add(replace(last, since=NOW + 5 * HOUR, files={"rules.yaml": tested}))
    assert plain(history(desk, "--limit", "1").stdout) == (
        "2026-03-05 13:30:00  rules r2, watchlist l4\n"
        "  the same versions: what is found and sent has not changed\n"
        "  ~ rule generals\n"
        "      tests: + text: Reza spoke\n"
        "\n"
    )
    told = json.loads(history(desk, "--json", "--limit", "2").stdout)
    assert [each["same"] for each in told] == [True, False]
    seen = history(desk, "show", "r2")
    assert seen.stdout == f"# rules.yaml\n{tested.decode()}\n"
    assert seen.stderr == (
        "4 states have this version, which tests and comments do not change;"
        " this is the last, of 2026-03-05 13:30:00\n"
    )


def test_the_time_can_be_narrowed_and_an_empty_list_says_so(desk: Desk) -> None:
    since = (NOW + 4 * HOUR).isoformat()
    assert len(json.loads(history(desk, "--json", "--since", since).stdout)) == 1
    later = (NOW + timedelta(days=2)).isoformat()
    assert history(desk, "--since", later).stderr == "nothing has changed\n"
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
