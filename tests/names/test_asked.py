"""Words as they are asked for in a list."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from watcher.names.alike import turns
from watcher.names.asked import Asked
from watcher.names.compound import canon
from watcher.names.key import spelled
from watcher.names.slots import names_of
from watcher.text import Script

LETTERS = {
    Script.ARABIC: "ابتدرعلنهيسمون",
    Script.LATIN: "abdelinoquvy'",
    Script.CYRILLIC: "абвдезйлнуцчыьэяієх'",
    Script.HEBREW: "אבדהולניע",
    Script.GREEK: "αβγδε",
    Script.DEVANAGARI: "मोदी",
    Script.OTHER: "0129=",
}
PIECES = {
    Script.ARABIC: ("ال", "عبد", "لله", "الدين", "هاي", "محمد"),
    Script.LATIN: ("ab", "al", "ova", "ul", "ullah", "ine", "abou", "mohammed"),
    Script.CYRILLIC: ("абд", "аль", "лла", "лах", "авна", "ауна", "еу", "дзе", "ул"),
    Script.HEBREW: ("עבד", "אל", "אללה", "אלדין"),
}
words = st.sampled_from(sorted(LETTERS)).flatmap(
    lambda script: st.tuples(
        st.lists(
            st.sampled_from([*LETTERS[script], *PIECES.get(script, ())]), min_size=1, max_size=9
        ).map("".join),
        st.just(script),
    )
)


@given(words)
def test_a_word_is_asked_for_in_all_its_forms_however_usual_it_is(asked: tuple[str, Script]):
    word, script = asked
    own = canon(word, script)

    (found,), more = Asked([word], script).spelled

    forms, names = more.get(0, ([], [f"={found}"]))
    assert found == spelled(own, script)
    assert forms == [spelled(canon(form, script), script) for form in turns(own, script)]
    assert names == names_of(own, turns(own, script))


def test_nearly_every_word_stands_for_itself():
    found, more = Asked(["soleimani", "alkarim", "mohammed", "2019"], Script.LATIN).spelled

    assert found == ["soleimani", "alkarim", "mohammed", "=2019"]
    assert more == {
        1: (["karim"], ["=alkarim", "=karim"]),
        2: ([], ["=mohammed", "mohammed"]),
        3: ([], ["=2019"]),
    }


def test_each_word_asks_for_itself_unless_others_are_told():
    assert Asked(["a", "b"], Script.LATIN).owners.tolist() == [0, 1]
