from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.alerts import Story, same_story, tell
from watcher.alerts.story import LONGEST
from watcher.article import Article

WIRE = (
    "BAGHDAD — The commander of the Quds Force, Esmail Qaani, arrived in the Iraqi capital on "
    "Sunday for talks with leaders of allied factions, three officials said. He met the prime "
    "minister in the evening and left before midnight. Neither side commented on the visit, the "
    "second this year. Qaani took over the force in January 2020."
)
OTHER = (
    "The commander of the Quds Force, Esmail Qaani, has not been seen in public for a month, and "
    "rumours about his fate fill the newspapers of the region. A spokesman in Tehran called them "
    "baseless. Relatives said he was resting after an operation on his knee."
)
ARABIC = (
    "أفادت مصادر أمنية بأن قائد فيلق القدس إسماعيل قاآني وصل إلى بغداد مساء الأحد والتقى قيادات "
    "الفصائل قبل أن يغادر منتصف الليل دون أن يصدر أي تعليق رسمي عن الزيارة"
)


def story(text: str, title: str = "", link: str = "", source: str = "") -> Story:
    return tell(Article(text=text, title=title, link=link, source=source))


@pytest.mark.parametrize(
    "copy",
    [
        WIRE.replace("BAGHDAD — The", "A day after the strikes, our reporter writes, the"),
        WIRE.replace("arrived in", "landed in").replace("comment", "remark").upper(),
        WIRE[: len(WIRE) // 2],
        f"Our subscribers read this first. {WIRE} Read more on our page. Follow us.",
    ],
    ids=["another intro", "light edits", "cut", "framed"],
)
def test_a_copy_is_the_same_story(copy: str):
    assert same_story(story(WIRE, "Qaani visits Baghdad"), story(copy, "Visit under cover of dark"))


def test_two_stories_about_one_person_are_two():
    assert not same_story(story(WIRE, "Qaani in Baghdad"), story(OTHER, "Where is Qaani?"))


def test_another_spelling_of_the_letters_is_the_same_story():
    other = ARABIC.replace("أ", "ا").replace("ي", "ی").replace("بغداد", "بَغداد")
    assert same_story(story(ARABIC), story(f"{other} ولم تعلق طهران"))


def test_scripts_without_spaces_are_compared_letter_by_letter():
    text = "俄罗斯总统普京周二抵达北京开始为期两天的访问"
    assert same_story(story(text), story(f"据新华社报道，{text}。"))
    assert not same_story(story(text), story("俄罗斯总统普京将不出席在南非举行的峰会"))


def test_a_headline_alone_must_stand_whole_in_the_other():
    headline = "Qaani arrives in Baghdad for talks"
    assert same_story(story("", headline), story(WIRE, headline))
    assert not same_story(story("", "Qaani arrives in Damascus for talks"), story(WIRE, headline))


def test_too_little_to_compare_is_never_the_same():
    assert not same_story(story("Esmail Qaani"), story("Esmail Qaani"))
    assert not same_story(story(""), story(""))


def test_two_outlets_with_one_headline_tell_one_story():
    one = story(WIRE, "Iran's Quds Force commander visits Baghdad", source="A")
    other = story(OTHER, "Iran’s Quds force commander visits Baghdad", source="B")
    assert same_story(one, other)


def test_a_column_of_one_outlet_is_a_new_story_each_day():
    title = "The morning briefing: what you need to know"
    assert not same_story(story(WIRE, title, source="A"), story(OTHER, title, source="A"))
    assert not same_story(story(WIRE, "Live", source="A"), story(OTHER, "Live", source="B"))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.example.org/a/", "http://example.org/a?utm_source=rss#top", True),
        ("https://example.org/a?id=1&x=2", "https://example.org/a?x=2&id=1&fbclid=Iw", True),
        ("https://example.org/a?id=1", "https://example.org/a?id=2", False),
        ("https://example.org:8080/a", "https://example.org/a", False),
        ("https://example.org/", "https://example.org/", False),
        ("https://example.org/?p=7", "https://example.org/?p=7", True),
        ("file:///a.txt", "file:///a.txt", True),
        ("file:///a.jsonl#1", "file:///a.jsonl#1", False),
        ("file:///a.jsonl#1", "file:///a.jsonl#2", False),
        ("http://[broken", "http://[broken", True),
        ("", "", False),
    ],
)
def test_an_address_is_compared_without_what_varies(one: str, other: str, *, same: bool):
    assert same_story(story(WIRE, link=one), story(OTHER, link=other)) is same


def test_runs_that_were_kept_stand_for_the_text():
    article = Article(text=WIRE, title="Qaani in Baghdad", link="https://x.example/1", source="A")
    told = tell(article)
    assert tell(replace(article, text=""), told.runs) == told


def test_no_more_of_a_long_text_is_read_than_needed():
    assert len(tell(Article(text="".join(f"{n} " for n in range(LONGEST)))).runs) < LONGEST / 2


def test_the_runs_are_the_same_on_every_start():
    assert sorted(tell(Article(text="one two three four")).runs) == [1044035734, 2015744983]


def test_the_seeds_are_five_stories():
    texts = [path.read_text("utf-8") for path in sorted(Path("seeds").glob("*"))]
    assert len(texts) == 5
    assert not any(same_story(story(a), story(b)) for a, b in combinations(texts, 2))


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=20))
def test_it_is_the_same_either_way_round(one: str, other: str, link: str):
    first, second = story(one, link=link), story(other, one, link=f"http://{link}")
    assert same_story(first, second) == same_story(second, first)
    assert all(0 <= run < 2**32 for run in first.runs)
