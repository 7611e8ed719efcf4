from __future__ import annotations

import csv
import gzip
import json
import pickle
from pathlib import Path

import pytest

from watcher.archive import (
    Answer,
    Fields,
    Options,
    Refused,
    Report,
    Search,
    Work,
    form_of,
    lines_form,
    open_parts,
    scan_file,
    scan_parts,
    scan_stream,
    size_of,
    units,
)
from watcher.archive.cut import cut
from watcher.errors import ConfigError, WatcherError
from watcher.match import Field, Index, compile_index
from watcher.watchlist import Entity, Watchlist

PEOPLE = Watchlist((Entity(id="qs", names=("Qasem Soleimani",), short=("Soleimani",)),))
FULL = "وقال قاسم سليماني اليوم"


def line(ident: str | int, text: str, **more: str) -> str:
    return json.dumps({"id": ident, "text": text} | more, ensure_ascii=False) + "\n"


@pytest.fixture(scope="module")
def index() -> Index:
    return compile_index(PEOPLE)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl.gz"
    path.write_bytes(gzip.compress((line("a", FULL) + "{\n" + line("b", "x")).encode()))
    return path


def test_a_file_is_searched_into_a_file(tmp_path: Path, news: Path) -> None:
    output = tmp_path / "out.jsonl"
    report = scan_file(news, PEOPLE, output)
    (found,) = map(json.loads, output.read_text().splitlines())
    assert (found["doc"], found["quote"]) == ("a", "قاسم سليماني")
    assert report == Report(
        documents=2,
        size=len(FULL.encode()) + 1,
        mentions=1,
        entities=frozenset({"qs"}),
        refused=1,
        told=(Refused(f"{news}:2", "not JSON at column 2: " + BRACE),),
    )


BRACE = "expecting property name enclosed in double quotes"


def test_front_matter_that_is_not_understood_is_noted(tmp_path: Path, index: Index) -> None:
    article = tmp_path / "a.md"
    article.write_text(f"---\ntitle: One\ndate: 01/05/2020\n---\n{FULL}")
    report = scan_file(str(article), index, tmp_path / "out.jsonl")
    assert (report.documents, report.mentions, report.refused) == (1, 1, 0)
    (note,) = report.notes
    assert note.startswith(f'{article}:3: "date: 01/05/2020" is not read; write')


def test_a_file_that_is_not_there_is_a_refusal(tmp_path: Path, index: Index) -> None:
    report = scan_file(str(tmp_path / "none.jsonl"), index, tmp_path / "out.jsonl")
    assert (report.refused, (tmp_path / "out.jsonl").read_text()) == (1, "")


def test_options_count(tmp_path: Path, index: Index) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"n": 1, "body": "x", "head": FULL}))
    fields = Fields(id="n", text="body", title="head")
    output = tmp_path / "out.jsonl"
    scan_file(path, index, output, Options(fields=fields))
    assert output.read_text() == ""
    scan_file(path, index, output, Options(fields=fields, titles=True))
    assert json.loads(output.read_text())["field"] == "title"
    scan_file(path, index, output, Options(fields=fields, titles=True, min_score=1))
    assert output.read_text() == ""


def test_rows_tell_titles_too(tmp_path: Path, index: Index) -> None:
    path, output = tmp_path / "a.jsonl", tmp_path / "out.csv"
    path.write_text(line(1, "x", title=FULL))
    scan_file(path, index, output)
    with output.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["doc"], row["field"], row["quote"]) == ("1", "title", "قاسم سليماني")


def test_the_ending_of_the_output_says_how_to_write() -> None:
    assert form_of(Path("a.NDJSON"), titles=False) == lines_form(titles=False)
    with pytest.raises(ConfigError, match=r"a\.xlsx: the ending does not say how to write"):
        form_of(Path("a.xlsx"), titles=False)


def test_pieces_travel_between_processes(tmp_path: Path, news: Path) -> None:
    (tmp_path / "a.html").write_text("<p>x")
    for path in (news, tmp_path / "a.html", tmp_path / "none.txt"):
        for piece in cut(str(path), Fields()):
            there = pickle.loads(pickle.dumps(piece))
            assert there == piece
            assert list(there.documents()) == list(piece.documents())


def work(index: Index) -> Work:
    form = lines_form(titles=False)
    return Work(search=Search(watchlist=index, tell=form.tell), options=Options())


@pytest.fixture
def many(tmp_path: Path) -> tuple[str, ...]:
    """Some texts, and a file of lines behind them."""
    paths = [tmp_path / f"{number:02}.txt" for number in range(20)]
    for path in paths:
        path.write_text(f"{path.stem} {FULL}")
    lines = tmp_path / "z.jsonl"
    lines.write_text(line("z", FULL))
    return tuple(map(str, (*paths, lines)))


def docs(output: str) -> list[str]:
    return [Path(json.loads(each)["doc"]).stem for each in output.splitlines()]


def test_the_outputs_of_many_files_joined_are_that_of_one_scan(
    tmp_path: Path, many: tuple[str, ...], index: Index
) -> None:
    """As on a cluster: the index is handed round, and each file is anybody's."""
    handed = pickle.loads(pickle.dumps(compile_index(PEOPLE)))
    for ending, lines in (("jsonl", slice(None)), ("csv", slice(1, None))):
        told = []
        for number, path in enumerate(many):
            output = tmp_path / f"{number}.{ending}"
            scan_file(path, handed, output)
            told += output.read_bytes().splitlines(keepends=True)[lines]
        form = form_of(tmp_path / f"all.{ending}", titles=False)
        search = Search(watchlist=index, tell=form.tell, titles=form.titles)
        steps = scan_stream(many, Work(search=search, options=Options()))
        assert b"".join(told).decode() == "".join(step.answer.output for step in steps)
        assert len(told) == len(many)


def test_a_stream_keeps_the_order_and_says_how_far_it_is(
    index: Index, many: tuple[str, ...]
) -> None:
    steps = list(scan_stream(many, work(index)))
    output = "".join(step.answer.output for step in steps)
    assert docs(output) == [*(f"{number:02}" for number in range(20)), "z"]
    places = [step.at for step in steps]
    assert places == sorted(places)
    assert places[-1] == size_of(many)


def test_parts_are_written_and_what_is_done_is_not_done_again(
    tmp_path: Path, index: Index, many: tuple[str, ...]
) -> None:
    texts, lines = units(many)
    with open_parts(tmp_path / "p", "") as parts:
        kept: list[Answer] = []
        steps = list(scan_parts([texts, lines], parts, work(index), kept.append))
        assert [step.answer for step in steps] == kept
        assert steps[-1].at == size_of(many)
        told = {unit: parts.done(unit) for unit in (texts, lines)}
        assert [report.documents for report in told.values() if report] == [20, 1]
        parts.join([texts, lines], tmp_path / "out.jsonl", "")
    assert docs((tmp_path / "out.jsonl").read_text())[-2:] == ["19", "z"]


def test_a_scan_that_is_left_keeps_the_parts_that_are_done(
    tmp_path: Path, index: Index, many: tuple[str, ...]
) -> None:
    texts, lines = units(many)
    with open_parts(tmp_path / "p", "") as parts:
        steps = scan_parts([texts, lines], parts, work(index))
        while not parts.done(texts):
            next(steps)
        steps.close()
        assert parts.done(lines) is None


def test_what_is_kept_can_be_stored(tmp_path: Path, index: Index) -> None:
    text, lines = tmp_path / "a.txt", tmp_path / "b.jsonl"
    text.write_text(FULL)
    lines.write_text(
        line(1, "x", link="https://x.example/1", source="X", published="2020-01-02", language="ar")
        + line(2, "y", link="ftp://no")
        + "{\n"
    )
    search = Search(watchlist=index, tell=None, titles=True)
    steps = scan_stream([str(text), str(lines)], Work(search=search, options=Options()))
    kept = [each for step in steps for each in step.answer.kept]
    first, second, third = (article for article, _ in kept)
    # As of a folder source, the first line is the title too.
    assert [[each.field for each in mentions] for _, mentions in kept] == [
        [Field.TITLE, Field.TEXT],
        [],
        [],
    ]
    assert (first.title, first.link, first.source) == (FULL.strip(), text.as_uri(), "a.txt")
    assert (second.link, second.source, second.language) == ("https://x.example/1", "X", "ar")
    assert second.published is not None
    assert (third.link, third.source, third.published) == (f"{lines.as_uri()}#2", "b.jsonl", None)
    assert len({first.id, second.id, third.id}) == 3


def test_an_article_is_known_by_its_address_wherever_it_lies(tmp_path: Path, index: Index) -> None:
    search = Search(watchlist=index, tell=None)
    ids = []
    for name in ("a.jsonl", "b.jsonl"):
        path = tmp_path / name
        path.write_text(line(name, "x", link="https://x.example/1"))
        (step,) = scan_stream([str(path)], Work(search=search, options=Options()))
        ids += [article.id for article, _ in step.answer.kept]
    assert len(ids) == 2
    assert len(set(ids)) == 1


def test_a_file_is_not_replaced_by_what_is_found_in_it(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(line("a", FULL))
    with pytest.raises(WatcherError, match="is what is to be searched; name another output"):
        scan_file(path, PEOPLE, path)
    assert path.read_text() == line("a", FULL)
