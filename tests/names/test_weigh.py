"""The judgement over two whole names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.names import SAME, Equivalence, Kind, Likeness, Verdict, compare, parse, weigh
from watcher.names.weigh import core


def told(left, right, kind=Kind.PERSON):
    return [(e.verdict, e.part, e.found) for e in compare(left, right, kind).evidence]


def test_every_part_ends_in_one_line():
    assert told("Qasem Reza Soleimani", "Boris Soleimani Popov Smith") == [
        (Verdict.MATCHED, "Soleimani", "Soleimani"),
        (Verdict.CONTRADICTED, "Qasem", "Boris"),
        (Verdict.CONTRADICTED, "Reza", "Popov"),
        (Verdict.EXTRA, "", "Smith"),
    ]
    assert told("Qasem Ahmad Soleimani", "Qasem Soleimani")[-1] == (Verdict.OMITTED, "Ahmad", "")


def test_names_that_share_nothing_do_not_score():
    nothing = compare("Qasem Soleimani", "Boris")

    assert (nothing.score, nothing.same) == (0.0, False)
    assert {e.verdict for e in nothing.evidence} == {Verdict.OMITTED, Verdict.EXTRA}


def test_only_the_same_letters_are_wholly_the_same():
    assert compare("Qasem Soleimani", "QASEM SOLEIMANI").score == 1.0
    assert compare("Qasem Soleimani", "Soleimani Qasem").score < 1.0
    assert SAME <= compare("Qasem Soleimani", "Kassem Soleimani").score < 1.0


def test_titles_are_left_out_unless_nothing_is_left():
    assert [p.text for p in core(parse("Gen. Qasem Soleimani"))] == ["Qasem", "Soleimani"]
    assert [p.text for p in core(parse("General"))] == ["General"]


def test_a_caller_may_judge_parts_itself():
    asked = []

    def judge(a, b):
        asked.append((a.text, b.text))
        return Likeness(0.95, Equivalence.SPELLING)

    answer = weigh(parse("Abe Cid"), parse("Fox Gil"), judge)

    assert answer.same
    assert len(asked) == 4


@pytest.mark.parametrize("other", ["Kassem Suleimani", "Boris Soleimani", "Tom Haye", "Boris"])
def test_what_nobody_asks_about_is_not_told(other):
    one, two = parse("Qasem Soleimani"), parse(other)
    whole = weigh(one, two)

    assert weigh(one, two, least=whole.score) == whole
    short = weigh(one, two, least=whole.score + 0.1)
    assert (short.score <= whole.score, short.same, short.evidence) == (True, False, ())


def test_nearly_is_another_word_in_names_of_organisations():
    person = compare("Melli Bank", "Mellat Bank", Kind.PERSON).score
    organisation = compare("Melli Bank", "Mellat Bank", Kind.ORGANIZATION).score

    assert organisation <= person
    assert compare("OOO Gazprom", "Gazprom LLC", Kind.ORGANIZATION).same


def test_little_to_agree_in_proves_less():
    assert compare("Jaan Tao", "اينها اهل").score < SAME
    assert compare("Tim May", "تم ما").score < compare("Martin Goldberg", "مرتن غلدبرغ").score


def test_scripts_never_measured_are_compared_too():
    assert compare("Κώστας Σημίτης", "Kostas Simitis").same
    assert compare("ნიკოლოზ", "Նիկոլ").score < 1.0


NAMES = st.lists(
    st.sampled_from(
        ["Qasem", "قاسم", "J.", "al-Adel", "Петрович", "Jr", "김", "習近平", "OOO", "-"]
    ),
    max_size=5,
).map(" ".join)


@given(NAMES, NAMES, st.sampled_from(list(Kind)))
def test_the_score_is_the_same_either_way(left, right, kind):
    there, back = compare(left, right, kind), compare(right, left, kind)

    assert there.score == back.score
    assert 0.0 <= there.score <= 1.0
    assert there.same is (there.score >= SAME)


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_text_makes_it_raise(left, right):
    assert compare(left, right).score <= 1.0
