"""Names that people know."""

from __future__ import annotations

from watcher.names.known import known, spellings


def test_two_spellings_of_a_known_name_are_one():
    assert known("мехмет", "mohammed") is None
    assert known("محمد", "mehmet") is True


def test_two_known_names_are_two():
    assert known("حسين", "hassan") is False


def test_a_word_that_is_not_known_says_nothing():
    assert known("soleimani", "xyzzy") is None
    assert spellings("xyzzy") == ()


def test_the_latin_spellings_of_a_known_name():
    assert "vitaly" in spellings("виталии")
    assert all(word.isascii() for word in spellings("виталии"))
