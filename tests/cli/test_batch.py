"""Long scans: real processes, stopped and killed, into files and into stores."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from watcher.archive.scan import ALONE
from watcher.cli import main
from watcher.store import DATABASE, Store, Wanted

LISTED = '{"id": "qs", "names": ["Qasem Soleimani"], "short": ["Soleimani"]}\n'
NOT_JSON = "not JSON at column 2: expecting property name enclosed in double quotes"
FILLER = "… " * 2000  # large, and quickly searched
FULL = "وقال قاسم سليماني اليوم."
RULES = """
entities: [{id: qs, name: Qasem Soleimani, tags: [irgc]}]
rules: [{id: irgc, watch: [irgc], send_to: [screen]}]
"""
CONFIG = """
sources: [{folder: inbox}]
channels: {screen: {terminal: {}}}
"""


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.jsonl"
    path.write_text(LISTED)
    return path


def line(ident: str | int, text: str, **more: str) -> str:
    return json.dumps({"id": ident, "text": text} | more, ensure_ascii=False) + "\n"


def scan(*args: str | Path, given: str = "") -> Result:
    return CliRunner().invoke(main, ["scan", *map(str, args)], input=given)


def command(*args: str | Path) -> list[str]:
    return [sys.executable, "-m", "watcher", "scan", *map(str, args)]


@contextmanager
def running(*args: str | Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(command(*args), stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for(parts: Path, number: int) -> None:
    """Wait until so many parts are done."""
    until = time.monotonic() + 30
    while len(list(parts.glob("*.json"))) < number:
        assert time.monotonic() < until, "no part was finished in 30 seconds"
        time.sleep(0.02)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Files of lines, the last a pipe that nobody writes to: whoever reads it is stuck there."""
    folder = tmp_path / "archive"
    folder.mkdir()
    for number in range(4):
        news = "".join(line(f"{number}-{n}", f"{FULL} {n}") for n in range(5))
        (folder / f"{number}.jsonl.gz").write_bytes(gzip.compress(news.encode()))
    os.mkfifo(folder / "4.jsonl")
    return folder


def mend(archive: Path) -> None:
    """Put a file in the place of the pipe."""
    (archive / "4.jsonl").unlink()
    (archive / "4.jsonl").write_text(line("4-0", FULL) + "{\n")


def files(archive: Path) -> list[Path]:
    return sorted(archive.iterdir())


@pytest.mark.process
@pytest.mark.parametrize("processes", ["1", "2"])
def test_a_killed_run_goes_on_where_it_stopped(
    people: Path, archive: Path, tmp_path: Path, processes: str
) -> None:
    output = tmp_path / "out.jsonl"
    asked = ("--watchlist", people, "--processes", processes)
    with running(*asked, "--output", output, *files(archive)) as run:
        wait_for(tmp_path / "out.jsonl.parts", 4)
        run.send_signal(signal.SIGKILL)
    assert not output.exists()
    mend(archive)
    again = scan(*asked, "--output", output, *files(archive))
    assert again.exit_code == 1
    assert again.stderr.splitlines() == [
        "going on behind 4 of 5 files",
        f"{archive / '4.jsonl'}:2: {NOT_JSON}",
        "documents: 21 · mentions: 21 · entities: 1 · unreadable: 1",
    ]
    fresh = scan(*asked, "--output", tmp_path / "fresh.jsonl", archive)
    assert fresh.exit_code == 1
    assert output.read_bytes() == (tmp_path / "fresh.jsonl").read_bytes()
    assert not (tmp_path / "out.jsonl.parts").exists()


@pytest.mark.process
def test_ctrl_c_ends_in_order_and_says_how_to_go_on(
    people: Path, archive: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out.csv"
    with running("--watchlist", people, "--output", output, *files(archive)) as run:
        wait_for(tmp_path / "out.csv.parts", 4)
        run.send_signal(signal.SIGINT)
        _, told = run.communicate(timeout=30)
    assert run.returncode == 1
    assert told.splitlines() == [
        "documents: 20 · mentions: 20 · entities: 1",
        "stopped; the same command goes on where it stopped",
    ]
    left = {path.suffix for path in (tmp_path / "out.csv.parts").iterdir()}
    assert left == {".part", ".json"}


@pytest.mark.process
def test_ctrl_c_ends_the_processes_too(people: Path, tmp_path: Path) -> None:
    news, pipe = tmp_path / "news.jsonl", tmp_path / "pipe.jsonl"
    text = f"{FILLER}{FULL}"
    news.write_text("".join(line(n, text) for n in range(2 * ALONE // 8000 + 60)))
    os.mkfifo(pipe)
    asked = ("--watchlist", people, "--jsonl", "--processes", "2")
    with subprocess.Popen(
        command(*asked, news, pipe),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        process_group=0,
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline()
        writer = os.open(pipe, os.O_WRONLY)  # open, and silent: all is cut, nothing more comes
        os.killpg(run.pid, signal.SIGINT)
        rest, told = run.communicate(timeout=30)
        os.close(writer)
    assert run.returncode == 1
    assert told == "stopped\n"
    assert all(json.loads(each)["entity"] == "qs" for each in rest.splitlines())


def lay(folder: Path) -> None:
    """Files of every kind, long enough for several processes, something broken in each."""
    folder.mkdir()
    long = [line(n, f"{FILLER}{FULL if n % 3 else ''}", title=f"=T{n}") for n in range(60)]
    assert len("".join(long).encode()) > 2 * ALONE
    (folder / "a.jsonl").write_text("".join(long) + "{\n" + line("last", FULL))
    (folder / "b.jsonl.gz").write_bytes(gzip.compress("".join(long).encode())[:-20])
    for number in range(20):
        (folder / f"c{number:02}.txt").write_text(f"{FILLER}{FULL}")
    (folder / "d.html").write_text(f"<title>{FULL}</title><p>{FILLER}")
    (folder / "e.txt.gz").write_bytes(b"not packed")
    add_tables_and_crawls(folder)


def add_tables_and_crawls(folder: Path) -> None:
    """What can be read only with the extra."""
    try:
        import fastwarc.stream_io  # noqa: F401, PLC0415
        import pyarrow as pa  # noqa: PLC0415
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        return
    from tests.archive import crawls  # noqa: PLC0415

    table = pa.table({"id": list(range(300)), "text": [f"{n} {FULL}" for n in range(300)]})
    parquet.write_table(table, folder / "f.parquet", row_group_size=100)
    records = [crawls.page(f"http://x.example/{n}", f"{FULL} {n}") for n in range(100)]
    records[50] = b"junk" * 10
    crawls.write(folder / "g.warc.gz", records)


@pytest.mark.process
@pytest.mark.parametrize("ending", ["jsonl", "csv"])
def test_the_output_is_the_same_whatever_the_number_of_processes(
    people: Path, tmp_path: Path, ending: str
) -> None:
    lay(tmp_path / "archive")

    output = tmp_path / f"out.{ending}"
    asked = ("--watchlist", people, tmp_path / "archive")
    alone = subprocess.run(
        command(*asked, f"--{ending}", "--processes", "1"), capture_output=True, check=False
    )
    shared = subprocess.run(
        command(*asked, "--output", output, "--processes", "3"), capture_output=True, check=False
    )
    assert (alone.returncode, shared.returncode) == (1, 1)
    assert output.read_bytes() == alone.stdout
    assert len(alone.stdout.splitlines()) > 100
    assert shared.stderr.splitlines()[:-1] == alone.stderr.splitlines()


def test_the_output_and_its_parts_are_not_searched_themselves(people: Path, tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "a.jsonl").write_text(line("a", FULL))
    output = tmp_path / "desk" / "out.jsonl"
    for _ in range(2):
        result = scan("--watchlist", people, "--output", output, tmp_path / "desk")
        assert result.exit_code == 0
        assert result.stderr == "documents: 1 · mentions: 1 · entities: 1\n"
    assert len(output.read_text().splitlines()) == 1


def test_standard_input_holds_lines(people: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    result = scan("--watchlist", people, "--output", output, given=line("a", FULL))
    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads(output.read_text())["doc"] == "a"


def test_a_pattern_without_a_match_is_told(people: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FULL)
    files = (tmp_path / "*.jsonl.zst", tmp_path / "a.txt")
    for where in (("--jsonl",), ("--output", tmp_path / "out.jsonl")):
        result = scan("--watchlist", people, *where, *files)
        assert result.exit_code == 1
        assert "*.jsonl.zst: no file has such a name; mend the pattern" in result.stderr


def test_many_refusals_are_counted_not_told_one_by_one(people: Path, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{\n" * 1000)
    result = scan("--watchlist", people, "--output", tmp_path / "o.jsonl", tmp_path / "a.jsonl")
    told = result.stderr.splitlines()
    assert len(told) == 22
    assert told[-2:] == [
        "and 980 more that could not be read near there",
        "documents: 0 · mentions: 0 · entities: 0 · unreadable: 1000",
    ]


def test_fields_may_have_other_names(people: Path, tmp_path: Path) -> None:
    given = json.dumps({"url": "u", "body": FULL}) + "\n"
    called = ("--field", "id=url", "--field", "text=body")
    result = scan("--watchlist", people, "--jsonl", *called, given=given)
    assert (result.exit_code, json.loads(result.stdout)["doc"]) == (0, "u")


@pytest.mark.parametrize("wrong", ["body", "body=text", "text="])
def test_a_field_that_there_is_not_is_wrong(people: Path, wrong: str) -> None:
    result = scan("--watchlist", people, "--field", wrong, given=FULL)
    assert result.exit_code == 2
    assert "write one of id, text, title, link" in result.stderr


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """An operator's file with a rule."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.yaml").write_text(RULES)
    (tmp_path / "inbox").mkdir()
    (tmp_path / "watcher.yaml").write_text(CONFIG)
    return tmp_path


def test_articles_of_the_past_are_recorded_and_nobody_is_told(desk: Path) -> None:
    news = desk / "news.jsonl"
    news.write_text(
        line(1, FULL, link="https://x.example/1", published="2020-01-02") + line(2, "nobody")
    )
    result = scan("--into-store", "-c", desk, news)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        "documents: 2 · mentions: 1 · entities: 1\nalerts recorded, none sent: 1\n"
    )
    with Store.open(desk / "var" / DATABASE) as store:
        (filed,) = store.alerts(Wanted())
        assert filed.decision.reason.value == "archive"
        assert filed.dispatches == ()
        assert filed.alert.article.published == datetime(2020, 1, 2, tzinfo=UTC)
        assert store.due("screen", datetime.now(UTC)) is None
        seen = store.first_seen(filed.alert.article.id)
    listed = CliRunner().invoke(main, ["alerts", "-c", str(desk)])
    assert "held: it was found in an archive" in listed.stdout
    again = scan("--into-store", "-c", desk / "watcher.yaml", news)
    assert again.exit_code == 0
    assert again.stderr.endswith("alerts recorded, none sent: 0 · on record already: 1\n")
    with Store.open(desk / "var" / DATABASE) as store:
        assert len(store.alerts(Wanted())) == 1
        assert store.first_seen(filed.alert.article.id) == seen
    assert not (desk / "var" / "scan").exists()


def test_records_of_one_id_are_all_recorded_and_can_be_traced(desk: Path, tmp_path: Path) -> None:
    news = tmp_path / "twice.jsonl"
    news.write_text(line("z1", FULL) + line("z1", f"{FULL} Later."))
    assert "recorded, none sent: 2\n" in scan("--into-store", "-c", desk, news).stderr
    assert (
        "recorded, none sent: 1\n" in scan("--into-store", "-c", desk, given=line(7, FULL)).stderr
    )
    with Store.open(desk / "var" / DATABASE) as store:
        links = [filed.alert.article.link for filed in store.alerts(Wanted())]
    assert sorted(links) == ["file:///dev/stdin#7", *[f"{news.as_uri()}#z1"] * 2]


@pytest.mark.process
def test_a_scan_into_the_store_goes_on_where_it_stopped(desk: Path, archive: Path) -> None:
    with running("--into-store", "-c", desk, *files(archive)) as run:
        wait_for(desk / "var" / "scan", 4)
        run.send_signal(signal.SIGKILL)
    mend(archive)
    again = scan("--into-store", "-c", desk, *files(archive))
    assert again.stderr.startswith("going on behind 4 of 5 files\n")
    with Store.open(desk / "var" / DATABASE) as store:
        assert len(store.alerts(Wanted())) == 21


def test_an_operators_file_with_faults_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "watcher.yaml").write_text("sorces: []\n")
    result = scan("--into-store", "-c", tmp_path, given=line(1, FULL))
    assert result.exit_code == 2
    assert '"sorces" is not known here' in result.stderr


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--jsonl", "--csv"], "--jsonl and --csv each say where to; choose one"),
        (["--csv", "--output", "o.csv"], "--csv and --output each say where to; choose one"),
        (["--into-store", "--watchlist", "."], "the rules decide; leave out --watchlist"),
        (["--into-store", "--min-score", "1"], "the rules decide; leave out --min-score"),
        (["--config", ".", "--watchlist", "."], "--config goes with --into-store only"),
        ([], "whom to look for? Name a file or folder with --watchlist"),
    ],
)
def test_options_that_do_not_go_together_are_told(args: list[str], message: str) -> None:
    result = scan(*args)
    assert result.exit_code == 2
    assert message in result.stderr


def test_what_reads_a_table_may_be_missing(
    people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pyarrow", "watcher.archive.table"):
        monkeypatch.setitem(sys.modules, name, None)
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    result = scan("--watchlist", people, "--jsonl", tmp_path / "a.parquet")
    assert result.exit_code == 1
    assert 'pip install "entity-watcher[archive]"' in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("name", ["people.jsonl", "news.jsonl"])
def test_nothing_that_is_read_is_replaced_by_the_output(
    tmp_path: Path, people: Path, name: str
) -> None:
    news, output = tmp_path / "news.jsonl", tmp_path / name
    news.write_text(line(1, FULL))
    before = output.read_bytes()
    result = scan("--watchlist", people, news, "--output", output)
    assert result.exit_code == 2
    assert "is to be read, and --output would replace it; name another" in result.stderr
    assert output.read_bytes() == before
