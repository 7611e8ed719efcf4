from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

pytest.importorskip("fastwarc")
pytest.importorskip("resiliparse")

from watcher.archive.fetched import read_page
from watcher.text import Page

MAIN = "The general met officials in Baghdad on Sunday. " * 10


def test_the_main_text_is_taken_and_what_stands_around_it_left() -> None:
    page = read_page(
        "<html lang=ar><head><title> A \n title</title>"
        '<meta property="article:published_time" content="2020-01-02T03:04:05Z"></head>'
        "<body><nav><ul><li><a href=x>Home</a></ul></nav>"
        f"<article><p>Qasem <b>Solei</b>mani</p><p>{MAIN}</p></article><footer>foot</footer>"
    )
    assert page == Page(
        text=f"Qasem Soleimani\n\n{MAIN.strip()}",
        title="A title",
        language="ar",
        published=datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC),
    )


def test_a_page_without_a_main_text_is_taken_whole() -> None:
    page = read_page("<nav>Home</nav><p>Soleimani<img alt='a cat'><footer>foot</footer>")
    assert page.text.split() == ["Home", "Soleimani", "foot"]
    assert (page.title, page.language, page.published) == ("", "", None)


@pytest.mark.parametrize("source", ["", "<", "<p", "\0<p>x", "<html><head>", "<!--"])
def test_nothing_makes_it_fail(source: str) -> None:
    assert isinstance(read_page(source), Page)


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 30_000 + "x",
        "<div " + " ".join(f"a{n}" for n in range(30_000)) + ">x",
        "<b><p>" * 20_000 + "x",
        "<a href='" * 50_000 + "x",
        "<div></x>" * 10_000 + "x",
        "<div><!--</div>-->" * 10_000 + "x",
        "<p>" + "".join(f"<b x={n}>" for n in range(10_000)) + "</p>" + "<p>x" * 10_000,
    ],
)
def test_a_page_made_to_cost_hours_costs_little(source: str) -> None:
    began = time.process_time()
    read_page(source)
    assert time.process_time() - began < 5
