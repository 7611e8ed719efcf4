from __future__ import annotations

import pytest

from watcher.archive import Document
from watcher.article import Article
from watcher.cli.marked import COLOUR, PLAIN, Marks, account, mark, passages, show
from watcher.match import Field, Mention
from watcher.names import Equivalence, Evidence, Verdict
from watcher.watchlist import Entity, Watchlist

PEOPLE = Watchlist(
    (
        Entity(id="qs", names=("Q S", "A S"), weak=("S",)),
        Entity(id="eq", names=("E Q",)),
    )
)
SLASHES = Marks("/", "/")
TEXT = "He met Qasem Soleimani. Soleimani left. Nobody else came."


def mention(
    quote: str, start: int, *, field: Field = Field.TEXT, name: str = "Q S", entity: str = "qs"
) -> Mention:
    return Mention(
        entity=entity,
        name=name,
        field=field,
        start=start,
        end=start + len(quote),
        quote=quote,
        score=0.9,
        evidence=(
            Evidence(verdict=Verdict.MATCHED, part="Q", found=quote, by=Equivalence.SPELLING),
        ),
    )


FULL = mention("Qasem Soleimani", 7)
SHORT = mention("Soleimani", 24)


def shown(article: Article, *mentions: Mention, marks: Marks = SLASHES) -> list[str]:
    return [
        line.translate({0x2068: None, 0x2069: None})
        for passage in passages(article, mentions)
        for line in show(passage, marks, PEOPLE).splitlines()
    ]


def test_each_sentence_is_shown_once_with_its_names_marked() -> None:
    assert shown(Article(text=TEXT), FULL, SHORT) == [
        "  He met /Qasem Soleimani/.",
        "    Q S · very likely 0.90 · Q = Qasem Soleimani (another spelling)",
        "  /Soleimani/ left.",
        "    Q S · very likely 0.90 · Q = Soleimani (another spelling)",
    ]


def test_two_names_in_a_sentence_share_it() -> None:
    article = Article(text="Soleimani met Qaani")
    lines = shown(article, mention("Soleimani", 0), mention("Qaani", 14, name="E Q", entity="eq"))
    assert lines[0] == "  /Soleimani/ met /Qaani/"
    assert [line.split(" · ")[0] for line in lines[1:]] == ["    Q S", "    E Q"]


def test_names_that_overlap_are_one_mark_and_two_accounts() -> None:
    lines = shown(Article(text=TEXT), FULL, mention("Soleimani", 13, name="E Q", entity="eq"))
    assert lines[0] == "  He met /Qasem Soleimani/."
    assert len(lines) == 3


def test_the_title_has_offsets_of_its_own() -> None:
    article = Article(title="Soleimani!", text=TEXT)
    lines = shown(article, mention("Soleimani", 0, field=Field.TITLE), FULL)
    assert [lines[0], lines[2]] == ["  /Soleimani/!", "  He met /Qasem Soleimani/."]


def test_nothing_from_the_text_steers_the_terminal() -> None:
    article = Article(text="\x1b[2JSoleimani\x07 \u202eleft")
    line = shown(article, mention("Soleimani", 4), marks=COLOUR)[0]
    assert line == "  [2J\x1b[1;33mSoleimani\x1b[0m left"


def test_the_account_holds_when_nothing_speaks() -> None:
    bare = Mention(entity="eq", name="E Q", start=0, end=1, quote="X", score=0.5)
    assert account(bare, PEOPLE) == "E Q · possible 0.50"


@pytest.mark.parametrize("name", ["A S", "S"])
def test_another_name_is_shown_beside_whose_it_is(name: str) -> None:
    line = shown(Article(text=TEXT), mention("Soleimani", 24, name=name))[1]
    assert line.startswith(f"    Q S ({name}) · very likely 0.90 · ")


def test_a_document_is_called_by_its_name_and_closed_by_an_empty_line() -> None:
    told = mark(Document("a\x1b.txt", Article(text=TEXT)), (FULL,), marks=PLAIN, watchlist=PEOPLE)
    assert told.splitlines()[0] == "a.txt"
    assert told.endswith("(another spelling)\n\n")
