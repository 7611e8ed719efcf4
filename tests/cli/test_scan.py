from __future__ import annotations

import gzip
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from watcher.archive.scan import ALONE
from watcher.cli import main

ROOT = Path(__file__).parent.parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
RULES = ROOT / "rules" / "commanders.yaml"

LISTED = '{"id": "qs", "names": ["Qasem Soleimani"], "short": ["Soleimani"]}\n'
ARABIC = "وقال قاسم سليماني اليوم. ثم غادر سليماني بغداد."


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.jsonl"
    path.write_text(LISTED)
    return path


def scan(*args: str | Path, given: str = "") -> Result:
    return CliRunner().invoke(main, ["scan", *map(str, args)], input=given)


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def line(ident: str | int, text: str, **more: str) -> str:
    return json.dumps({"id": ident, "text": text} | more, ensure_ascii=False) + "\n"


def test_every_quote_stands_where_the_line_says(people: Path) -> None:
    result = scan("--watchlist", people, "--jsonl", given=line("a", ARABIC) + line(2, "nobody"))
    found = lines(result)
    assert (result.exit_code, result.stderr) == (0, "")
    assert [(each["doc"], each["entity"], each["quote"]) for each in found] == [
        ("a", "qs", "قاسم سليماني"),
        ("a", "qs", "سليماني"),
    ]
    assert all(ARABIC[each["start"] : each["end"]] == each["quote"] for each in found)
    assert list(found[0]) == ["doc", "entity", "name", "start", "end", "quote", "score", "why"]


@pytest.mark.parametrize("processes", ["1", "2"])
def test_front_matter_that_is_not_understood_is_noted(
    people: Path, tmp_path: Path, processes: str
) -> None:
    article, output = tmp_path / "a.md", tmp_path / "out.jsonl"
    article.write_text(f"---\ntitle: One\ndate: 01/05/2020\n---\n{ARABIC}")
    args = ("--watchlist", people, "--processes", processes, "--output", output, article)
    result = scan(*args)
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        f'note: {article}:3: "date: 01/05/2020" is not read; write the day as date: 2020-01-31',
        "documents: 1 · mentions: 2 · entities: 1",
    ]


def test_the_seeds_are_found_in_their_files() -> None:
    found = lines(scan("--watchlist", RULES, "--jsonl", *SEEDS))
    assert {each["doc"] for each in found} == {str(seed) for seed in SEEDS}
    for each in found:
        text = Path(each["doc"]).read_bytes().decode()
        assert text[each["start"] : each["end"]] == each["quote"]
    places = [(SEEDS.index(Path(each["doc"])), each["start"]) for each in found]
    assert places == sorted(places)


def test_a_person_sees_the_names_marked_and_the_figures(people: Path, tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(ARABIC)
    result = scan("--watchlist", people, article)
    assert result.stdout.startswith(f"{article}\n  \u2068وقال «قاسم سليماني» اليوم.\u2069\n")
    assert re.search(r"^    Qasem Soleimani · [a-z ]+ [01]\.\d\d · ", result.stdout, re.MULTILINE)
    assert result.stderr == "documents: 1 · mentions: 2 · entities: 1\n"


def test_standard_input_is_a_text_for_a_person(people: Path) -> None:
    assert scan("--watchlist", people, given=ARABIC).stdout.startswith("standard input\n")


def test_titles_speak_for_the_text_and_are_told_when_asked_for(people: Path) -> None:
    given = line(1, "غادر سليماني بغداد", title="قاسم سليماني")
    without = lines(scan("--watchlist", people, "--jsonl", given=given))
    assert [each["quote"] for each in without] == ["سليماني"]
    found = lines(scan("--watchlist", people, "--jsonl", "--titles", given=given))
    assert [(each["field"], each["quote"]) for each in found] == [
        ("title", "قاسم سليماني"),
        ("text", "سليماني"),
    ]


def test_a_person_is_shown_titles_whatever_is_asked_for(people: Path, tmp_path: Path) -> None:
    news = tmp_path / "news.jsonl"
    news.write_text(line(1, "nobody", title="قاسم سليماني"))
    plain, asked = scan("--watchlist", people, news), scan("--watchlist", people, "--titles", news)
    assert "«قاسم سليماني»" in plain.stdout
    assert (asked.exit_code, asked.stdout) == (0, plain.stdout)
    assert asked.stderr.startswith("--titles changes nothing without --jsonl: people, tables")


def test_the_bar_can_be_raised(people: Path) -> None:
    assert (
        scan("--watchlist", people, "--jsonl", "--min-score", 1, given=line(1, ARABIC)).stdout == ""
    )


def test_what_cannot_be_read_is_told_and_the_rest_searched(people: Path) -> None:
    given = "{\n" + line(1, ARABIC)
    result = scan("--watchlist", people, "--jsonl", "none.txt", "-", given=given)
    assert result.exit_code == 1
    assert len(lines(result)) == 2
    assert result.stderr.splitlines() == [
        "none.txt: cannot be read: No such file or directory",
        "standard input:1: not JSON at column 2: expecting property name enclosed in double quotes",
    ]


@pytest.mark.parametrize(
    ("given", "is_told"),
    [(f"{ARABIC}\nmore\n", True), (f"{ARABIC}\n{line(1, ARABIC)}", False), ("", False)],
)
def test_it_is_told_that_lines_are_asked_for_where_a_text_is_given(
    people: Path, given: str, *, is_told: bool
) -> None:
    result = scan("--watchlist", people, "--jsonl", given=given)
    asked = "standard input is read as JSON lines here, "
    assert [line.startswith(asked) for line in result.stderr.splitlines()][-1:] == (
        [is_told] if given else []
    )
    assert result.exit_code == (1 if given else 0)


@pytest.mark.parametrize("name", ["w.yaml", "w.jsonl", "w.jsonl.gz", "rules"])
def test_a_watchlist_is_yaml_or_lines_or_a_folder(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    yaml = "entities: [{id: qs, name: Qasem Soleimani, short: Soleimani}]\n"
    if name == "rules":
        path.mkdir()
        (path / "a.yaml").write_text(yaml)
    elif name.endswith(".gz"):
        path.write_bytes(gzip.compress(LISTED.encode()))
    else:
        path.write_text(yaml if name.endswith(".yaml") else LISTED)
    assert len(lines(scan("--watchlist", path, "--jsonl", given=line(1, ARABIC)))) == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("entities: [{id: a, nam: B C}]\n", 'w.yaml:1:20: the key "nam" is not known here'),
        ("", "names nobody"),
    ],
)
def test_a_watchlist_without_anybody_is_wrong(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "w.yaml"
    path.write_text(content)
    result = scan("--watchlist", path, given=ARABIC)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("w.jsonl", "", True),
        ("names.txt", "Qasem Soleimani\nEsmail Qaani\n", True),
        ("w.yaml", "Qasem Soleimani\n", False),
    ],
)
def test_how_a_watchlist_is_written_is_told_to_who_may_not_know(
    tmp_path: Path, name: str, content: str, *, told: bool
) -> None:
    path = tmp_path / name
    path.write_text(content)
    result = scan("--watchlist", path, given=ARABIC)
    assert result.exit_code == 2
    assert ("a watchlist is YAML, " in result.stderr) is told


def test_a_watchlist_that_cannot_be_unpacked_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "w.jsonl.gz"
    path.write_bytes(b"not packed")
    result = scan("--watchlist", path, given=ARABIC)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{path} cannot be read" in result.stderr


def test_a_bad_line_of_a_watchlist_is_told_and_the_others_are_looked_for(people: Path) -> None:
    people.write_text("{\n" + LISTED)
    result = scan("--watchlist", people, "--jsonl", given=line(1, ARABIC))
    assert result.exit_code == 1
    assert len(lines(result)) == 2
    assert f"{people}:1:" in result.stderr


def test_a_wrong_command_is_told() -> None:
    assert scan("--watchlist", "none.yaml").exit_code == 2
    assert scan("seeds").exit_code == 2


@pytest.mark.process
def test_who_watches_sees_a_bar_and_the_figures_while_the_lines_go_elsewhere(
    people: Path, tmp_path: Path
) -> None:
    news = tmp_path / "news.jsonl"
    news.write_text(line(1, ARABIC) + "{\n")
    command = [sys.executable, "-m", "watcher", "scan", "--watchlist", str(people), "--jsonl"]
    reader, terminal = pty.openpty()
    with os.fdopen(reader, "rb", buffering=0) as shown:
        run = subprocess.run(
            [*command, str(news)],
            stdout=subprocess.PIPE,
            stderr=terminal,
            env=os.environ | {"TERM": "xterm", "COLUMNS": "100"},
            check=False,
        )
        os.close(terminal)
        told = shown.read(10_000).decode()
    assert run.returncode == 1
    assert "━━━" in told
    assert f"{news}:2: not JSON" in told
    assert told.endswith("documents: 1 · mentions: 2 · entities: 1 · unreadable: 1\r\n")
    assert len(run.stdout.splitlines()) == 2


@pytest.mark.process
@pytest.mark.parametrize("processes", ["1", "2"])
def test_who_has_read_enough_may_go(people: Path, tmp_path: Path, processes: str) -> None:
    news = tmp_path / "news.jsonl"
    filler = "لا شيء هنا. " * 200
    news.write_text("".join(line(n, f"{ARABIC} {filler}") for n in range(1000)))
    command = [sys.executable, "-m", "watcher", "scan", "--watchlist", str(people), "--jsonl"]
    with subprocess.Popen(
        [*command, "--processes", processes, str(news)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        assert json.loads(run.stdout.readline())["doc"] == 0
        run.stdout.close()
        assert run.stderr.read() == b""
    assert run.returncode == 0


@pytest.mark.parametrize("files", [(), ("-",), ("text",)])
def test_who_is_to_type_the_text_is_told(
    people: Path, files: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("watcher.cli.scan.is_terminal", lambda: True)
    args = ["scan", "--watchlist", str(people), "--processes", "1", *files]
    said = CliRunner().invoke(main, args, input="Nobody.").stderr
    assert ("standard input is read, until Ctrl-D\n" in said) is ("text" not in files)


@pytest.mark.process
def test_each_answer_is_there_as_soon_as_its_document_is(people: Path) -> None:
    command = [sys.executable, "-m", "watcher", "scan", "--watchlist", str(people), "--jsonl"]
    with subprocess.Popen(
        [*command, "--processes", "1"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdin is not None
        assert run.stdout is not None
        for number in range(3):
            run.stdin.write(line(number, "قاسم سليماني"))
            run.stdin.flush()
            assert json.loads(run.stdout.readline())["doc"] == number
        run.stdin.close()
    assert run.returncode == 0


@pytest.mark.process
def test_processes_change_the_speed_never_the_output(people: Path, tmp_path: Path) -> None:
    news = tmp_path / "news.jsonl"
    filler = "… " * 12_000
    long = (
        line(n, f"{filler}{ARABIC if n % 3 else ''}") for n in range(ALONE * 3 // 2 // len(filler))
    )
    news.write_text("".join(long) + "{\n" + line("last", ARABIC))

    def run(processes: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "watcher", "scan", "--watchlist", str(people), "--jsonl"]
        return subprocess.run(
            [*command, "--processes", processes, str(news)], capture_output=True, check=False
        )

    alone, shared = run("1"), run("3")
    assert (alone.returncode, shared.returncode) == (1, 1)
    assert alone.stdout == shared.stdout
    assert alone.stderr == shared.stderr
    assert json.loads(shared.stdout.splitlines()[-1])["doc"] == "last"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_an_output_that_takes_no_more_is_told(tmp_path: Path, people: Path) -> None:
    (tmp_path / "a.txt").write_text("وقال قاسم سليماني اليوم.")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "watcher", "scan", "--jsonl", "--watchlist", people, "a.txt"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == "the output: cannot be written: No space left on device; make room\n"
