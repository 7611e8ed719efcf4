from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.news import NOW
from watcher.archive.cut import cut
from watcher.archive.document import Document, Fields
from watcher.archive.stored import Origin
from watcher.article import Article
from watcher.feeds import FolderReader, first_state


@pytest.fixture
def spellings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """Ways to one file."""
    (tmp_path / "in").mkdir()
    (tmp_path / "a").write_text("t")
    (tmp_path / "linked").symlink_to(tmp_path / "a")
    monkeypatch.chdir(tmp_path)
    return ("a", "./a", "in/../a", str(tmp_path / "a"), "linked")


def known(name: str, document: Document) -> tuple[str, str]:
    article = Origin(name).store(document).article
    return article.id, article.link


def test_a_file_is_one_article_whatever_way_leads_there(spellings: tuple[str, ...]) -> None:
    found = {known(name, Document(name, Article(text="t"), by_place=True)) for name in spellings}
    assert [link for _, link in found] == [Path("a").absolute().as_uri()]


def test_so_is_a_row_without_an_id(spellings: tuple[str, ...]) -> None:
    def rows(number: int) -> set[tuple[str, str]]:
        return {
            known(name, Document(f"{name}:{number}", Article(text="t"), by_place=True))
            for name in spellings
        }

    assert len(rows(1)) == len(rows(2)) == 1
    assert rows(1) != rows(2)


def test_and_a_record_with_an_id_even_if_that_looks_like_a_place(
    spellings: tuple[str, ...],
) -> None:
    records = [Document("a:1", Article(text="t")), Document("a", Article(text="t"))]
    found = [{known(name, record) for name in spellings} for record in records]
    assert [len(each) for each in found] == [1, 1]
    assert found[0] != found[1]
    path = Path("a").absolute().as_uri()
    assert {link for each in found for _, link in each} == {f"{path}#a:1", f"{path}#a"}


def test_what_was_given_at_another_time_is_another_article_under_the_same_id() -> None:
    first, other = (Document(1, Article(text=text)) for text in ("one", "another"))
    name = "standard input"
    assert known(name, first) == known(name, first)
    assert known(name, first) != known(name, other)
    assert known(name, Document(name, Article(text="t"), by_place=True))[1] == ""


@pytest.mark.parametrize(
    ("document", "behind"),
    [
        (Document("z1", Article(text="t")), "z1"),
        (Document(7, Article(text="t")), "7"),
        (Document(":x", Article(text="t")), ":x"),
        (Document("", Article(text="t")), ""),
        (Document("a b#ب\ud800", Article(text="t")), "a%20b%23%D8%A8%ED%A0%80"),
        (Document("b.parquet:14", Article(text="t"), by_place=True), "14"),
    ],
)
def test_a_record_without_an_address_has_that_of_its_file_with_its_own_name_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, document: Document, behind: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert known("b.parquet", document)[1] == f"{(tmp_path / 'b.parquet').as_uri()}#{behind}"
    if not document.by_place:
        assert known("standard input", document)[1] == f"file:///dev/stdin#{behind}"


def test_an_address_is_all_that_counts_and_a_source_stays() -> None:
    article = Article(text="t", link="https://x.example/1", source="X")
    assert known("a", Document(1, article)) == known("standard input", Document(2, article))
    assert Origin("dir/a.jsonl").store(Document(1, article)).article.source == "X"
    assert Origin("dir/a.jsonl").store(Document(1, Article(text="t"))).article.source == "a.jsonl"


@pytest.mark.parametrize(
    "text",
    [
        "Skip to content\n\nSoleimani in Baghdad\nText.\n",
        "---\ntitle: Soleimani in Baghdad\ndate: 2019-05-16\nlang: en\n---\nText.\n",
        "---\nlayout: post\n---\n\nSoleimani in Baghdad\nText.\n",
    ],
)
def test_a_file_has_the_title_and_the_link_that_the_folder_source_gives_it(
    tmp_path: Path, text: str
) -> None:
    name = str(tmp_path / "a.txt")
    Path(name).write_text(text)
    (piece,) = cut(name, Fields())
    (document,) = piece.documents()
    assert isinstance(document, Document)
    stored = Origin(name).store(document).article
    source = FolderReader(tmp_path, "texts", "texts", timedelta(seconds=2))
    (read,) = source.look(first_state("texts", "texts", NOW), NOW, 0.0).articles
    assert replace(stored, id="", source="") == replace(read, id="", source="")
    assert stored.title == "Soleimani in Baghdad"


def test_a_title_that_is_said_stays_and_a_record_without_one_has_none() -> None:
    page = Document("a.html", Article(text="First line\nmore", title="Said"), by_place=True)
    assert Origin("a.html").store(page).article.title == "Said"
    record = Document(1, Article(text="First line\nmore"))
    assert Origin("a.jsonl").store(record).article.title == ""
