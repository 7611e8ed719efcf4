"""Many words at once against a list: what `likeness` says of each pair."""

from __future__ import annotations

from weakref import ref

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.names import likeness
from watcher.names.many import Many
from watcher.names.ready import forms_of, lay
from watcher.text import Script

WORDS = {
    Script.LATIN: [
        *("qasem", "kassem", "soleimani", "elbaradei", "albaradei", "novakova", "novak"),
        *("mohammed", "mehmet", "hussein", "hassan", "khamenei", "khomeini", "suleiman", "khalil"),
        *("khalili", "abdurrahman", "nasrallah", "vladimir", "o'brien", "y", "", "hasam"),
    ],
    Script.ARABIC: [
        *("قاسم", "سليماني", "السليماني", "محمد", "حسين", "حسن", "خامنيي", "خميني", "سليمان"),
        *("خليل", "خليلي", "عبدالرحمن", "البرادعي", "نصرالله", "ا"),
    ],
    Script.CYRILLIC: [
        "касем",
        "сулеимани",
        "владимир",
        "уладзімір",
        "аль",
        "аль-асад",
        "ковальчук",
    ],
    Script.HEBREW: ["קאסם", "סולימאני", "שלמה", "מוחמד"],
    Script.GREEK: ["σολειμανι", "κασεμ"],
    Script.HANGUL: ["김", "정은"],
    Script.HAN: ["習", "近平"],
    Script.OTHER: ["2020", "313"],
}
LEAST = 0.15
SCRIPTS = list(WORDS)


def heard(scores: list[float]) -> list[float]:
    return [score if score >= LEAST else 0.0 for score in scores]


def both(asked: list[str], script: Script, listed: list[str], own: Script) -> tuple[list, list]:
    one = np.repeat(np.arange(len(asked)), len(listed))
    two = np.tile(np.arange(len(listed)), len(asked))
    many = Many(lay(forms_of(listed, own)))._at_once(asked, script, (one, two), LEAST).tolist()
    return heard(many), heard([likeness(a, script, b, own) for a in asked for b in listed])


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("own", SCRIPTS)
def test_names_and_twins_and_articles_are_alike_as_pair_by_pair(script, own):
    many, pair_by_pair = both(WORDS[script], script, WORDS[own], own)

    assert many == pair_by_pair


@given(data=st.data())
def test_any_words_are_alike_as_pair_by_pair(data):
    script, own = (data.draw(st.sampled_from([*SCRIPTS[:4]])) for _ in range(2))
    letters = ["".join(sorted({*"".join(WORDS[s])})) for s in (script, own)]
    asked, listed = (
        data.draw(st.lists(st.text(some, min_size=1, max_size=9), max_size=5, unique=True))
        for some in letters
    )

    many, pair_by_pair = both(asked, script, listed, own)

    assert many == pair_by_pair


def test_a_list_that_nobody_holds_any_more_is_gone_at_once() -> None:
    own = lay(forms_of(["soleimani"], Script.LATIN))
    many = Many(own)
    many.likeness(["سليماني"], Script.ARABIC, (np.array([0]), np.array([0])), LEAST)
    gone = ref(many)

    del many

    assert gone() is None
