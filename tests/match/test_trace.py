"""Why an entity is found or not, and that nothing is told otherwise than `find` decides."""

from __future__ import annotations

from pathlib import Path

import pytest

from watcher import Article, Watchlist, find
from watcher.match import Hurdle, Refusal, Skipped, Trace, Use, Weakness, compile_index, trace
from watcher.match.judge import Cost
from watcher.match.mention import Field
from watcher.names import Kind
from watcher.watchlist.entity import Entity

SEEDS = Path(__file__).parents[2] / "seeds"
LIST = Watchlist(
    (
        Entity(
            id="qasem",
            names=("Qasem Soleimani",),
            short=("Soleimani", "Haji"),
            context=("Quds Force", "فيلق القدس"),
            exclude=("Gholam Qasem Soleimani",),
        ),
        Entity(id="esmail", names=("Esmail Qaani",), weak=("Esmail",), context=("general",)),
        Entity(id="other", names=("Kasem Suleiman",)),
        Entity(id="bank", names=("Melli Iran Bank",), kind=Kind.ORGANIZATION),
        Entity(id="saif", names=("Saif al-Adl", "Saif al-Adel al-Masri")),
        Entity(id="strict", names=("Walid Omar Brightwater",), min_score=0.97),
    )
)
INDEX = compile_index(LIST)
NEWS = [path.read_text()[:1500] for path in sorted(SEEDS.glob("*.txt"))]
TEXTS = (
    "Qasem Suleimani and then Soleimani came. Ali Soleimani left. Haji stayed.",
    "قال سليماني إن الحرب انتهت",
    "قال سليماني قائد فيلق القدس، وكذلك اسماعيل قاآني والجنرال",
    "Gholam Qasem Soleimani is somebody else.",
    "The general Esmail spoke, Esmail Kaani listened to Kasem Suleiman. Bank Melli too.",
    "SOLEIMANI, Qasem; Saif al-Adel al-Masri. Adel came.",
    "",
)


def told(text: str, entity: str = "qasem", title: str = "") -> Trace:
    return trace(Article(text=text, title=title), entity, INDEX)


@pytest.mark.parametrize(
    "text", [*TEXTS, *(path.read_text()[:1500] for path in SEEDS.glob("*.txt"))]
)
def test_what_counts_is_exactly_what_is_found(text: str) -> None:
    article = Article(text=text, title="Qasem Soleimani")
    found = find(article, INDEX)
    for entity in LIST:
        seen = trace(article, entity.id, INDEX)
        own = tuple(mention for mention in found if mention.entity == entity.id)
        assert seen.mentions == own
        assert tuple(one.mention for one in seen.candidates if one.hurdle is None) == own


def test_a_name_that_counts_is_told_with_its_parts() -> None:
    (one,) = told("Kassem Soleimani was there.").candidates
    assert (one.quote, one.name, one.use, one.hurdle) == (
        *("Kassem Soleimani", "Qasem Soleimani", Use.FULL),
        None,
    )
    assert one.bar == 0.8 < one.score == one.likeness
    assert [piece.part for piece in one.evidence] == ["Qasem", "Soleimani"]


def test_a_name_not_sure_enough_says_what_it_cost() -> None:
    (one,) = told("Omar Brightwater spoke.", "strict").candidates
    assert (one.hurdle, one.bar, one.costs) == (Hurdle.BAR, 0.97, ((Cost.NO_FIRST, 0.9),))
    assert one.score == one.likeness * 0.9


def test_somebody_else_is_told_by_the_name_under_not() -> None:
    (one,) = told("Gholam Qasem Soleimani is somebody else.").candidates
    assert (one.hurdle, one.exclusion) == (Hurdle.EXCLUDED, "Gholam Qasem Soleimani")


def test_a_weak_name_says_why_it_is_weak_and_what_supports_it() -> None:
    (alone,) = told("Esmail spoke.", "esmail").candidates
    assert (alone.hurdle, alone.weakness, alone.support) == (
        *(Hurdle.SUPPORT, Weakness.LISTED),
        "",
    )
    (backed,) = told("Esmail, the general, spoke.", "esmail").candidates
    assert (backed.hurdle, backed.support) == (None, "general")
    both = told("Esmail spoke, Esmail Qaani listened.", "esmail").candidates
    assert [(one.hurdle, one.support) for one in both] == [(None, "Esmail Qaani"), (None, "")]


def test_a_part_alone_says_why_it_does_not_count() -> None:
    assert [one.refusal for one in told(TEXTS[1]).candidates] == [Refusal.ALONE]
    whole, *others = told(TEXTS[0]).candidates
    assert whole.hurdle is None
    assert {one.hurdle for one in others} == {Hurdle.SHORT}
    assert [(one.quote, one.refusal) for one in others] == [
        ("Soleimani", Refusal.SPELLED),
        ("Soleimani", Refusal.ANOTHER),
        ("Haji", Refusal.SPELLED),
    ]


def test_a_surname_is_somebody_else_s_once_another_bore_it() -> None:
    text = "Qasem Soleimani came. Ali Soleimani left. Then Soleimani spoke. Soleimani sat."
    assert [one.refusal for one in told(text).candidates] == [
        None,
        Refusal.ANOTHER,
        Refusal.STRANGER,
    ]


def test_words_that_are_hardly_like_a_short_form_are_told_only_if_nothing_counts() -> None:
    word = "Solomoni"
    (alone,) = told(f"There {word} stood.").candidates
    assert (alone.quote, alone.refusal) == (word, Refusal.UNLIKE)
    assert len(told(f"There {word} stood. Qasem Soleimani came.").candidates) == 1


def test_a_rival_that_takes_the_words_is_named() -> None:
    (one,) = told("Kasem Salomani came.").candidates
    assert (one.hurdle, one.rival and one.rival.entity) == (Hurdle.RIVAL, "other")


def test_the_rival_that_is_named_is_one_of_the_same_list() -> None:
    names = {"a": "SALOMANI, Kasem", "b": "Kasem Salomani", "c": "Kasem Omar Salomani"}
    origins = {"a": "un", "b": "ofac", "c": "ofac"}
    entities = (Entity(id=i, names=(name,), origin=origins[i]) for i, name in names.items())
    index = compile_index(Watchlist(tuple(entities)))
    (one,) = trace(Article(text="Kasem Salomani came."), "c", index).candidates
    assert (one.hurdle, one.rival and one.rival.entity) == (Hurdle.RIVAL, "b")


def test_each_part_is_told_with_the_word_most_like_it() -> None:
    qasem, soleimani, haji = told("there qasem stood. Solemani, The Man.").near
    assert (qasem.quote, qasem.score, qasem.skipped) == ("qasem", 1.0, Skipped.SMALL)
    assert (soleimani.quote, soleimani.skipped) == ("Solemani", None)
    assert (haji.quote, haji.score, haji.part) == ("", 0.0, "Haji")


def test_of_many_names_the_first_are_enough() -> None:
    names = tuple(
        f"{first} Brightwater" for first in ["Adam", "Bert", "Carl", "Dave", "Emil", "Fred", "Gerd"]
    )
    many = Watchlist((Entity(id="many", names=names),))
    near = trace(Article(text="Nobody."), "many", compile_index(many)).near
    assert [each.part for each in near] == [
        *("Adam", "Brightwater", "Bert", "Carl"),
        *("Dave", "Emil", "Fred"),
    ]


def test_a_word_of_grammar_is_not_looked_up() -> None:
    (part,) = trace(
        Article(text="هذا في البيت"),
        "fi",
        compile_index(Watchlist((Entity(id="fi", names=("في",)),))),
    ).near
    assert part.skipped is Skipped.GRAMMAR


def test_title_and_text_are_told_with_their_places() -> None:
    seen = told("Qasem Soleimani.", title="On Qasem Soleimani")
    assert [(one.field, one.start) for one in seen.candidates] == [
        (Field.TITLE, 3),
        (Field.TEXT, 0),
    ]
    assert (seen.words, seen.context) == (5, "")
    assert told(TEXTS[2]).context == "فيلق القدس"


def test_a_title_that_the_text_says_again_counts_once() -> None:
    text = "Skip to content\n # Qasem  Soleimani came \nSoleimani went."
    seen = told(text, title="Qasem Soleimani came")
    assert [(one.field, one.start) for one in seen.candidates] == [
        (Field.TEXT, 19),
        (Field.TEXT, 42),
    ]
    assert seen.words == 8
    assert [one.field for one in seen.mentions] == [Field.TITLE, Field.TEXT, Field.TEXT]
    assert told(text, title="Qasem Soleimani ca…").words == 8


def test_a_title_that_begins_as_a_heading_counts_once() -> None:
    assert told("## #Qasem Soleimani came\n", title="#Qasem Soleimani came").words == 3
    assert told("# # Qasem Soleimani came\n", title="Qasem Soleimani came").words == 3


def test_a_title_that_is_only_part_of_a_line_is_told_by_itself() -> None:
    seen = told("Qasem Soleimani came twice.", title="Qasem Soleimani came")
    assert [one.field for one in seen.candidates] == [Field.TITLE, Field.TEXT]
    assert seen.words == 7
    assert told("one two", title="…").words == 2


def test_only_the_surest_of_many_places_are_told() -> None:
    words = ("Sulaimani", "Soleymani", "Suleymani", "Solaimani", "Soleimani", "Suleimani")
    many = told(" ".join(f"Somebody met {word} and {word}." for word in words))
    assert len(many.candidates) == 3
    assert len({one.quote for one in many.candidates}) == 3
