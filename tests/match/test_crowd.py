"""What a name must tell to count alone in a long list."""

from __future__ import annotations

import numpy as np
import pytest

from watcher import Watchlist
from watcher.match.crowd import Signs, signs, stands_out, told
from watcher.match.index import compile_index
from watcher.match.judge import Find, judge
from watcher.match.page import Page
from watcher.match.reader import read
from watcher.match.spot import spots
from watcher.match.wanted import Few
from watcher.match.weak import is_weak
from watcher.watchlist.entity import Entity

FEW, MANY = 20, 17_000


def found(name: str, text: str) -> tuple[Page, Find]:
    index = compile_index(Watchlist((Entity(id="it", names=(name,)),)))
    page = read(text, index)
    every = spots(page, index, Few(np.array([0]), np.zeros(1)))
    return page, max((judge(page, index.listed[s.listed], s.pieces) for s in every), key=_by)


def _by(find: Find) -> float:
    return find.score


def sign(name: str, text: str) -> Signs:
    return signs(*found(name, text))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Qasem Soleimani", "اللواء قاسم سليماني في بغداد"),
        ("Bashar al-Assad", "الرئيس بشار الأسد"),
        ("Sergey Aksyonov", "глава Крыма Сергей Аксёнов сообщил"),
        ("Saddam Hussein", "since Saddam Hussein was toppled"),
        ("Jong Un KIM", 'زعيم كوريا "كيم جونغ أون" بإعدام'),
    ],
)
def test_a_telling_name_counts_however_long_the_list(name: str, text: str) -> None:
    assert stands_out(*found(name, text), FEW)
    assert stands_out(*found(name, text), MANY)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Ahmad AL-MASRI", "الإعلامي المصري أحمد شوبير"),  # turned round, and goes on
        ("Fazul MOHAMMED", "الوزير محمد الفاضل عبد الكافي"),
        ("Ali SHARIFI", "عبد العزيز بن علي شريف. وأوضح"),  # somebody's son
        ("Mohammed SAEEDI", "سعيد بن محمد بن محمد الورشفاني"),
        ("Elvert Dowie BODDEN GALE", "at the Royal Albert Hall in front"),  # half of it
        ("Yong Son JANG", "الصينية يانغ يانغ المصنفة"),
        ("Jose MORENO", "the boss Jose Mourinho following"),  # in the list's own script
    ],
)
def test_a_name_that_tells_little_does_not_in_a_long_list(name: str, text: str) -> None:
    assert not stands_out(*found(name, text), MANY)


def test_the_same_name_counts_in_a_short_list() -> None:
    page, find = found("Mahmoud Abbas", "الرئيس محمود عباس أمس")

    assert stands_out(page, find, FEW)


@pytest.mark.parametrize(
    ("name", "text"),
    [("Mohamed Youssef", "قال محمد يوسف أمس"), ("Mustafa Hussein", "قال مصطفى حسين أمس")],
)
def test_a_common_name_counts_in_a_short_list_alone(name: str, text: str) -> None:
    page, find = found(name, text)

    assert not is_weak(page, find, FEW)
    assert is_weak(page, find, MANY)


def test_the_commonest_names_of_all_need_support_in_any_list() -> None:
    page, find = found("Mohamed Ahmed", "قال محمد أحمد أمس")

    assert is_weak(page, find, FEW)


def test_a_list_without_names_asks_for_nothing_more() -> None:
    assert stands_out(*found("Qasem Soleimani", "قاسم سليماني"), 0)


def test_patronymics_and_initials_are_not_missed() -> None:
    assert sign("Sergey Valeryevich Aksyonov", "Сергей Аксёнов").lacking == 0
    assert sign("Elvert Dowie BODDEN GALE", "Albert Hall").lacking == 2


def test_the_order_is_told_by_the_list_or_by_three_parts() -> None:
    assert sign("Ahmad AL-MASRI", "المصري أحمد").turned == 1
    assert sign("Ahmad AL-MASRI", "أحمد المصري").turned == 0
    assert sign("Захарова Мария Владимировна", "Мария Захарова").turned == 0
    assert sign("Jong Un KIM", "كيم جونغ أون").turned == 0


def test_what_is_told_leaves_out_patronymics() -> None:
    _, short = found("Sergey Aksyonov", "Сергей Аксёнов")
    _, long = found("Sergey Valeryevich Aksyonov", "Сергей Валерьевич Аксёнов")

    assert told(long) == pytest.approx(told(short), abs=0.2)


def test_signs_are_told_apart_by_script() -> None:
    arabic = sign("Qasem Soleimani", "قاسم سليماني")
    latin = sign("Qasem Soleimani", "Qassem Suleimani")
    cyrillic = sign("Qasem Soleimani", "Касем Сулеймани")

    assert (arabic.cased, arabic.near) == (0, 0)
    assert (latin.cased, latin.near) == (1, 1)
    assert (cyrillic.cased, cyrillic.near) == (1, 0)


def test_words_of_every_day_are_plain() -> None:
    assert sign("Sayed Wazir SHAH", "ضد وزير الصحة من أجل").plain == 1
    assert sign("Qasem Soleimani", "قاسم سليماني").plain == 0


def test_no_score_speaks_less_than_none() -> None:
    page, find = found("Qasem Soleimani", "Qasem Soleimani spoke")
    odds = [signs(page, find._replace(score=score)).odds for score in (0.0, 0.01, 0.5, 1.0)]

    assert odds == sorted(odds)
