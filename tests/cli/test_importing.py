from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.publishers import ALT, SDN, UN, ofac_people
from tests.servers import Reply, serve
from watcher.cli import main


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("sdn.csv").write_text(SDN)
    Path("alt.csv").write_text(ALT)
    return tmp_path


def imported(*args: str) -> Result:
    return CliRunner().invoke(main, ["import", *args])


def plain(text: str) -> list[str]:
    return text.translate({0x2068: None, 0x2069: None}).splitlines()


def test_a_person_reads_what_changed_and_what_the_list_is() -> None:
    result = imported("ofac", "sdn.csv", "alt.csv")
    assert result.exit_code == 0
    assert plain(result.stdout) == [
        "added: 3 · removed: 0 · renamed: 0 · changed: 0",
        "+ ofac:101  Marek ORDAN",
        "+ ofac:102  KALDERA TRADING CO., LTD.",
        "+ ofac:105  YUSIF",
    ]
    assert result.stderr.splitlines() == [
        "ofac.jsonl: 3 persons and organisations",
        "left out: vessels 1, aircraft 1",
    ]
    first = json.loads(Path("ofac.jsonl").read_text().splitlines()[0])
    assert first == {
        "id": "ofac:101",
        "kind": "person",
        "names": ["Marek ORDAN", "Marek ORDANOV"],
        "weak_names": ["THE GREY"],
        "tags": ["ofac", "SDGT", "IRGC"],
    }


def test_a_second_import_tells_the_difference() -> None:
    imported("ofac", "sdn.csv", "alt.csv")
    Path("sdn.csv").write_text(
        SDN.replace('"ORDAN, Marek"', '"ORDAN, Mark"').replace('105,"YUSIF"', '106,"YUNIS"')
    )
    result = imported("ofac", "sdn.csv")
    assert plain(result.stdout) == [
        "added: 1 · removed: 1 · renamed: 1 · changed: 1",
        "+ ofac:106  YUNIS",
        "- ofac:105  YUSIF",
        "~ ofac:101  Marek ORDAN → Mark ORDAN",
        "* ofac:102  KALDERA TRADING CO., LTD.",
    ]
    assert "note: there is no alt.csv among the files" in result.stderr


def test_a_program_gets_every_change_as_a_line() -> None:
    people = {number: f"ORDAN, Marek{number}" for number in range(1, 31)}
    Path("sdn.csv").write_text(ofac_people(people))
    shown = plain(imported("ofac", "sdn.csv", "--dry-run").stdout)
    assert len(shown) == 12
    assert shown[-1] == "  … and 20 more added"
    assert not Path("ofac.jsonl").exists()
    lines = imported("ofac", "sdn.csv", "--jsonl").stdout.splitlines()
    assert len(lines) == 30
    assert json.loads(lines[0]) == {"change": "added", "id": "ofac:1", "name": "Marek1 ORDAN"}
    Path("sdn.csv").write_text(ofac_people(people | {1: "ORDAN, Ana"}))
    (line,) = imported("ofac", "sdn.csv", "--jsonl").stdout.splitlines()
    assert json.loads(line) == {
        "change": "renamed",
        "id": "ofac:1",
        "name": "Ana ORDAN",
        "was": "Marek1 ORDAN",
    }


def test_a_rehearsal_says_so() -> None:
    result = imported("ofac", "sdn.csv", "alt.csv", "--dry-run")
    assert "ofac.jsonl: 3 persons and organisations (nothing was written)" in result.stderr


def test_entries_that_cannot_be_read_are_told_and_the_exit_code_says_so() -> None:
    Path("un.xml").write_text(UN)
    result = imported("un", "un.xml", "-o", "lists/un.jsonl")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "lists/un.jsonl: 2 persons and organisations, published 2026-02-27",
        "un.xml: entry 2: has no name",
        "un.xml: entry ?: has no number",
    ]


def test_one_is_no_several() -> None:
    Path("sdn.csv").write_text(ofac_people({1: "ORDAN, Marek"}))
    assert "ofac.jsonl: 1 person or organisation\n" in imported("ofac", "sdn.csv").stderr


def test_more_bad_entries_than_can_be_shown_are_counted() -> None:
    people = {number: f"ORDAN, Marek{number}" for number in range(1, 61)}
    rows = ofac_people(people).splitlines(keepends=True)
    Path("sdn.csv").write_text("".join([*rows[25:59], *(f"x{row}" for row in rows[:25]), rows[59]]))
    result = imported("ofac", "sdn.csv")
    assert result.exit_code == 1
    assert "… and 5 more entries that could not be read" in result.stderr


def test_a_list_that_has_shrunk_is_refused_unless_forced() -> None:
    imported("ofac", "sdn.csv")
    Path("sdn.csv").write_text(SDN.splitlines()[0])
    result = imported("ofac", "sdn.csv")
    assert result.exit_code == 1
    assert "less than half of the 3 of the last one" in result.stderr
    assert imported("ofac", "sdn.csv", "--force").exit_code == 0


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (("ofac", "none.csv"), 1, "none.csv: cannot be read: No such file or directory"),
        (("eu", "sdn.csv"), 1, "sdn.csv: is not xmlFullSanctionsList (XML): it is no XML"),
        (("nato", "sdn.csv"), 2, "'nato' is not one of 'ofac', 'un', 'eu', 'uk', 'opensanctions'"),
        (("ofac",), 2, "Missing argument 'SOURCE...'"),
        (
            ("ofac", "file:///srv/my%20lists/sdn.csv"),
            2,
            'a file is named by its path, without "file:"; write "/srv/my lists/sdn.csv"',
        ),
        (("ofac", "-"), 2, "-: a list is not read from standard input"),
        (("un", "ftp://x.example/un.xml"), 2, '"ftp://x.example/un.xml" is not an http or https'),
        (
            ("ofac", "sdn.csv", "-o", "x.yaml"),
            2,
            'a list is written as JSON lines; name it "x.jsonl"',
        ),
        (
            ("ofac", "sdn.csv", "--allow-private", "x"),
            2,
            "--allow-private: 'x' is neither host:port",
        ),
    ],
)
def test_what_cannot_be_done_is_told(args: tuple[str, ...], code: int, message: str) -> None:
    result = imported(*args)
    assert result.exit_code == code
    assert message in result.stderr


def test_what_a_list_is_made_from_is_not_replaced_by_it() -> None:
    before = Path("alt.csv").read_text()
    result = imported("ofac", "sdn.csv", "alt.csv", "-o", "./alt.csv")
    assert result.exit_code == 2
    assert "alt.csv: is what the list is made from; name another file" in result.stderr
    assert Path("alt.csv").read_text() == before


def test_a_list_is_fetched_from_the_web_through_the_guard() -> None:
    modified = {"Last-Modified": "Fri, 20 Nov 2026 10:00:00 GMT"}
    with serve() as server:
        address = server.script("/sdn.csv", Reply(200, modified, SDN.encode()), Reply(404))
        assert imported("ofac", address).stderr == (
            "refused: 127.0.0.1 is not a public address;"
            f" if it is meant, give: --allow-private {server.netloc}\n"
        )
        result = imported("ofac", address, "alt.csv", "--allow-private", server.netloc)
        assert result.exit_code == 0
        assert "ofac.jsonl: 3 persons and organisations, published 2026-11-20" in result.stderr
        server.script("/page", Reply(200, body=b"<p>Come back later"))
        result = imported("ofac", server.at("/page"), "--allow-private", server.netloc)
        assert (result.exit_code, f"{server.netloc}/page: " in result.stderr) == (1, True)
        result = imported("ofac", address, "--allow-private", server.netloc)
        assert (result.exit_code, "/sdn.csv: 404: nothing is there" in result.stderr) == (1, True)


def test_the_list_that_is_written_can_be_searched_with() -> None:
    imported("ofac", "sdn.csv", "alt.csv")
    Path("news.txt").write_text("A report: Marek Ordanov opened a bank.")
    result = CliRunner().invoke(
        main, ["scan", "--watchlist", "ofac.jsonl", "--jsonl", "--processes", "1", "news.txt"]
    )
    assert [json.loads(line)["entity"] for line in result.stdout.splitlines()] == ["ofac:101"]
