"""Scores and evidence are said in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.alerts.samples import HOSTILE, evidences, matched, seen
from watcher.alerts.wording import BANDS, Sureness, digits, explain, sureness
from watcher.names.evidence import Equivalence, Evidence, Verdict


@pytest.mark.parametrize(
    ("score", "word"),
    [
        (1.0, "certain"),
        (0.95, "certain"),
        (0.9499, "very likely"),
        (0.85, "very likely"),
        (0.7, "likely"),
        (0.6999, "possible"),
        (0.0, "possible"),
    ],
)
def test_a_score_has_a_word(score: float, word: str) -> None:
    assert sureness(score) == word


@pytest.mark.parametrize(
    ("score", "shown"), [(0.949, "0.94"), (0.998, "0.99"), (0.29, "0.29"), (1.0, "1.00")]
)
def test_a_score_is_cut_and_not_rounded(score: float, shown: str) -> None:
    assert digits(score) == shown


@given(st.floats(0, 1) | st.sampled_from([0.95 - 1e-15, 0.85 - 1e-15, 0.7 - 1e-15]))
def test_the_word_fits_the_digits(score: float) -> None:
    assert sureness(score) is sureness(float(digits(score)))


def test_the_bands_fall_and_use_every_word_but_the_last_once() -> None:
    bars = [bar for bar, _ in BANDS]
    assert bars == sorted(set(bars), reverse=True)
    assert [word for _, word in BANDS] == list(Sureness)[:-1]


@pytest.mark.parametrize(
    ("piece", "sentence"),
    [
        (matched("Soleimani", "سليماني"), "Soleimani = {سليماني} (transliteration)"),
        (Evidence(verdict=Verdict.MATCHED, part="A", found="A"), "A = A"),
        (Evidence(verdict=Verdict.OMITTED, part="al-"), "al- left out"),
        (Evidence(verdict=Verdict.EXTRA, found="الدين"), "{الدين} added"),
        (
            Evidence(verdict=Verdict.CONTRADICTED, part="Qasem", found="رضا", note="given name"),
            "Qasem is not {رضا}; given name",
        ),
        (
            Evidence(verdict=Verdict.SHORT, note="full name stands earlier: قاسم سليماني"),
            "short form; full name stands earlier: قاسم سليماني",
        ),
        (
            Evidence(verdict=Verdict.SHORT, part="Qaani", found="قاآني"),
            "short form; the full name stands in the article: {قاآني}",
        ),
        (
            Evidence(verdict=Verdict.CONTEXT, part="Quds Force"),
            "context in the article: Quds Force",
        ),
    ],
)
def test_a_piece_of_evidence_is_a_sentence(piece: Evidence, sentence: str) -> None:
    assert [seen(said) for said in explain([piece])] == [sentence]


@pytest.mark.parametrize(
    ("found", "by"), [("Путин", "same"), ("Путина", "same but for the ending")]
)
def test_the_same_word_may_stand_there_with_an_ending(found: str, by: str) -> None:
    piece = Evidence(
        verdict=Verdict.MATCHED, part="Путин", found=found, by=Equivalence.SAME, score=1.0
    )
    (said,) = explain([piece])
    assert said.endswith(f"({by})")


@pytest.mark.parametrize("by", Equivalence)
def test_every_equivalence_is_named(by: Equivalence) -> None:
    (sentence,) = explain([Evidence(verdict=Verdict.MATCHED, part="a", found="b", by=by)])
    assert seen(sentence).startswith("a = b (")


@given(evidences)
def test_a_sentence_is_short_and_its_isolates_balance(piece: Evidence) -> None:
    (sentence,) = explain([piece])
    assert len(sentence) < 450
    assert sentence.count("\u2068") == sentence.count("\u2069")
    assert "\n" not in sentence


def test_hostile_notes_are_tidied() -> None:
    (sentence,) = explain([Evidence(verdict=Verdict.SHORT, note=HOSTILE)])
    assert "\x1b" not in sentence
