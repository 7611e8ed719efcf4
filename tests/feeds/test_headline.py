from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.feeds.headline import TITLE, headline

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.mark.parametrize(
    ("furniture", "title"),
    [
        ("Skip to content", "Soleimani in Baghdad"),
        ("التخطي إلى المحتوى", "قاسم سليماني في بغداد"),
        ("پرش به محتوا\nجمعه ۲۳ شهریور ۱۴۰۳ - ۱۰:۰۵", "قاسم سلیمانی در بغداد"),
        ("דלג לתוכן\nיום שישי, 13 בספטמבר 2024", "קאסם סולימאני בבגדאד"),
        ("Перейти к содержимому\nГлавная » Новости", "Касем Сулеймани в Багдаде"),
        ("пятница, 13 сентября 2024 г., 10:05", "Касем Сулеймани в Багдаде"),
        ("الجمعة سبتمبر 13, 2024\nتقارير", "قاسم سليماني في بغداد"),
        ("10:05 ص", "قاسم سليماني في بغداد"),
        ("10:05", "Soleimani in Baghdad"),
        ("13/09/2024", "Soleimani in Baghdad"),
        ("Friday, September 13th, 2024 at 10:05 AM GMT", "Soleimani in Baghdad"),
        ("Published: 13 Sept 2024 | 3 min read", "Soleimani in Baghdad"),
        ("2024年9月13日 10时05分", "苏莱曼尼在巴格达"),
        ("Home > World > Middle East", "Soleimani in Baghdad"),
        ("MENU\n\nHome\nSearch", "Soleimani in Baghdad"),
        ("https://news.example/1", "Soleimani in Baghdad"),
        ("* * *\n-----", "Soleimani in Baghdad"),
        ("World\nIran", "Soleimani in Baghdad"),
    ],
)
def test_what_pages_put_before_a_headline_is_none(furniture: str, title: str) -> None:
    assert headline(f"{furniture}\n\n{title}\n\nIt was said so on Friday.") == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Soleimani in Baghdad\n10:05\nText.", "Soleimani in Baghdad"),
        ("Live | Soleimani killed in Baghdad\nHe was there", "Live | Soleimani killed in Baghdad"),
        ("Home > is where the heart of Iraq is\nno", "Home > is where the heart of Iraq is"),
        ("At the time of the war\nMore on it", "At the time of the war"),
        ("September 11 revisited\nMore on it", "September 11 revisited"),
        ("Soleimani\n\nHe was in Baghdad.", "Soleimani"),
        ("سليماني\n\nكان في بغداد.", "سليماني"),
        (f"Soleimani\n\n{'was there and ' * 20}", "Soleimani"),
        ("# Soleimani\nHe was there", "Soleimani"),
        ("## \n#\nSoleimani was there", "Soleimani was there"),
        ("苏莱曼尼\n他在巴格达 昨天", "苏莱曼尼"),
    ],
)
def test_what_may_be_a_headline_is_one(text: str, title: str) -> None:
    assert headline(text) == title


@pytest.mark.parametrize(
    ("text", "title"),
    [("", ""), (" \n\t\r\n", ""), ("#\n", ""), ("1984", "1984"), ("Menu\nHome", "Menu")],
)
def test_of_furniture_alone_the_first_line_is_taken(text: str, title: str) -> None:
    assert headline(text) == title


def test_a_long_one_ends_with_a_word() -> None:
    assert headline("words " * 100) == f"{'words ' * 33}".rstrip() + "…"
    assert headline("one " + "w" * 300) == f"one {'w' * (TITLE - 5)}…"


@given(st.text())
def test_it_is_one_line_and_short(text: str) -> None:
    found = headline(text)
    assert len(found) <= TITLE
    assert found == " ".join(found.split())


def test_no_seed_is_called_by_its_furniture() -> None:
    found = [headline(seed.read_text()) for seed in sorted(SEEDS.glob("*.txt"))]
    assert [title.split()[0] for title in found] == ["قالت", "الحرس", "قاسم", "قطر", '"زيارات']
