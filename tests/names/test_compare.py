"""What must always hold of a comparison, and which of two pairs must be the more alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.names import (
    SAME,
    Comparison,
    Equivalence,
    Evidence,
    Kind,
    Verdict,
    alike,
    compare,
    parse,
    weigh,
)

ORDER = [
    # better, worse, target
    ("قاسم سليماني", "قاسم سليمان", "Qasem Soleimani"),
    ("Qasem Soleimani", "Suleiman Qasem", "قاسم سليماني"),
    ("Soleimani Qasem", "Suleiman Qasem", "Qasem Soleimani"),
    ("خامنئي", "خميني", "Khamenei"),
    ("خميني", "خامنئي", "Khomeini"),
    ("Hassan Nasrallah", "Hussein Nasrallah", "حسن نصر الله"),
    ("Qasem Soleimani", "Soleimani", "قاسم سليماني"),
    ("Путин Владимир", "Путин Сергей", "Vladimir Putin"),
    ("Владимир Владимирович Путин", "Владимир Петрович Путин", "Vladimir Vladimirovich Putin"),
    ("Владимир Путин", "Владимир Петрович Путин", "Vladimir Vladimirovich Putin"),
    ("Jeremy Hunt", "Jeremy Hurst", "جيرمي هانت"),
    ("Saif al-Adel", "Saif al-Islam", "سيف العدل"),
    ("J. Kennedy", "R. Kennedy", "John Kennedy"),
    ("بنیامین نتانیاهو", "بنیامین گانتس", "Benjamin Netanyahu"),
]
NAMES = st.sampled_from([name for row in ORDER for name in row])
ODD = st.text(max_size=40)
MANY = ("Ruslan", "Руслан", "Mihajlovich", "DUBOVSKIY", "Seyyed", "رضا", "Ali", "II", "שלמה", "Bin")


@pytest.mark.parametrize(("better", "worse", "target"), ORDER)
def test_the_better_pair_scores_higher(better, worse, target):
    assert compare(better, target).score > compare(worse, target).score


@given(NAMES | ODD, NAMES | ODD)
def test_the_score_is_the_same_from_both_sides(left, right):
    one, other = compare(left, right), compare(right, left)

    assert one.score == pytest.approx(other.score, abs=1e-12)
    assert len(one.evidence) == len(other.evidence)


@given(
    st.lists(st.sampled_from(MANY), min_size=3, max_size=6).flatmap(
        lambda words: st.tuples(st.just(words), st.permutations(words))
    ),
    st.sampled_from(Kind),
)
def test_the_score_is_the_same_from_both_sides_in_any_order_of_many_parts(both, kind):
    left, right = map(" ".join, both)

    assert compare(left, right, kind).score == compare(right, left, kind).score


@given(ODD | NAMES, ODD | NAMES, st.sampled_from(Kind))
def test_no_text_makes_it_raise(left, right, kind):
    answer = compare(left, right, kind)

    assert 0.0 <= answer.score <= 1.0
    assert answer.same is (answer.score >= SAME)


@given(
    NAMES, st.sampled_from(["\u200d", "\u200c", "\u0640", "\u064e", "\u202b"]), st.integers(1, 4)
)
def test_marks_that_are_not_letters_change_nothing(name, mark, place):
    dotted = name[:place] + mark + name[place:]

    assert compare(dotted, name).score == 1.0


def test_only_the_same_letters_score_one():
    assert compare("Qasem Soleimani", "QASEM SOLEIMANI").score == 1.0
    assert compare("Qasem Soleimani", "SOLEIMANI, Qasem").score == 1.0
    assert compare("Qasem Soleimani", "Soleimani Qasem").score < 1.0
    assert compare("Qasem Soleimani", "Qasim Soleimani").score < 1.0


def test_nothing_is_like_nothing():
    assert compare("", "") == Comparison(0.0, same=False, evidence=())
    assert compare("...", "Ali").score == 0.0


def test_very_long_names_are_cut():
    long = " ".join(["Muhammad" * 40] * 300)

    assert compare(long, "Muhammad").score < 1.0


def test_each_part_ends_in_one_record():
    answer = compare("Qasem Mohammed Soleimani", "Qasem Soleimani")

    told = [(e.verdict, e.part, e.found, e.by) for e in answer.evidence]
    assert told == [
        (Verdict.MATCHED, "Qasem", "Qasem", Equivalence.SAME),
        (Verdict.MATCHED, "Soleimani", "Soleimani", Equivalence.SAME),
        (Verdict.OMITTED, "Mohammed", "", None),
    ]


def test_what_the_second_name_has_besides_is_extra():
    answer = compare("Qasem Soleimani", "Qasem Mohammed Soleimani")

    assert answer.evidence[-1] == Evidence(verdict=Verdict.EXTRA, found="Mohammed")


def test_another_given_name_contradicts():
    answer = compare("Gholamreza Soleimani", "Qasem Soleimani")

    assert (
        Evidence(verdict=Verdict.CONTRADICTED, part="Gholamreza", found="Qasem") in answer.evidence
    )
    assert not answer.same


def test_words_apart_match_the_word_they_make():
    answer = compare("آباد شمس مهدی", "Mahdi ABADSHAMS")

    assert Equivalence.JOINED in [e.by for e in answer.evidence]


def test_an_initial_goes_with_a_given_name_only():
    good = compare("J. Kennedy", "John Kennedy")
    bad = compare("Mary M. Cheh", "Mary Munster")

    assert Equivalence.INITIAL in [e.by for e in good.evidence]
    assert Equivalence.INITIAL not in [e.by for e in bad.evidence]


def test_a_caller_may_judge_the_parts_itself():
    asked = []

    def judge(a, b):
        asked.append((a.text, b.text))
        return alike(a, b)

    answer = weigh(parse("Qasem Soleimani"), parse("قاسم سليماني"), judge)

    assert answer == compare("Qasem Soleimani", "قاسم سليماني")
    assert ("Qasem", "قاسم") in asked or ("قاسم", "Qasem") in asked


def test_a_title_of_one_name_may_be_a_name_in_the_other():
    answer = compare("Hafez Karami", "Dr. Hafiz KARAMI")

    assert answer.same
    assert [(e.verdict, e.part, e.found, e.note) for e in answer.evidence] == [
        (Verdict.MATCHED, "Hafez", "Hafiz", ""),
        (Verdict.MATCHED, "Karami", "KARAMI", ""),
        (Verdict.ASIDE, "", "Dr", "title"),
    ]


def test_words_left_aside_are_told():
    person = compare("Gen. Qasem Soleimani", "Qasem Soleimani")
    firm = compare("The Kalashnikov Ltd", "Kalashnikov", Kind.ORGANIZATION)

    assert person.evidence[-1] == Evidence(verdict=Verdict.ASIDE, part="Gen", note="title")
    assert firm.evidence[-1] == Evidence(verdict=Verdict.ASIDE, part="Ltd", note="legal form")


def test_numbers_tell_bearers_of_one_name_apart():
    assert not compare("Murad III", "Murad IV").same
    assert not compare("גוסטב השלישי", "Gustav IV").same
    assert compare("Murad III", "Murad III").same
    assert compare("Murad", "Murad III").same


def test_initials_alone_are_no_names():
    assert compare("J. R.", "John Robert").score == 0.0
    assert compare("J. R.", "J. R.").score == 1.0


def test_patronymics_of_one_father_are_one():
    answer = compare("Александр Григорьевич Коваленко", "Aliaksandr Ryhoravich Kavalenka")

    assert answer.evidence[1].by is Equivalence.EQUIVALENT


def test_parts_stand_in_the_evidence_as_they_are_written():
    answer = compare("Saif al-Adel", "سيف العدل")

    assert [e.part for e in answer.evidence] == ["Saif", "al-Adel"]


def test_of_han_against_another_script_it_says_why_nothing_can_be_said():
    verdicts = [(e.verdict, e.part, e.found) for e in compare("習近平", "Xi Jinping").evidence]

    assert verdicts == [
        (Verdict.ASIDE, "習近平", ""),
        (Verdict.EXTRA, "", "Xi"),
        (Verdict.EXTRA, "", "Jinping"),
    ]
    aside = compare("Xi Jinping", "習近平").evidence[-1]
    assert (aside.verdict, aside.found) == (Verdict.ASIDE, "習近平")
    assert "Han" in aside.note


@pytest.mark.parametrize(
    ("seen", "listed"), [("Джозеф Байден", "Sayf AL-BAYDANI"), ("Кори Миллс", "Larry Miller")]
)
def test_names_that_only_sound_alike_as_wholes_are_two(seen, listed):
    assert not compare(seen, listed).same


@pytest.mark.parametrize(
    ("seen", "listed"),
    [("Касема Сулеймани", "Qasem Soleimani"), ("Владимира Путина", "Vladimir Putin")],
)
def test_a_case_ending_takes_nothing_from_a_name(seen, listed):
    assert compare(seen, listed).same
